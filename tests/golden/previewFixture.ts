// The preview of a pull request as it is kept for tests: what Pulumi printed, without places and times of one machine.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Say where a program was run, and when. */
const machineKeys = new Set(["stackTrace", "sourcePosition", "created", "modified", "duration"]);

/** Where the simulated services of a run were. */
const localOrigin = /http:\/\/127\.0\.0\.1:\d+/g;
const anyOrigin = "http://127.0.0.1:4000";
/** Genesys gives a role that is made an id of its own; an error may name it. */
const roleInWords = /\brole [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?= \()/g;
const anyRole = "role 7a000000-0000-4000-8000-000000000001";
/** AWS ends the ARN of a secret with six characters of its own. */
const arnEnding = /(:secret:[\w/-]+)-[A-Za-z0-9]{6}\b/g;

/** The text without what is another one in each run and can be told in a review. */
export function withoutChance(text: string): string {
  return text.replace(localOrigin, anyOrigin).replace(roleInWords, anyRole).replace(arnEnding, "$1-a1b2c3");
}

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
  writeFileSync(fixturePath(name), `${withoutChance(kept)}\n`);
}
