// Clients that may be a credential's and are not taken for it, and what is said of them (pure).
import { canonicalId } from "../../declarations/canonicalId";
import { clientName } from "../../declarations/naming";
import { type ResolvedCredential } from "../../declarations/resolve";
import { keyOf } from "../../genesys/marker";
import { type OAuthClientEntity } from "../../genesys/wire";
import { markerOf, type Marks } from "./credentialMarks";
import { type NamedClient } from "./namedClients";
import { keysOf } from "./recordOf";
import { otherIdentityWords, standingOf } from "./stackMarks";

/**
 * One of them. `otherIdentity`: its marker has these names and another identity. `ambiguous`: so has another one, and nothing tells which
 * identity is this stack's. `otherCredential`: the stored secret names it, and its marker another credential. `unmarked`: it has the name
 * of a slot, or is declared to be adopted, and no marker.
 */
export interface Stranger {
  readonly entity: OAuthClientEntity;
  readonly why: "otherIdentity" | "ambiguous" | "otherCredential" | "unmarked";
}

/** The credential among those of its stack. */
export interface Wanted {
  readonly credential: ResolvedCredential;
  readonly stack: string;
  /** All of the stack. */
  readonly declared: readonly Pick<ResolvedCredential, "key">[];
}

/** @param named By the stored secret. @returns Undefined where nothing speaks for it. */
export function whyStrange(
  entity: OAuthClientEntity,
  wanted: Wanted,
  marks: Marks,
  named: readonly NamedClient[] = [],
): Stranger["why"] | undefined {
  const marker = markerOf(entity);
  if (marker === undefined) {
    return isNamesake(entity, wanted) ? "unmarked" : undefined;
  }
  if (!keysOf(wanted.credential).includes(keyOf(marker))) {
    return named.some(({ clientId }) => clientId === canonicalId(entity.id)) ? "otherCredential" : undefined;
  }
  const standing = standingOf(marker, marks);
  return standing === "ours" ? "ambiguous" : standing === "otherIdentity" ? standing : undefined;
}

/** Whether a client has the name of one of the credential's, or is the one to be adopted. */
export function isNamesake(
  { id, name }: Pick<OAuthClientEntity, "id" | "name">,
  { credential, stack }: Wanted,
): boolean {
  const names = keysOf(credential).flatMap((key) => [
    clientName(stack, key, "a"),
    clientName(stack, key, "b"),
  ]);
  return names.includes(name ?? "") || canonicalId(id) === credential.adopt?.clientId;
}

/** Why a client that may be the credential's was not touched. @param name The credential's. */
export function describeStranger(name: string, stack: string, { entity, why }: Stranger): string {
  const who = `OAuth client ${entity.name ?? ""} (${entity.id})`;
  const marker = markerOf(entity);
  const byHand = "If it is this credential's, deactivate it in Genesys.";
  switch (why) {
    case "otherIdentity":
      return `${who} ${otherIdentityWords.found(marker?.identity)}. It was not touched; ${otherIdentityWords.remedy(stack)}.`;
    case "ambiguous":
      return `${who} has the names of ${name} and the identity ${marker?.identity ?? ""}, others have the same names and another one, and neither the state nor the stored secret tells which is this stack's: it was not touched. ${byHand}`;
    case "otherCredential":
      return `${who} is named by the stored secret of ${name}, and its description says that it is ${marker?.owner ?? ""}'s: it was not touched. ${byHand}`;
    case "unmarked":
      return (
        `${who} has the name of a slot of ${name} or is declared to be adopted, but neither its description nor the state nor the stored ` +
        `secret says that it belongs to this stack: it was not touched. ${byHand}`
      );
  }
}
