// The probe against a double that takes the other outcome everywhere: each difference is told, with what is to be set.
import { questionGroups } from "../../../probe/questions/all";
import { FakeClock } from "../../fakeClock";
import { type OtherDouble, startOtherDouble } from "./otherDouble";
import type { Variant } from "./otherOrganization";
import { type ProbeRun, questionsOf, runAgainst } from "./probeWorld";

const questions = questionGroups.flatMap((group) => group.questions);

/** What cannot be otherwise in two ways at once takes two organisations. */
const variants: readonly Variant[] = [
  { selfGrant: true, grantsShowPolicies: true, tokensOutliveInactivity: false },
  { selfGrant: false, grantsShowPolicies: false, tokensOutliveInactivity: true },
];

const runs: { readonly run: ProbeRun; readonly double: OtherDouble; readonly before: readonly string[] }[] =
  [];

beforeAll(async () => {
  for (const variant of variants) {
    const double = await startOtherDouble(new FakeClock(), variant);
    const before = double.organization.holdings();
    runs.push({ run: await runAgainst(double, [...double.commandLine, "--json"]), double, before });
  }
});

afterAll(() => Promise.all(runs.map(({ double }) => double.stop())));

it.each(questions.map(({ id }) => id))("%s: the difference is told, with what is to be set", (id) => {
  const told = runs.map(({ run }) => questionsOf(run).get(id));
  const [different] = told.filter((question) => question?.outcome === "different");
  expect({ told, set: different?.set }).toEqual({ told, set: expect.arrayContaining([expect.any(String)]) });
});

it("nothing is left behind, and a difference is no success", () => {
  for (const { run, double, before } of runs) {
    expect(double.organization.holdings()).toEqual(before);
    expect(run.exitCode).toBe(1);
    expect(JSON.parse(run.standardOutput)).toMatchObject({ remaining: [] });
  }
});

it("where the deployer cannot give itself a role, questions that need one are not settled", () => {
  const question = questionsOf(runs[1]!.run).get("fresh-role-usable");
  expect(question?.outcome).toBe("not settled");
  expect(question?.seen).toContain("could not give itself a role: 403 not.authorized");
});

it("no secret and no token is in what it prints and writes", () => {
  for (const { run } of runs) {
    expect(run.fixtures).not.toBe("");
    expect(run.standardOutput + run.standardError + run.fixtures).not.toContain("canary");
  }
});
