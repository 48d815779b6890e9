// What an audit found, in one shape: the file of `audit --json`, and all that the report page knows. No secret has a place in it.
import { z } from "zod";
import { riskClasses } from "../../genesys/knowledge/riskClasses";
import { findingCategories, findingKinds, severities } from "./findingKinds";

/** Of the shape below; raised when a reader of it would go wrong. */
export const reportFormatVersion = 1;

/** Where a credential stands in its schedule, most urgent first. */
export const rotationStatuses = [
  "overdue",
  "unknown",
  "due-soon",
  "on-time",
  "unscheduled",
  "revoked",
] as const;

const instant = z.string().describe("ISO instant.");
const day = z.string().describe("`YYYY-MM-DD` in UTC.");

/** One thing to look at. */
const findingSchema = z.object({
  kind: z.enum(findingKinds),
  category: z.enum(findingCategories),
  severity: z
    .enum(severities)
    .describe("How soon somebody should look: `high` today, `medium` this sprint, `low` when convenient."),
  stack: z.string().nullable().describe("Null where it belongs to no stack."),
  credential: z.string().nullable().describe("Key of the credential; null where it belongs to none."),
  clientId: z.string().nullable(),
  roleId: z.string().nullable(),
  place: z.string().describe('What it is about, in words: `OAuth client "Nightly report" (4b1c…)`.'),
  problem: z.string().describe("What is the matter, in words."),
  remedy: z.string().describe("What to do, in words."),
});

/** Requests of one client within the window: days in UTC, without the present one. */
const usageSchema = z.object({
  daily: z
    .array(z.object({ date: day, requests: z.number() }))
    .describe("Every day of the window, oldest first, days without requests included."),
  total: z.number(),
  lastUsedOn: day.nullable().describe("The last day with a request; null when there was none."),
});

/** One OAuth client behind a credential. */
const clientSchema = z.object({
  clientId: z.string().nullable().describe("Null before the next update makes it."),
  name: z.string(),
  slot: z.enum(["a", "b"]),
  generation: z.number(),
  isCurrent: z.boolean().describe("Whether the stored secret should name it."),
  state: z
    .string()
    .nullable()
    .describe(
      "`active`, `inactive`, `disabled` as Genesys says; `missing`; null where Genesys was not asked.",
    ),
  createdAt: instant.nullable().describe("ISO instant; null where it is not known."),
  usage: usageSchema
    .nullable()
    .describe(
      "Null where it was not asked for, Genesys did not tell, or the client is younger than the last day of the window.",
    ),
});

/** One permission that a credential has through one of its roles. */
const permissionSchema = z.object({
  permission: z.string().describe("`domain:entity:action`."),
  domain: z.string(),
  role: z.string().describe("The role's name or key."),
  risk: z.enum(riskClasses).nullable().describe("Null where the permission is in no class."),
  isUnused: z.boolean().nullable().describe("Null where Genesys did not tell."),
});

/** Where a credential stands in its schedule. */
const rotationSchema = z.object({
  generation: z.number(),
  status: z.enum(rotationStatuses),
  since: instant
    .nullable()
    .describe(
      "ISO instant of the last rotation; else when the current client was created; null where neither is known.",
    ),
  every: z.string().nullable().describe("ISO 8601 duration; null without a schedule."),
  dueAt: instant
    .nullable()
    .describe("ISO instant; null without a schedule, or without the instant it counts from."),
  earliestSafeAt: instant
    .nullable()
    .describe("ISO instant from which another rotation cuts off nobody; null when it is possible at once."),
  overlap: z.enum(["previous", "none"]),
});

/** One credential of an audited stack. */
const credentialSchema = z.object({
  stack: z.string(),
  credential: z.string(),
  description: z.string(),
  grantType: z.string().describe("`CLIENT-CREDENTIALS`, `CODE`, …"),
  type: z.enum(["general", "restricted"]),
  roles: z.array(
    z.object({
      role: z.string().describe("Key of a declared role, or name of an existing one."),
      division: z.string().describe("`home`, `*` or a division's name."),
      isManaged: z.boolean(),
    }),
  ),
  permissions: z
    .array(permissionSchema)
    .nullable()
    .describe("Sorted; null where the roles could not be read."),
  rotation: rotationSchema,
  clients: z.array(clientSchema).describe("Current first."),
  secret: z.object({
    name: z.string(),
    state: z
      .enum(["ours", "foreign", "missing", "unpublished"])
      .nullable()
      .describe(
        "`foreign`: AWSCURRENT is not ours; `unpublished`: an adopted client whose secret was kept; null where AWS was not asked.",
      ),
    writtenAt: instant
      .nullable()
      .describe("ISO instant at which AWSCURRENT was written; null where it is not known."),
  }),
});

/** One client of the organisation that no audited stack has. */
const unmanagedSchema = z.object({
  organizationId: z.string(),
  clientId: z.string(),
  name: z.string(),
  description: z.string(),
  grantType: z.string().nullable(),
  state: z.string().nullable(),
  createdAt: z.string().nullable(),
  owner: z
    .string()
    .nullable()
    .describe(
      "`<project>/<stack>/<name>` of its marker where another stack manages it; null where nobody does.",
    ),
  isDeployer: z.boolean().describe("Whether it is the client with which this audit signed in."),
  isKnown: z.boolean().describe("Whether `--known-client` names it."),
  usage: usageSchema.nullable(),
});

/** One audited stack. */
const stackSchema = z.object({
  stack: z.string(),
  organizationId: z.string().nullable(),
  organizationName: z.string().nullable(),
  region: z.string().nullable().describe("As declared, or null."),
  isLive: z.boolean().describe("Whether Genesys was asked about it."),
});

/** Everything that an audit found; schemas/audit.schema.json is made from it. */
export const auditReportSchema = z
  .object({
    formatVersion: z.literal(reportFormatVersion),
    generatedAt: instant,
    usageWindow: z
      .object({
        days: z.number(),
        from: instant,
        to: instant.describe("ISO instant: the last second of yesterday in UTC."),
        otherRows: z
          .number()
          .optional()
          .describe("Rows of usage figures of no client of the organisation's list; they are in no figure."),
      })
      .nullable()
      .describe(
        "The days of usage that were asked for, whole days in UTC without the present one, of which Genesys has no figures yet; null where none were.",
      ),
    stacks: z.array(stackSchema),
    credentials: z.array(credentialSchema).describe("Sorted by stack and key."),
    unmanaged: z.array(unmanagedSchema).describe("Sorted by name."),
    findings: z.array(findingSchema).describe("Gravest first."),
    notChecked: z
      .array(z.object({ stack: z.string().nullable(), what: z.string(), reason: z.string() }))
      .describe("What could not be looked at, and why: an audit never passes over anything in silence."),
  })
  .meta({
    title: "Report of an audit",
    description: "What `npm run credentials -- audit --json <file>` writes. It holds no secret.",
  });

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

export type AuditReport = DeepReadonly<z.output<typeof auditReportSchema>>;
export type AuditFinding = AuditReport["findings"][number];
export type AuditedStack = AuditReport["stacks"][number];
export type AuditedCredential = AuditReport["credentials"][number];
export type AuditedClient = AuditedCredential["clients"][number];
export type ClientUsage = NonNullable<AuditedClient["usage"]>;
export type AuditedPermission = NonNullable<AuditedCredential["permissions"]>[number];
export type RotationStatus = AuditedCredential["rotation"]["status"];
export type UnmanagedClient = AuditReport["unmanaged"][number];
