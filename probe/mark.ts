// The mark of everything that the probe makes: it is in the name and in the description, and nothing without it is ever changed.
import { randomBytes } from "node:crypto";

const prefix = "genesys-credentials-probe";
const runIdBytes = 6;
const markedName = new RegExp(`^${prefix}-([0-9a-f]{${runIdBytes * 2}})-[A-Za-z0-9-]+$`);
/** Of stacks, whose objects are never taken for one of the probe's. */
const stackMark = "[pulumi:";

/** One run of the probe. */
export function newRunId(): string {
  return randomBytes(runIdBytes).toString("hex");
}

/** The name of what a run makes. @param what Lower-case words with hyphens. */
export function nameOf(runId: string, what: string): string {
  return `${prefix}-${runId}-${what}`;
}

/** The description of what a run makes, where it can have one. */
export function descriptionOf(runId: string): string {
  return `Made by npm run probe, which removes it again [${prefix}:${runId}]`;
}

/** The run that made an object of this name; undefined where none did. */
export function runOf(name: unknown): string | undefined {
  return typeof name === "string" ? markedName.exec(name)?.[1] : undefined;
}

/**
 * Whether a run of the probe made a live object: its name says so, and its description says nothing else (a question may have emptied it).
 * @param description Undefined for objects that have none.
 */
export function isMarked(name: unknown, description: unknown): boolean {
  const runId = runOf(name);
  const text = typeof description === "string" ? description : "";
  return (
    runId !== undefined && !text.includes(stackMark) && (text === "" || text.includes(`[${prefix}:${runId}]`))
  );
}

const runIdInText = new RegExp(`(${prefix}[-:])[0-9a-f]{${runIdBytes * 2}}`, "gi");

/** A text with all run ids in it made the same: what is left is still marked. */
export function withoutRunId(text: string): string {
  return text.replace(runIdInText, `$1${"0".repeat(runIdBytes * 2)}`);
}

/** Whether the text is a name or a description that a run gave. */
export function isOfRun(text: string): boolean {
  return (
    runOf(text) !== undefined ||
    new RegExp(`^Made by npm run probe[^\\[]*\\[${prefix}:[0-9a-f]+\\]$`).test(text)
  );
}
