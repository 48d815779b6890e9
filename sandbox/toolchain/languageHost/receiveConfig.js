// Preloaded into a process whose config came through a pipe: puts it where the Pulumi SDK looks for it.
"use strict";

const { readFileSync } = require("node:fs");
const { configDescriptor, variable } = require("./spawnNode.js");

process.env[variable] = readFileSync(configDescriptor, "utf8");
