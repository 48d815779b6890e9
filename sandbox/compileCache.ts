// Node's compile cache for everything that runs in the sandbox: where Node has one, Pulumi programs start faster.
import * as nodeModule from "node:module";
import { join } from "node:path";
import { cacheFolder } from "./toolchain/cache";

/** `NODE_COMPILE_CACHE` in the user's cache, unless the person has set it or this Node (before 22.1) does not know it. */
export function compileCacheVariables(base: NodeJS.ProcessEnv): Record<string, string> {
  const isSupported = "enableCompileCache" in nodeModule;
  return isSupported && base["NODE_COMPILE_CACHE"] === undefined
    ? { NODE_COMPILE_CACHE: join(cacheFolder(base), "node-compile-cache") }
    : {};
}
