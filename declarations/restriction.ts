// What `type: restricted` promises: the settings of its boundary, and every violation at its own place, before anything is written.
import { z } from "zod";
import { listed } from "../common/listed";
import { covers, parseBoundary, type Permission } from "../common/permission";
import { clientCredentialsGrant } from "../genesys/knowledge/grantTypes";
import { choice, field, flag, text } from "./field";
import { generalPermissionsOf } from "./generalPermissions";
import { writtenGrantType } from "./grantType";
import { type Notes } from "./notes";
import { boundaryRule } from "./permissionRule";
import { writtenPermissions } from "./permissions";
import { sorted } from "./order";
import { type PlainMap, settingIn } from "./plainValue";
import { allDivisions, writtenRoleUse } from "./roleReferences";
import { checkRestrictedValidity, restrictedValiditySeconds } from "./tokenValidity";

type Path = readonly PropertyKey[];

const allowSchema = field(
  z
    .array(
      field(
        text(boundaryRule),
        "`domain:entity:action`, `domain:entity:*` or `domain:*`.",
        "write domain:entity:action, domain:entity:*, or domain:* for a whole domain",
      ),
    )
    .min(1)
    .overwrite(sorted),
  "For `type: restricted`: the boundary. Every permission of the credential's roles must lie inside.",
  "write a list of at least one permission or domain:*, as [analytics:*, routing:queue:view]",
);

/** The settings of a credential that have to do with its restriction. */
export const restrictionSettings = {
  type: choice(
    ["general", "restricted"],
    "`restricted` adds a boundary that is enforced before anything is written: declared roles only, every permission inside `allow`, " +
      `no "${allDivisions}" division, tokens of at most ${restrictedValiditySeconds} seconds.`,
    "general",
  ),
  allow: allowSchema.exactOptional(),
  allowLongTokens: flag(
    `For \`type: restricted\`: \`true\` accepts a validity above ${restrictedValiditySeconds} seconds.`,
    false,
  ),
};

/** What the editor can check of them; the program does in {@link checkRestriction}. */
export const restrictionHints = [
  {
    if: { properties: { type: { const: "restricted" } }, required: ["type"] },
    then: { required: ["allow"] },
  },
];

/** Permissions of one role that a message names. */
const namedPermissions = 10;

/** Checks one raw credential against the raw roles of the stack; `path` leads to the credential. */
export function checkRestriction(path: Path, credential: PlainMap, roles: unknown, notes: Notes): void {
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
  checkRestrictedValidity(path, credential, note);
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

/** The entries of `allow`; undefined when it cannot be told where the boundary lies. */
function boundaryOf(allow: unknown): readonly Permission[] | undefined {
  return allowSchema.safeParse(allow).data?.flatMap((entry) => parseBoundary(entry) ?? []);
}

function checkReference(
  path: Path,
  raw: unknown,
  boundary: readonly Permission[] | undefined,
  roles: unknown,
  { note, show }: Notes,
): void {
  const use = writtenRoleUse(raw);
  if (use?.divisions.includes(allDivisions) === true) {
    note(
      [...path, "divisions"],
      `a restricted credential must not hold a role in every division ("${allDivisions}")`,
      "name the divisions, or leave them out for the home division",
    );
  }
  if (use?.roleName !== undefined) {
    note(
      [...path, "existing"],
      `${show(use.roleName)} is not declared in this stack, so what it allows cannot be checked`,
      "declare a role with the permissions that are needed, and name its key",
    );
  }
  const key = use?.roleKey;
  const role = key === undefined ? undefined : settingIn(roles, key);
  const outside = writtenPermissions(role).filter(
    ({ permission }) => boundary?.some((entry) => covers(entry, permission)) === false,
  );
  const general = generalPermissionsOf(role).map((name) => `the general permission ${name}`);
  if (general.length > 0) {
    note(
      path,
      `the role ${show(key)} allows ${listed(general, namedPermissions)}, outside the credential's boundary`,
      "remove them from the role, or use a role without general permissions: no entry of allow can name one",
    );
  }
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
