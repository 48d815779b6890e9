// What a difference says is to be set is there, and setting it brings about what was seen.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { environmentVariables } from "../../../common/environmentVariables";
import { questionGroups } from "../../../probe/questions/all";
import { strictConsistency } from "../../../sandbox/genesys/consistency";
import { defaultSwitches, type SwitchesPatch } from "../../../sandbox/genesys/switches";
import { questionsOf, runAgainst } from "./probeWorld";
import { probedSimulator } from "./simulatorProbe";

const project = path.join(__dirname, "..", "..", "..");
const questions = questionGroups.flatMap((group) => group.questions);
/** Long enough to be seen, short enough to be waited for. */
const delayMs = 1000;

it("every question names something of ours, and has a name of its own", () => {
  for (const { id, heldBy } of questions) {
    expect([id, Object.values(heldBy).length]).not.toEqual([id, 0]);
  }
  expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
});

it.each(questions)("$id: what it names is there", ({ heldBy }) => {
  const { switches = {}, delays = [], variables = [], code = [] } = heldBy;
  expect(Object.keys(defaultSwitches())).toEqual(expect.arrayContaining(Object.keys(switches)));
  expect(Object.keys(strictConsistency())).toEqual(expect.arrayContaining([...delays]));
  expect(Object.keys(environmentVariables)).toEqual(expect.arrayContaining([...variables]));
  for (const place of code) {
    const [file = "", name = ""] = place.split(" ");
    expect([place, existsSync(path.join(project, file))]).toEqual([place, true]);
    expect(readFileSync(path.join(project, file), "utf8")).toContain(name);
  }
});

/** The questions that have a setting, by it: one run is enough for all of them. */
function bySetting(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { id, heldBy } of questions) {
    const settings = [
      ...Object.entries(heldBy.switches ?? {}).map(([name, value]) => JSON.stringify({ [name]: value })),
      ...(heldBy.delays ?? []),
    ];
    settings.forEach((setting) => found.set(setting, [...(found.get(setting) ?? []), id]));
  }
  return found;
}

/** Disabled clients are asked about only where there are any. */
const ofDisabled = new Set(["mint-of-disabled", "delete-disabled"]);

it.each([...bySetting()])(
  "%s: set in the simulator, the questions that name it see a difference",
  async (setting, named) => {
    const world = await probedSimulator();
    try {
      const { organization } = world.simulator;
      if (setting.startsWith("{")) {
        const patch = JSON.parse(setting) as SwitchesPatch;
        const isOfDisabled = named.some((id) => ofDisabled.has(id));
        organization.setSwitches(isOfDisabled ? { ...patch, customersMaySetDisabled: true } : patch);
      } else {
        organization.setConsistency({ [setting]: delayMs });
      }
      const before = world.holdings();
      const run = await runAgainst(world, [...world.commandLine, "--json", "--only", named.join(",")]);
      const outcomes = named.map((id) => [id, questionsOf(run).get(id)?.outcome]);
      expect(outcomes).toEqual(named.map((id) => [id, "different"]));
      expect(run.exitCode).toBe(1);
      expect(JSON.parse(run.standardOutput)).toMatchObject({ remaining: [] });
      expect(world.holdings()).toEqual(before);
    } finally {
      await world.simulator.stop();
    }
  },
);
