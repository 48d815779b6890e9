// Puts the stand-in where the engine looks for the AWS plugin: into a PULUMI_HOME of the sandbox's own.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { writeExecScript } from "../shellScript";
import { projectFolder } from "../worldPaths";
import { pluginVersion } from "./pluginVersion";

/**
 * Writes `<pulumiHome>/plugins/resource-aws-v<version>/pulumi-resource-aws`, a script that runs the plugin's sources with this Node from
 * whatever folder. Replaces an older one.
 * @param version version to install under; that of the installed `@pulumi/aws` when absent
 * @returns the path of the script
 */
export function installAwsPlugin(pulumiHome: string, version: string = pluginVersion()): string {
  const folder = resolve(pulumiHome, "plugins", `resource-aws-v${version}`);
  const path = join(folder, "pulumi-resource-aws");
  mkdirSync(folder, { recursive: true });
  const register = join(projectFolder, "common", "register.js");
  const main = join(projectFolder, "sandbox", "aws-plugin", "main.ts");
  writeExecScript(path, [process.execPath, "-r", register, main]);
  return path;
}
