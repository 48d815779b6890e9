// The operations over many secrets: ListSecrets and BatchGetSecretValue.
import { listEntry, secretValue } from "./answers";
import { readFilters } from "./filters";
import { secretIdBounds } from "./limits";
import { type Operation } from "./operation";
import { pageOf } from "./paging";
import { type SecretRecord } from "./secretRecord";
import { invalidParameter, ServiceError } from "./serviceError";

const maximumListPage = 100;
const maximumBatchPage = 20;
const maximumIds = 20;

/** What ListSecrets can sort by. */
const sortKeys = {
  "created-date": ({ createdAtMs }: SecretRecord) => createdAtMs,
  "last-changed-date": ({ lastChangedAtMs }: SecretRecord) => lastChangedAtMs,
  "last-accessed-date": ({ lastAccessedOnMs }: SecretRecord) => lastAccessedOnMs ?? 0,
  name: ({ name }: SecretRecord) => name,
};

const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0);

/** ListSecrets: of one Region, scheduled ones only when asked for, newest first unless sorted. */
export const listSecrets: Operation = ({ vault, region, body, nowMs }) => {
  const matches = readFilters(body) ?? (() => true);
  const sortBy = body.word("SortBy", Object.keys(sortKeys)) ?? "created-date";
  const key = sortKeys[sortBy as keyof typeof sortKeys];
  const order = body.word("SortOrder", ["asc", "desc"]);
  const includeScheduled = body.boolean("IncludePlannedDeletion");
  const found = vault
    .inRegion(region)
    .filter(matches)
    .filter((secret) => includeScheduled || secret.deletionAtMs === undefined)
    .sort((a, b) => (order === "asc" ? compare(key(a), key(b)) : compare(key(b), key(a))));
  const page = pageOf(body, found, maximumListPage);
  return { SecretList: page.items.map((secret) => listEntry(secret, nowMs)), NextToken: page.nextToken };
};

/** BatchGetSecretValue: current values; what cannot be read is reported beside them. */
export const batchGetSecretValue: Operation = ({ vault, region, body }) => {
  const ids = body.strings("SecretIdList", { min: 1, max: maximumIds }, secretIdBounds);
  const filter = readFilters(body);
  if ((ids === undefined) === (filter === undefined)) {
    throw invalidParameter("Either 'SecretIdList' or 'Filters' must be provided, but not both.");
  }
  const wanted =
    ids ??
    vault
      .inRegion(region)
      .filter((secret) => secret.deletionAtMs === undefined && (filter?.(secret) ?? true))
      .map((secret) => secret.arn);
  const page = pageOf(body, wanted, maximumBatchPage);
  const values: Record<string, unknown>[] = [];
  const errors: Record<string, unknown>[] = [];
  for (const id of page.items) {
    try {
      values.push(secretValue(vault.read(region, id, undefined, undefined)));
    } catch (error) {
      if (!(error instanceof ServiceError)) {
        throw error;
      }
      errors.push({ SecretId: id, ErrorCode: error.code, Message: error.message });
    }
  }
  return { SecretValues: values, Errors: errors, NextToken: page.nextToken };
};
