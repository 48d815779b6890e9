// The mistakes that show only between entries and fields: unknown roles, the same role twice, the same secret or role name twice.
import { nearestName } from "../common/nearestName";
import { checkAdoptions } from "./adoptionChecks";
import { type Problem } from "./configError";
import { allDivisions, homeDivision, roleReferenceSchema, type RoleReference } from "./credentialSchema";
import { describePath, describeValue, type SecretDetector } from "./describeValue";
import { checkFormerKeys } from "./formerKeys";
import { checkGrantType } from "./grantChecks";
import { checkIntegrationCredentials } from "./integrationCredentialChecks";
import { configNamespace, defaultSecretName } from "./naming";
import { type Notes } from "./notes";
import { isPlainMap } from "./plainValue";
import { checkRestriction } from "./restriction";
import { checkRing } from "./ringSchema";
import { checkPermissions } from "./roleChecks";
import { checkRotation } from "./rotationChecks";
import { secretNameSchema } from "./secretSchema";
import { keyRemedy, keyRule, nameRule } from "./textRules";

/** A role in some divisions; exactly one of the two names is there. */
export interface RoleUse {
  readonly roleKey?: string;
  readonly roleName?: string;
  readonly divisions: readonly string[];
}

/** The role and divisions that a reference means. */
export function roleUseOf(reference: RoleReference): RoleUse {
  if (typeof reference === "string") {
    return { roleKey: reference, divisions: [homeDivision] };
  }
  return "role" in reference
    ? { roleKey: reference.role, divisions: reference.divisions }
    : { roleName: reference.existing, divisions: reference.divisions };
}

/** The declared roles: their keys, and which key has which name in Genesys, which does not tell upper from lower case in them. */
interface DeclaredRoles {
  readonly keys: ReadonlySet<string>;
  readonly keysByName: ReadonlyMap<string, string>;
}

/**
 * Looks at cleaned raw values rather than at parsed ones, so that a mistake in one field hides no mistake in another. Parts that
 * have the wrong shape are passed over: the schema reports them.
 */
export function checkReferences(
  raw: { readonly after?: unknown; readonly roles?: unknown; readonly credentials?: unknown },
  stack: string,
  isKnownSecret: SecretDetector,
): readonly Problem[] {
  const problems: Problem[] = [];
  const notes: Notes = {
    note: (path, problem, remedy) =>
      problems.push({ path: describePath(configNamespace, path, isKnownSecret), problem, remedy }),
    show: (value) => describeValue(value, isKnownSecret),
  };
  checkRing(raw.after, stack, notes);
  checkAdoptions("roles", raw.roles, notes);
  checkAdoptions("credentials", raw.credentials, notes);
  checkFormerKeys("roles", raw.roles, stack, notes);
  checkFormerKeys("credentials", raw.credentials, stack, notes);
  const roles = raw.roles === undefined ? {} : raw.roles;
  const declared = isPlainMap(roles) ? declaredRoles(roles, notes) : undefined;
  if (isPlainMap(raw.credentials)) {
    checkCredentials(raw.credentials, declared, stack, notes);
    checkIntegrationCredentials(raw.credentials, notes);
    for (const [key, credential] of Object.entries(raw.credentials)) {
      if (isPlainMap(credential)) {
        checkGrantType(["credentials", key], credential, notes);
        checkRestriction(["credentials", key], credential, roles, notes);
        checkRotation(["credentials", key], credential, notes);
      }
    }
  }
  return problems;
}

/** The keys that people choose are checked here: in the schema, a wrong key would hide the mistakes below it. */
function checkKey(path: readonly [string, string], { note, show }: Notes): void {
  const [, key] = path;
  const mistake = keyRule(key);
  if (mistake !== undefined) {
    note(path, `the key ${show(key)} ${mistake.problem}`, mistake.remedy ?? keyRemedy);
  }
}

function declaredRoles(roles: Readonly<Record<string, unknown>>, notes: Notes): DeclaredRoles {
  const keysByName = new Map<string, string>();
  for (const [key, role] of Object.entries(roles)) {
    checkKey(["roles", key], notes);
    checkPermissions(["roles", key], role, notes);
    const written = isPlainMap(role) ? role["name"] : undefined;
    const name = typeof written === "string" ? written : key;
    const other = keysByName.get(name.toLowerCase());
    if (other === undefined) {
      keysByName.set(name.toLowerCase(), key);
    } else if (nameRule(name) === undefined) {
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
  credentials: Readonly<Record<string, unknown>>,
  declared: DeclaredRoles | undefined,
  stack: string,
  notes: Notes,
): void {
  const keysBySecret = new Map<string, string>();
  for (const [key, credential] of Object.entries(credentials)) {
    checkKey(["credentials", key], notes);
    if (!isPlainMap(credential)) {
      continue;
    }
    if (Array.isArray(credential["roles"])) {
      checkRoles(["credentials", key, "roles"], credential["roles"], declared, notes);
    }
    const secretName = secretNameOf(key, credential["secret"], stack);
    const other = secretName === undefined ? undefined : keysBySecret.get(secretName);
    if (other !== undefined) {
      notes.note(
        ["credentials", key, "secret", "name"],
        `the credentials ${notes.show(other)} and ${notes.show(key)} have the same secret name ${notes.show(secretName)}`,
        "give each credential its own secret",
      );
    } else if (secretName !== undefined) {
      keysBySecret.set(secretName, key);
    }
  }
}

function secretNameOf(key: string, secret: unknown, stack: string): string | undefined {
  const written = isPlainMap(secret) ? secret["name"] : undefined;
  return secretNameSchema.safeParse(written === undefined ? defaultSecretName(stack, key) : written).data;
}

function checkRoles(
  path: readonly PropertyKey[],
  references: readonly unknown[],
  declared: DeclaredRoles | undefined,
  notes: Notes,
): void {
  const placesByGrant = new Map<string, string>();
  for (const [index, raw] of references.entries()) {
    const reference = roleReferenceSchema.safeParse(raw).data;
    if (reference !== undefined) {
      checkRole([...path, index], reference, declared, notes);
      checkRepetition([...path, index], `roles[${index}]`, roleUseOf(reference), placesByGrant, notes);
    }
  }
}

function checkRole(
  path: readonly PropertyKey[],
  reference: RoleReference,
  declared: DeclaredRoles | undefined,
  { note, show }: Notes,
): void {
  const { roleKey, roleName } = roleUseOf(reference);
  if (roleKey !== undefined && declared?.keys.has(roleKey) === false) {
    const nearest = nearestName(roleKey, declared.keys);
    const existing = `write { existing: ${show(roleKey)} } for a role that this stack does not manage`;
    note(
      typeof reference === "string" ? path : [...path, "role"],
      `${show(roleKey)} is not a role of this stack`,
      nearest === undefined
        ? `declare it under ${configNamespace}:roles, or ${existing}`
        : `did you mean ${show(nearest)}? Otherwise ${existing}`,
    );
  }
  const managedKey = roleName === undefined ? undefined : declared?.keysByName.get(roleName.toLowerCase());
  if (managedKey !== undefined) {
    note(
      [...path, "existing"],
      `${show(roleName)} is the name of the role ${show(managedKey)}, which this stack manages`,
      `write role: ${show(managedKey)} in place of existing`,
    );
  }
}

function checkRepetition(
  path: readonly PropertyKey[],
  here: string,
  { roleKey, roleName, divisions }: RoleUse,
  placesByGrant: Map<string, string>,
  { note, show }: Notes,
): void {
  for (const division of divisions) {
    const grant = JSON.stringify([roleKey ?? null, roleName ?? null, division]);
    const first = placesByGrant.get(grant);
    if (first === undefined) {
      placesByGrant.set(grant, here);
      continue;
    }
    const words = `the role ${show(roleKey ?? roleName)} in ${divisionWords(division, show)}`;
    note(
      path,
      first === here ? `${here} names ${words} twice` : `${first} and ${here} both name ${words}`,
      "remove one of the two",
    );
  }
}

function divisionWords(division: string, show: Notes["show"]): string {
  if (division === homeDivision) {
    return "the home division";
  }
  return division === allDivisions ? "every division" : `the division ${show(division)}`;
}
