// The scheduled rotation: pinned actions, few rights, no secrets, and a command line that exists.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const text = readFileSync(join(__dirname, "../../../.github/workflows/rotate.yml"), "utf8");
const workflow = parse(text) as {
  permissions: unknown;
  jobs: Record<string, { permissions: unknown; steps: { uses?: string; run?: string }[] }>;
};
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

it("pins every action by commit", () => {
  const used = steps.flatMap(({ uses }) => uses ?? []);
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter((action) => !/^actions\/[a-z-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
});

it("has no right but to push a branch and open a pull request, and no secret", () => {
  expect(workflow.permissions).toEqual({});
  expect(Object.values(workflow.jobs).map((job) => job.permissions)).toEqual([
    { contents: "write", "pull-requests": "write" },
  ]);
  expect(text).not.toMatch(/secrets\.|pull_request_target/);
});

it("puts nothing that others write into its scripts", () => {
  const scripts = steps.flatMap(({ run }) => run ?? []);
  expect(scripts.join("\n")).toContain("rotate --due --stack");
  expect(scripts.filter((script) => script.includes("${{"))).toEqual([]);
});
