// Preview, comment and deployment of stacks: what the scripts call, and that no failure of it ends green.
import { Runner } from "./runner";

let runner: Runner;
beforeEach(() => {
  runner = new Runner();
  runner.program("npm");
  runner.program("pulumi");
});
afterEach(() => {
  runner.remove();
});

describe("the preview of one stack", () => {
  const preview = () => runner.run("preview.yml", "Preview", { STACK: "dev" });

  it("is kept for the comment, with the policies and the stack's settings of them, where there are some", () => {
    const call =
      "npm run --silent credentials -- review --stack dev --policy-pack policy --save previews/dev.json";
    expect(preview()).toMatchObject({ status: 0, calls: [call] });
    runner.write("policy/config/dev.json", "{}");
    expect(preview().calls).toEqual([`${call} --policy-pack-config policy/config/dev.json`]);
  });

  it("fails with the command", () => {
    runner.program("npm", "exit 3");
    expect(preview().status).toBe(3);
  });
});

describe("the comment", () => {
  const review = (environment: Readonly<Record<string, string>> = {}) =>
    runner.run("preview.yml", "Review", {
      STACKS: '["dev","prod"]',
      STACKS_RESULT: "success",
      PREVIEW_RESULT: "success",
      PULL_REQUEST: "17",
      ...environment,
    });
  beforeEach(() => {
    runner.write("previews/dev.json", "{}");
    runner.write("previews/prod.json", "{}");
  });

  it("is on every stack, and fails on BLOCKED", () => {
    const call =
      "npm run --silent credentials -- review --expect dev --file previews/dev.json --expect prod --file previews/prod.json";
    const posted = " --post --pull-request 17 --fail-on blocked";
    expect(review()).toMatchObject({ status: 0, calls: [call + posted] });
    runner.write("review.yaml", "");
    expect(review().calls).toEqual([`${call} --exclusions review.yaml${posted}`]);
  });

  it("expects a stack whose preview is missing, so that it is BLOCKED and named", () => {
    const { calls } = review({ STACKS: '["dev","prod","staging"]', PREVIEW_RESULT: "failure" });
    expect(calls[0]).toContain("--file previews/prod.json --expect staging --post");
  });

  it("is red with the command", () => {
    runner.program("npm", "exit 1");
    expect(review().status).toBe(1);
  });

  it.each([
    { PREVIEW_RESULT: "failure" },
    { PREVIEW_RESULT: "cancelled" },
    { PREVIEW_RESULT: "skipped" },
    { STACKS_RESULT: "failure" },
  ])("is posted, and red, where a job before it did not succeed: %p", (result) => {
    const { status, calls, said } = review(result);
    expect({ status, posted: calls.length }).toEqual({ status: 1, posted: 1 });
    expect(said).toContain("::error title=Not all of it is certain::");
  });

  it("is red where no stack is known, and claims nothing", () => {
    const { status, calls, said } = review({ STACKS: "" });
    expect({ status, calls }).toEqual({ status: 1, calls: [] });
    expect(said).toContain("::error title=Not reviewed::");
  });
});

describe("the deployment of one stack", () => {
  const deploy = () => runner.run("deploy.yml", "Deploy and prove", { STACK: "prod" });

  it("updates, then proves", () => {
    runner.write("policy/config/prod.json", "{}");
    expect(deploy()).toMatchObject({
      status: 0,
      calls: [
        "pulumi up --yes --skip-preview --non-interactive --suppress-outputs --stack prod --policy-pack policy --policy-pack-config policy/config/prod.json",
        "npm run --silent credentials -- verify --stack prod",
      ],
    });
  });

  it("is red where the update fails, and where the proof does", () => {
    runner.program("npm", "exit 1");
    expect(deploy().status).toBe(1);
    runner.program("pulumi", "exit 255");
    expect(deploy()).toMatchObject({ status: 255, calls: [expect.stringMatching(/^pulumi up/)] });
  });
});
