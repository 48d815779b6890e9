// Preloaded into the process of the program (Pulumi.yaml): it reads our TypeScript, and stays small in stacks of a thousand resources.
"use strict";

const path = require("node:path");
const v8 = require("node:v8");

const { forClosures, loadWhenUsed } = require("./loadWhenUsed.js");
const { shortenStackTraces } = require("./shortStackTraces.js");

// Pulumi makes hundreds of thousands of promises that live for seconds. By V8's own rule they are collected when the heap is up to four
// times what is in use; with this when it is twice, which costs no time worth mentioning. Set here and not in Pulumi.yaml, where a Node
// that no longer knows the flag would not start.
v8.setFlagsFromString("--heap-growing-percent=100");

loadWhenUsed(forClosures);
shortenStackTraces(path.join(__dirname, "..", "index.ts"));
require("./register.js");
