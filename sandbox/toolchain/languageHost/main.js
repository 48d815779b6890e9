// The Node.js language host of a CLI that was built from source: it runs programs and policy packs for the Pulumi engine over gRPC.
// Plain JavaScript, because the engine starts it in each operation and loading a TypeScript compiler would double its start-up.
"use strict";

const grpc = require("@grpc/grpc-js");
const services = require("@pulumi/pulumi/proto/language_grpc_pb");
const messages = require("@pulumi/pulumi/proto/language_pb");
const plugin = require("@pulumi/pulumi/proto/plugin_pb");
const { version } = require("@pulumi/pulumi/package.json");
const { endWithEngine } = require("./endWithEngine.js");
const { endChildren } = require("./children.js");
const { runProgram } = require("./runProgram.js");
const { runPlugin } = require("./runPlugin.js");

// Bytes; what the engine itself allows (400 MB), far above gRPC's default of 4 MB, which a large stack config would exceed.
const maximumMessageBytes = 400 * 1024 * 1024;

const unary = (answer) => (call, done) => {
  Promise.resolve()
    .then(() => answer(call.request))
    .then((response) => done(null, response))
    .catch((error) => done({ code: grpc.status.UNKNOWN, message: error.message }, null));
};

// The engine hands its address over as the last argument, or by handshake when it attaches.
let engineAddress = process.argv.length > 2 ? process.argv[process.argv.length - 1] : "";

const server = new grpc.Server({
  "grpc.max_receive_message_length": maximumMessageBytes,
  "grpc.max_send_message_length": maximumMessageBytes,
});

// Methods that are not here (templates, code generation, installing dependencies) answer UNIMPLEMENTED; no operation on a stack needs them.
server.addService(services.LanguageRuntimeService, {
  handshake: unary((request) => {
    engineAddress = request.getEngineAddress();
    return new messages.LanguageHandshakeResponse();
  }),
  getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(version)),
  getRequiredPackages: unary(() => new messages.GetRequiredPackagesResponse()),
  getRequiredPlugins: unary(() => new messages.GetRequiredPluginsResponse()),
  getProgramDependencies: unary(() => new messages.GetProgramDependenciesResponse()),
  about: unary(() =>
    new messages.AboutResponse().setExecutable(process.execPath).setVersion(process.version),
  ),
  cancel: unary(async () => {
    await endChildren();
    return new services.LanguageRuntimeService.cancel.responseType();
  }),
  run: unary((request) => runProgram(request, engineAddress)),
  runPlugin,
});

endWithEngine(endChildren);

server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) {
    process.stderr.write(`Starting the Node.js language host: ${error.message}\n`);
    process.exit(1);
  }
  // The engine reads the first line of stdout as the port.
  process.stdout.write(`${port}\n`);
});
