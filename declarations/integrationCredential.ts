// The setting `integrationCredential`: the place inside Genesys where data actions keep a credential's client id and secret.
import { z } from "zod";
import { clientCredentialsGrant } from "../genesys/knowledge/grantTypes";
import { canonicalId } from "./canonicalId";
import { field, text } from "./field";
import { writtenGrantType } from "./grantType";
import { earlierHolder, type Notes } from "./notes";
import { mapsIn, settingIn } from "./plainValue";
import { nameField } from "./textFields";
import { idRule } from "./textRules";

/** What people write about it; without an id, one is made. */
export const integrationCredentialSchema = field(
  z.strictObject({
    name: nameField(
      "Its name in Genesys, as people choose it in the settings of an integration. One that this stack did not make is never taken by name.",
    ),
    id: field(
      text(idRule).overwrite(canonicalId),
      "The id of one that exists and is taken over: its name and its client are replaced, and it is left in Genesys when the line goes.",
      "write the id as Genesys shows it in the address of its page, in quotes if it is all digits, or leave it out to have a new one made",
    ).exactOptional(),
  }),
  "The integration credential (type `pureCloudOAuthClient`) that gets the credential's client id and secret, for data actions inside " +
    "Genesys. Every rotation updates it, after the new client was verified. Only for `CLIENT-CREDENTIALS`.",
  'write a map, as { name: "Data actions: nightly report" }, or leave it out',
);

/** Notes a client that no integration credential can hold, and one integration credential of two credentials. */
export function checkIntegrationCredentials(credentials: unknown, { note, show }: Notes): void {
  const holders = { name: new Map<string, string>(), id: new Map<string, string>() };
  for (const [key, credential] of mapsIn(credentials)) {
    const written = credential["integrationCredential"];
    if (written === undefined) {
      continue;
    }
    const path = ["credentials", key, "integrationCredential"];
    const grantType = writtenGrantType(credential);
    if (grantType !== undefined && grantType !== clientCredentialsGrant) {
      note(
        path,
        `has no meaning for the grant type ${grantType}: data actions sign in with ${clientCredentialsGrant} only`,
        "remove it, or give the data actions a credential of their own",
      );
    }
    for (const property of ["name", "id"] as const) {
      const value = settingIn(written, property);
      const compared = integrationCredentialSchema.shape[property].safeParse(value).data;
      const other = compared === undefined ? undefined : earlierHolder(holders[property], compared, key);
      if (other !== undefined) {
        note(
          [...path, property],
          `the credentials ${show(other)} and ${show(key)} have the same integration credential ${show(value)}, which holds one client`,
          "give each credential its own integration credential",
        );
      }
    }
  }
}
