// What a stack's identity holds besides its id: which keys the stack declares, and under which names; and what a change of them says (pure).
import { z } from "zod";

import type { NamedId, RecordedNames } from "../../genesys/knowledge/recordedNames";
import type { Checked, Inputs } from "../engine/checked";
import { checkForm, type Form, optionalSettings } from "../engine/form";
import type { OrganizationInput } from "../engine/organization";

/** Names by key. */
export type NamesByKey = Readonly<Record<string, string>>;

/** The inputs of a stack's identity, which are most of its record. */
export interface StackIdentityInputs {
  readonly organization: OrganizationInput;
  /** The name of each declared role in Genesys. */
  readonly roles: NamesByKey;
  /** The name of each declared credential's secret in AWS. */
  readonly credentials: NamesByKey;
  /** The generation of each declared credential: a later run sees which are rotated, and so what an older state has forgotten. */
  readonly generations: Readonly<Record<string, number>>;
  /** What the names of divisions and existing roles stood for when they were first written. */
  readonly divisions?: readonly NamedId[];
  readonly existingRoles?: readonly NamedId[];
  readonly __provider?: string;
}

/** What is on record besides. */
export interface StackIdentityOutputs extends StackIdentityInputs {
  /** Who deployed last: it holds the roles of the stack, and a preview by another client must not take it for somebody else. */
  readonly deployerClientId?: string;
}

/** No inputs. */
export const stackIdentityOutputNames = ["deployerClientId"] as const;

/** Which former key each renamed one had; told by the program and kept by nobody. */
export interface FormerKeys {
  readonly roles: NamesByKey;
  readonly credentials: NamesByKey;
}

/** What people call the two kinds, and the name that they share with Genesys and AWS. */
const kinds = {
  roles: { what: "role", name: "name" },
  credentials: { what: "credential", name: "secret.name" },
} as const;

const namesByKey = z.record(z.string(), z.string()).default({}).describe("must hold a name for each key");

const writtenTexts = z.array(z.looseObject({ name: z.string() })).catch([]);

const form: Form = {
  organization: optionalSettings,
  roles: namesByKey,
  credentials: namesByKey,
  generations: optionalSettings,
};

/** The names that declarations write, by kind. */
export type WrittenNames = Readonly<Record<keyof RecordedNames, readonly string[]>>;

/** Splits what is recorded from what is only told, and from the names, whose ids are not told. */
export function checkStackIdentityInputs(
  news: Inputs,
): Checked & { readonly formerly: FormerKeys; readonly making: unknown; readonly written: WrittenNames } {
  const { formerly, making, divisions, existingRoles, ...declared } = news;
  return {
    ...checkForm(form, declared),
    formerly: { roles: {}, credentials: {}, ...(formerly as Partial<FormerKeys>) },
    making,
    written: { divisions: textsIn(divisions), existingRoles: textsIn(existingRoles) },
  };
}

function textsIn(names: unknown): readonly string[] {
  return writtenTexts.parse(names).map(({ name }) => name);
}

/**
 * By kind and new key, as `roles/reports`: why a new entry is no new one. A key that went away together with one that came under the same
 * name would be a deletion and a creation, of which the second one fails or the first one takes the object away from its users.
 */
export function renamesIn(olds: Inputs, news: Inputs, formerly: FormerKeys): ReadonlyMap<string, string> {
  const found = (["roles", "credentials"] as const).flatMap((kind) => {
    const [before, now] = [namesIn(olds[kind]), namesIn(news[kind])];
    return Object.entries(now)
      .filter(([key]) => before[key] === undefined && formerly[kind][key] === undefined)
      .flatMap(([key, name]) => {
        const former = removedKeys(before, now).find(
          (old) => before[old]?.toLowerCase() === name.toLowerCase(),
        );
        return former === undefined ? [] : [[`${kind}/${key}`, renameText(kind, former, key, name)] as const];
      });
  });
  return new Map(found);
}

/** The credentials whose generation is raised. */
export function raisedIn(olds: Inputs, news: Inputs): ReadonlySet<string> {
  const before = (olds["generations"] ?? {}) as Readonly<Record<string, number>>;
  const now = (news["generations"] ?? {}) as Readonly<Record<string, number>>;
  return new Set(
    Object.entries(now)
      .filter(([key, generation]) => generation > (before[key] ?? generation))
      .map(([key]) => key),
  );
}

/** The keys that were declared and are no more. */
export function removedKeys(before: NamesByKey, now: NamesByKey): string[] {
  return Object.keys(before).filter((key) => now[key] === undefined);
}

function renameText(kind: keyof typeof kinds, former: string, key: string, name: string): string {
  const { what, name: property } = kinds[kind];
  return (
    `The ${what} "${key}" has the ${property} ${name} that "${former}" had, which is no longer declared; nothing was written. ` +
    `If it was renamed, write \`formerly: ${former}\` below ${key}; otherwise give it another ${property}, or remove "${former}" in an update of its own ` +
    "[KEY_RENAMED]"
  );
}

/** Empty for anything else. */
export function namesIn(value: unknown): NamesByKey {
  return namesByKey.safeParse(value).data ?? {};
}
