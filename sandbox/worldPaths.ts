// Where the sandbox keeps its world: everything is in `.sandbox/` beside package.json, and nothing is anywhere else.
import { join, resolve } from "node:path";
import { type AwsPlugin } from "./commandLine";

/** The project that this file belongs to. */
export const projectFolder = resolve(__dirname, "..");

/** The places of a project's world. The real AWS plugin gets a PULUMI_HOME of its own, so that it never meets the stand-in. */
export function worldPaths(project: string, awsPlugin: AwsPlugin = "stand-in") {
  const folder = join(project, ".sandbox");
  return {
    /** The project: where Pulumi.yaml is, and where commands run. */
    project,
    folder,
    settings: join(folder, "world.json"),
    /** State of the simulated organisation, client secrets included. */
    genesysSnapshot: join(folder, "genesys.json"),
    /** State of the emulated Secrets Manager, secret values included. */
    secretsManagerSnapshot: join(folder, "secretsmanager.json"),
    /** Pulumi's file backend. */
    backend: join(folder, "backend"),
    /** PULUMI_HOME: plugins, selected stack, logs. */
    pulumiHome: join(folder, awsPlugin === "real" ? "pulumi-home-real-aws" : "pulumi-home"),
    /** The CLI, where it had to be built. */
    bin: join(folder, "bin"),
  };
}

/** The files and folders of one world. */
export type WorldPaths = Readonly<ReturnType<typeof worldPaths>>;
