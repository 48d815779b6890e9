// Version numbers in what tools print, and their order.

/** The oldest Pulumi CLI that does what this project needs: engine fixes to replacement landed in 3.220 and 3.226. */
export const minimumPulumiVersion = "3.226.0";

const versionPattern = /(\d+)\.(\d+)(?:\.(\d+))?(-[0-9A-Za-z.-]+|rc\d+|beta\d+)?/;

/**
 * The first version in a text (`v3.259.0`, `20.19`, `go version go1.26.8 linux/amd64`) as three numbers and the suffix of a
 * pre-release; undefined where there is none.
 */
export function findVersion(text: string): string | undefined {
  const match = versionPattern.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, major = "0", minor = "0", patch = "0", suffix = ""] = match;
  return `${major}.${minor}.${patch}${suffix === "" || suffix.startsWith("-") ? suffix : `-${suffix}`}`;
}

/** Whether a version is this one or a later one; a pre-release comes before its release. Both as {@link findVersion} gives them. */
export function isAtLeast(version: string, minimum: string): boolean {
  const have = numbersOf(version);
  for (const [index, need] of numbersOf(minimum).entries()) {
    const part = have[index] ?? 0;
    if (part !== need) {
      return part > need;
    }
  }
  return !version.includes("-") || minimum.includes("-");
}

function numbersOf(version: string): readonly number[] {
  return (version.split("-")[0] ?? "").split(".").map(Number);
}
