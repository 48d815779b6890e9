// The operations over many secrets: ListSecrets and BatchGetSecretValue.
import { listEntry, secretValue } from "./answers";
import { readFilters } from "./filters";
import { readSecretIdList } from "./limits";
import { type Operation } from "./operation";
import { pageOf } from "./paging";
import { type SecretRecord } from "./secretRecord";
import { constraintViolation, invalidParameter, ServiceError } from "./serviceError";

const maximumListPage = 100;
const maximumBatchPage = 20;

/** What ListSecrets can sort by. */
const sortKeys: ReadonlyMap<string, (secret: SecretRecord) => number | string> = new Map([
  ["created-date", (secret: SecretRecord): number | string => secret.createdAtMs],
  ["last-changed-date", (secret: SecretRecord): number | string => secret.lastChangedAtMs],
  ["last-accessed-date", (secret: SecretRecord): number | string => secret.lastAccessedOnMs ?? 0],
  ["name", (secret: SecretRecord): number | string => secret.name],
]);

const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0);

/** ListSecrets: of one Region, scheduled ones only when asked for, newest first unless sorted. */
export const listSecrets: Operation = ({ vault, region, body, nowMs }) => {
  const matches = readFilters(body) ?? (() => true);
  const sortBy = body.string("SortBy") ?? "created-date";
  const key = sortKeys.get(sortBy);
  if (key === undefined) {
    throw constraintViolation(
      "SortBy",
      `Member must satisfy enum value set: [${[...sortKeys.keys()].join(", ")}]`,
    );
  }
  const order = body.string("SortOrder") ?? "desc";
  if (order !== "asc" && order !== "desc") {
    throw constraintViolation("SortOrder", "Member must satisfy enum value set: [asc, desc]");
  }
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
  const ids = readSecretIdList(body);
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
