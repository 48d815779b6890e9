// The entries that an adoption adds, with their keys and what is to be said about each (pure).
import { defined } from "../../common/defined";
import { listed } from "../../common/listed";
import { defaultSecretName } from "../../declarations/naming";
import { type OAuthClientEntity } from "../../genesys/wire";
import { type AdoptionChoices, adoptionOf, type ClientContent, nameForKey } from "./clientEntry";
import { type HeldRole, roleReferences } from "./clientRoles";
import { keysFor } from "./keys";
import { roleEntry } from "./roleContent";
import { type RoleUse } from "./roleUse";
import { type StackEntries } from "./stackEntries";

/** Permissions that a note names. */
const namedPermissions = 3;

/** An object that gets an entry. */
export interface Adopted {
  readonly key: string;
  readonly id: string;
  /** Its live name. */
  readonly name: string;
  readonly entry: Readonly<Record<string, unknown>>;
  /** What differs from the live object, or will: clauses. */
  readonly notes: readonly string[];
}

/** A client that nothing but its roles can still keep out. */
export interface Candidate {
  readonly live: OAuthClientEntity;
  readonly content: ClientContent;
  readonly held: readonly HeldRole[];
}

/** The entries of roles, sorted by key. @param isWanted By the role's id. */
export function adoptedRoles(
  isWanted: (id: string) => boolean,
  uses: ReadonlyMap<string, RoleUse>,
  { roleKeys }: StackEntries,
): readonly Adopted[] {
  const wanted = [...uses].flatMap(([id, use]) =>
    use.how === "adopted" && isWanted(id) ? [{ id, content: use.content }] : [],
  );
  const named = wanted.map(({ id, content }) => ({ id, name: content.name }));
  const keys = keysFor(named, "role", isAmong(roleKeys));
  return wanted
    .map(({ id, content }) => {
      const key = keys.get(id) ?? id;
      const { name, ...rest } = roleEntry(content);
      return {
        key,
        id,
        name,
        entry: { ...defined({ name: name === key ? undefined : name }), ...rest, adopt: { roleId: id } },
        notes: [
          ...content.description.changes.map((change) => `description: ${change}`),
          ...(content.hasWildcards
            ? ["the first `pulumi up` replaces its wildcards with the permissions that they stand for then"]
            : []),
          ...(content.unlisted.length > 0
            ? [
                `the permission catalogue of the organisation does not list ${listed(content.unlisted, namedPermissions)}, hence unlisted: true`,
              ]
            : []),
        ],
      };
    })
    .sort(byKey);
}

/** The entries of clients, sorted by key. @param keyOf The key of a declared role, by its id. */
export function adoptedClients(
  clients: readonly Candidate[],
  keyOf: (roleId: string) => string | undefined,
  uses: ReadonlyMap<string, RoleUse>,
  entries: StackEntries,
  choices: AdoptionChoices,
): readonly Adopted[] {
  const { stack, credentialKeys, secretNames } = entries;
  const isKey = isAmong(credentialKeys);
  const named = clients.map(({ live }) => ({ id: live.id, name: nameForKey(live, stack) }));
  const keys = keysFor(
    named,
    "client",
    (key) => isKey(key) || secretNames.has(defaultSecretName(stack, key)),
  );
  const nameOf = (roleId: string): string => {
    const use = uses.get(roleId);
    return use?.how === "existing" ? use.name : roleId;
  };
  return clients
    .map(({ live, content, held }) => {
      const key = keys.get(live.id) ?? live.id;
      const { adopt, notes } = adoptionOf(live, key, choices, stack);
      const { description, grantType, ...rest } = content.settings;
      return {
        key,
        id: live.id,
        name: live.name ?? "",
        entry: {
          ...defined({ description, grantType }),
          ...(content.hasRoles ? { roles: roleReferences(held, keyOf, nameOf) } : {}),
          ...rest,
          adopt,
        },
        notes: [...content.notes, ...notes],
      };
    })
    .sort(byKey);
}

/** Keys that differ in case alone would be taken for one another. */
function isAmong(keys: readonly string[]): (key: string) => boolean {
  const known = new Set(keys.map((key) => key.toLowerCase()));
  return (key) => known.has(key.toLowerCase());
}

function byKey(one: Adopted, other: Adopted): number {
  return one.key < other.key ? -1 : 1;
}
