// Finds the Pulumi CLI, or obtains it: PATH, the user's cache, the SDK's installer, a build from the Go module.
import { dirname, join } from "node:path";
import { type Clock, systemClock } from "../../common/clock";
import { cachedPulumi } from "./cache";
import { chooseCli, type CliOrigin, type CliSources, type FoundCli } from "./chooseCli";
import { findOnPath } from "./findOnPath";
import { buildPulumi } from "./goBuild";
import { installPulumi } from "./installer";
import { completeCli, hasLanguageHost } from "./pluginPrograms";
import { pulumiOnPath } from "./pulumiOnPath";

/** How the CLI is looked for. */
export interface ResolveOptions {
  /** `PATH`, `HOME`, `XDG_CACHE_HOME` count; default `process.env`. */
  readonly environment?: NodeJS.ProcessEnv;
  /**
   * Folder for a CLI that comes without a language host, and for the scripts beside it; default {@link checkoutBinFolder}.
   * Not used for a complete CLI.
   */
  readonly binFolder?: string;
  /** Takes single lines about what takes long; default: standard error. */
  readonly onProgress?: (line: string) => void;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  /** Replaces single ways, for tests. */
  readonly sources?: Partial<CliSources>;
}

/** A CLI that is ready to run. */
export interface ResolvedPulumi extends FoundCli {
  readonly origin: CliOrigin;
  /** The folder that goes first on PATH, so that the engine finds its plugins without a warning. */
  readonly binFolder: string;
}

/** Where a CLI without a language host is completed when nothing else is said: with the checkout, and removed with it. */
export const checkoutBinFolder = join(__dirname, "../../node_modules/.cache/genesys-credentials/bin");

/**
 * Finds or obtains the CLI.
 * @throws ToolchainError (chooseCli.ts) with one message naming the three ways when there is none.
 */
export async function resolvePulumi(options: ResolveOptions = {}): Promise<ResolvedPulumi> {
  const {
    environment = process.env,
    onProgress = (line: string) => process.stderr.write(`${line}\n`),
    signal,
    clock = systemClock,
    binFolder = checkoutBinFolder,
  } = options;
  const obtaining = { environment, clock, onProgress, signal };
  const chosen = await chooseCli({
    path: () => pulumiOnPath(environment, signal),
    cache: () => Promise.resolve(cachedPulumi(environment)),
    installed: () => installPulumi(obtaining),
    built: () => buildPulumi(obtaining),
    ...options.sources,
  });
  // A CLI on PATH may have its language host elsewhere on PATH; one from the cache must not pick up a stranger's.
  const isComplete =
    hasLanguageHost(chosen.command) ||
    (chosen.origin === "path" && findOnPath("pulumi-language-nodejs", environment) !== undefined);
  if (isComplete) {
    return { ...chosen, binFolder: dirname(chosen.command) };
  }
  return { ...chosen, command: completeCli(chosen.command, binFolder), binFolder };
}
