// What the process of a test lacks beside a real one.
"use strict";

/**
 * Node works this list out once, when it is first asked for. The copy of `process` that Jest gives to tests does so each time, and axios
 * asks with every request.
 */
Object.defineProperty(process, "allowedNodeEnvironmentFlags", { value: process.allowedNodeEnvironmentFlags });
