// Installs one version of the Pulumi CLI into one folder with the SDK's own installer; run as a process by installer.ts.
"use strict";

const { PulumiCommand } = require("@pulumi/pulumi/automation");

const [root, version] = process.argv.slice(2);

PulumiCommand.install({ root, version }).catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
