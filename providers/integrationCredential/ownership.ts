// Whose an integration credential is: names carry no marker, so the client that one holds tells who made it.
import { undefinedWhenNotFound } from "../../genesys/errors";
import { clientIdOf, type IntegrationCredentialEntity, isOfType } from "../../genesys/integrationCredentials";
import { isMadeBy, mayBeMadeBy, parseMarker } from "../../genesys/marker";
import type { OAuthClientEntity } from "../../genesys/wire";
import type { IntegrationCredentialInputs } from "./record";
import type { Session } from "../run/session";

/** What decides whose an integration credential is. */
export type Claim = Pick<IntegrationCredentialInputs, "name" | "credentialType" | "owner"> & {
  /** Client ids of the declared credential, as far as they are known. */
  readonly clientIds: readonly string[];
};

/** The integration credentials of one name that state does not know. */
export interface Namesakes {
  /** Left behind by an interrupted run of this stack. */
  readonly leftovers: IntegrationCredentialEntity[];
  /** One for each that is somebody else's, or not known whose, and so keeps the name; none where there is a leftover. */
  readonly refusals: readonly string[];
}

/** Looks at those that were there when first asked for in this run. @param knownIds Those in state, which are no leftovers. */
export async function findNamesakes(
  session: Session,
  claim: Claim,
  knownIds: ReadonlySet<string>,
): Promise<Namesakes> {
  const everyone = await session.integrationCredentialsAtStart();
  const named = everyone.filter(({ id, name }) => name === claim.name && !knownIds.has(id));
  const leftovers: IntegrationCredentialEntity[] = [];
  const foreign: IntegrationCredentialEntity[] = [];
  for (const { id } of named) {
    const live = await liveCredential(session, id);
    if (live !== undefined) {
      const isLeftover = session.reconcile && (await isOurs(session, live, claim));
      (isLeftover ? leftovers : foreign).push(live);
    }
  }
  return {
    leftovers,
    refusals: leftovers.length > 0 ? [] : foreign.map((live) => takenNameText(claim, live)),
  };
}

/** With its fields, which the list does not show; undefined when it is gone meanwhile. */
export function liveCredential(
  session: Session,
  id: string,
): Promise<IntegrationCredentialEntity | undefined> {
  return session.integrationCredentials.get(id).catch(undefinedWhenNotFound);
}

/** True only where Genesys tells the client id: of an unreadable one nobody knows whose it is. */
async function isOurs(session: Session, live: IntegrationCredentialEntity, claim: Claim): Promise<boolean> {
  const clientId = clientIdOf(live);
  if (clientId === undefined || !isOfType(live, claim.credentialType)) {
    return false;
  }
  if (claim.clientIds.includes(clientId)) {
    return true;
  }
  const client = (await session.clientsAtStart()).find(({ id }) => id === clientId);
  return isMadeByStack(session, client, claim);
}

/** By the identity of the stack; as long as that is not known, a marker of before identities tells by its names. */
function isMadeByStack(
  { stackIdentity }: Session,
  client: OAuthClientEntity | undefined,
  { owner }: Pick<Claim, "owner">,
): boolean {
  const marker = parseMarker(client?.description);
  return stackIdentity === undefined
    ? mayBeMadeBy(marker, { owner })
    : isMadeBy(marker, { identity: stackIdentity, owner });
}

/**
 * Whether a recorded one holds another credential's client by now: two entries may have named it one after the other, and what the
 * second one uses must outlive the record of the first.
 */
export async function isHeldByAnother(
  session: Session,
  live: IntegrationCredentialEntity,
  recorded: Omit<Claim, "clientIds"> & { readonly clientId: string },
): Promise<boolean> {
  const clientId = clientIdOf(live);
  if (clientId === undefined || clientId === recorded.clientId) {
    return false;
  }
  const claim = { ...recorded, credentialType: typeNameOf(live) ?? "", clientIds: [] };
  return !(await isOurs(session, live, claim));
}

function typeNameOf({ type }: IntegrationCredentialEntity): string | undefined {
  return type?.name ?? type?.id;
}

/** The refusal of a name that is somebody else's, and what to write instead. */
function takenNameText({ name, credentialType }: Claim, live: IntegrationCredentialEntity): string {
  const { id } = live;
  const kind = typeNameOf(live) ?? "a type that is not told";
  return (
    `the organisation already has an integration credential "${name}" (id ${id}, ${kind}) that was not made for this credential; ` +
    (kind === credentialType ? `add id: ${id} to take it over, or write another name` : "write another name")
  );
}

/** What taking one over replaces, said before the update. */
export async function noteOfTakeOver(
  session: Session,
  live: IntegrationCredentialEntity,
  owner: string,
): Promise<string> {
  const held = clientIdOf(live);
  const client =
    held === undefined ? undefined : (await session.clientsAtStart()).find(({ id }) => id === held);
  const heldBy = parseMarker(client?.description)?.owner;
  const words = held === undefined ? "a client that Genesys does not tell" : `the client ${held}`;
  const maker = heldBy === undefined ? "" : `, made for ${heldBy}`;
  const warning =
    heldBy === undefined || heldBy === owner
      ? ""
      : " Where that credential still declares it, the two will write over each other.";
  return (
    `Taking over the integration credential "${live.name ?? ""}" (${live.id}): it holds ${words}${maker}, ` +
    `which the update replaces.${warning}`
  );
}

/** Why an integration credential cannot be taken over by its id; undefined when it can be. */
export function takeOverProblem(
  existingId: string,
  live: IntegrationCredentialEntity | undefined,
  credentialType: string,
): string | undefined {
  if (live === undefined) {
    return (
      `the organisation has no integration credential with the id ${existingId}; correct the id, ` +
      "or leave it out to make a new one"
    );
  }
  return isOfType(live, credentialType)
    ? undefined
    : `the integration credential ${existingId} is of the type ${typeNameOf(live) ?? "(not told)"}, ` +
        `not ${credentialType}; write the id of one that holds an OAuth client, or leave it out to make a new one`;
}
