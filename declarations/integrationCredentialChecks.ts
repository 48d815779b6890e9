// The mistakes about integration credentials that show only between entries: the same one twice, or a client that none can hold.
import { canonicalId } from "./canonicalId";
import { clientCredentialsGrant } from "./grantType";
import { writtenGrantType } from "./grantChecks";
import { type Notes } from "./notes";
import { isPlainMap } from "./plainValue";
import { idRule, nameRule } from "./textRules";

/** Looks at raw credentials; what has the wrong shape is passed over, the schema reports it. */
export function checkIntegrationCredentials(
  credentials: Readonly<Record<string, unknown>>,
  { note, show }: Notes,
): void {
  const holders = { name: new Map<string, string>(), id: new Map<string, string>() };
  for (const [key, credential] of Object.entries(credentials)) {
    const written = isPlainMap(credential) ? credential["integrationCredential"] : undefined;
    if (!isPlainMap(credential) || written === undefined) {
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
    if (!isPlainMap(written)) {
      continue;
    }
    for (const property of ["name", "id"] as const) {
      const value = written[property];
      const rule = property === "name" ? nameRule : idRule;
      if (typeof value !== "string" || rule(value) !== undefined) {
        continue;
      }
      const compared = property === "id" ? canonicalId(value) : value;
      const other = holders[property].get(compared);
      if (other === undefined) {
        holders[property].set(compared, key);
      } else {
        note(
          [...path, property],
          `the credentials ${show(other)} and ${show(key)} have the same integration credential ${show(value)}, which holds one client`,
          "give each credential its own integration credential",
        );
      }
    }
  }
}
