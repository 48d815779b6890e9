// The preview of a pull request as it is kept for tests: what Pulumi printed, without places and times of one machine.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Say where a program was run, and when. */
const machineKeys = new Set(["stackTrace", "sourcePosition", "created", "modified", "duration"]);

/** Path of the fixture of a pull request. */
function fixturePath(name: string): string {
  return join(__dirname, "previews", `${name}.json`);
}

/** The text of a fixture. */
export function readPreview(name: string): string {
  return readFileSync(fixturePath(name), "utf8");
}

/** Keeps what Pulumi printed as the fixture. */
export function writePreview(name: string, printed: string): void {
  const kept = JSON.stringify(
    JSON.parse(printed),
    (key, value: unknown) => (machineKeys.has(key) ? undefined : value),
    1,
  );
  writeFileSync(fixturePath(name), `${kept}\n`);
}
