// Measures one whole process: how long it took, and the peak memory of the program and provider processes under it.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

/** Set in the environment of a measured command; its children inherit it, and so can be recognised. */
const runVariable = "GENESYS_CREDENTIALS_BENCH_RUN";

/** Milliseconds between two looks at the processes. Peaks are the kernel's own (VmHWM), so a look only has to meet the process. */
const sampleMs = 40;

const kilobytesPerMegabyte = 1024;

/** Characters of a failed command's output that are shown: the reason stands at the end. */
const shownOutput = 2000;

/** The processes whose memory counts, by what stands in their command line. */
const kinds = {
  program: /@pulumi\/pulumi\/cmd\/run\//,
  provider: /dynamic-?provider/i,
} as const;

/** Result of one measured run. */
export interface Measurement {
  readonly seconds: number;
  /** Peak resident memory in MB of the largest process of each kind; 0 where there was none, or no /proc to read. */
  readonly peakMegabytes: Readonly<Record<keyof typeof kinds, number>>;
}

/**
 * Runs the command to its end.
 * @throws Error with the command's output when it fails: a failed run must not be taken for a fast one.
 */
export function measure(
  command: string,
  commandArguments: readonly string[],
  options: { readonly folder: string; readonly environment: NodeJS.ProcessEnv },
): Promise<Measurement> {
  const run = randomUUID();
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(command, commandArguments, {
      cwd: options.folder,
      env: { ...options.environment, [runVariable]: run },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const peak = { program: 0, provider: 0 };
    const known = new Map<string, keyof typeof kinds | undefined>();
    const sampler = setInterval(() => {
      for (const [processId, kind] of processesOf(run, known)) {
        peak[kind] = Math.max(peak[kind], peakOf(processId));
      }
    }, sampleMs);
    let output = "";
    const collect = (data: Buffer): void => {
      output += data.toString();
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", reject);
    child.once("close", (exitCode) => {
      clearInterval(sampler);
      if (exitCode === 0) {
        const millisecondsPerSecond = 1000;
        resolve({ seconds: (performance.now() - startedAt) / millisecondsPerSecond, peakMegabytes: peak });
      } else {
        reject(
          new Error(
            `${command} ${commandArguments.join(" ")} ended with ${exitCode ?? "a signal"}:\n${output.slice(-shownOutput)}`,
          ),
        );
      }
    });
  });
}

/** The processes of a run that are of a kind, each looked at in full only once: this must not slow down what it measures. */
function* processesOf(
  run: string,
  known: Map<string, keyof typeof kinds | undefined>,
): Generator<[string, keyof typeof kinds]> {
  let entries: string[];
  try {
    entries = readdirSync("/proc").filter((entry) => /^\d+$/.test(entry));
  } catch {
    return;
  }
  for (const processId of entries) {
    if (!known.has(processId)) {
      const line = read(`/proc/${processId}/cmdline`).replaceAll("\0", " ");
      if (line === "") {
        continue; // Not yet what it will be.
      }
      const isOurs = read(`/proc/${processId}/environ`).includes(`${runVariable}=${run}`);
      const kind = isOurs ? kindOf(line) : undefined;
      if (kind === undefined && isOurs) {
        continue; // It may become another program yet: between fork and exec it looks like its parent.
      }
      known.set(processId, kind);
    }
    const kind = known.get(processId);
    if (kind !== undefined) {
      yield [processId, kind];
    }
  }
}

function kindOf(line: string): keyof typeof kinds | undefined {
  return kinds.program.test(line) ? "program" : kinds.provider.test(line) ? "provider" : undefined;
}

function peakOf(processId: string): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${processId}/status`))?.[1];
  return Number(kilobytes ?? 0) / kilobytesPerMegabyte;
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // Ended meanwhile.
  }
}
