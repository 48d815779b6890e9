// What an adoption says: for people, and for programs.
import { oneLine } from "../../common/oneLine";
import { type AdoptionChoices } from "./clientEntry";
import { type Adopted } from "./adoptedEntries";
import { counted } from "../terminal/counted";
import { type AdoptionPlan, type Skipped } from "./plan";

/** What was done with a plan. */
export interface Outcome {
  readonly stack: string;
  readonly fileName: string;
  readonly plan: AdoptionPlan;
  readonly choices: AdoptionChoices;
  readonly isWritten: boolean;
}

/** Longest name of an object in a line. */
const longestName = 100;
/** Longest reason or note: it may quote names of the organisation. */
const longestReason = 600;

/** For programs; `fragment` is what was added, or would be. */
export function adoptionJson({ stack, fileName, plan, choices, isWritten }: Outcome, fragment: string) {
  const adopted = ({ key, id, name, entry, notes }: Adopted) => ({ key, id, name, entry, notes });
  return {
    stack,
    file: fileName,
    isWritten,
    secret: choices.secret,
    clients: plan.clients.map(adopted),
    roles: plan.roles.map(adopted),
    referred: plan.referred.map(({ id, name, reason }) => ({ id, name, reason })),
    skipped: plan.skipped.map(({ kind, id, name, reason, isDone }) => ({
      kind,
      id,
      name,
      reason,
      isManagedByThisStack: isDone,
    })),
    fragment,
  };
}

/** For people: what was taken over, what was not and why. */
export function adoptionText({ fileName, plan, isWritten }: Outcome): string {
  const { clients, roles, referred, skipped } = plan;
  const counts = [
    ...(clients.length === 0 ? [] : [counted(clients.length, "credential")]),
    ...(roles.length === 0 ? [] : [counted(roles.length, "role")]),
  ];
  const referredIds = new Set(referred.map(({ id }) => id));
  const left = skipped.filter(({ id, isDone }) => !isDone && !referredIds.has(id));
  const doneCount = skipped.filter(({ isDone }) => isDone).length;
  const head =
    counts.length === 0
      ? `Nothing to adopt; ${fileName} was not changed.`
      : isWritten
        ? `Added to ${fileName}: ${counts.join(" and ")}.`
        : `Dry run: ${fileName} was not changed. It would gain ${counts.join(" and ")}.`;
  const parts = [
    [head],
    section("Credentials", clients.map(adoptedLines("OAuth client"))),
    section("Roles", roles.map(adoptedLines("role"))),
    section(
      "Roles that are only referred to (existing:)",
      referred.map(({ name, reason }) => [
        `${oneLine(name, longestName)}: ${oneLine(reason, longestReason)}`,
      ]),
    ),
    section("Left out", left.map(skippedLine)),
    doneCount === 0 ? [] : [`Managed by this stack already: ${doneCount}.`],
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

/** What to do next; empty when nothing was added. */
export function nextSteps({ stack, fileName, plan, choices }: Outcome): string {
  const count = plan.clients.length;
  if (count + plan.roles.length === 0) {
    return "";
  }
  const secrets =
    choices.secret === "regenerate"
      ? regenerationWarning(count)
      : "The present secrets stay as they are, and nothing is stored in AWS before the first rotation (docs/adopting.md).";
  return [
    "Next:",
    `  1. Read what was added to ${fileName}, and merge it.`,
    `  2. \`pulumi preview --stack ${stack}\` shows what changes in each live object: no client and no role is made, replaced or deleted.`,
    `  3. \`pulumi up --stack ${stack}\` takes them over.`,
    ...(count === 0 ? [] : [secrets]),
  ].join("\n");
}

/** What a regeneration does, in one sentence. */
export function regenerationWarning(count: number): string {
  return `The present secret of ${counted(count, "client")} dies at once at the next \`pulumi up\`: whoever uses it has to read the stored one.`;
}

/** One thing that was left out. */
export function skippedLine({ kind, id, name, reason }: Skipped): readonly string[] {
  return [`${kind} "${oneLine(name, longestName)}" (${id}): ${oneLine(reason, longestReason)}`];
}

function adoptedLines(what: string): (adopted: Adopted) => readonly string[] {
  return ({ key, id, name, notes }) => [
    `${key}: ${what} "${oneLine(name, longestName)}" (${id})`,
    ...notes.map((note) => `  ${oneLine(note, longestReason)}`),
  ];
}

function section(title: string, entries: readonly (readonly string[])[]): readonly string[] {
  return entries.length === 0 ? [] : [title, ...entries.flat().map((line) => `  ${line}`)];
}
