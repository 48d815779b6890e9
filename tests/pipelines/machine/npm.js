// A double of `npm ci`: the packages of this checkout instead of a download. Every other command is npm's own.
// usage: node npm.js <folder of packages> <npm itself> <arguments of npm…>
"use strict";

const { spawnSync } = require("node:child_process");
const { appendFileSync, existsSync, readFileSync, symlinkSync } = require("node:fs");

const [packages = "", npm = "", command = "", ...rest] = process.argv.slice(2);
if (command !== "ci") {
  const { status } = spawnSync(npm, [command, ...rest], { stdio: "inherit" });
  process.exit(status ?? 1);
}
const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
if (JSON.stringify(lock.packages[""].dependencies) !== JSON.stringify(dependencies)) {
  process.stderr.write(
    "npm error `npm ci` can only install packages when your package.json and package-lock.json are in sync.\n",
  );
  process.exit(1);
}
if (!existsSync("node_modules")) {
  symlinkSync(packages, "node_modules");
  appendFileSync(".git/info/exclude", "node_modules\n"); // .gitignore names a folder, and this is a link
}
