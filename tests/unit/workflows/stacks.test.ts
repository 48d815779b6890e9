// The variable STACKS against the stack files: what does not fit is red and named, and the stacks that fit are worked on.
import { Runner, stepOf } from "./runner";

const files = ["audit.yml", "deploy.yml", "drift.yml", "preview.yml"];
const step = "Find the stacks";

let runner: Runner;
beforeEach(() => {
  runner = new Runner();
  runner.write("Pulumi.yaml", "name: example\nruntime: nodejs\n");
  runner.write("Pulumi.dev.yaml", "");
  runner.write("Pulumi.prod.yaml", "");
});
afterEach(() => {
  runner.remove();
});

const find = (STACKS: string, STACKS_LEFT_OUT = "") =>
  runner.run("preview.yml", step, { STACKS, STACKS_LEFT_OUT });

it("is the same step in every workflow that works on stacks", () => {
  for (const file of files) {
    const { run, env } = stepOf(file, step);
    expect({ run, env }).toEqual({
      run: stepOf("preview.yml", step).run,
      env: stepOf("preview.yml", step).env,
    });
  }
});

it("gives the stacks in the order of the variable", () => {
  expect(find('["prod", "dev"]')).toMatchObject({
    status: 0,
    outputs: { stacks: '["prod","dev"]' },
    summary: "Stacks: prod, dev\n",
  });
});

it("looks where Pulumi.yaml says that the stack files are", () => {
  runner.write("Pulumi.yaml", "name: example\nstackConfigDir: stacks # all of them\n");
  runner.write("stacks/Pulumi.only.yaml", "");
  expect(find('["only"]').outputs).toEqual({ stacks: '["only"]' });
});

it("a map of project-wide settings is no folder", () => {
  runner.write("Pulumi.yaml", "name: example\nconfig:\n  aws:region: eu-west-1\n");
  expect(find('["dev", "prod"]').status).toBe(0);
});

it.each([
  ["", "the variable STACKS names no stack"],
  ["[]", "the variable STACKS names no stack"],
  ["dev, prod", "the variable STACKS is not JSON"],
  ['"dev"', "the variable STACKS is no list of stack names"],
  ['["dev", ""]', "the variable STACKS is no list of stack names"],
  ['["dev", "pr od"]', "the variable STACKS is no list of stack names"],
  ['["dev", "prod", "dev"]', "the variable STACKS names a stack twice"],
])("%p is red, and nothing is worked on", (stacks, problem) => {
  const { status, outputs, said, summary } = find(stacks);
  expect({ status, outputs }).toEqual({ status: 1, outputs: { stacks: "" } });
  expect(said).toContain(`::error title=Stacks::${problem}`);
  expect(summary).toContain(problem);
});

it("a stack file that is in no pipeline is red and named; the stacks that are named are worked on", () => {
  const { status, outputs, said } = find('["dev"]');
  expect({ status, outputs }).toEqual({ status: 1, outputs: { stacks: '["dev"]' } });
  expect(said).toContain("Pulumi.prod.yaml is in no pipeline: nobody previews or deploys prod");
});

it("unless it is left out in so many words", () => {
  expect(find('["dev"]', '["prod"]')).toMatchObject({ status: 0, outputs: { stacks: '["dev"]' } });
  expect(find('["dev", "prod"]', '["prod"]').said).toContain("prod is in STACKS and in STACKS_LEFT_OUT");
});

it.each([
  [["dev", "dev-preview"], "the stack dev-preview and the stack dev share the environment dev-preview"],
  [["dev-audit", "dev"], "the stack dev and the stack dev-audit share the environment dev-audit"],
  [["dev", "Dev"], "the stack Dev and the stack dev share the environment dev"],
  [["rotation-evidence"], "the stack rotation-evidence and the evidence branch share the environment"],
])(
  "stacks whose environments are one for GitHub are red, and none of them is worked on: %p",
  (stacks, problem) => {
    for (const stack of stacks) {
      runner.write(`Pulumi.${stack}.yaml`, "");
    }
    const { status, outputs, said } = find(JSON.stringify(["prod", ...stacks]));
    expect({ status, outputs }).toEqual({ status: 1, outputs: { stacks: '["prod"]' } });
    expect(said).toContain(problem);
  },
);

it("a stack without a file is red and named", () => {
  const { status, outputs, said } = find('["dev", "staging", "prod"]');
  expect({ status, outputs }).toEqual({ status: 1, outputs: { stacks: '["dev","prod"]' } });
  expect(said).toContain("there is no stack file Pulumi.staging.yaml");
});
