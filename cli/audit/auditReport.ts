// What an audit found: the shape of `audit --json`, and all that the report page knows. No secret has a place in it.
import { type RiskClass } from "../../genesys/knowledge/riskClasses";

/** Of the shape below; raised when a reader of it would go wrong. */
export const reportFormatVersion = 1;

/** What an audit looks for. */
export const findingKinds = [
  "unmanaged-client",
  "orphan-client",
  "orphan-role",
  "other-identity",
  "missing-client",
  "client-drift",
  "role-drift",
  "undeclared-grant",
  "rotation-overdue",
  "rotation-due-soon",
  "unused-client",
  "unused-permission",
  "wildcard-grown",
  "foreign-secret",
  "missing-secret",
  "shared-secret",
] as const;

/** One of {@link findingKinds}. */
export type FindingKind = (typeof findingKinds)[number];

/** What `--fail-on` takes: every kind belongs to one of these. */
export const findingCategories = ["overdue", "due-soon", "unused", "unmanaged", "drift", "secret"] as const;

/** One of {@link findingCategories}. */
export type FindingCategory = (typeof findingCategories)[number];

/** How soon somebody should look: `high` today, `medium` this sprint, `low` when convenient. */
export type Severity = "high" | "medium" | "low";

/** One thing to look at. */
export interface AuditFinding {
  readonly kind: FindingKind;
  readonly category: FindingCategory;
  readonly severity: Severity;
  /** Null where it belongs to no stack. */
  readonly stack: string | null;
  /** Key of the credential; null where it belongs to none. */
  readonly credential: string | null;
  readonly clientId: string | null;
  readonly roleId: string | null;
  /** What it is about, in words: `OAuth client "Nightly report" (4b1c…)`. */
  readonly place: string;
  /** What is the matter, in words. */
  readonly problem: string;
  /** What to do, in words. */
  readonly remedy: string;
}

/** Requests of one client within the window. */
export interface ClientUsage {
  /** Every day of the window, oldest first, days without requests included. `date` is `YYYY-MM-DD` in UTC. */
  readonly daily: readonly { readonly date: string; readonly requests: number }[];
  readonly total: number;
  /** The last day with a request, `YYYY-MM-DD`; null when there was none. */
  readonly lastUsedOn: string | null;
}

/** One OAuth client behind a credential. */
export interface AuditedClient {
  /** Null before the next update makes it. */
  readonly clientId: string | null;
  readonly name: string;
  readonly slot: "a" | "b";
  readonly generation: number;
  /** Whether the stored secret should name it. */
  readonly isCurrent: boolean;
  /** `active`, `inactive`, `disabled` as Genesys says; `missing`; null where Genesys was not asked. */
  readonly state: string | null;
  /** ISO instant; null where it is not known. */
  readonly createdAt: string | null;
  /** Null where it was not asked for, or Genesys did not tell. */
  readonly usage: ClientUsage | null;
}

/** One permission that a credential has through one of its roles. */
export interface AuditedPermission {
  /** `domain:entity:action`. */
  readonly permission: string;
  readonly domain: string;
  /** The role's name or key. */
  readonly role: string;
  /** Null where the permission is in no class. */
  readonly risk: RiskClass | null;
  /** Null where Genesys did not tell. */
  readonly isUnused: boolean | null;
}

/** Where a credential stands in its schedule. */
export type RotationStatus = "overdue" | "due-soon" | "on-time" | "unscheduled" | "revoked";

/** One credential of an audited stack. */
export interface AuditedCredential {
  readonly stack: string;
  readonly credential: string;
  readonly description: string;
  /** `CLIENT-CREDENTIALS`, `CODE`, … */
  readonly grantType: string;
  readonly type: "general" | "restricted";
  readonly roles: readonly {
    /** Key of a declared role, or name of an existing one. */
    readonly role: string;
    /** `home`, `*` or a division's name. */
    readonly division: string;
    readonly isManaged: boolean;
  }[];
  /** Sorted; null where the roles could not be read. */
  readonly permissions: readonly AuditedPermission[] | null;
  readonly rotation: {
    readonly generation: number;
    readonly status: RotationStatus;
    /** ISO instant of the last rotation; else when the current client was created; null where neither is known. */
    readonly since: string | null;
    /** ISO 8601 duration; null without a schedule. */
    readonly every: string | null;
    /** ISO instant; null without a schedule, or without the instant it counts from. */
    readonly dueAt: string | null;
    /** ISO instant from which another rotation cuts off nobody; null when it is possible at once. */
    readonly earliestSafeAt: string | null;
    readonly overlap: "previous" | "none";
  };
  /** Current first. */
  readonly clients: readonly AuditedClient[];
  readonly secret: {
    readonly name: string;
    /** `foreign`: AWSCURRENT is not ours; `unpublished`: an adopted client whose secret was kept; null where AWS was not asked. */
    readonly state: "ours" | "foreign" | "missing" | "unpublished" | null;
    /** ISO instant at which AWSCURRENT was written; null where it is not known. */
    readonly writtenAt: string | null;
  };
}

/** One client of the organisation that no audited stack has. */
export interface UnmanagedClient {
  readonly organizationId: string;
  readonly clientId: string;
  readonly name: string;
  readonly description: string;
  readonly grantType: string | null;
  readonly state: string | null;
  readonly createdAt: string | null;
  /** `<project>/<stack>/<name>` of its marker where another stack manages it; null where nobody does. */
  readonly owner: string | null;
  /** Whether it is the client with which this audit signed in. */
  readonly isDeployer: boolean;
  readonly usage: ClientUsage | null;
}

/** One audited stack. */
export interface AuditedStack {
  readonly stack: string;
  readonly organizationId: string | null;
  readonly organizationName: string | null;
  /** As declared, or null. */
  readonly region: string | null;
  /** Whether Genesys was asked about it. */
  readonly isLive: boolean;
}

/** Everything that an audit found. */
export interface AuditReport {
  readonly formatVersion: typeof reportFormatVersion;
  /** ISO instant. */
  readonly generatedAt: string;
  /** The days of usage that were asked for; null where none were. */
  readonly usageWindow: { readonly days: number; readonly from: string; readonly to: string } | null;
  readonly stacks: readonly AuditedStack[];
  /** Sorted by stack and key. */
  readonly credentials: readonly AuditedCredential[];
  /** Sorted by name. */
  readonly unmanaged: readonly UnmanagedClient[];
  /** Gravest first. */
  readonly findings: readonly AuditFinding[];
  /** What could not be looked at, and why: an audit never passes over anything in silence. */
  readonly notChecked: readonly {
    readonly stack: string | null;
    readonly what: string;
    readonly reason: string;
  }[];
}
