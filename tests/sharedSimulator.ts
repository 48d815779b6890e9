// The simulator that the worlds of one test file have one after the other: to start one costs more than most tests do with it.
import { type Clock, systemClock } from "../common/clock";
import {
  type GenesysSimulator,
  type GenesysSimulatorOptions,
  startGenesysSimulator,
} from "../sandbox/genesys/server";

/** The clock of whichever world has the simulator. */
class ClockInTurn implements Clock {
  current: Clock = systemClock;

  now(): number {
    return this.current.now();
  }

  sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    return this.current.sleep(durationMs, signal);
  }
}

interface SharedSimulator {
  simulator: GenesysSimulator;
  readonly clock: ClockInTurn;
}

const all: SharedSimulator[] = [];
const idle: SharedSimulator[] = [];

afterAll(() => Promise.all(all.map(({ simulator }) => simulator.stop())));

/** A simulator like a new one, for nobody else until it is stopped. Two worlds at a time have two. */
export async function borrowSimulator({
  clock = systemClock,
  seed = {},
}: Pick<GenesysSimulatorOptions, "clock" | "seed"> = {}): Promise<GenesysSimulator> {
  const shared = idle.pop() ?? (await start());
  shared.clock.current = clock;
  shared.simulator.organization.reset(seed);
  return {
    ...shared.simulator,
    stop: async () => {
      shared.simulator = await shared.simulator.startOver();
      idle.push(shared);
    },
  };
}

async function start(): Promise<SharedSimulator> {
  const clock = new ClockInTurn();
  const shared = { simulator: await startGenesysSimulator({ clock }), clock };
  all.push(shared);
  return shared;
}
