// The first way to a CLI: the `pulumi` on PATH, when it is recent enough.
import { findVersion, isAtLeast, minimumPulumiVersion } from "../../common/version";
import { type Attempt } from "./chooseCli";
import { runBounded } from "./boundedProcess";
import { findOnPath } from "./findOnPath";

/** Milliseconds for `pulumi version`; it takes about 0.2 s. */
const versionTimeoutMs = 15_000;

/** Looks on `environment.PATH` and asks what it finds for its version. */
export async function pulumiOnPath(environment: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<Attempt> {
  const command = findOnPath("pulumi", environment);
  if (command === undefined) {
    return { reason: "no pulumi on PATH." };
  }
  const answer = await runBounded(command, ["version"], {
    environment: { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutMs: versionTimeoutMs,
    signal,
  });
  if (answer.exitCode !== 0) {
    return { reason: `${command} does not run (${answer.problem ?? `exit code ${answer.exitCode ?? ""}`}).` };
  }
  const version = findVersion(answer.stdout);
  if (version === undefined) {
    return { reason: `${command} does not tell its version.` };
  }
  return isAtLeast(version, minimumPulumiVersion)
    ? { cli: { command, version } }
    : { reason: `${command} is ${version}, older than ${minimumPulumiVersion}.` };
}
