// The third way to a CLI: the SDK's own installer, tried only where Pulumi's download host answers.
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { request } from "node:https";
import { dirname, join } from "node:path";
import { msPerSecond } from "../../common/clock";
import { runBounded } from "./boundedProcess";
import { cachedPlaces } from "./cache";
import { type Attempt, type ObtainOptions } from "./chooseCli";
import { isExecutableFile } from "./findOnPath";
import { pulumiVersion } from "./version";

/** Where the SDK's installer downloads from. */
const downloadOrigin = "https://get.pulumi.com/install.sh";

/** Milliseconds for the host to answer at all; a machine without internet must not wait long for nothing. */
const reachabilityTimeoutMs = 5000;

/** Milliseconds for the installation: one archive of about 140 MB. */
const installTimeoutMs = 5 * 60_000;

const okStatus = 200;
const firstErrorStatus = 400;

/** Installs {@link pulumiVersion} into the user's cache. */
export async function installPulumi(options: ObtainOptions): Promise<Attempt> {
  const { installedRoot } = cachedPlaces(options.environment);
  const reason = (await reachDownloadHost(options.signal)) ?? (await install(installedRoot, options));
  if (reason !== undefined) {
    options.onProgress(`The Pulumi installer cannot be used here: ${reason}`);
    return { reason };
  }
  return { cli: { command: join(installedRoot, "bin", "pulumi"), version: pulumiVersion } };
}

/** Undefined when the CLI is installed, else why not. */
async function install(root: string, options: ObtainOptions): Promise<string | undefined> {
  options.onProgress(`Installing the Pulumi CLI ${pulumiVersion} (once for this user) ...`);
  const unfinished = `${root}.${process.pid}.tmp`;
  mkdirSync(dirname(root), { recursive: true });
  try {
    // In a process of its own: the SDK's function cannot be interrupted, a process can.
    const installer = join(__dirname, "sdkInstaller.js");
    const result = await runBounded(process.execPath, [installer, unfinished, pulumiVersion], {
      environment: options.environment,
      timeoutMs: installTimeoutMs,
      signal: options.signal,
    });
    if (result.exitCode !== 0 || !isExecutableFile(join(unfinished, "bin", "pulumi"))) {
      const lines = result.stderr.trim().split("\n");
      return `the installer failed: ${result.problem ?? lines[lines.length - 1] ?? "no message"}`;
    }
    rmSync(root, { recursive: true, force: true });
    renameSync(unfinished, root);
    return undefined;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** Undefined when the host answers, else why not. */
function reachDownloadHost(signal: AbortSignal | undefined): Promise<string | undefined> {
  const host = new URL(downloadOrigin).host;
  return new Promise((resolve) => {
    const attempt = request(downloadOrigin, { method: "HEAD", ...(signal === undefined ? {} : { signal }) });
    const timer = setTimeout(() => {
      attempt.destroy(new Error(`no answer within ${reachabilityTimeoutMs / msPerSecond} s`));
    }, reachabilityTimeoutMs);
    attempt.once("response", (response) => {
      response.resume();
      clearTimeout(timer);
      const status = response.statusCode ?? 0;
      resolve(status >= okStatus && status < firstErrorStatus ? undefined : `${host} answers ${status}.`);
    });
    attempt.once("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve(`${host} cannot be reached (${error.code ?? error.message}).`);
    });
    attempt.end();
  });
}
