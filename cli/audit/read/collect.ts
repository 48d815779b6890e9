// Asks everybody, each thing once, and puts the answers together as the facts of an audit.
import { defined } from "../../../common/defined";
import { type GenesysClient } from "../../../genesys/client";
import { type Known } from "../../../common/known";
import { type AskPulumi } from "../../terminal/pulumiProcess";
import { rolesMadeFor } from "../../world/declaredGrants";
import { keysOf } from "../../world/recordOf";
import { type Surroundings } from "../../terminal/surroundings";
import { type AuditedStack } from "../auditReport";
import { type AuditFacts, type CredentialFacts, type RoleFacts } from "./auditFacts";
import { type AuditSettings } from "../auditOptions";
import { type DeclaredStack, readStates, recordedIn, type StackFacts } from "./auditedStacks";
import { usageWindow } from "./clientUsage";
import { managedClientsOf } from "./managedClients";
import { type NotChecked } from "../notChecked";
import { heldRoles, readUnusedPermissions } from "./organizationDetails";
import {
  type OrganizationFacts,
  organizationOf,
  readOrganization,
  reasonAgainst,
  type SignedIn,
  signInForAudit,
} from "./organizationFacts";
import { RequestAllowance } from "./requestAllowance";
import { readSecrets, type SecretAnswer } from "./secretAnswers";
import { readSubjectGrants } from "./subjectGrants";
import { readUsage } from "./usageFigures";
import { expectedRequests } from "./usageOfOrganization";

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
  const { clock, environment, redactor, output } = surroundings;
  const nowMs = clock.now();
  const [stacks, signedIn] = await Promise.all([
    readStates(declared, pulumi),
    signInForAudit(declared, surroundings),
  ]);
  const live = liveStacksAmong(stacks, signedIn, notChecked);
  const session = "value" in signedIn && live.size > 0 ? signedIn.value : undefined;
  const window =
    settings.asksUsage && session !== undefined ? usageWindow(nowMs, settings.unusedDays) : undefined;
  const organization = session === undefined ? {} : await readOrganization(session, notChecked);
  const credentials = credentialsOf(stacks, live, organization);
  const own = credentials.filter(({ isLive }) => isLive);
  const [details, secretAnswers] = await Promise.all([
    session === undefined
      ? nothing
      : readDetails(
          session.genesys,
          { organization, credentials: own, window, settings },
          output,
          notChecked,
        ),
    readSecrets(own, environment, redactor, notChecked),
  ]);
  return {
    facts: {
      nowMs,
      settings,
      window,
      stacks,
      liveStacks: live,
      organization,
      credentials,
      roles: rolesOf(stacks, live, organization),
      ...details,
    },
    secretAnswers,
    stacks: stacks.map((stack) => {
      const isLive = live.has(stack.stack);
      const identity = isLive ? session?.identity : undefined;
      return {
        stack: stack.stack,
        organizationId: organizationOf(stack) ?? identity?.organizationId ?? null,
        organizationName: identity?.organizationName ?? null,
        region: stack.declarations.organization.region ?? null,
        isLive,
      };
    }),
  };
}

type Details = Pick<AuditFacts, "usage" | "otherUsageRows" | "subjectGrants" | "unusedPermissions">;
const nothing: Details = {
  usage: new Map(),
  otherUsageRows: 0,
  subjectGrants: new Map(),
  unusedPermissions: new Map(),
};

/** Roles given by hand are looked for before permissions that nobody uses: they are the graver finding. */
async function readDetails(
  genesys: GenesysClient,
  facts: Pick<AuditFacts, "organization" | "credentials" | "window" | "settings">,
  output: Surroundings["output"],
  notChecked: NotChecked,
): Promise<Details> {
  const { organization, credentials, window, settings } = facts;
  const { clients: everyClient = [] } = organization;
  const managed = credentials.flatMap((one) =>
    one.clients.flatMap(({ live }) => ((live?.roleDivisions?.length ?? 0) > 0 ? (live ?? []) : [])),
  );
  const usageRequests = window === undefined ? 0 : expectedRequests(everyClient.length, window);
  const allowance = new RequestAllowance(settings.mostRequests, usageRequests);
  const readHeld = async (): Promise<Pick<Details, "subjectGrants" | "unusedPermissions">> => ({
    subjectGrants: await readSubjectGrants(genesys, managed, allowance, notChecked),
    unusedPermissions: await readUnusedPermissions(genesys, heldRoles(facts), allowance, notChecked),
  });
  const [usage, held] = await Promise.all([
    window === undefined
      ? { byClient: nothing.usage, otherRows: 0 }
      : readUsage(genesys, everyClient, window, output, notChecked),
    readHeld(),
  ]);
  allowance.tell(notChecked);
  for (const sentence of genesys.unread.sentences) {
    notChecked.add(null, "a part of Genesys's answers", sentence);
  }
  return { usage: usage.byClient, otherUsageRows: usage.otherRows, ...held };
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
  { clients: everyClient = [] }: OrganizationFacts,
): readonly CredentialFacts[] {
  return stacks.flatMap((stack) =>
    stack.declarations.credentials.map((credential) => {
      const isLive = live.has(stack.stack);
      const clients = managedClientsOf(credential, stack, isLive ? everyClient : []);
      return { stack, isLive, credential, clients };
    }),
  );
}

/** A role is known by its id in state; without the state, by its marker, or as the one that is to be adopted. */
function rolesOf(
  stacks: readonly StackFacts[],
  live: ReadonlySet<string>,
  { names }: OrganizationFacts,
): readonly RoleFacts[] {
  const everyRole = names?.roles ?? [];
  return stacks
    .filter(({ stack }) => live.has(stack))
    .flatMap((stack) =>
      stack.declarations.roles.map((role) => {
        const { roles: state } = recordedIn(stack);
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
