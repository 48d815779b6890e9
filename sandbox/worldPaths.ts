// Where the sandbox keeps its world: everything is in `.sandbox/` beside package.json, and nothing is anywhere else.
import { join, resolve } from "node:path";
import { type AwsPlugin } from "./commandLine";

/** The files and folders of one world. */
export interface WorldPaths {
  /** The project: where Pulumi.yaml is, and where commands run. */
  readonly project: string;
  readonly folder: string;
  readonly settings: string;
  /** State of the simulated organisation, client secrets included. */
  readonly genesysSnapshot: string;
  /** State of the emulated Secrets Manager, secret values included. */
  readonly secretsManagerSnapshot: string;
  /** Pulumi's file backend. */
  readonly backend: string;
  /** PULUMI_HOME: plugins, selected stack, logs. */
  readonly pulumiHome: string;
  /** The CLI, where it had to be built. */
  readonly bin: string;
}

/** The project that this file belongs to. */
export const projectFolder = resolve(__dirname, "..");

/** The places of a project's world. The real AWS plugin gets a PULUMI_HOME of its own, so that it never meets the stand-in. */
export function worldPaths(project: string, awsPlugin: AwsPlugin = "stand-in"): WorldPaths {
  const folder = join(project, ".sandbox");
  return {
    project,
    folder,
    settings: join(folder, "world.json"),
    genesysSnapshot: join(folder, "genesys.json"),
    secretsManagerSnapshot: join(folder, "secretsmanager.json"),
    backend: join(folder, "backend"),
    pulumiHome: join(folder, awsPlugin === "real" ? "pulumi-home-real-aws" : "pulumi-home"),
    bin: join(folder, "bin"),
  };
}
