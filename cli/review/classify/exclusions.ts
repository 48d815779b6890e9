// The review's own settings: risks that somebody has accepted, with a reason and an end, and what is forbidden outright.
import { parseDocument } from "yaml";
import { z } from "zod";
import { oneLine } from "../../../common/oneLine";
import { UsageError } from "../../terminal/cliError";
import { every, type Grant } from "../../../genesys/knowledge/grant";
import { riskClasses } from "../../../genesys/knowledge/riskClasses";

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const permissionPattern = /^[^:\s]+:[^:\s]+:[^:\s]+$/;
const day = z
  .string("must be a date such as 2027-03-31")
  .regex(dayPattern, "must be a date such as 2027-03-31")
  .refine(isDay, "is no day of the calendar");
const filled = (message: string): z.ZodType<string> =>
  z
    .string(message)
    .transform((value) => value.trim())
    .refine((value) => value !== "", message);

const exclusionSchema = z.strictObject({
  /** Key of the credential or role; `*` for all. */
  credential: filled("must name a credential or role, or * for all"),
  /** The class that is accepted; all of them when absent. */
  risk: z.enum(riskClasses).exactOptional(),
  /** `domain:entity:action`, each part may be `*`; any line of the credential when absent. */
  permission: z
    .string()
    .regex(permissionPattern, "must be domain:entity:action, each of which may be *")
    .exactOptional(),
  reason: filled("must say why the risk is accepted"),
  /** The last day on which it counts, `YYYY-MM-DD`, UTC. */
  expiresOn: day,
});

/** One accepted risk. */
export type Exclusion = Readonly<z.output<typeof exclusionSchema>>;

const fileSchema = z
  .strictObject({
    forbid: z
      .strictObject({ wildcards: z.boolean().default(false), allDivisions: z.boolean().default(false) })
      .prefault({}),
    exclusions: z.array(exclusionSchema).default([]),
  })
  .transform(({ exclusions, forbid }) => ({
    exclusions,
    /** Refuse a new permission with a wildcard. */
    forbidWildcards: forbid.wildcards,
    /** Refuse a new grant in every division. */
    forbidAllDivisions: forbid.allDivisions,
  }));

/** What a review file says. */
export type ReviewSettings = Readonly<z.output<typeof fileSchema>>;

/** Without a review file. */
export const defaultSettings: ReviewSettings = fileSchema.parse({});

/**
 * Reads a review file.
 * @param fileName For messages.
 * @throws UsageError with every mistake.
 */
export function parseReviewSettings(text: string, fileName: string): ReviewSettings {
  // Without a schema for dates: an unquoted 2027-03-31 stays the text that was written.
  const document = parseDocument(text, { schema: "core" });
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ message }) => `\n  ${oneLine(message)}`);
    throw new UsageError(
      `Reading ${fileName}: ${problems.length} problem(s) in its YAML; correct them.${problems.join("")}`,
    );
  }
  const parsed = fileSchema.safeParse(document.toJS() ?? {});
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `\n  ${path.length === 0 ? "the file" : path.join(".")}: ${oneLine(message)}`,
    );
    throw new UsageError(
      `Reading ${fileName}: ${parsed.error.issues.length} problem(s); every exclusion needs credential, reason and expiresOn.${problems.join("")}`,
    );
  }
  return parsed.data;
}

/** Whether its last day is over. @param nowMs Milliseconds since the epoch. */
export function isExpired({ expiresOn }: Exclusion, nowMs: number): boolean {
  return new Date(nowMs).toISOString().slice(0, expiresOn.length) > expiresOn;
}

/** Whether an exclusion is about this credential and, where it names a permission, about this grant. */
export function concerns(
  exclusion: Exclusion,
  subject: string | undefined,
  grant: Grant | undefined,
): boolean {
  const isSubject = exclusion.credential === every || exclusion.credential === subject;
  if (!isSubject || exclusion.permission === undefined) {
    return isSubject;
  }
  const wanted = exclusion.permission.split(":");
  const held = [grant?.domain, grant?.entity, grant?.action];
  return (
    grant?.existingRole === undefined &&
    grant?.generalPermission === undefined &&
    wanted.every((part, index) => part === every || part === held[index])
  );
}

/** 2027-02-30 is none: JavaScript would take it for 2 March. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
