// What the engine starts anew for each command, as one process that stays: a language host that runs the program in itself, and the AWS plugin.
"use strict";

const path = require("node:path");

const grpc = require("@grpc/grpc-js");
const { LanguageServer } = require("@pulumi/pulumi/automation/server");
const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb");

const { registerTypeScript } = require("../../common/transpile.js");

const [folder] = process.argv.slice(2);

/** The program is read anew in each command, as in a process of its own; packages stay. */
async function program() {
  for (const file of Object.keys(require.cache)) {
    if (file.startsWith(folder + path.sep)) {
      delete require.cache[file];
    }
  }
  return require(path.join(folder, "index.ts"));
}

/** The port of the host, for `--client` of `up`, `preview`, `refresh` and `destroy`; the Automation API's own server answers there. */
function startLanguageHost() {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
  server.addService(LanguageRuntimeService, new LanguageServer(program));
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) {
        resolve(port);
      } else {
        reject(error);
      }
    });
  });
}

async function start() {
  registerTypeScript(path.join(__dirname, "..", ".."), process.env);
  const { systemClock } = require("../../common/clock");
  const { startAwsPlugin } = require("../../sandbox/aws-plugin/server");
  const aws = await startAwsPlugin({ clock: systemClock, environment: process.env });
  registerTypeScript(folder, process.env);
  process.chdir(folder);
  return { languagePort: await startLanguageHost(), awsPort: aws.port };
}

// A command's environment is that of its program and plugins.
process.on("message", (/** @type {NodeJS.ProcessEnv} */ environment) => {
  for (const name of Object.keys(process.env)) {
    delete process.env[name];
  }
  Object.assign(process.env, environment);
  process.send("ready");
});
process.on("disconnect", () => process.exit(0));

start().then(
  (ports) => process.send(ports),
  (error) => {
    process.stderr.write(`Starting the hosts that stay: ${error.stack}\n`);
    process.exit(1);
  },
);
