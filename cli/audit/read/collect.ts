// Asks everybody, each thing once, and puts the answers together as the facts of an audit.
import { defined } from "../../../common/defined";
import { type RoleEntity } from "../../../genesys/wire";
import { type Known } from "../../../common/known";
import { type AskPulumi } from "../../terminal/pulumiProcess";
import { rolesMadeFor } from "../../world/declaredGrants";
import { keysOf } from "../../world/recordOf";
import { type Surroundings } from "../../terminal/surroundings";
import { type AuditedStack } from "../auditReport";
import { type AuditFacts, type CredentialFacts, type RoleFacts } from "./auditFacts";
import { type AuditSettings } from "../auditOptions";
import { type DeclaredStack, readStates, type StackFacts } from "./auditedStacks";
import { usageWindow } from "./clientUsage";
import { managedClientsOf } from "./managedClients";
import { type NotChecked } from "../notChecked";
import { heldRoles, readSubjectGrants, readUnusedPermissions } from "./organizationDetails";
import {
  type OrganizationFacts,
  organizationOf,
  readOrganization,
  reasonAgainst,
  type SignedIn,
  signInForAudit,
} from "./organizationFacts";
import { readSecrets, type SecretAnswer } from "./secretAnswers";
import { readUsage } from "./usageFigures";

/** The facts, and how they came to be. */
export interface Collected {
  readonly facts: Omit<AuditFacts, "secrets">;
  /** By {@link credentialId}. */
  readonly secretAnswers: ReadonlyMap<string, SecretAnswer>;
  readonly stacks: readonly AuditedStack[];
}

/** Never rejects for what cannot be looked at: that is in `notChecked`. */
export async function collectFacts(
  declared: readonly DeclaredStack[],
  settings: AuditSettings,
  surroundings: Surroundings,
  pulumi: AskPulumi,
  notChecked: NotChecked,
): Promise<Collected> {
  const nowMs = surroundings.clock.now();
  const [stacks, signedIn] = await Promise.all([
    readStates(declared, pulumi),
    signInForAudit(declared, surroundings),
  ]);
  const live = liveStacksAmong(stacks, signedIn, notChecked);
  const isAnyLive = live.size > 0;
  const organization =
    "value" in signedIn && isAnyLive ? await readOrganization(signedIn.value, notChecked) : undefined;
  const credentials = credentialsOf(stacks, live, organization);
  const own = credentials.filter(({ isLive }) => isLive);
  const window = settings.asksUsage ? usageWindow(nowMs, settings.unusedDays) : undefined;
  const [details, secretAnswers] = await Promise.all([
    "value" in signedIn && organization !== undefined
      ? readDetails(signedIn.value, organization, own, window, surroundings, notChecked)
      : nothing,
    readSecrets(own, surroundings.environment, surroundings.redactor, notChecked),
  ]);
  const facts = {
    nowMs,
    settings,
    window: isAnyLive ? window : undefined,
    stacks,
    liveStacks: live,
    organization,
    credentials,
    roles: rolesOf(stacks, live, organization),
    ...details,
  };
  const identity = "value" in signedIn ? signedIn.value.identity : undefined;
  return {
    facts,
    secretAnswers,
    stacks: stacks.map((stack) => {
      const isLive = live.has(stack.stack);
      return {
        stack: stack.stack,
        organizationId: organizationOf(stack) ?? (isLive ? (identity?.organizationId ?? null) : null),
        organizationName: isLive ? (identity?.organizationName ?? null) : null,
        region: stack.declarations.organization.region ?? null,
        isLive,
      };
    }),
  };
}

type Details = Pick<AuditFacts, "usage" | "subjectGrants" | "unusedPermissions">;
const nothing: Details = { usage: new Map(), subjectGrants: new Map(), unusedPermissions: new Map() };

async function readDetails(
  { genesys }: SignedIn,
  organization: OrganizationFacts,
  credentials: readonly CredentialFacts[],
  window: AuditFacts["window"],
  { output }: Surroundings,
  notChecked: NotChecked,
): Promise<Details> {
  const clients = "value" in organization.clients ? organization.clients.value : [];
  const managed = credentials.flatMap((one) =>
    one.clients.flatMap(({ live }) => ((live?.roleDivisions?.length ?? 0) > 0 ? (live?.id ?? []) : [])),
  );
  const [usage, subjectGrants, unusedPermissions] = await Promise.all([
    window === undefined ? nothing.usage : readUsage(genesys, clients, window, output, notChecked),
    readSubjectGrants(genesys, managed, notChecked),
    readUnusedPermissions(genesys, heldRoles({ organization, credentials }), notChecked),
  ]);
  return { usage, subjectGrants, unusedPermissions };
}

function liveStacksAmong(
  stacks: readonly StackFacts[],
  signedIn: Known<SignedIn>,
  notChecked: NotChecked,
): ReadonlySet<string> {
  const live = new Set<string>();
  for (const stack of stacks) {
    const reason = reasonAgainst(stack, signedIn);
    if (reason === undefined) {
      live.add(stack.stack);
    } else {
      notChecked.add(stack.stack, "OAuth clients, roles, usage and stored secrets", reason);
    }
    if ("reason" in stack.recorded) {
      const instead = reason === undefined ? "; the declarations were taken instead" : "";
      notChecked.add(
        stack.stack,
        "the state: what it records, and wildcards that have grown since",
        `${stack.recorded.reason}${instead}`,
      );
    }
  }
  return live;
}

function credentialsOf(
  stacks: readonly StackFacts[],
  live: ReadonlySet<string>,
  organization: OrganizationFacts | undefined,
): readonly CredentialFacts[] {
  return stacks.flatMap((stack) =>
    stack.declarations.credentials.map((credential) => {
      const isLive = live.has(stack.stack);
      const clients = managedClientsOf(credential, stack, isLive ? organization?.clients : undefined);
      return { stack, isLive, credential, clients };
    }),
  );
}

/** A role is known by its id in state; without the state, by its marker, or as the one that is to be adopted. */
function rolesOf(
  stacks: readonly StackFacts[],
  live: ReadonlySet<string>,
  organization: OrganizationFacts | undefined,
): readonly RoleFacts[] {
  const names = organization?.names;
  const everyRole: readonly RoleEntity[] = names !== undefined && "value" in names ? names.value.roles : [];
  return stacks
    .filter(({ stack }) => live.has(stack))
    .flatMap((stack) =>
      stack.declarations.roles.map((role) => {
        const state = "value" in stack.recorded ? stack.recorded.value.roles : undefined;
        const recorded = state?.find((one) => keysOf(role).includes(one.key) && !one.isPendingDeletion);
        const marked = state === undefined ? rolesMadeFor(role, everyRole) : [];
        const live = everyRole.find((one) =>
          state === undefined
            ? marked.includes(one) || one.id === role.adopt?.roleId
            : one.id === recorded?.id,
        );
        return { stack, role, ...defined({ recorded, live }) };
      }),
    );
}
