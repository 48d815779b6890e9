// Every switch in both outcomes: what nobody knows about the live API must be simulated either way.
import { defaultSwitches, type Switches } from "../../../sandbox/genesys/switches";
import { addressSwitches } from "./addressSwitches";
import { clientFormSwitches } from "./clientFormSwitches";
import { clientLifeSwitches } from "./clientLifeSwitches";
import { credentialSwitches } from "./credentialSwitches";
import { grantSwitches } from "./grantSwitches";
import { roleSwitches } from "./roleSwitches";
import { tokenSwitches } from "./tokenSwitches";
import { SimulatorWorld } from "./simulatorWorld";
import { type Case } from "./switchCase";

const cases: { readonly [Name in keyof Switches]: Case } = {
  ...clientLifeSwitches,
  ...clientFormSwitches,
  ...grantSwitches,
  ...tokenSwitches,
  ...addressSwitches,
  ...roleSwitches,
  ...credentialSwitches,
};

const runs = Object.entries(cases).flatMap(([name, { probe, outcomes }]) =>
  outcomes.map(([patch, outcome]) => ({ name, patch, outcome, probe })),
);

test("every switch is tried in at least two outcomes that differ", () => {
  expect(Object.keys(cases).sort()).toEqual(Object.keys(defaultSwitches()).sort());
  for (const { outcomes } of Object.values(cases)) {
    expect(new Set(outcomes.map(([, outcome]) => JSON.stringify(outcome))).size).toBe(outcomes.length);
    expect(outcomes.length).toBeGreaterThanOrEqual(2);
  }
});

test.each(runs)("$name with $patch", async ({ patch, outcome, probe }) => {
  const world = await SimulatorWorld.start();
  try {
    world.simulator.organization.setSwitches(patch);
    expect(await probe(world)).toEqual(outcome);
  } finally {
    await world.stop();
  }
});
