// What adoption means for a credential: which of its clients it concerns, and what that client is called and stores.
import { slotOwning } from "../common/slot";
import { canonicalId } from "./canonicalId";
import { clientName } from "./naming";
import { type ClientTurn, type Slot } from "./rotation";

/** The OAuth client that a credential takes over as the client of generation 0. */
export interface ClientAdoption {
  /** UUIDs in lower case. */
  readonly clientId: string;
  readonly secret: "keep" | "regenerate";
  /** Its name in Genesys; absent for the usual one. */
  readonly name?: string;
}

/** The role that a declared role takes over. */
export interface RoleAdoption {
  /** UUIDs in lower case. */
  readonly roleId: string;
}

/** The only generation whose client can be an adopted one: later ones are made by rotation. */
const adoptedGeneration = 0;

/** What is looked at of a credential. */
interface AdoptingCredential {
  readonly key: string;
  readonly adopt?: ClientAdoption;
  readonly rotation: { readonly generation: number; readonly clients?: ClientTurn };
}

/** The adoption as written, its id in one spelling. */
export function resolveClientAdoption(written: {
  readonly clientId: string;
  readonly secret: ClientAdoption["secret"];
  readonly name?: string | undefined;
}): ClientAdoption {
  const { clientId, secret, name } = written;
  return { clientId: canonicalId(clientId), secret, ...(name === undefined ? {} : { name }) };
}

/** The adoption that concerns the client of a slot; undefined for a client that is made. */
export function adoptionIn(
  { adopt }: AdoptingCredential,
  { generation }: Pick<Slot, "generation">,
): ClientAdoption | undefined {
  return generation === adoptedGeneration ? adopt : undefined;
}

/**
 * Whether the current client is an adopted one whose secret was left alone. Nobody can read that secret any more, so that nothing
 * can be stored before the first rotation.
 */
export function isSecretKept(credential: AdoptingCredential): boolean {
  return adoptionIn(credential, credential.rotation)?.secret === "keep";
}

/** The name in Genesys of a slot's client: an adopted one that is kept by rotations keeps its name as well. */
export function clientNameIn(
  credential: AdoptingCredential,
  stack: string,
  slot: Pick<Slot, "slot" | "generation">,
): string {
  const isKept = credential.rotation.clients === "keep" && slot.slot === slotOwning(adoptedGeneration);
  const adopt = isKept ? credential.adopt : adoptionIn(credential, slot);
  return adopt?.name ?? clientName(stack, credential.key, slot.slot);
}
