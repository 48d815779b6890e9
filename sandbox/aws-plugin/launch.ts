// The entry point of the compiled copy: runs it while it matches the sources, else the sources themselves. A stale copy never acts.
import { join } from "node:path";
import { sourceDigest } from "./compiledCopy";

const firstArgument = 2;
const [projectFolder = "", digest = ""] = process.argv.slice(firstArgument);

/* eslint-disable @typescript-eslint/no-require-imports -- what to load is decided at run time */
if (sourceDigest(projectFolder) === digest) {
  require("./main");
} else {
  require("ts-node/register/transpile-only");
  require(join(projectFolder, "sandbox", "aws-plugin", "main.ts"));
}
