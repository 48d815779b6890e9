// Ctrl-C, at any moment, in a process of its own: nothing is left behind, and no success is told.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { questionGroups } from "../../../probe/questions/all";
import { deployerClientId, deployerClientSecret, organizationId } from "../../../sandbox/genesys/seed";
import { type GenesysSimulator, startGenesysSimulator } from "../../../sandbox/genesys/server";
import { environmentOf } from "./probeWorld";
import { holdingsOf } from "./simulatorProbe";

const project = path.join(__dirname, "..", "..", "..");
/** How long the request of the moment takes: the signal arrives meanwhile. */
const slowMs = 400;
const lookMs = 10;
const patienceMs = 60_000;
/** All but those that wait ten seconds to see whether a token dies. */
const quickQuestions = questionGroups
  .flatMap(({ questions }) => questions.map(({ id }) => id))
  .filter((id) => !/^token-(?:after|of)-/.test(id));

let simulator: GenesysSimulator;
let folder: string;

beforeEach(async () => {
  simulator = await startGenesysSimulator();
  folder = mkdtempSync(path.join(tmpdir(), "probe "));
});

afterEach(async () => {
  await simulator.stop();
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Runs the probe, and sends the signals, one after another, while the request after so many of its kind is under way. */
function interruptedAt(
  requests: number,
  signals: readonly NodeJS.Signals[],
  match: { readonly method?: string; readonly path: string } = { path: "/api/" },
  only: readonly string[] = quickQuestions,
): Promise<Ended> {
  simulator.faults.arm({ match, kind: "slow", ms: slowMs, skip: requests, times: 1 });
  const child = spawn(
    process.execPath,
    [
      "-r",
      "./common/register.js",
      "probe/main.ts",
      "--organization",
      organizationId,
      "--only",
      only.join(","),
      "--fixtures",
      path.join(folder, "fixtures.json"),
    ],
    {
      cwd: project,
      env: {
        PATH: process.env["PATH"],
        ...environmentOf({
          url: simulator.url,
          clientId: deployerClientId,
          clientSecret: deployerClientSecret,
        }),
      },
    },
  );
  let output = "";
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const watch = setInterval(() => {
    if (simulator.faults.armed[0]?.struck === 1) {
      clearInterval(watch);
      signals.forEach((signal) => child.kill(signal));
    }
  }, lookMs);
  return new Promise((resolve) => {
    child.once("close", (exitCode) => {
      clearInterval(watch);
      resolve({ exitCode, output });
    });
  });
}

it.each([12, 30, 60, 90, 120])(
  "after %i requests: what was made is removed, and the rest is not settled",
  async (requests) => {
    const before = holdingsOf(simulator);
    const { exitCode, output } = await interruptedAt(requests, ["SIGINT"]);
    expect(holdingsOf(simulator)).toEqual(before);
    expect(output.match(/Interrupted: nothing more is asked/g)).toHaveLength(1);
    expect(output).toContain("not settled: the run was interrupted");
    expect(output).not.toContain("Could not be removed");
    expect(output).not.toContain("canary");
    expect(exitCode).toBe(1);
  },
  patienceMs,
);

it(
  "before anything is made: nothing has to be removed",
  async () => {
    const before = holdingsOf(simulator);
    const { exitCode, output } = await interruptedAt(1, ["SIGINT"]);
    expect(holdingsOf(simulator)).toEqual(before);
    expect(output).toContain("Interrupted before anything was made.");
    expect(
      simulator.requestLog.entries.some(
        ({ method, path: sent }) => method !== "GET" && sent !== "/oauth/token",
      ),
    ).toBe(false);
    expect(exitCode).toBe(3);
  },
  patienceMs,
);

it(
  "while it waits whether a token dies: the wait is over at once",
  async () => {
    const before = holdingsOf(simulator);
    const fate = { path: "/tokens/me$" };
    const { exitCode, output } = await interruptedAt(3, ["SIGINT"], fate, ["token-after-secret-reset"]);
    expect(holdingsOf(simulator)).toEqual(before);
    expect(output).toContain("not settled: the run was interrupted");
    expect(exitCode).toBe(1);
  },
  patienceMs,
);

it(
  "a second Ctrl-C, and one of a supervisor, do not end the removal",
  async () => {
    const before = holdingsOf(simulator);
    const { exitCode } = await interruptedAt(90, ["SIGINT", "SIGINT", "SIGTERM", "SIGHUP"]);
    expect(holdingsOf(simulator)).toEqual(before);
    expect(exitCode).toBe(1);
  },
  patienceMs,
);

it(
  "during the removal: it goes on, and what was asked is told",
  async () => {
    const before = holdingsOf(simulator);
    const removal = { method: "DELETE", path: "/integrations/credentials/" };
    const { exitCode, output } = await interruptedAt(1, ["SIGINT"], removal);
    expect(holdingsOf(simulator)).toEqual(before);
    expect(output).toContain("Interrupted");
    expect(output).toContain(" 0 not settled");
    expect(exitCode).toBe(0);
  },
  patienceMs,
);

it(
  "at one of the last questions: what is not asked any more is told",
  async () => {
    const before = holdingsOf(simulator);
    const { exitCode, output } = await interruptedAt(0, ["SIGTERM"], {
      path: "/limits/namespaces/auth.api$",
    });
    expect(holdingsOf(simulator)).toEqual(before);
    expect(output).toContain("not settled: the run was interrupted");
    expect(exitCode).toBe(1);
  },
  patienceMs,
);
