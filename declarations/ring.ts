// The setting `after`: which stack has to rotate first.
import { z } from "zod";
import { field, text } from "./field";
import { type Notes } from "./notes";
import { isPlainMap } from "./plainValue";
import { durationField } from "./textFields";
import { matching } from "./textRules";

/** What Pulumi allows in the names of stacks. */
const stackNamePattern = /^[A-Za-z0-9_.-]{1,100}$/;

const stackNameSchema = field(
  text(matching(stackNamePattern, "is no name of a stack")),
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
      soak: durationField(
        "How long the rotation there must have been in use, an ISO 8601 duration such as `P1D`. Default: not at all.",
        "write an ISO 8601 duration, as P1D or PT12H, or leave it out",
      ).exactOptional(),
    }),
  ]),
  "The stack that rotates before this one. The `rotate` command refuses a credential here until there is evidence of its rotation there " +
    "(`GENESYS_CREDENTIALS_EVIDENCE`). Read only by that command.",
  "write the name of a stack, as staging, or { stack: staging, soak: P1D }, or leave it out",
);

/** Which stack goes before; without `soak` (ISO 8601 duration), the rotation there need not prove itself. */
export type Ring = Readonly<Exclude<z.output<typeof ringSchema>, string>>;

/** What `after` means. */
export function ringOf(written: z.output<typeof ringSchema>): Ring {
  return typeof written === "string" ? { stack: written } : written;
}

/** A stack cannot wait for itself. */
export function checkRing(after: unknown, stack: string, { note, show }: Notes): void {
  const [path, named] = isPlainMap(after) ? [["after", "stack"], after["stack"]] : [["after"], after];
  if (named === stack) {
    note(
      path,
      `${show(named)} is this stack itself, which would never rotate`,
      "name the stack that rotates before it, or leave it out",
    );
  }
}
