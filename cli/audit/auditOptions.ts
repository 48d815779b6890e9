// What people write behind `audit`, checked and in the units that the audit works with.
import { resolve } from "node:path";
import { oneLine } from "../../common/oneLine";
import { uuidPattern } from "../../common/uuid";
import { canonicalId } from "../../declarations/canonicalId";
import { parseDuration } from "../../declarations/instants";
import { UsageError } from "../terminal/cliError";
import { type FindingCategory, findingCategories } from "./findingKinds";

/** The options as the command line gives them. */
export interface AuditOptions {
  readonly stack?: readonly string[];
  readonly allStacks?: boolean;
  readonly json?: boolean;
  /** Path of the page to write. */
  readonly html?: string;
  /** Path of the SARIF log to write. */
  readonly sarif?: string;
  readonly failOn?: readonly string[];
  /** Whole days. */
  readonly unusedDays?: string;
  /** ISO 8601 duration. */
  readonly dueSoon?: string;
  /** False by `--no-usage`. */
  readonly usage?: boolean;
  /** A whole number. */
  readonly requests?: string;
  /** Ids of OAuth clients. */
  readonly knownClient?: readonly string[];
}

/** The options as the audit works with them. */
export interface AuditSettings {
  readonly failOn: ReadonlySet<FindingCategory>;
  readonly unusedDays: number;
  /** ISO 8601 duration. */
  readonly dueSoon: string;
  readonly asksUsage: boolean;
  /** Requests to Genesys after which single objects are left out. */
  readonly mostRequests: number;
  /** Canonical ids of clients that no stack manages, and that somebody looks after all the same. */
  readonly knownClients: ReadonlySet<string>;
  readonly isJson: boolean;
  /** Absolute path; undefined where no page is wanted. */
  readonly htmlPath: string | undefined;
  /** Absolute path; undefined where no SARIF log is wanted. */
  readonly sarifPath: string | undefined;
}

/** Stands for every category behind `--fail-on`. */
export const anyCategory = "any";
/** A month of silence: nightly, weekly and most monthly work shows within it. */
export const defaultUnusedDays = 30;
/** A year: nothing that runs less often than that can be told from what is not used. */
const longestUnusedDays = 365;
/** Enough for 1,000 OAuth clients and 50 roles, and less than half of what the deployer may send in a minute. */
export const defaultMostRequests = 120;
/** Six hours of what a deployer may send: nobody means more. */
const largestMostRequests = 100_000;
/** Two weeks: a sprint's notice. */
export const defaultDueSoon = "P14D";

/** @param folder Relative paths count from it. @throws UsageError */
export function auditSettings(options: AuditOptions, folder: string): AuditSettings {
  const { unusedDays = String(defaultUnusedDays), dueSoon = defaultDueSoon } = options;
  const { requests = String(defaultMostRequests) } = options;
  const days = /^\d{1,4}$/.test(unusedDays) ? Number(unusedDays) : 0;
  if (days < 1 || days > longestUnusedDays) {
    throw new UsageError(
      `Reading --unused-days ${unusedDays}: it is not a whole number of days from 1 to ${longestUnusedDays}; nothing was done.`,
    );
  }
  const mostRequests = /^\d{1,6}$/.test(requests) ? Number(requests) : 0;
  if (mostRequests < 1 || mostRequests > largestMostRequests) {
    throw new UsageError(
      `Reading --requests ${requests}: it is not a whole number from 1 to ${largestMostRequests}; nothing was done.`,
    );
  }
  if (parseDuration(dueSoon) === undefined) {
    throw new UsageError(
      `Reading --due-soon ${dueSoon}: it is not an ISO 8601 duration such as ${defaultDueSoon}; nothing was done.`,
    );
  }
  const absolute = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : resolve(folder, path);
  const [htmlPath, sarifPath] = [absolute(options.html), absolute(options.sarif)];
  if (htmlPath !== undefined && htmlPath === sarifPath) {
    throw new UsageError(
      `Reading --html and --sarif: both name ${htmlPath}; write a file for each; nothing was done.`,
    );
  }
  return {
    failOn: new Set((options.failOn ?? []).flatMap(categoriesOf)),
    unusedDays: days,
    dueSoon,
    asksUsage: options.usage !== false,
    mostRequests,
    knownClients: new Set((options.knownClient ?? []).map(knownClientOf)),
    isJson: options.json === true,
    htmlPath,
    sarifPath,
  };
}

function knownClientOf(text: string): string {
  if (!uuidPattern.test(text)) {
    throw new UsageError(
      `Reading --known-client ${oneLine(text)}: it is not the id of an OAuth client; nothing was done.`,
    );
  }
  return canonicalId(text);
}

function categoriesOf(text: string): readonly FindingCategory[] {
  if (text === anyCategory) {
    return findingCategories;
  }
  const category = findingCategories.find((known) => known === text);
  if (category === undefined) {
    throw new UsageError(
      `Reading --fail-on ${text}: it is none of ${[...findingCategories, anyCategory].join(", ")}; nothing was done.`,
    );
  }
  return [category];
}
