// One use of the sandbox by one process: the world opened, the CLI found, the services running, the environment ready.
import { randomUUID } from "node:crypto";
import { systemClock } from "../common/clock";
import { installAwsPlugin } from "./aws-plugin/install";
import { type AwsPlugin } from "./commandLine";
import { compileCacheVariables } from "./compileCache";
import { prepareDevStack, pulumiIn, type RunPulumi } from "./devStack";
import { sandboxEnvironment } from "./environment";
import { endLeftovers, runVariable } from "./leftovers";
import { joinWorld, MeetingPortTakenError, type Membership } from "./meetingPoint";
import { embeddedServices, portTaken, startServices } from "./services";
import { removeStaleLocks } from "./staleLocks";
import { type ProcessSignals } from "./toolchain/processSignals";
import { type ResolvedPulumi, resolvePulumi } from "./toolchain/resolvePulumi";
import { runCommand } from "./toolchain/runCommand";
import { worldPaths, type WorldPaths } from "./worldPaths";
import { openWorld, type WorldSettings } from "./worldSettings";

/** A sandbox that is ready for commands. */
export interface Session {
  readonly pulumi: ResolvedPulumi;
  /** The environment of every command. */
  readonly variables: NodeJS.ProcessEnv;
  /** Runs a command in the foreground to its end; returns its exit code. */
  run(command: string, commandArguments: readonly string[]): Promise<number>;
  readonly runPulumi: RunPulumi;
  /** Creates the stack `dev` once more where the person has removed it. */
  restoreDevStack(): Promise<void>;
  /** Ends what commands left behind, waits for guests (until a signal arrives) and stops the services. */
  close(): Promise<void>;
}

/** How a session is opened. */
export interface SessionOptions {
  readonly project: string;
  readonly base: NodeJS.ProcessEnv;
  readonly awsPlugin: AwsPlugin;
  readonly signals: ProcessSignals;
  /** Takes single lines for the person; never standard output. */
  readonly onNote: (line: string) => void;
}

/**
 * Works in the world, which is created when there is none, joined before and left afterwards.
 * @throws SandboxError with a message for the person.
 */
export async function inSession<T>(
  options: SessionOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await openSession(options);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

async function openSession(options: SessionOptions): Promise<Session> {
  const { signals, onNote } = options;
  signals.aborted.throwIfAborted();
  const paths = worldPaths(options.project, options.awsPlugin);
  const settings = await openWorld(paths);
  removeStaleLocks(paths.backend);
  const pulumi = await resolvePulumi({
    environment: options.base,
    binFolder: paths.bin,
    onProgress: onNote,
    signal: signals.aborted,
  });
  signals.aborted.throwIfAborted();
  if (options.awsPlugin === "stand-in") {
    installAwsPlugin(paths.pulumiHome);
  }
  const run = randomUUID();
  const environment = sandboxEnvironment({
    base: { ...options.base, ...compileCacheVariables(options.base), [runVariable]: run },
    paths,
    services: embeddedServices(settings),
    binFolder: pulumi.binFolder,
    awsPlugin: options.awsPlugin,
  });
  environment.notes.forEach(onNote);
  const { variables } = environment;

  const runPulumi = pulumiIn(options.project, pulumi.command, variables, signals.aborted);
  const prepare = (): Promise<void> => prepareDevStack(paths, runPulumi);
  const leave = environment.usesEmbeddedServices
    ? await keepMembership(paths, settings, prepare, options)
    : undefined;
  try {
    await prepare();
  } catch (error) {
    await leave?.();
    throw error;
  }
  return {
    pulumi,
    variables,
    run: (command, commandArguments) =>
      runCommand(command, commandArguments, { environment: variables, folder: options.project, signals }),
    runPulumi,
    restoreDevStack: () => prepareDevStack(paths, runPulumi, true),
    close: async () => {
      await endLeftovers(run, systemClock);
      await leave?.();
    },
  };
}

/**
 * Joins the world and stays in it: when the host dies, this process joins again and may host the services itself.
 * @returns what leaves the world again
 */
async function keepMembership(
  paths: WorldPaths,
  settings: WorldSettings,
  prepare: () => Promise<void>,
  { signals, onNote }: SessionOptions,
): Promise<() => Promise<void>> {
  let current: Membership;
  let rejoining: Promise<void> = Promise.resolve();
  const rejoin = async (): Promise<void> => {
    try {
      current = await join();
    } catch (error) {
      onNote(
        `The simulated services have stopped: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  };
  const join = async (): Promise<Membership> => {
    try {
      return await joinWorld({
        port: settings.ports.meeting,
        token: settings.token,
        signal: signals.aborted,
        startServices: async () => {
          const services = await startServices(paths, settings);
          try {
            // Before any guest is let in, so that two processes in a new world do not both create the stack.
            await prepare();
            return services;
          } catch (error) {
            await services.stop();
            throw error;
          }
        },
        onHostLost: () => {
          rejoining = rejoin();
        },
      });
    } catch (error) {
      throw error instanceof MeetingPortTakenError
        ? portTaken("meeting point", settings.ports.meeting)
        : error;
    }
  };
  current = await join();
  return async () => {
    await rejoining;
    if (current.guests() > 0 && !signals.aborted.aborted) {
      onNote(
        `Other commands use the services of this one (${current.guests()}); it ends with them. Ctrl-C ends it now.`,
      );
      await current.untilAlone(signals.aborted).catch(() => undefined);
    }
    await current.leave();
  };
}
