// Starts the SDK's dynamic-provider process for a CLI that was built from source, and ends it together with its engine.
"use strict";

const { endWithEngine } = require("./endWithEngine.js");

endWithEngine();

// The project's own SDK counts: the process must evaluate providers with the version that the program was written for.
require(require.resolve("@pulumi/pulumi/cmd/dynamic-provider", { paths: [process.cwd()] }));
