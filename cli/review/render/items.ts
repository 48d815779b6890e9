// The lines of a review as people read them: permissions of one role in one line, and the lines of one credential together (pure).
import { groupBy } from "../../../common/groupBy";
import { every, type Grant } from "../../../genesys/knowledge/grant";
import { describePermission } from "../classify/classifyGrants";
import { gravityOf } from "../classify/directions";
import { type Finding } from "../classify/finding";
import { joined, phrase, type Phrase } from "../classify/phrase";

/** A line that is shown: a finding, or several that differ in their permission only. */
export interface Item extends Finding {
  /** Of how many lines in a row it says who loses something, itself the last of them; absent where it speaks for itself alone. */
  readonly breakageOf?: number;
}

/** The lines of one credential or role, or of several of which the same is said; those of the stack itself have no subject. */
export interface ItemGroup {
  readonly subjects: readonly string[];
  readonly items: readonly Item[];
}

/** Permissions of one role that are named; the others are counted. */
const namedPermissions = 12;
/** Credentials of which the same is said, and which are named; the others are counted. */
const namedSubjects = 12;

/** In the order of the findings, each at the place of its first. */
export function itemsOf(findings: readonly Finding[]): Item[] {
  const alike = groupBy(findings, (one) => {
    const { grant, code, subject, accepted, formerDivisions = [] } = one;
    return grant === undefined || !isOne(grant) || !code.startsWith("PERMISSION_")
      ? one
      : JSON.stringify([subject, code, grant.role, grant.division, accepted, formerDivisions]);
  });
  return [...alike.values()].flatMap((some) => {
    const [first] = some;
    return first === undefined || some.length === 1 ? some : [together(first, some)];
  });
}

/** By whom they concern: the group with the gravest line first, and in it the line that tells most. */
export function groupsOf(items: readonly Item[]): ItemGroup[] {
  const groups = [...groupBy(items, ({ subject }) => subject)].map(([subject, some]) => ({
    subject,
    items: [...some].sort((one, other) => placeOf(one) - placeOf(other)).map(withoutRepetition),
  }));
  const alike = groupBy(groups, (group) =>
    JSON.stringify([group.subject === undefined, group.items.map(({ subject: _whom, ...one }) => one)]),
  );
  return [...alike.values()].map((some) => ({
    subjects: some.flatMap(({ subject }) => subject ?? []),
    items: some[0]?.items ?? [],
  }));
}

/** Whom a group concerns, as its title. */
export function titleOf({ subjects }: ItemGroup): Phrase {
  const rest = subjects.length - namedSubjects;
  return subjects.length === 0
    ? ["The stack"]
    : [
        ...joined(
          subjects.slice(0, namedSubjects).map((subject) => phrase`${subject}`),
          ", ",
        ),
        ...(rest > 0 ? [`, and ${rest} more`] : []),
      ];
}

/** As grave as it is; of equals what becomes of the whole credential comes first. */
function placeOf(item: Item): number {
  return gravityOf(item) * 2 + (ofTheWhole.has(item.code) ? 0 : 1);
}

const ofTheWhole: ReadonlySet<Item["code"]> = new Set([
  "CREDENTIAL_DELETED",
  "CREDENTIAL_REVOKED",
  "CREDENTIAL_ADDED",
  "CLIENT_ADOPTED",
  "KEY_RENAMED",
]);

/** Of lines in a row by which the same people lose something, the last one says who, and of how many lines. */
function withoutRepetition(item: Item, index: number, items: readonly Item[]): Item {
  const next = items[index + 1];
  if (next !== undefined && loseAlike(item, next)) {
    const { breakage: _told, ...others } = item;
    return others;
  }
  const others = items.slice(0, index).reverse();
  const unlike = others.findIndex((other) => !loseAlike(item, other));
  const count = 1 + (unlike === -1 ? others.length : unlike);
  return count === 1 ? item : { ...item, breakageOf: count };
}

/** Where consumers stop each line says all by itself. */
function loseAlike(one: Item, other: Item): boolean {
  return (
    one.breakage !== undefined &&
    one.direction !== "breaks" &&
    one.direction === other.direction &&
    JSON.stringify(one.breakage) === JSON.stringify(other.breakage)
  );
}

/** Whether it is one permission, and neither a whole role nor a general one. */
function isOne({ existingRole, generalPermission }: Grant): boolean {
  return existingRole === undefined && generalPermission === undefined;
}

/** As `crm-connector, 3 permissions, + Home: …`. */
function together(first: Finding, some: readonly Finding[]): Item {
  const { formerDivisions = [] } = first;
  const { role, division = "" } = first.grant ?? {};
  const holder = role === undefined ? phrase`` : phrase`${role}, `;
  const place = division === every ? phrase`every division` : phrase`${division}`;
  const isPlaceNew = formerDivisions.length > 0 && !formerDivisions.includes(division);
  const where = isPlaceNew ? phrase`, + ${place} (was ${formerDivisions.join(", ")})` : phrase` in ${place}`;
  const named = some.slice(0, namedPermissions).flatMap(({ grant }) => grant ?? []);
  const rest = some.length - named.length;
  const names = joined(named.map(describePermission), ", ");
  const verb = first.code === "PERMISSION_REMOVED" ? phrase`loses ` : phrase``;
  const more: Phrase = rest > 0 ? [`, and ${rest} more`] : [];
  return {
    ...first,
    phrase: phrase`${verb}${holder}${some.length} permissions${where}: ${names}${more}`,
    risks: [...new Set(some.flatMap(({ risks }) => risks))],
  };
}
