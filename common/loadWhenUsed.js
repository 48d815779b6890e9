// Loads modules only when something of them is used: for what others load and never use in our processes.
"use strict";

const Module = require("node:module");

/**
 * What Pulumi's SDK loads to write closures into a state, as it asks for it: npm's own tree of packages and the TypeScript compiler, which
 * with theirs are 450 of its 775 modules and half of its memory. Nothing of ours is a closure (resources/providerReference.ts), so that
 * our processes load them for nothing.
 */
const forClosures = ["@npmcli/arborist", "../../typescript-shim"];

/**
 * From now on `require` of these modules loads nothing; using an export does.
 * @param {readonly string[]} requests As the importers write them.
 */
function loadWhenUsed(requests) {
  // Node has no public hook for `require` before module.registerHooks (22.15).
  const loader = /** @type {any} */ (Module);
  const load = loader._load;
  loader._load = (/** @type {string} */ request, /** @type {unknown[]} */ ...more) =>
    requests.includes(request) ? unloaded(() => load(request, ...more)) : load(request, ...more);
}

/** Marked as an ES module: an importer would otherwise copy all exports, and so use them. */
const unloaded = (/** @type {() => any} */ load) =>
  new Proxy({}, { get: (_target, name) => (name === "__esModule" ? true : load()[name]) });

module.exports = { forClosures, loadWhenUsed };
