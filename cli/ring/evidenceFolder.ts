// The evidence of rotations that a folder holds: read, and judged by nothing but its form.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { OutsideError } from "../cliError";
import { jsonOf } from "../jsonOf";

/** What a rotation's evidence says of when it happened and what it proved; see schemas/evidence.schema.json. */
export interface RecordedRotation {
  readonly fileName: string;
  readonly stack: string;
  readonly credential: string;
  readonly generation: number;
  /** ISO instant. */
  readonly recordedAt: string;
  /** False where nothing was proven of the new client before it was published. */
  readonly isVerified: boolean;
}

const evidenceExtension = ".json";

const evidenceSchema = z.looseObject({
  formatVersion: z.literal(1),
  recordedAt: z.iso.datetime({ offset: true }),
  stack: z.string(),
  credential: z.string(),
  generation: z.int().min(0),
  verification: z.looseObject({ verifiedAt: z.string() }).nullable(),
});

/**
 * The rotations that the folder has evidence of, files in the order of their names. Other JSON files are passed over.
 * @throws OutsideError when the folder, or a file in it, cannot be read.
 */
export function readEvidenceFolder(folder: string): readonly RecordedRotation[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(evidenceExtension))
      .sort()
      .flatMap((fileName) => recordedRotation(fileName, readFileSync(join(folder, fileName), "utf8")) ?? []);
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    throw new OutsideError(
      `Reading the evidence of rotations in ${folder}: ${typeof code === "string" ? code : "it cannot be read"}; ` +
        "nothing was done. Name the folder with --evidence or GENESYS_CREDENTIALS_EVIDENCE.",
    );
  }
}

function recordedRotation(fileName: string, text: string): RecordedRotation | undefined {
  const parsed = evidenceSchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    return undefined;
  }
  const { stack, credential, generation, recordedAt, verification } = parsed.data;
  return { fileName, stack, credential, generation, recordedAt, isVerified: verification !== null };
}
