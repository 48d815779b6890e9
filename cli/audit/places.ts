// What a finding is about, in words: names are written by others, so they are cut and cleaned.
import { listed } from "../../common/listed";
import { oneLine } from "../../common/oneLine";

/** Characters of a name that are told. */
const toldName = 120;
/** Names that a list tells. */
const toldNames = 10;

/** An object of Genesys. */
export interface Named {
  readonly id: string;
  readonly name?: string | undefined;
}

/** `OAuth client "nightly-report-dev-a" (4b1c…)`. */
export function clientPlace({ id, name = "" }: Named): string {
  return `OAuth client ${quoted(name)} (${id})`;
}

/** `role "reporting-reader" (7000…)`. */
export function rolePlace({ id, name = "" }: Named): string {
  return `role ${quoted(name)} (${id})`;
}

/** A text of others in quotes, on one line. */
export function quoted(text: string): string {
  return `"${oneLine(text, toldName)}"`;
}

/** The first of the names, and how many more there are. */
export function firstNames(names: readonly string[]): string {
  return listed(names, toldNames);
}

/**
 * That an object is in state and gone, as far as that was seen.
 * @param isIncomplete Whether lists of Genesys could not be read wholly. @param harm What it means, as `consumers cannot sign in`.
 */
export function goneInWords(isIncomplete: boolean, harm: string): string {
  return isIncomplete
    ? `is in state and not among what could be read of Genesys's lists; if it does not exist, ${harm}`
    : `is in state and does not exist in Genesys: ${harm}`;
}

/**
 * How to get an object back that is in state and gone.
 * @param adopting Where it is declared, if it is to be adopted: what is gone cannot be taken over.
 */
export function madeAgain(stack: string, adopting: string | undefined): string {
  const first = adopting === undefined ? "" : `take \`adopt\` out of ${adopting}, then `;
  return `${first}run \`pulumi up --refresh --stack ${stack}\`, which makes it again`;
}

/** The remedy for something that was changed outside of Pulumi. */
export function setBack(stack: string): string {
  return `\`pulumi preview --refresh --stack ${stack}\` shows it and \`pulumi up --refresh\` sets it back; declare what is meant`;
}

/** The remedy where declared roles and divisions no longer exist. @param place Where they are declared. */
export function namesGone(
  place: string,
  { roles, divisions }: { readonly roles: readonly string[]; readonly divisions: readonly string[] },
  stack: string,
): string {
  const those = [
    ...roles.map((name) => `the role ${quoted(name)}`),
    ...divisions.map((name) => `the division ${quoted(name)}`),
  ];
  return (
    `correct ${place}: take ${those.join(" and ")} out or write what exists (by its id where a new one has the name), then run ` +
    `\`pulumi up --refresh --stack ${stack}\`, which is refused until then [UNKNOWN_ROLE_OR_DIVISION]`
  );
}
