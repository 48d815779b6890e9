// The shape of `after`: which stack has to rotate first.
import { z } from "zod";
import { field, mistakes, text } from "./field";
import { parseDuration } from "./instants";
import { type Notes } from "./notes";
import { isPlainMap } from "./plainValue";
import { type Mistake } from "./textRules";

/** What Pulumi allows in the names of stacks. */
const stackNamePattern = /^[A-Za-z0-9_.-]{1,100}$/;

const stackNameSchema = field(
  text(stackNameRule),
  "The name of the stack that rotates before this one, as `staging`.",
  "write the name of a stack, as staging",
  { pattern: stackNamePattern.source },
);

/** The stack that goes before, by name or with the time that its rotation has to prove itself. */
export const ringSchema = field(
  z.union([
    stackNameSchema,
    z.strictObject({
      stack: stackNameSchema,
      soak: field(
        z.string().superRefine(mistakes(durationRule)),
        "How long the rotation there must have been in use, an ISO 8601 duration such as `P1D`. Default: not at all.",
        "write an ISO 8601 duration, as P1D or PT12H, or leave it out",
        { pattern: "^P" },
      ).optional(),
    }),
  ]),
  "The stack that rotates before this one. The `rotate` command refuses a credential here until there is evidence of its rotation there " +
    "(`GENESYS_CREDENTIALS_EVIDENCE`). Read only by that command.",
  "write the name of a stack, as staging, or { stack: staging, soak: P1D }, or leave it out",
);

/** Which stack goes before. */
export interface Ring {
  readonly stack: string;
  /** ISO 8601 duration; absent where the rotation there need not prove itself. */
  readonly soak?: string;
}

/** What `after` means. */
export function ringOf(written: z.output<typeof ringSchema>): Ring {
  if (typeof written === "string") {
    return { stack: written };
  }
  const { stack, soak } = written;
  return { stack, ...(soak === undefined ? {} : { soak }) };
}

/** A stack cannot wait for itself. */
export function checkRing(after: unknown, stack: string, { note, show }: Notes): void {
  const named = isPlainMap(after) ? after["stack"] : after;
  if (named === stack) {
    note(
      isPlainMap(after) ? ["after", "stack"] : ["after"],
      `${show(named)} is this stack itself, which would never rotate`,
      "name the stack that rotates before it, or leave it out",
    );
  }
}

function stackNameRule(name: string): Mistake | undefined {
  return stackNamePattern.test(name) ? undefined : { problem: "is no name of a stack" };
}

function durationRule(duration: string): Mistake | undefined {
  return parseDuration(duration) === undefined ? { problem: "is not an ISO 8601 duration" } : undefined;
}
