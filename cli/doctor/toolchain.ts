// Whether the tools are there: Node, the packages of package.json, and Pulumi's command line.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Known } from "../../common/known";
import { findVersion, isAtLeast, minimumPulumiVersion } from "../../common/version";
import { fail, type Line, pass, type Subject, warn } from "./line";
import { noPulumi } from "../terminal/pulumiProcess";

/** The oldest Node that this project supports; `engines` in package.json. */
export const minimumNodeVersion = "20.19.0";

/** The package whose version must be said exactly: the engine runs the providers with it. */
const exactPackage = "@pulumi/pulumi";

const exactPattern = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** @param version As `process.version`. */
export function checkNode(version: string): readonly Line[] {
  const subject: Subject = { area: "toolchain", check: "node-version", place: "Node.js" };
  const found = findVersion(version);
  return found !== undefined && isAtLeast(found, minimumNodeVersion)
    ? [pass(subject, found)]
    : [
        fail(
          subject,
          `version ${found ?? version} is older than ${minimumNodeVersion}`,
          "install Node.js 20.19 or later",
        ),
      ];
}

/** Compares what is installed in a folder with its package.json. */
export function checkPackages(folder: string): readonly Line[] {
  const declared = dependenciesIn(join(folder, "package.json"));
  const lines = Object.entries(declared).flatMap(([name, asked]) => {
    const subject: Subject = { area: "toolchain", check: "package-version", place: `package ${name}` };
    const isExact = exactPattern.test(asked);
    const installed = versionIn(join(folder, "node_modules", name, "package.json"));
    if (installed === undefined) {
      return [fail(subject, "is not installed", "run `npm ci`")];
    }
    if (isExact && installed !== asked) {
      return [fail(subject, `${installed} is installed, but package.json asks for ${asked}`, "run `npm ci`")];
    }
    return !isExact && name === exactPackage
      ? [
          warn(
            subject,
            `package.json asks for ${asked}, which is not one exact version`,
            `write "${installed}"`,
          ),
        ]
      : [];
  });
  const subject: Subject = { area: "toolchain", check: "package-version", place: "packages" };
  return lines.length > 0
    ? lines
    : [pass(subject, `all ${Object.keys(declared).length} are installed as package.json says`)];
}

/** @param version What `pulumi version` prints. */
export function checkPulumi(version: Known<string>): readonly Line[] {
  const subject: Subject = { area: "toolchain", check: "pulumi-version", place: "Pulumi" };
  const install =
    "install it (https://www.pulumi.com/docs/install), or use `npm run pulumi --`, which finds or builds one";
  if (!("value" in version)) {
    return version.reason === noPulumi
      ? [warn(subject, version.reason, install)]
      : [fail(subject, version.reason, install)];
  }
  const found = findVersion(version.value);
  if (found === undefined) {
    return [fail(subject, "the `pulumi` on the PATH does not tell its version", install)];
  }
  return isAtLeast(found, minimumPulumiVersion)
    ? [pass(subject, found)]
    : [fail(subject, `version ${found} is older than ${minimumPulumiVersion}`, install)];
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
