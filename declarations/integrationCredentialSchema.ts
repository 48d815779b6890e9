// The shape of `integrationCredential`: the place inside Genesys where data actions keep a credential's client id and secret.
import { z } from "zod";
import { canonicalId } from "./canonicalId";
import { field, text } from "./field";
import { idRule, nameLengthLimit, nameRule } from "./textRules";

/** What people write about it. */
export const integrationCredentialSchema = field(
  z.strictObject({
    name: field(
      text(nameRule),
      "Its name in Genesys, as people choose it in the settings of an integration. One that this stack did not make is never taken by name.",
      `write a name of one line and at most ${nameLengthLimit} characters`,
      { minLength: 1, maxLength: nameLengthLimit },
    ),
    id: field(
      text(idRule),
      "The id of one that exists and is taken over: its name and its client are replaced, and it is left in Genesys when the line goes.",
      "write the id as Genesys shows it in the address of its page, in quotes if it is all digits, or leave it out to have a new one made",
    ).optional(),
  }),
  "The integration credential (type `pureCloudOAuthClient`) that gets the credential's client id and secret, for data actions inside " +
    "Genesys. Every rotation updates it, after the new client was verified. Only for `CLIENT-CREDENTIALS`.",
  'write a map, as { name: "Data actions: nightly report" }, or leave it out',
);

/** An integration credential to be managed. */
export interface ResolvedIntegrationCredential {
  /** Its name in Genesys. */
  readonly name: string;
  /** The id of one that is taken over; absent where one is made. */
  readonly id?: string;
}

/** What was written, with its id in one spelling. */
export function resolveIntegrationCredential({
  name,
  id,
}: z.output<typeof integrationCredentialSchema>): ResolvedIntegrationCredential {
  return { name, ...(id === undefined ? {} : { id: canonicalId(id) }) };
}
