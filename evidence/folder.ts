// The evidence that a folder holds: read, and judged by nothing but its form.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type z } from "zod";
import { defined } from "../common/defined";
import { jsonOf } from "../common/jsonOf";
import { recordedPublicationSchema } from "./record";

/** One file of the folder. */
interface EvidenceFile {
  readonly fileName: string;
  readonly content: z.output<typeof recordedPublicationSchema>;
}

/** What the evidence says of when a pair was published and what it proved. */
export type RecordedPublication = Readonly<
  Pick<EvidenceFile, "fileName"> &
    Pick<EvidenceFile["content"], "stack" | "credential" | "generation" | "recordedAt" | "newClientId"> & {
      /** Since when the pair is in use. */
      publishedAt: string;
      /** False where the secret named a client for the first time. */
      isRotation: boolean;
      /** False where nothing was proven of the new client before it was published. */
      isVerified: boolean;
    }
>;

const evidenceExtension = ".json";

/**
 * What the folder has evidence of for stacks of the project, files in the order of their names. Other JSON files are passed over.
 * @throws Error of the file system when the folder, or a file in it, cannot be read.
 */
export function recordedPublications(folder: string, project: string): readonly RecordedPublication[] {
  const own = evidenceFilesIn(folder).filter(({ content }) => content.project === project);
  return own.map(({ fileName, content }) => {
    const { stack, credential, generation, recordedAt, publishedAt = recordedAt, newClientId } = content;
    return {
      fileName,
      stack,
      credential,
      generation,
      recordedAt,
      publishedAt,
      ...defined({ newClientId }),
      isRotation: content.event !== "first-publication",
      isVerified: content.verification !== null,
    };
  });
}

/** The same with everything that the files say; none where the folder is yet to be made. */
export function readEvidenceFiles(folder: string): readonly EvidenceFile[] {
  return existsSync(folder) ? evidenceFilesIn(folder) : [];
}

function evidenceFilesIn(folder: string): readonly EvidenceFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(evidenceExtension) && statSync(join(folder, name)).isFile())
    .sort()
    .flatMap((fileName) => {
      const parsed = recordedPublicationSchema.safeParse(
        jsonOf(readFileSync(join(folder, fileName), "utf8")),
      );
      return parsed.success ? [{ fileName, content: parsed.data }] : [];
    });
}
