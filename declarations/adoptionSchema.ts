// The shape of `adopt`: what exists in Genesys already and is taken over instead of being made.
import { z } from "zod";
import { field, text } from "./field";
import { idRule, nameLengthLimit, nameRule } from "./textRules";

/** What becomes of the secret of an adopted client. */
export const adoptedSecrets = ["keep", "regenerate"] as const;

/** What people write about the OAuth client that a credential takes over. */
export const clientAdoptionSchema = field(
  z.strictObject({
    clientId: field(
      text(idRule),
      "The client id of the OAuth client, as Genesys shows it.",
      "write the client id as Genesys shows it (Admin, Integrations, OAuth), in quotes if it is all digits",
    ),
    secret: field(
      z.enum(adoptedSecrets),
      "`keep` leaves the present secret alone and stores nothing in AWS before the first rotation, since Genesys shows no secret twice. " +
        "`regenerate` makes a new secret and stores it; **the present one dies at once** when the update runs.",
      `write ${adoptedSecrets.join(" or ")}`,
    ),
    name: field(
      text(nameRule),
      "The client's name in Genesys while it is the credential's client. Default: `<credential>-<stack>-a`, so that leaving it out renames the client.",
      `write a name of one line and at most ${nameLengthLimit} characters, or leave it out for <credential>-<stack>-a`,
      { minLength: 1, maxLength: nameLengthLimit },
    ).optional(),
  }),
  "Takes over an existing OAuth client as the client of generation 0, with its client id, instead of making one. " +
    "Without effect from generation 2 on, and with `overlap: none` from generation 1 on; the line can then be removed.",
  "write a map, as { clientId: …, secret: keep }, or leave it out to have a new client made",
);

/** What people write about the role that is taken over. */
export const roleAdoptionSchema = field(
  z.strictObject({
    roleId: field(
      text(idRule),
      "The id of the role, as Genesys shows it in the address of the role's page.",
      "write the role's id as Genesys shows it (the address of the page of the role), in quotes if it is all digits",
    ),
  }),
  "Takes over an existing role of the organisation, with its id and its holders, instead of making one. " +
    "The declared name, description and permissions replace what it has.",
  "write a map, as { roleId: … }, or leave it out to have a new role made",
);
