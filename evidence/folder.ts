// The evidence of rotations that a folder holds: read, and judged by nothing but its form.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type z } from "zod";
import { jsonOf } from "../common/jsonOf";
import { recordedRotationSchema } from "./record";

/** One file of the folder. */
interface EvidenceFile {
  readonly fileName: string;
  readonly content: z.output<typeof recordedRotationSchema>;
}

/** What a rotation's evidence says of when it happened and what it proved. */
export type RecordedRotation = Readonly<
  Pick<EvidenceFile, "fileName"> &
    Pick<EvidenceFile["content"], "stack" | "credential" | "generation" | "recordedAt"> & {
      /** False where nothing was proven of the new client before it was published. */
      isVerified: boolean;
    }
>;

const evidenceExtension = ".json";

/**
 * The rotations that the folder has evidence of, files in the order of their names. Other JSON files are passed over.
 * @throws Error of the file system when the folder, or a file in it, cannot be read.
 */
export function recordedRotations(folder: string): readonly RecordedRotation[] {
  return evidenceFilesIn(folder).map(({ fileName, content }) => {
    const { stack, credential, generation, recordedAt, verification } = content;
    return { fileName, stack, credential, generation, recordedAt, isVerified: verification !== null };
  });
}

/** The same with everything that the files say; none where the folder is yet to be made. */
export function readEvidenceFiles(folder: string): readonly EvidenceFile[] {
  return existsSync(folder) ? evidenceFilesIn(folder) : [];
}

function evidenceFilesIn(folder: string): readonly EvidenceFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(evidenceExtension))
    .sort()
    .flatMap((fileName) => {
      const parsed = recordedRotationSchema.safeParse(jsonOf(readFileSync(join(folder, fileName), "utf8")));
      return parsed.success ? [{ fileName, content: parsed.data }] : [];
    });
}
