// What is the probe's own is told by its mark, and by nothing that a person or a stack could have written.
import { descriptionOf, isMarked, nameOf, newRunId, runOf, withoutRunId } from "../../../probe/mark";

const runId = newRunId();

it("what a run makes is marked, also where a question has emptied its description", () => {
  const name = nameOf(runId, "fresh-role");
  expect(runOf(name)).toBe(runId);
  expect(isMarked(name, descriptionOf(runId))).toBe(true);
  expect(isMarked(name, "")).toBe(true);
  expect(isMarked(name, undefined)).toBe(true);
});

it.each([
  ["another name", "nightly-report", descriptionOf(runId)],
  ["a name that only begins so", "genesys-credentials-probe-of-our-own", ""],
  ["a name with more around it", `copy of ${nameOf(runId, "fresh")}`, ""],
  ["a description of a person", nameOf(runId, "fresh"), "Kept for the audit"],
  ["a description of another run", nameOf(runId, "fresh"), descriptionOf("ffffffffffff")],
  [
    "a mark of a stack",
    nameOf(runId, "fresh"),
    `${descriptionOf(runId)} [pulumi:0123456789abcdef/p/dev/k#1:ab]`,
  ],
  ["no name", undefined, descriptionOf(runId)],
])("%s is not the probe's", (_what, name, description) => {
  expect(isMarked(name, description)).toBe(false);
});

it("without its run a text is the same for every run, and still marked", () => {
  expect(withoutRunId(nameOf(runId, "fresh"))).toBe(withoutRunId(nameOf(newRunId(), "fresh")));
  expect(runOf(withoutRunId(nameOf(runId, "fresh")))).toBe("000000000000");
  expect(withoutRunId(descriptionOf(runId))).not.toContain(runId);
});
