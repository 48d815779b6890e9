// The fourth way to a CLI: building it from its Go module, pinned by the go.mod and go.sum beside this file.
import { chmodSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { msPerSecond } from "../../common/clock";
import { findVersion, isAtLeast } from "../../common/version";
import { runBounded } from "./boundedProcess";
import { cachedPlaces, cachedPulumi } from "./cache";
import { withCacheLock } from "./cacheLock";
import { type Attempt, type ObtainOptions } from "./chooseCli";
import { findOnPath } from "./findOnPath";
import { minimumGoVersion, pulumiVersion } from "./version";

/** Milliseconds for `go version`: an older Go may first fetch the version that go.mod asks for. */
const goVersionTimeoutMs = 120_000;

/** Milliseconds for the build: measured 3.5 minutes on 2 cores from nothing, with room for slow machines and networks. */
const buildTimeoutMs = 45 * 60_000;

/** Milliseconds between two progress lines of the build. */
const progressMs = 30_000;

/** Lines of the compiler's output that a failure shows: the reason stands at the end. */
const shownLines = 5;

/** Permissions of the built program. */
const executableMode = 0o755;

/** Flags of Pulumi's own release build; without the version flag the CLI does not know its version. */
const buildArguments = [
  "build",
  "-trimpath",
  "-tags",
  "osusergo,grpcnotrace",
  "-ldflags",
  `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${pulumiVersion}`,
];

const pulumiPackage = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";

/** Builds {@link pulumiVersion} into the user's cache, unless another process has just done so. */
export async function buildPulumi(options: ObtainOptions): Promise<Attempt> {
  const go = findOnPath("go", options.environment);
  if (go === undefined) {
    return { reason: "no go on PATH." };
  }
  const environment = { ...options.environment, CGO_ENABLED: "0", GOWORK: "off" };
  const answer = await runBounded(go, ["version"], {
    environment,
    folder: __dirname,
    timeoutMs: goVersionTimeoutMs,
    signal: options.signal,
  });
  const version = answer.exitCode === 0 ? findVersion(answer.stdout) : undefined;
  if (version === undefined) {
    return {
      reason: `${go} does not run here (${lastLines(answer.stderr) || (answer.problem ?? "no version")}).`,
    };
  }
  if (!isAtLeast(version, minimumGoVersion)) {
    return { reason: `${go} is ${version}, older than ${minimumGoVersion}.` };
  }
  const places = cachedPlaces(options.environment);
  return withCacheLock(
    join(places.folder, "build.lock"),
    options,
    `Waiting for another process that builds the Pulumi CLI ${pulumiVersion} ...`,
    async () => {
      const ready = cachedPulumi(options.environment);
      return "cli" in ready ? ready : build(go, version, places.builtCommand, { ...options, environment });
    },
  );
}

async function build(
  go: string,
  goVersion: string,
  target: string,
  options: ObtainOptions,
): Promise<Attempt> {
  const startedAt = options.clock.now();
  options.onProgress(
    `Building the Pulumi CLI ${pulumiVersion} with Go ${goVersion} (once for this user; about 4 minutes on 2 cores) ...`,
  );
  const progress = setInterval(() => {
    const seconds = Math.round((options.clock.now() - startedAt) / msPerSecond);
    options.onProgress(`  still building, ${seconds} s`);
  }, progressMs);
  mkdirSync(dirname(target), { recursive: true });
  const unfinished = `${target}.${process.pid}.tmp`;
  try {
    const result = await runBounded(go, [...buildArguments, "-o", unfinished, pulumiPackage], {
      environment: options.environment,
      folder: __dirname,
      timeoutMs: buildTimeoutMs,
      signal: options.signal,
    });
    if (result.exitCode !== 0) {
      return { reason: `go build failed: ${result.problem ?? lastLines(result.stderr)}` };
    }
    chmodSync(unfinished, executableMode);
    renameSync(unfinished, target);
    return { cli: { command: target, version: pulumiVersion } };
  } finally {
    clearInterval(progress);
    rmSync(unfinished, { force: true });
  }
}

function lastLines(text: string): string {
  return text.trim().split("\n").slice(-shownLines).join("\n     ");
}
