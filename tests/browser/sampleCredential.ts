// Credentials, permissions, findings and clients of sample reports, made from what differs between them.
import {
  type AuditedClient,
  type AuditedCredential,
  type AuditedPermission,
  type AuditFinding,
  type RotationStatus,
  type UnmanagedClient,
} from "../../cli/audit/auditReport";
import { type FindingKind } from "../../cli/audit/findingKinds";
import { risksOf } from "../../genesys/knowledge/riskClasses";
import { inDays, usageOf, type UsagePattern } from "./sampleUsage";
/** A permission, with its risk as the review would call it. */
export function permissionOf(permission: string, role: string, isUnused: boolean | null): AuditedPermission {
  const [domain = "", entity = "", action = ""] = permission.split(":");
  const [risk = null] = risksOf({
    domain,
    entity,
    action,
    division: "home",
  });
  return { permission, domain, role, risk, isUnused };
}

/** Ids that look like Genesys Cloud's. */
export function idOf(number: number): string {
  const digits = number.toString(16).padStart(8, "0");
  return `${digits}-7c1e-4d2a-9b3f-${(number * 7919).toString(16).padStart(12, "0")}`;
}

/** What differs from one sample credential to the next. */
export interface CredentialSketch {
  readonly stack: string;
  readonly name: string;
  readonly description?: string;
  readonly generation?: number;
  /** Days since the last rotation. */
  readonly age?: number;
  /** Days between rotations; null for no schedule. */
  readonly every?: number | null;
  readonly status?: RotationStatus;
  readonly usage?: UsagePattern | null;
  readonly level?: number;
  readonly roles?: readonly string[];
  /** Null where they were not read; a leading `-` marks an unused one. */
  readonly permissions?: readonly string[] | null;
  readonly overlap?: "previous" | "none";
  readonly secretState?: AuditedCredential["secret"]["state"];
  readonly clientState?: string | null;
  readonly type?: "general" | "restricted";
  readonly grantType?: string;
}

/** A sample credential. */
export function credentialOf(sketch: CredentialSketch, number: number): AuditedCredential {
  const { stack, name, generation = 3, age = 30, every = 90, usage = "weekdays", level = 900 } = sketch;
  const {
    overlap = "previous",
    secretState = "ours",
    clientState = "active",
    roles = [`${name}-reader`],
  } = sketch;
  const status = sketch.status ?? (every === null ? "unscheduled" : age > every ? "overdue" : "on-time");
  const client = (isCurrent: boolean): AuditedClient => {
    const own = isCurrent ? generation : generation - 1;
    return {
      clientId:
        clientState === "missing" && isCurrent ? idOf(number * 2) : idOf(number * 2 + (isCurrent ? 0 : 1)),
      name: `${name} (${own % 2 === 0 ? "A" : "B"})`,
      slot: own % 2 === 0 ? "a" : "b",
      generation: own,
      isCurrent,
      state:
        status === "revoked" ? "inactive" : isCurrent ? clientState : clientState === null ? null : "active",
      createdAt: isCurrent ? inDays(-age) : inDays(-age - (every ?? 90) - (number % 5)),
      usage:
        usage === null
          ? null
          : usageOf(isCurrent ? usage : usage === "none" ? "none" : "fading", level, number * 2 + own),
    };
  };
  const hasFormer = generation > 0 && overlap === "previous";
  return {
    stack,
    credential: name,
    description: sketch.description ?? "",
    grantType: sketch.grantType ?? "CLIENT-CREDENTIALS",
    type: sketch.type ?? "general",
    roles: roles.map((role, index) => ({
      role,
      division: index === 0 ? "home" : index === 1 ? "Sales and Service" : "*",
      isManaged: role !== "employee",
    })),
    permissions:
      sketch.permissions === null
        ? null
        : (sketch.permissions ?? ["routing:queue:view"])
            .map((one) =>
              permissionOf(
                one.replace(/^-/, ""),
                roles[0] ?? name,
                usage === null ? null : one.startsWith("-"),
              ),
            )
            .sort((a, b) => (a.permission < b.permission ? -1 : 1)),
    rotation: {
      generation,
      status,
      since: inDays(-age),
      every: every === null ? null : `P${every}D`,
      dueAt: every === null ? null : inDays(every - age),
      earliestSafeAt: hasFormer ? inDays(-age + 2) : null,
      overlap,
    },
    clients: hasFormer ? [client(true), client(false)] : [client(true)],
    secret: {
      name: `genesys/${stack}/${name}`,
      state: secretState,
      writtenAt: secretState === "missing" || secretState === null ? null : inDays(-age),
    },
  };
}

/** A finding about a sample credential. */
export function findingOf(
  kind: FindingKind,
  fields: Partial<AuditFinding> &
    Pick<AuditFinding, "severity" | "category" | "place" | "problem" | "remedy">,
): AuditFinding {
  return { kind, stack: null, credential: null, clientId: null, roleId: null, ...fields };
}

/** The organisation of the production stack. */
export const productionId = "5e6f0a91-2b44-4c1f-8d7e-000000000002";

/** A client that nobody manages. */
export function unmanagedOf(sketch: Partial<UnmanagedClient>, number: number): UnmanagedClient {
  return {
    organizationId: productionId,
    clientId: idOf(5000 + number),
    name: "",
    description: "",
    grantType: "CLIENT-CREDENTIALS",
    state: "active",
    createdAt: inDays(-300 - number),
    owner: null,
    isDeployer: false,
    isKnown: false,
    usage: null,
    ...sketch,
  };
}
