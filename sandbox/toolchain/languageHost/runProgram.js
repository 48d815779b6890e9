// Runs the Pulumi program once: a Node.js process on the SDK's `cmd/run`, which talks to the engine by itself.
"use strict";

const messages = require("@pulumi/pulumi/proto/language_pb");
const { track } = require("./children.js");
const { spawnNode } = require("./spawnNode.js");
const { resolveSdkCommand, runtimeOptions } = require("./runtimeOptions.js");

// The SDK's exit code for "failed, and the person has been told why": the engine then adds nothing of its own.
const alreadyReportedExitCode = 32;

/**
 * @param {import("@pulumi/pulumi/proto/language_pb").RunRequest} request
 * @param {string} engineAddress
 * @returns {Promise<import("@pulumi/pulumi/proto/language_pb").RunResponse>}
 */
function runProgram(request, engineAddress) {
  const info = request.getInfo();
  const programFolder = info?.getProgramDirectory() || request.getPwd();
  const { nodeArguments, environment } = runtimeOptions(info);
  const child = track(
    spawnNode(
      [...nodeArguments, resolveSdkCommand("run", programFolder), ...runArguments(request, engineAddress)],
      {
        cwd: request.getPwd(),
        // The engine shows the program's output as it comes; passing this process's own streams on adds no delay.
        stdio: ["ignore", "inherit", "inherit"],
        env: { ...process.env, ...environment, ...configEnvironment(request) },
      },
      (line) => process.stderr.write(`${line}\n`),
    ),
  );
  return new Promise((resolve) => {
    const response = new messages.RunResponse();
    child.once("error", (error) => resolve(response.setError(`Running the program: ${error.message}`)));
    child.once("close", (code, signal) => {
      if (code === alreadyReportedExitCode) {
        response.setBail(true);
      } else if (code !== 0) {
        response.setError(
          signal === null
            ? `Program exited with non-zero exit code: ${code}`
            : `Program was ended by signal ${signal}`,
        );
      }
      resolve(response);
    });
  });
}

/** The arguments of `cmd/run`. Written as `--name=value`, so that no value can be taken for the next flag. */
function runArguments(request, engineAddress) {
  const info = request.getInfo();
  const values = {
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": info?.getRootDirectory() ?? "",
    stack: request.getStack(),
    pwd: info?.getProgramDirectory() || request.getPwd(),
    parallel: request.getParallel() > 0 ? String(request.getParallel()) : "",
    "dry-run": request.getDryrun() ? "true" : "",
  };
  const flags = Object.entries(values)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `--${name}=${value}`);
  return [...flags, info?.getEntryPoint() || request.getProgram() || ".", ...request.getArgsList()];
}

/** The stack's config, as the SDK reads it: `namespace:config:name`, secret keys listed apart. */
function configEnvironment(request) {
  const config = {};
  request.getConfigMap().forEach((value, key) => {
    config[longKey(key)] = value;
  });
  return {
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList().map(longKey)),
  };
}

function longKey(key) {
  const [namespace, ...name] = key.split(":");
  return `${namespace}:config:${name.join(":")}`;
}

module.exports = { runProgram };
