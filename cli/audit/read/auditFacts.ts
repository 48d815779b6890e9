// Everything that an audit knows before it judges: the stacks, the organisation, and what was asked of single objects.
import { resourceNames } from "../../../declarations/naming";
import { type ResolvedCredential, type ResolvedRole } from "../../../declarations/resolve";
import { type RoleEntity } from "../../../genesys/wire";
import { type RoleDivision } from "../../../genesys/knowledge/roleDivisions";
import { keysOf } from "../../world/recordOf";
import { type AuditedCredential, type ClientUsage } from "../auditReport";
import { type AuditSettings } from "../auditOptions";
import { recordedIn, type StackFacts } from "./auditedStacks";
import { type UsageWindow } from "./clientUsage";
import { type ManagedClient } from "./managedClients";
import { type OrganizationFacts } from "./organizationFacts";
import { type RecordedRole } from "./recordedStack";

/** A credential with its clients. */
export interface CredentialFacts {
  readonly stack: StackFacts;
  readonly isLive: boolean;
  readonly credential: ResolvedCredential;
  /** Current first. */
  readonly clients: readonly ManagedClient[];
}

/** A declared role, as recorded and as it lives. */
export interface RoleFacts {
  readonly stack: StackFacts;
  readonly role: ResolvedRole;
  readonly recorded?: RecordedRole;
  readonly live?: RoleEntity;
}

/** What is known of one credential's secret. */
export interface SecretVerdict extends Omit<AuditedCredential["secret"], "name"> {
  /** As AWS told it. */
  readonly arn?: string;
  /** The OAuth client that AWSCURRENT names, whosever it is. */
  readonly namedId?: string;
  /** What is the matter with it. */
  readonly problem?: {
    readonly kind: "foreign-secret" | "missing-secret" | "shared-secret";
    readonly problem: string;
  };
  /** Why it could not be looked at. */
  readonly notChecked?: string;
}

/** What the findings are made from. */
export interface AuditFacts {
  readonly nowMs: number;
  readonly settings: AuditSettings;
  /** Undefined where no usage was asked for. */
  readonly window: UsageWindow | undefined;
  /** Sorted by name. */
  readonly stacks: readonly StackFacts[];
  /** Names of the stacks that are in the deployer's organisation. */
  readonly liveStacks: ReadonlySet<string>;
  /** Empty where nobody signed in, or no stack is live. */
  readonly organization: OrganizationFacts;
  /** Sorted by stack and key. */
  readonly credentials: readonly CredentialFacts[];
  /** Declared roles of the live stacks. */
  readonly roles: readonly RoleFacts[];
  /** By client id. */
  readonly usage: ReadonlyMap<string, ClientUsage>;
  /** Rows of usage figures that belong to no client of the organisation's list. */
  readonly otherUsageRows: number;
  /** What clients hold by /authorization/subjects, by client id. */
  readonly subjectGrants: ReadonlyMap<string, readonly RoleDivision[]>;
  /** By role id. */
  readonly unusedPermissions: ReadonlyMap<string, readonly string[]>;
  /** By {@link credentialId}; absent where AWS was not asked. */
  readonly secrets: ReadonlyMap<string, SecretVerdict>;
}

/** The ARN of its secret as the state records it; undefined where the state has none, or is not known. */
export function recordedArnOf({ credential, stack }: CredentialFacts): string | undefined {
  const names = keysOf(credential).map((key) => resourceNames(key).secret);
  return recordedIn(stack).secrets?.find(({ key }) => names.includes(key))?.arn;
}

/** One text for a credential of a stack. */
export function credentialId(stack: string, key: string): string {
  return `${stack}/${key}`;
}
