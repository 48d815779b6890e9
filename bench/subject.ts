// What is compared: this project with some credentials, and an ordinary program with as many empty dynamic resources.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installAwsPlugin } from "../sandbox/aws-plugin/install";
import { type EmbeddedServices, sandboxEnvironment } from "../sandbox/environment";
import { type ResolvedPulumi } from "../sandbox/toolchain/resolvePulumi";
import { projectFolder, worldPaths } from "../sandbox/worldPaths";

/** A Pulumi project in a folder of its own, with a file backend of its own. */
export interface Subject {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  remove(): void;
}

/** Parts of this project that a stack consists of. */
const projectParts = [
  "cli",
  "common",
  "declarations",
  "evidence",
  "genesys",
  "providers",
  "resources",
  "secrets",
  "index.ts",
  "Pulumi.yaml",
];

/** The stack file in the folder of a subject. */
export const stackFile = "Pulumi.bench.yaml";

/** This project with `count` credentials that share one role. */
export function ourSubject(count: number, cli: ResolvedPulumi, services: EmbeddedServices): Subject {
  return createSubject(cli, services, (folder) => {
    for (const part of readdirSync(projectFolder).filter((name) => projectParts.includes(name))) {
      cpSync(join(projectFolder, part), join(folder, part), { recursive: true });
    }
    const credentials = Array.from({ length: count }, (_unused, index) => [
      `    credential-${index}:`,
      "      description: Measures",
      "      roles: [reader]",
      "      secret: { recoveryWindowInDays: 0 }",
    ]);
    const lines = [
      "config:",
      "  aws:region: eu-west-1",
      "  genesys-credentials:roles:",
      "    reader: { permissions: ['analytics:conversationDetail:view'] }",
      "  genesys-credentials:credentials:",
      ...credentials.flat(),
    ];
    writeFileSync(join(folder, stackFile), `${lines.join("\n")}\n`);
  });
}

/** A program of `count` dynamic resources that do nothing, written the usual way, and loaded as ours is (transpiled only). */
export function emptySubject(count: number, cli: ResolvedPulumi, services: EmbeddedServices): Subject {
  return createSubject(cli, services, (folder) => {
    writeFileSync(join(folder, "Pulumi.yaml"), "name: empty\nruntime: nodejs\n");
    writeFileSync(
      join(folder, "index.ts"),
      `import * as pulumi from "@pulumi/pulumi";
const provider: pulumi.dynamic.ResourceProvider = { create: async (inputs) => ({ id: "empty", outs: inputs }) };
class Empty extends pulumi.dynamic.Resource {
  constructor(name: string) { super(provider, name, {}); }
}
for (let index = 0; index < ${count}; index++) { new Empty("empty-" + index); }
`,
    );
    writeFileSync(join(folder, stackFile), "config: {}\n");
  });
}

/** A project of its own folder and backend, in which `write` puts the program. */
export function createSubject(
  cli: ResolvedPulumi,
  services: EmbeddedServices,
  write: (folder: string) => void,
): Subject {
  const folder = mkdtempSync(join(tmpdir(), "genesys-credentials-bench-"));
  const paths = worldPaths(folder);
  for (const part of [paths.backend, paths.pulumiHome]) {
    mkdirSync(part, { recursive: true });
  }
  for (const file of ["package.json", "tsconfig.json"]) {
    cpSync(join(projectFolder, file), join(folder, file));
  }
  symlinkSync(join(projectFolder, "node_modules"), join(folder, "node_modules"));
  write(folder);
  installAwsPlugin(paths.pulumiHome);
  const { variables } = sandboxEnvironment({
    base: { PATH: process.env["PATH"], HOME: process.env["HOME"] },
    paths,
    services,
    binFolder: cli.binFolder,
    awsPlugin: "stand-in",
  });
  return {
    folder,
    environment: variables,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
