// What `type: restricted` promises, checked before anything is written: every violation of a credential at its own place.
import { listed } from "../common/listed";
import { covers, parseBoundary, type Permission } from "../common/permission";
import { allDivisions, restrictedValiditySeconds, roleReferenceSchema } from "./credentialSchema";
import { writtenGrantType } from "./grantChecks";
import { clientCredentialsGrant } from "./grantType";
import { type Notes } from "./notes";
import { isPlainMap } from "./plainValue";
import { writtenPermissions } from "./roleChecks";
import { boundaryRule } from "./textRules";

type Credential = Readonly<Record<string, unknown>>;
type Path = readonly PropertyKey[];

/** Permissions of one role that a message names. */
const namedPermissions = 10;

/** Checks one raw credential against the raw roles of the stack; `path` leads to the credential. */
export function checkRestriction(path: Path, credential: Credential, roles: unknown, notes: Notes): void {
  const { note } = notes;
  if (credential["type"] !== "restricted") {
    const isGeneral = credential["type"] === undefined || credential["type"] === "general";
    for (const key of ["allow", "allowLongTokens"]) {
      if (isGeneral && credential[key] !== undefined && credential[key] !== false) {
        note(
          [...path, key],
          "limits nothing without type: restricted",
          `add type: restricted, or remove ${key}`,
        );
      }
    }
    return;
  }
  const grantType = writtenGrantType(credential);
  if (grantType !== undefined && grantType !== clientCredentialsGrant) {
    note(
      [...path, "type"],
      `restricted limits roles, which the grant type ${grantType} does not have`,
      `remove type and limit the scopes, or use the grant type ${clientCredentialsGrant}`,
    );
    return;
  }
  checkValidity(path, credential, note);
  if (credential["allow"] === undefined) {
    note(
      [...path, "allow"],
      "is missing",
      "write what the credential may do at most, as [analytics:*, routing:queue:view]",
    );
  }
  const boundary = boundaryOf(credential["allow"]);
  const references = credential["roles"];
  if (!Array.isArray(references)) {
    return;
  }
  for (const [index, reference] of references.entries()) {
    checkReference([...path, "roles", index], reference, boundary, roles, notes);
  }
}

function checkValidity(path: Path, credential: Credential, note: Notes["note"]): void {
  const seconds = credential["accessTokenValiditySeconds"];
  if (
    typeof seconds === "number" &&
    seconds > restrictedValiditySeconds &&
    (credential["allowLongTokens"] ?? false) === false
  ) {
    note(
      [...path, "accessTokenValiditySeconds"],
      `${seconds} is above ${restrictedValiditySeconds}, the longest of a restricted credential`,
      `write at most ${restrictedValiditySeconds}, or set allowLongTokens: true beside it`,
    );
  }
}

/** The entries of `allow` that can be read; undefined when it cannot be told where the boundary lies. */
function boundaryOf(allow: unknown): readonly Permission[] | undefined {
  if (!Array.isArray(allow) || allow.length === 0) {
    return undefined;
  }
  const entries = allow.map((entry: unknown) =>
    typeof entry === "string" && boundaryRule(entry) === undefined ? parseBoundary(entry) : undefined,
  );
  return entries.includes(undefined) ? undefined : entries.filter((entry) => entry !== undefined);
}

function checkReference(
  path: Path,
  raw: unknown,
  boundary: readonly Permission[] | undefined,
  roles: unknown,
  { note, show }: Notes,
): void {
  const reference = roleReferenceSchema.safeParse(raw).data;
  if (reference === undefined) {
    return;
  }
  if (typeof reference !== "string" && reference.divisions.includes(allDivisions)) {
    note(
      [...path, "divisions"],
      `a restricted credential must not hold a role in every division ("${allDivisions}")`,
      "name the divisions, or leave them out for the home division",
    );
  }
  if (typeof reference !== "string" && "existing" in reference) {
    note(
      [...path, "existing"],
      `${show(reference.existing)} is not declared in this stack, so what it allows cannot be checked`,
      "declare a role with the permissions that are needed, and name its key",
    );
    return;
  }
  const key = typeof reference === "string" ? reference : reference.role;
  const role = isPlainMap(roles) && Object.hasOwn(roles, key) ? roles[key] : undefined;
  const outside = writtenPermissions(role).filter(
    ({ permission }) => boundary?.some((entry) => covers(entry, permission)) === false,
  );
  if (outside.length > 0) {
    const named = listed(
      outside.map(({ text }) => text),
      namedPermissions,
    );
    note(
      path,
      `the role ${show(key)} allows ${named}, outside the credential's boundary`,
      "remove these permissions from the role, use a narrower role, or add them to allow",
    );
  }
}
