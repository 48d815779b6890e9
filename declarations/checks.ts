// The mistakes that show only between entries and fields: what each topic looks for, in the order in which people read them.
import { checkAdoptions } from "./adoption";
import { type Problem } from "./configError";
import { describePath, describeValue, type SecretDetector } from "./describeValue";
import { checkAllowsSomething } from "./generalPermissions";
import { checkGrantType } from "./grantType";
import { checkIntegrationCredentials } from "./integrationCredential";
import { checkFormerKeys, checkKey } from "./keys";
import { earlierHolder, type Notes } from "./notes";
import { checkPermissions } from "./permissions";
import { isPlainMap, mapsIn, type PlainMap, settingIn } from "./plainValue";
import { checkRestriction } from "./restriction";
import { checkRing } from "./ring";
import { checkRoleReferences, type DeclaredRoles } from "./roleReferences";
import { checkRotation } from "./rotation/settings";
import { checkSecretName } from "./secret";
import { nameRule } from "./textRules";
import { checkTokenValidity } from "./tokenValidity";

/**
 * Looks at cleaned raw values rather than at parsed ones, so that a mistake in one field hides no mistake in another. Parts that
 * have the wrong shape are passed over: the schema reports them.
 */
export function checkDeclarations(
  raw: { readonly after?: unknown; readonly roles?: unknown; readonly credentials?: unknown },
  stack: string,
  isKnownSecret: SecretDetector,
): readonly Problem[] {
  const problems: Problem[] = [];
  const notes: Notes = {
    note: (path, problem, remedy) =>
      problems.push({ path: describePath(path, isKnownSecret), problem, remedy }),
    show: (value) => describeValue(value, isKnownSecret),
  };
  checkRing(raw.after, stack, notes);
  checkAdoptions("roles", raw.roles, notes);
  checkAdoptions("credentials", raw.credentials, notes);
  checkFormerKeys("roles", raw.roles, stack, notes);
  checkFormerKeys("credentials", raw.credentials, stack, notes);
  const roles = raw.roles === undefined ? {} : raw.roles;
  const declared = isPlainMap(roles) ? checkRoles(roles, notes) : undefined;
  if (isPlainMap(raw.credentials)) {
    checkCredentials(raw.credentials, declared, stack, notes);
    checkIntegrationCredentials(raw.credentials, notes);
  }
  for (const [key, credential] of mapsIn(raw.credentials)) {
    const path = ["credentials", key];
    checkGrantType(path, credential, notes);
    checkTokenValidity(path, credential, notes);
    checkRestriction(path, credential, roles, notes);
    checkRotation([...path, "rotation"], credential["rotation"], notes);
  }
  return problems;
}

function checkRoles(roles: PlainMap, notes: Notes): DeclaredRoles {
  const keysByName = new Map<string, string>();
  for (const [key, role] of Object.entries(roles)) {
    checkKey(["roles", key], notes);
    checkPermissions(["roles", key], role, notes);
    if (isPlainMap(role)) {
      checkAllowsSomething(["roles", key], role, notes);
    }
    const written = settingIn(role, "name");
    const name = typeof written === "string" ? written : key;
    const other = earlierHolder(keysByName, name.toLowerCase(), key);
    if (other !== undefined && nameRule(name) === undefined) {
      notes.note(
        ["roles", key, "name"],
        `the roles ${notes.show(other)} and ${notes.show(key)} have the same name ${notes.show(name)}`,
        "give each role its own name",
      );
    }
  }
  return { keys: new Set(Object.keys(roles)), keysByName };
}

function checkCredentials(
  credentials: PlainMap,
  declared: DeclaredRoles | undefined,
  stack: string,
  notes: Notes,
): void {
  const keysBySecret = new Map<string, string>();
  for (const [key, credential] of Object.entries(credentials)) {
    checkKey(["credentials", key], notes);
    if (isPlainMap(credential)) {
      checkRoleReferences(["credentials", key, "roles"], credential["roles"], declared, notes);
      checkSecretName(key, credential["secret"], stack, keysBySecret, notes);
    }
  }
}
