// The request log: every request that reached the simulated API, counted exactly. No bodies, no secrets.

/** One request. */
export interface RequestLogEntry {
  /** Counts from 1 since the log was cleared. */
  readonly number: number;
  /** ISO 8601, on the organisation's clock. */
  readonly at: string;
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  /** What was answered; null when nothing was (dropped connection, no answer yet). */
  readonly status: number | null;
  /** OAuth client of the caller; null when it is not known. */
  readonly clientId: string | null;
  readonly correlationId: string;
  /** Kind of the fault that struck, else null. */
  readonly faulted: string | null;
}

/** The entry while its request is being served. */
export type OpenLogEntry = { -readonly [Field in keyof RequestLogEntry]: RequestLogEntry[Field] };

/** Which entries to count: all that are given must match. */
export interface RequestFilter {
  readonly method?: string;
  /** A text is compared with the path without its query, or with all of it; an expression is searched in all of it. */
  readonly path?: string | RegExp;
  readonly status?: number | null;
  readonly clientId?: string;
}

function matchesPath(entry: RequestLogEntry, path: string | RegExp): boolean {
  return typeof path === "string"
    ? entry.path === path || entry.path.split("?")[0] === path
    : new RegExp(path.source, path.flags.replace(/[gy]/g, "")).test(entry.path);
}

/** The log of one simulator. */
export class RequestLog {
  private log: OpenLogEntry[] = [];

  /** The entries in the order of arrival. */
  get entries(): readonly RequestLogEntry[] {
    return this.log;
  }

  /** Adds a request that has arrived; the caller fills in its outcome. */
  open(entry: Omit<OpenLogEntry, "number" | "status" | "faulted">): OpenLogEntry {
    const open: OpenLogEntry = { number: this.log.length + 1, ...entry, status: null, faulted: null };
    this.log.push(open);
    return open;
  }

  /** The entries that match. */
  find(filter: RequestFilter = {}): readonly RequestLogEntry[] {
    return this.log.filter(
      (entry) =>
        (filter.method === undefined || entry.method === filter.method.toUpperCase()) &&
        (filter.path === undefined || matchesPath(entry, filter.path)) &&
        (filter.status === undefined || entry.status === filter.status) &&
        (filter.clientId === undefined || entry.clientId === filter.clientId),
    );
  }

  /** How many entries match; all of them without a filter. */
  count(filter: RequestFilter = {}): number {
    return this.find(filter).length;
  }

  /** Forgets everything and counts from 1 again. */
  clear(): void {
    this.log = [];
  }
}
