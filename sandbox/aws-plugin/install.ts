// Puts the stand-in where the engine looks for the AWS plugin: into a PULUMI_HOME of the sandbox's own.
import { chmodSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { sourceDigest, writeCompiledCopy } from "./compiledCopy";
import { pluginVersion } from "./pluginVersion";

const executableMode = 0o755;
const projectFolder = resolve(__dirname, "..", "..");

/** Quotes a text for sh. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The folder of installed packages: a copy outside the project finds them through NODE_PATH. */
function packagesFolder(): string {
  return dirname(dirname(require.resolve("ts-node/package.json")));
}

/**
 * Writes `<pulumiHome>/plugins/resource-aws-v<version>/pulumi-resource-aws`, a script that runs the plugin with this Node
 * from whatever folder, and a compiled copy beside it. Replaces older ones; does little when nothing changed.
 * @param version version to install under; that of the installed `@pulumi/aws` when absent
 * @returns the path of the script
 */
export function installAwsPlugin(pulumiHome: string, version: string = pluginVersion()): string {
  const folder = resolve(pulumiHome, "plugins", `resource-aws-v${version}`);
  const path = join(folder, "pulumi-resource-aws");
  mkdirSync(folder, { recursive: true });
  const copy = writeCompiledCopy(projectFolder, folder);
  const launch = join(copy, "sandbox", "aws-plugin", "launch.js");
  const script = [
    "#!/bin/sh",
    "# Runs the sandbox's stand-in for the AWS plugin. Written by sandbox/aws-plugin/install.ts.",
    `export TS_NODE_PROJECT=${quoted(join(projectFolder, "tsconfig.json"))}`,
    `export NODE_PATH=${quoted(packagesFolder())}`,
    `exec ${quoted(process.execPath)} ${quoted(launch)} ${quoted(projectFolder)} ${quoted(sourceDigest(projectFolder))} "$@"`,
    "",
  ].join("\n");
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, script);
  chmodSync(unfinished, executableMode);
  renameSync(unfinished, path);
  return path;
}
