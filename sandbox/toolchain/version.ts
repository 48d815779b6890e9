// Which versions of the Pulumi CLI and of Go will do, and how two versions compare.

/** The CLI that is installed or built where none is on PATH; the version that go.mod in this folder pins. */
export const pulumiVersion = "3.259.0";

/** Oldest CLI that does what this project needs: engine fixes to replacement landed in 3.220 and 3.226. */
export const minimumPulumiVersion = "3.226.0";

/** Oldest Go that builds the CLI: the `go` line of the module at {@link pulumiVersion}. */
export const minimumGoVersion = "1.25.11";

const versionPattern = /(\d+)\.(\d+)(?:\.(\d+))?(-[0-9A-Za-z.-]+|rc\d+|beta\d+)?/;

/**
 * The first version in a text (`v3.259.0`, `go version go1.26.8 linux/amd64`), or undefined.
 * A pre-release keeps its suffix.
 */
export function findVersion(text: string): string | undefined {
  const match = versionPattern.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, major = "0", minor = "0", patch = "0", suffix = ""] = match;
  return `${major}.${minor}.${patch}${suffix === "" || suffix.startsWith("-") ? suffix : `-${suffix}`}`;
}

/** Whether `version` is `minimum` or later; a pre-release comes before its release. Both as {@link findVersion} gives them. */
export function isAtLeast(version: string, minimum: string): boolean {
  const numbers = numbersOf(version);
  const needed = numbersOf(minimum);
  for (const [index, need] of needed.entries()) {
    const have = numbers[index] ?? 0;
    if (have !== need) {
      return have > need;
    }
  }
  return !version.includes("-") || minimum.includes("-");
}

function numbersOf(version: string): number[] {
  return (version.split("-")[0] ?? "").split(".").map(Number);
}
