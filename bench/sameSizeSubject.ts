// What is compared where the size of a state counts: a program of dynamic resources that do nothing and hold as much as those of a stack of ours.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { EmbeddedServices } from "../sandbox/environment";
import type { ResolvedPulumi } from "../sandbox/toolchain/resolvePulumi";
import { worldPaths } from "../sandbox/worldPaths";
import { createSubject, stackFile, type Subject } from "./subject";
import { stackName } from "./world";

/** What a state says of a resource and the comparison needs. */
interface RecordedResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** A resource as the program declares it: its inputs are given to Pulumi, its outputs are what the provider answers. */
interface DeclaredResource {
  readonly name: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** Our provider in such a subject. Loaded by path as ours is, so that as little is serialised. */
const provider = `const resources = new Map(require("./resources.json").map((resource) => [resource.name, resource]));
exports.Same = { create: async ({ same }) => ({ id: same, outs: resources.get(same).outputs }) };
`;

const program = `const pulumi = require("@pulumi/pulumi");
class Same extends pulumi.CustomResource {
  constructor(name, inputs) {
    const __provider = 'exports.handler=()=>require("./provider.js").Same';
    super("pulumi-nodejs:dynamic:Resource", name, { ...inputs, same: name, __provider });
  }
}
class Component extends pulumi.ComponentResource {
  constructor(name) { super("same:index:Component", name, {}); this.registerOutputs({}); }
}
for (const { name, inputs } of require("./resources.json")) {
  if (inputs === undefined) { new Component(name); } else { new Same(name, inputs); }
}
`;

/** A program whose resources have the inputs and outputs that those of `recorded` have in its state now. */
export function sameSizeSubject(recorded: Subject, cli: ResolvedPulumi, services: EmbeddedServices): Subject {
  const resources = recordedResources(recorded);
  return createSubject(cli, services, (folder) => {
    writeFileSync(
      join(folder, "Pulumi.yaml"),
      "name: same\nruntime:\n  name: nodejs\n  options: { typescript: false }\n",
    );
    writeFileSync(join(folder, "index.js"), program);
    writeFileSync(join(folder, "provider.js"), provider);
    writeFileSync(join(folder, "resources.json"), JSON.stringify(resources));
    writeFileSync(join(folder, stackFile), "config: {}\n");
  });
}

function recordedResources(subject: Subject): readonly DeclaredResource[] {
  const file = join(
    worldPaths(subject.folder).backend,
    ".pulumi/stacks/genesys-credentials",
    `${stackName}.json`,
  );
  const state = JSON.parse(readFileSync(file, "utf8")) as {
    checkpoint: { latest: { resources: readonly RecordedResource[] } };
  };
  return state.checkpoint.latest.resources
    .filter(({ type }) => !type.startsWith("pulumi:"))
    .map(({ urn, custom, inputs = {}, outputs = {} }, index) => ({
      name: `${String(index)}-${urn.slice(urn.lastIndexOf(":") + 1)}`,
      ...(custom ? { inputs: withoutInternals(inputs), outputs: withoutInternals(outputs) } : {}),
    }));
}

/** Names with two underscores are Pulumi's. */
function withoutInternals(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !name.startsWith("__")));
}
