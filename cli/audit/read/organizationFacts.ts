// What the live organisation says, asked once for all of its stacks.
import { type GenesysClient } from "../../../genesys/client";
import { Identity, type TokenIdentity } from "../../../genesys/identity";
import { isDeleted, OAuthClients } from "../../../genesys/oauthClients";
import { Permissions } from "../../../genesys/permissions";
import { type PermissionCatalogue } from "../../../genesys/knowledge/catalogueRules";
import { type OAuthClientEntity } from "../../../genesys/wire";
import { filled } from "../../world/awsEnvironment";
import { type OrganizationNames, readOrganizationNames } from "../../world/declaredGrants";
import { connectDeployer } from "../../world/deployer";
import { ask, type Known, messageOf } from "../../../common/known";
import { type Surroundings } from "../../terminal/surroundings";
import { type FindingCategory } from "../findingKinds";
import { type DeclaredStack, recordedIn, type StackFacts } from "./auditedStacks";
import { type NotChecked } from "../notChecked";

/** Who asks, and by which hosts. */
export interface SignedIn {
  readonly genesys: GenesysClient;
  readonly identity: TokenIdentity;
  readonly apiUrl: string;
}

/** The lists of the organisation; undefined where they are not known, which is told. */
export interface OrganizationFacts {
  readonly organizationId?: string;
  readonly deployerClientId?: string | undefined;
  /** Without the deleted ones that a list may still show (docs/genesys-api.md 3.2). */
  readonly clients?: readonly OAuthClientEntity[] | undefined;
  readonly names?: OrganizationNames | undefined;
  readonly catalogue?: PermissionCatalogue | undefined;
  /** Whether a list lacks entries that could not be read: what it does not show may be there nevertheless. */
  readonly isIncomplete?: boolean;
}

/** Signs in with the deployer of the environment: an OAuth client lives in one organisation, so the first host that takes it is the one. */
export async function signInForAudit(
  stacks: readonly DeclaredStack[],
  surroundings: Surroundings,
): Promise<Known<SignedIn>> {
  const byHost = new Map(stacks.map((stack) => [hostsOf(stack), stack]));
  const reasons: string[] = [];
  for (const { declarations } of byHost.values()) {
    const genesys = connectDeployer(declarations, surroundings);
    try {
      const identity = await new Identity(genesys).read();
      // Who signed in is known, even where Genesys does not say it.
      const clientId = identity.clientId ?? filled(surroundings.environment, "GENESYSCLOUD_OAUTHCLIENT_ID");
      return { value: { genesys, identity: { ...identity, clientId }, apiUrl: declarations.apiUrl } };
    } catch (error) {
      reasons.push(messageOf(error));
    }
  }
  return { reason: `the deployer could not sign in: ${reasons.join("; ")}` };
}

/** Why the live part of a stack cannot be looked at by this deployer; undefined where it can. */
export function reasonAgainst(stack: StackFacts, signedIn: Known<SignedIn>): string | undefined {
  if ("reason" in signedIn) {
    return signedIn.reason;
  }
  const { identity, apiUrl } = signedIn.value;
  const remedy = "run the audit with the deployer of that organisation";
  const expected = organizationOf(stack);
  if (expected !== undefined && expected.toLowerCase() !== identity.organizationId.toLowerCase()) {
    return `it is for organisation ${expected}, and the deployer of the environment belongs to ${identity.organizationId}; ${remedy}`;
  }
  return stack.declarations.apiUrl === apiUrl
    ? undefined
    : `it is for another region (${stack.declarations.apiUrl}) than the deployer of the environment (${apiUrl}); ${remedy}`;
}

/** The organisation that a stack is for: as declared, else as recorded when it was deployed. */
export function organizationOf(stack: StackFacts): string | undefined {
  const inState = recordedIn(stack).clients?.find(({ organizationId }) => organizationId);
  return stack.declarations.organization.id ?? inState?.organizationId;
}

/** Asks for every list once. Never rejects: what is not known is told. */
export async function readOrganization(
  { genesys, identity }: SignedIn,
  notChecked: NotChecked,
): Promise<OrganizationFacts> {
  const session = { value: genesys };
  const [listedClients, listedNames, readCatalogue] = await Promise.all([
    ask(session, "the OAuth clients could not be listed", (client) => new OAuthClients(client).list()),
    ask(session, "roles and divisions could not be listed", (client) => readOrganizationNames(client)),
    ask(session, "the permission catalogue could not be read", (client) =>
      new Permissions(client).catalogue(),
    ),
  ]);
  const takeOrTell = <T>(fact: Known<T>, what: string, blocks: readonly FindingCategory[]): T | undefined => {
    if ("value" in fact) {
      return fact.value;
    }
    notChecked.add(null, what, fact.reason, blocks);
    return undefined;
  };
  const clients = takeOrTell(
    listedClients,
    "OAuth clients: missing, unmanaged and drifted ones, their usage and what their secrets name",
    ["drift", "unmanaged", "unused", "secret"],
  );
  const names = takeOrTell(listedNames, "roles and the divisions in which they are held", ["drift"]);
  const grown = "wildcards that have grown";
  const catalogue = takeOrTell(readCatalogue, grown, []);
  if (catalogue?.isComplete === false) {
    notChecked.add(null, grown, "a part of the permission catalogue could not be read");
  }
  return {
    organizationId: identity.organizationId,
    deployerClientId: identity.clientId,
    clients: clients?.filter((client) => !isDeleted(client)),
    names,
    catalogue,
    isIncomplete: genesys.unread.incomplete.length > 0,
  };
}

function hostsOf({ declarations }: DeclaredStack): string {
  return `${declarations.apiUrl} ${declarations.tokenUrl}`;
}
