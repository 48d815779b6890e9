// Adoption: what exists in Genesys already and is taken over instead of being made, and what that means for a credential's clients.
import { z } from "zod";
import { slotOwning } from "../common/slot";
import { canonicalId } from "./canonicalId";
import { field, text } from "./field";
import { clientName } from "./naming";
import { earlierHolder, type Notes } from "./notes";
import { mapsIn, settingIn } from "./plainValue";
import { type ClientTurn, type Slot } from "./rotation/slots";
import { nameField } from "./textFields";
import { idRule } from "./textRules";

/** What becomes of the secret of an adopted client. */
const adoptedSecrets = ["keep", "regenerate"] as const;

/** What people write about the OAuth client that a credential takes over as the client of generation 0. */
export const clientAdoptionSchema = field(
  z.strictObject({
    clientId: field(
      text(idRule).overwrite(canonicalId),
      "The client id of the OAuth client, as Genesys shows it.",
      "write the client id as Genesys shows it (Admin, Integrations, OAuth), in quotes if it is all digits",
    ),
    secret: field(
      z.enum(adoptedSecrets),
      "`keep` leaves the present secret alone and stores nothing in AWS before the first rotation, since Genesys shows no secret twice. " +
        "`regenerate` makes a new secret and stores it; **the present one dies at once** when the update runs.",
      `write ${adoptedSecrets.join(" or ")}`,
    ),
    name: nameField(
      "The client's name in Genesys while it is the credential's client. Default: `<credential>-<stack>-a`, so that leaving it out renames the client.",
      ", or leave it out for <credential>-<stack>-a",
    ).exactOptional(),
  }),
  "Takes over an existing OAuth client as the client of generation 0, with its client id, instead of making one. " +
    "Without effect from generation 2 on, and with `overlap: none` from generation 1 on; the line can then be removed.",
  "write a map, as { clientId: …, secret: keep }, or leave it out to have a new client made",
);

/** What people write about the role that is taken over. */
export const roleAdoptionSchema = field(
  z.strictObject({
    roleId: field(
      text(idRule).overwrite(canonicalId),
      "The id of the role, as Genesys shows it in the address of the role's page.",
      "write the role's id as Genesys shows it (the address of the page of the role), in quotes if it is all digits",
    ),
  }),
  "Takes over an existing role of the organisation, with its id and its holders, instead of making one. " +
    "The declared name, description and permissions replace what it has.",
  "write a map, as { roleId: … }, or leave it out to have a new role made",
);

/** The OAuth client that a credential takes over. */
type ClientAdoption = Readonly<z.output<typeof clientAdoptionSchema>>;

/** The only generation whose client can be an adopted one: later ones are made by rotation. */
const adoptedGeneration = 0;

/** What is looked at of a credential. */
interface AdoptingCredential {
  readonly key: string;
  readonly adopt?: ClientAdoption;
  readonly rotation: { readonly generation: number; readonly clients?: ClientTurn };
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

/** Notes one object of Genesys that is taken over twice. */
export function checkAdoptions(area: "roles" | "credentials", entries: unknown, { note, show }: Notes): void {
  const [idName, noun] = area === "roles" ? ["roleId", "role"] : ["clientId", "OAuth client"];
  const keysById = new Map<string, string>();
  for (const [key, { adopt }] of mapsIn(entries)) {
    const written = settingIn(adopt, idName);
    const other =
      typeof written === "string" ? earlierHolder(keysById, canonicalId(written), key) : undefined;
    if (other !== undefined) {
      note(
        [area, key, "adopt", idName],
        `the ${area} ${show(other)} and ${show(key)} adopt the same ${noun} ${show(written)}`,
        "let one of them adopt it, and have the other made by leaving adopt out",
      );
    }
  }
}
