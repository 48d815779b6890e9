// Runs a plugin that is written in Node.js (a policy pack, or a provider with PulumiPlugin.yaml) and streams its output to the engine.
"use strict";

const grpc = require("@grpc/grpc-js");
const messages = require("@pulumi/pulumi/proto/language_pb");
const { track } = require("./children.js");
const { spawnNode } = require("./spawnNode.js");
const { resolveSdkCommand, runtimeOptions } = require("./runtimeOptions.js");

/** A process that a signal ended has no exit code; shells report 128 plus the signal, the engine needs only "not 0". */
const endedBySignalExitCode = 128;

/** Answers `RunPlugin`: what the plugin writes, as it comes, then its exit code. The engine ends the plugin by cancelling the call. */
function runPlugin(call) {
  let child;
  try {
    child = track(start(call.request));
  } catch (error) {
    call.emit("error", { code: grpc.status.UNKNOWN, message: error.message });
    return;
  }
  child.stdout.on("data", (data) => call.write(new messages.RunPluginResponse().setStdout(data)));
  child.stderr.on("data", (data) => call.write(new messages.RunPluginResponse().setStderr(data)));
  child.once("error", (error) =>
    call.emit("error", { code: grpc.status.UNKNOWN, message: `Running the plugin: ${error.message}` }),
  );
  child.once("close", (code) => {
    call.write(new messages.RunPluginResponse().setExitcode(code ?? endedBySignalExitCode));
    call.end();
  });
  call.on("cancelled", () => child.kill("SIGTERM"));
}

function start(request) {
  const info = request.getInfo();
  const folder = info?.getProgramDirectory() || request.getProgram();
  const isPolicyPack = request.getKind() === "analyzer";
  const { nodeArguments, environment } = runtimeOptions(info);
  const command = resolveSdkCommand(isPolicyPack ? "run-policy-pack" : "run-plugin", folder);
  // The two entry points differ in where they expect the folder of the code.
  const codeArguments = isPolicyPack
    ? [...request.getArgsList(), folder]
    : [folder, ...request.getArgsList()];
  return spawnNode(
    [...nodeArguments, command, ...codeArguments],
    {
      cwd: isPolicyPack ? folder : request.getPwd(),
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...parseEnvironment(request.getEnvList()), ...environment },
    },
    () => undefined, // The program has told it.
  );
}

/** `NAME=value` lines, as the engine sends them; of two lines for one name the later holds. */
function parseEnvironment(lines) {
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

module.exports = { runPlugin };
