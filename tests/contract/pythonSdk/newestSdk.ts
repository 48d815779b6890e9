// The newest Python SDK from PyPI, read by readSdk.py; where that cannot be, the reason.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import type { DeclaredShapes } from "./declaredShapes";
import { unreadModels, wantedEndpoints } from "./wanted";

const script = join(__dirname, "readSdk.py");
const maximumOutputBytes = 16 * 1024 * 1024;

export type NewestSdk = { readonly shapes: DeclaredShapes } | { readonly problem: string };

/** @param python The interpreter; it needs pip, and no other package. */
export function readNewestSdk(python = "python3", environment = process.env): NewestSdk {
  const { error, status, stdout, stderr } = spawnSync(python, [script], {
    input: JSON.stringify({ endpoints: wantedEndpoints, unread: unreadModels }),
    encoding: "utf8",
    env: environment,
    maxBuffer: maximumOutputBytes,
  });
  if (error !== undefined) {
    return { problem: `${python} cannot be run (${error.message})` };
  }
  if (status !== 0) {
    return { problem: stderr.trim().split("\n").at(-1) ?? `${python} ended with ${String(status)}` };
  }
  return { shapes: JSON.parse(stdout) as DeclaredShapes };
}
