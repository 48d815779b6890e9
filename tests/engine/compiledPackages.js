// For the Node processes of engine commands, of which each loads hundreds of files of packages: what V8 makes of those is kept, and half of them left out.
"use strict";

const { createHash, randomBytes } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const v8 = require("node:v8");
const vm = require("node:vm");

const { forClosures, loadWhenUsed } = require("../../common/loadWhenUsed.js");

const digestOf = (/** @type {readonly string[]} */ ...texts) =>
  createHash("sha256").update(texts.join("\0")).digest("hex");

/** Packages alone: our own code is compiled by Node in each process, as in production. */
const packageFile = /[\\/]node_modules[\\/].*\.(?:js|cjs)$/;
/** Files that may be new to a process before its code is kept anew. */
const tolerated = 20;
const nonceBytes = 6;
const lengthBytes = 4;
const keptFolder = path.join(
  __dirname,
  "..",
  "..",
  "node_modules",
  ".cache",
  "genesys-credentials",
  "compiled",
);
/** One file for each program, Node and its options: a process reads no more than it is about to load. */
const keptFile = path.join(
  keptFolder,
  digestOf(process.version, process.arch, process.argv[1] ?? "", ...process.execArgv),
);

/** The code by its file, the size and the time of it, as npm installed it; V8 itself refuses what another V8 has made. */
function readKept() {
  try {
    const kept = readFileSync(keptFile);
    const start = lengthBytes + kept.readUInt32LE(0);
    const places = JSON.parse(kept.toString("utf8", lengthBytes, start));
    return new Map(places.map(([key, from, to]) => [key, kept.subarray(start + from, start + to)]));
  } catch {
    return new Map(); // the first process of its kind
  }
}

/** Complete or not there at all: processes of several tests keep theirs at the same time. */
function keep(/** @type {readonly { readonly key: string, readonly code: Buffer }[]} */ codes) {
  let end = 0;
  const places = codes.map(({ key, code }) => [key, end, (end += code.length)]);
  const index = Buffer.from(JSON.stringify(places));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32LE(index.length);
  try {
    mkdirSync(keptFolder, { recursive: true });
    const unfinished = `${keptFile}.${randomBytes(nonceBytes).toString("hex")}`;
    writeFileSync(unfinished, Buffer.concat([length, index, ...codes.map(({ code }) => code)]));
    renameSync(unfinished, keptFile);
  } catch {
    // Nothing is kept, and the next process compiles once more.
  }
}

function install() {
  const kept = readKept();
  const scripts = new Map();
  const codes = [];
  let added = 0;
  const compileItself = Module.prototype._compile;

  const takeCodes = () => {
    codes.push(...[...scripts].map(([key, script]) => ({ key, code: script.createCachedData() })));
    scripts.clear();
  };

  const compiled = (content, filename) => {
    const { size, mtimeMs } = statSync(filename);
    const key = `${filename} ${size} ${mtimeMs}`;
    const cachedData = kept.get(key);
    const script = new vm.Script(Module.wrap(content.replace(/^#!.*/, "")), {
      filename,
      cachedData,
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    added += cachedData === undefined || script.cachedDataRejected ? 1 : 0;
    scripts.set(key, script);
    return script.runInThisContext();
  };

  Module.prototype._compile = function compile(content, filename, ...more) {
    let run;
    try {
      run = packageFile.test(filename) ? compiled(content, filename) : undefined;
    } catch {
      // An ES module, or an error that Node tells better.
    }
    if (run === undefined) {
      return compileItself.call(this, content, filename, ...more);
    }
    const require = Object.assign((id) => this.require(id), {
      resolve: Object.assign((request, options) => Module._resolveFilename(request, this, false, options), {
        paths: (request) => Module._resolveLookupPaths(request, this),
      }),
      main: process.mainModule,
      extensions: Module._extensions,
      cache: Module._cache,
    });
    return run.call(this.exports, this.exports, require, this, filename, path.dirname(filename));
  };

  // V8 takes code only under the flags that it was made with, and Pulumi's SDK sets one.
  const setFlags = v8.setFlagsFromString;
  v8.setFlagsFromString = (flags) => {
    if (added > tolerated) {
      takeCodes();
    }
    setFlags(flags);
  };

  process.on("exit", () => {
    if (added > tolerated) {
      takeCodes();
      keep(codes);
    }
  });
}

loadWhenUsed(forClosures);
// Older Nodes could not import() from what is compiled this way.
if (vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER !== undefined) {
  install();
}
