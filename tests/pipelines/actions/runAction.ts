// The actions that have a double; any other, and any setting that its double does not act on, fails the step.
import { type Action, type ActionCall } from "./action";
import { downloadArtifact, uploadArtifact } from "./artifacts";
import { cacheAction } from "./cache";
import { checkout } from "./checkout";
import { configureAwsCredentials, setupNode, uploadSarif } from "./others";

const actions: Readonly<Record<string, { readonly run: Action; readonly inputs: readonly string[] }>> = {
  "actions/checkout": { run: checkout, inputs: ["ref", "persist-credentials", "fetch-depth", "ssh-key"] },
  "actions/setup-node": { run: setupNode, inputs: ["node-version-file", "node-version", "cache"] },
  "actions/cache": { run: cacheAction, inputs: ["path", "key"] },
  "actions/upload-artifact": {
    run: uploadArtifact,
    inputs: ["name", "path", "if-no-files-found", "retention-days", "overwrite"],
  },
  "actions/download-artifact": {
    run: downloadArtifact,
    inputs: ["name", "pattern", "path", "merge-multiple"],
  },
  "aws-actions/configure-aws-credentials": {
    run: configureAwsCredentials,
    inputs: ["role-to-assume", "aws-region"],
  },
  "github/codeql-action/upload-sarif": { run: uploadSarif, inputs: ["sarif_file", "category"] },
};

/** @param uses as `owner/name@commit` */
export function runAction(uses: string, call: ActionCall): Readonly<Record<string, string>> {
  const name = uses.split("@")[0] ?? "";
  const action = actions[name];
  if (action === undefined) {
    throw new Error(`the action ${name} has no double here`);
  }
  const unknown = Object.keys(call.given).filter((input) => !action.inputs.includes(input));
  if (unknown.length > 0) {
    throw new Error(`${name}: the double does not know ${unknown.join(", ")}`);
  }
  return action.run(call);
}
