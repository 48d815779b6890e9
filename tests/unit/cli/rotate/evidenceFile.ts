// A file of evidence as `pulumi up` leaves it, with what the commands read of it.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export function writeEvidenceFile(
  folder: string,
  name: string,
  changes: Readonly<Record<string, unknown>> = {},
): void {
  mkdirSync(folder, { recursive: true });
  const file = {
    formatVersion: 2,
    event: "first-publication",
    recordedAt: "2026-10-31T09:00:00.000Z",
    publishedAt: "2026-10-31T09:00:00.000Z",
    project: "genesys-credentials",
    stack: "dev",
    credential: "report",
    generation: 0,
    newClientId: "client-first",
    verification: { verifiedAt: "2026-10-31T08:59:00.000Z" },
    ...changes,
  };
  writeFileSync(join(folder, name), JSON.stringify(file));
}
