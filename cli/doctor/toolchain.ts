// Whether the tools are there: Node, the packages of package.json, and Pulumi's command line.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Known } from "../../common/known";
import { findVersion, isAtLeast, minimumPulumiVersion } from "../../common/version";
import { type Line, linesOn } from "./line";
import { noPulumi } from "../terminal/pulumiProcess";

/** The oldest Node that this project supports; `engines` in package.json. */
export const minimumNodeVersion = "20.19.0";

/** The package whose version must be said exactly: the engine runs the providers with it. */
const exactPackage = "@pulumi/pulumi";

const exactPattern = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** @param version As `process.version`. */
export function checkNode(version: string): Line {
  const { pass, fail } = linesOn("toolchain", "node-version", "Node.js");
  const found = findVersion(version);
  return found !== undefined && isAtLeast(found, minimumNodeVersion)
    ? pass(found)
    : fail(
        `version ${found ?? version} is older than ${minimumNodeVersion}`,
        "install Node.js 20.19 or later",
      );
}

/** Compares what is installed in a folder with its package.json. */
export function checkPackages(folder: string): readonly Line[] {
  const declared = dependenciesIn(join(folder, "package.json"));
  const lines = Object.entries(declared).flatMap(([name, asked]) => {
    const { warn, fail } = linesOn("toolchain", "package-version", `package ${name}`);
    const isExact = exactPattern.test(asked);
    const installed = versionIn(join(folder, "node_modules", name, "package.json"));
    if (installed === undefined) {
      return [fail("is not installed", "run `npm ci`")];
    }
    if (isExact && installed !== asked) {
      return [fail(`${installed} is installed, but package.json asks for ${asked}`, "run `npm ci`")];
    }
    return !isExact && name === exactPackage
      ? [warn(`package.json asks for ${asked}, which is not one exact version`, `write "${installed}"`)]
      : [];
  });
  const { pass } = linesOn("toolchain", "package-version", "packages");
  return lines.length > 0
    ? lines
    : [pass(`all ${Object.keys(declared).length} are installed as package.json says`)];
}

/** @param version What `pulumi version` prints. */
export function checkPulumi(version: Known<string>): Line {
  const { pass, warn, fail } = linesOn("toolchain", "pulumi-version", "Pulumi");
  const install =
    "install it (https://www.pulumi.com/docs/install), or use `npm run pulumi --`, which finds or builds one";
  if (!("value" in version)) {
    return (version.reason === noPulumi ? warn : fail)(version.reason, install);
  }
  const found = findVersion(version.value);
  if (found === undefined) {
    return fail("the `pulumi` on the PATH does not tell its version", install);
  }
  return isAtLeast(found, minimumPulumiVersion)
    ? pass(found)
    : fail(`version ${found} is older than ${minimumPulumiVersion}`, install);
}

const packageSchema = z.looseObject({
  version: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
});

function dependenciesIn(path: string): Readonly<Record<string, string>> {
  return packageSchema.parse(JSON.parse(readFileSync(path, "utf8"))).dependencies ?? {};
}

function versionIn(path: string): string | undefined {
  try {
    return packageSchema.parse(JSON.parse(readFileSync(path, "utf8"))).version;
  } catch {
    return undefined; // absent or broken: either way it is to be installed again
  }
}
