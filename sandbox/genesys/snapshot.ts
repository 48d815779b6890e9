// The snapshot: the organisation's state in a file, so that a world outlives its process.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { patchConsistency, strictConsistency } from "./consistency";
import { type OrganizationState } from "./state";
import { defaultSwitches, patchSwitches } from "./switches";

/** The file holds secrets: nobody but its owner may read it. */
const ownerOnly = 0o600;

/** Version of the file's form. */
const supportedFormat = 1;

/**
 * Reads a snapshot; undefined when there is none.
 * @throws Error when the file is not a snapshot of this version.
 */
export function loadSnapshot(path: string): OrganizationState | undefined {
  if (!existsSync(path)) {
    return undefined;
  }
  const parsed = parse(path);
  if (parsed.format !== supportedFormat) {
    throw new Error(
      `Reading the simulator's snapshot ${path}: its format is not ${supportedFormat}; remove the file to start over.`,
    );
  }
  const state = parsed as OrganizationState;
  return {
    ...state,
    switches: patchSwitches(defaultSwitches(), state.switches),
    consistency: patchConsistency(strictConsistency(), state.consistency),
  };
}

function parse(path: string): { readonly format?: unknown } {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as { readonly format?: unknown };
  } catch (error) {
    // The parser's message quotes the text, and the text holds secrets.
    const reason = error instanceof SyntaxError ? "it is not JSON" : String(error);
    throw new Error(`Reading the simulator's snapshot ${path}: ${reason}; remove the file to start over.`);
  }
}

/** Writes a snapshot beside its place and moves it there: a killed process leaves the former one or this one, never half. */
export function saveSnapshot(path: string, state: OrganizationState): void {
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}.tmp`;
  writeFileSync(unfinished, JSON.stringify(state), { mode: ownerOnly });
  renameSync(unfinished, path);
}
