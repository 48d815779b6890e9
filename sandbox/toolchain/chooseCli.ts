// Decides which Pulumi CLI is used: the order of the ways to one, and what is said when none works. No I/O of its own.
import { type Clock } from "../../common/clock";
import { minimumPulumiVersion } from "../../common/version";
import { SandboxError } from "../sandboxError";
import { minimumGoVersion } from "./version";

/** Where a CLI came from; the ways to one are asked in this order. */
const cliOrigins = ["path", "cache", "installed", "built"] as const;
export type CliOrigin = (typeof cliOrigins)[number];

/** A usable CLI. */
export interface FoundCli {
  /** Absolute path of the executable. */
  readonly command: string;
  /** As `3.259.0`. */
  readonly version: string;
}

/** A CLI, or why this way gave none. */
export type Attempt = { readonly cli: FoundCli } | { readonly reason: string };

/** What installing and building need of their surroundings. */
export interface ObtainOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Takes one line of progress. */
  readonly onProgress: (line: string) => void;
}

/** The four ways to a CLI; each is asked only when those before it gave none. */
export type CliSources = Readonly<Record<CliOrigin, () => Promise<Attempt>>>;

/** No CLI can be had. The message names the three ways to get one and why each did not work here. */
export class ToolchainError extends SandboxError {
  override readonly name = "ToolchainError";
}

/**
 * Asks the sources in order: PATH, cache, installer, Go.
 * @throws {@link ToolchainError} when none gives a CLI.
 */
export async function chooseCli(sources: CliSources): Promise<FoundCli & { readonly origin: CliOrigin }> {
  const reasons: Partial<Record<CliOrigin, string>> = {};
  for (const origin of cliOrigins) {
    const result = await sources[origin]();
    if ("cli" in result) {
      return { ...result.cli, origin };
    }
    reasons[origin] = result.reason;
  }
  throw new ToolchainError(
    [
      "Finding the Pulumi CLI: none of the three ways worked; use one of them:",
      `  1. Put Pulumi ${minimumPulumiVersion} or later on PATH (https://www.pulumi.com/docs/install/). Now: ${reasons.path ?? ""}`,
      `  2. Let this machine reach https://get.pulumi.com; the installer then runs by itself. Now: ${reasons.installed ?? ""}`,
      `  3. Put Go ${minimumGoVersion} or later on PATH; the CLI is then built from its Go module. Now: ${reasons.built ?? ""}`,
    ].join("\n"),
  );
}
