// What the runtime options of Pulumi.yaml or PulumiPolicy.yaml mean for the Node.js process that runs the code.
"use strict";

/**
 * @param {import("@pulumi/pulumi/proto/language_pb").ProgramInfo | undefined} info
 * @returns {{ nodeArguments: string[], environment: Record<string, string> }}
 */
function runtimeOptions(info) {
  const options = info?.getOptions()?.toJavaScript() ?? {};
  const environment = {};
  if (options.typescript !== false) {
    environment.PULUMI_NODEJS_TYPESCRIPT = "true";
  }
  if (typeof options.tsconfig === "string" && options.tsconfig !== "") {
    environment.PULUMI_NODEJS_TSCONFIG_PATH = options.tsconfig;
  }
  const nodeArguments = String(options.nodeargs ?? "")
    .split(/\s+/)
    .filter((argument) => argument !== "");
  return { nodeArguments, environment };
}

/**
 * The path of one of the SDK's entry points, as the program itself would find it.
 * @param {string} name such as `run` or `run-policy-pack`
 * @param {string} folder the folder whose `node_modules` counts
 */
function resolveSdkCommand(name, folder) {
  try {
    return require.resolve(`@pulumi/pulumi/cmd/${name}`, { paths: [folder] });
  } catch {
    throw new Error(
      `Running the Node.js code in ${folder}: the Pulumi SDK (@pulumi/pulumi) is not installed there; run npm ci`,
    );
  }
}

module.exports = { resolveSdkCommand, runtimeOptions };
