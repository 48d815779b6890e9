// What the engine starts anew for each command, in one process that stays: a language host that runs the program in itself, and the AWS plugin.
"use strict";

const { realpathSync } = require("node:fs");
const path = require("node:path");
const { promisify } = require("node:util");

const grpc = require("@grpc/grpc-js");
const { LanguageServer } = require("@pulumi/pulumi/automation/server");
const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb");

const { registerTypeScript } = require("../../common/transpile.js");

registerTypeScript(path.join(__dirname, "..", ".."), process.env);
const { systemClock } = require("../../common/clock");
const { startAwsPlugin } = require("../../sandbox/aws-plugin/server");

const folder = realpathSync(process.argv[2]);
registerTypeScript(folder, process.env);
process.chdir(folder);

/** The program is read anew in each command, as in a process of its own; packages stay. */
async function program() {
  for (const file of Object.keys(require.cache)) {
    if (file.startsWith(folder + path.sep)) {
      delete require.cache[file];
    }
  }
  return require(path.join(folder, "index.ts"));
}

/** For `--client` of a command: the Automation API's own server answers. */
async function startLanguageHost() {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
  server.addService(LanguageRuntimeService, new LanguageServer(program));
  const bind = promisify(server.bindAsync.bind(server));
  const port = await bind("127.0.0.1:0", grpc.ServerCredentials.createInsecure());
  return { port, stop: () => server.forceShutdown() };
}

let hosts = [];

/** Both hosts know nothing of the command before; a command's environment is that of its program and plugins. */
async function startHosts(/** @type {NodeJS.ProcessEnv} */ environment) {
  for (const host of hosts) {
    host.stop();
  }
  for (const name of Object.keys(process.env)) {
    delete process.env[name];
  }
  Object.assign(process.env, environment);
  hosts = [await startLanguageHost(), await startAwsPlugin({ clock: systemClock, environment: process.env })];
  const [languagePort, awsPort] = hosts.map(({ port }) => port);
  process.send({ languagePort, awsPort });
}

process.on("message", startHosts);
process.on("disconnect", () => process.exit(0));
