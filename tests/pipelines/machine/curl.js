// A double of `curl` for downloads into a file: what is in one folder can be had, by its name, and nothing else.
// usage: node curl.js <folder of downloads> <arguments of curl…>
"use strict";

const { copyFileSync, existsSync } = require("node:fs");
const { basename, join } = require("node:path");

const notFound = 22; // curl's own number for an answer of 400 and above, with --fail
const [downloads = "", ...argv] = process.argv.slice(2);
const url = argv.at(-1) ?? "";
const target = argv[argv.indexOf("--output") + 1] ?? "";
const source = join(downloads, basename(url));
if (
  !url.startsWith("https://") ||
  !argv.includes("--fail") ||
  !argv.includes("--output") ||
  !existsSync(source)
) {
  process.stderr.write(`curl: the double has nothing for: ${argv.join(" ")}\n`);
  process.exit(notFound);
}
copyFileSync(source, target);
