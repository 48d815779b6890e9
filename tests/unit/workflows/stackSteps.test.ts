// Preview, comment and deployment of stacks: what the scripts call, and that no failure of it ends green.
import { readWorkflow, Runner, stepOf } from "./runner";

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
      REVIEWED_COMMIT: "1234abcd",
      ...environment,
    });
  const npmOf = (calls: readonly string[]): string[] => calls.filter((call) => call.startsWith("npm"));
  beforeEach(() => {
    runner.program("gh", "echo 1234abcd");
    runner.write("previews/dev.json", "{}");
    runner.write("previews/prod.json", "{}");
  });

  it("is on every stack, and fails on BLOCKED", () => {
    const call =
      "npm run --silent credentials -- review --expect dev --file previews/dev.json --expect prod --file previews/prod.json";
    const posted = " --post --pull-request 17 --fail-on blocked";
    const question = "gh api repos/example/credentials/pulls/17 --jq .head.sha";
    expect(review()).toMatchObject({ status: 0, calls: [question, call + posted] });
    runner.write("review.yaml", "");
    expect(review().calls).toEqual([question, `${call} --exclusions review.yaml${posted}`]);
  });

  it("expects a stack whose preview is missing, so that it is BLOCKED and named", () => {
    const { calls } = review({ STACKS: '["dev","prod","staging"]', PREVIEW_RESULT: "failure" });
    expect(npmOf(calls)[0]).toContain("--file previews/prod.json --expect staging --post");
  });

  it("of a commit that is not the last one of the pull request any more is printed, and posted over no newer one", () => {
    const { status, calls, said } = review({ REVIEWED_COMMIT: "00000000" });
    expect(status).toBe(0);
    expect(npmOf(calls)).toEqual([expect.stringMatching(/ --file previews\/prod\.json --fail-on blocked$/)]);
    expect(said).toContain("::notice title=Not posted::Pull request 17 is at 1234abcd");
    runner.program("npm", "exit 1");
    expect(review({ REVIEWED_COMMIT: "00000000" }).status).toBe(1);
  });

  it("is posted where GitHub does not say at which commit the pull request is", () => {
    runner.program("gh", "exit 1");
    expect(npmOf(review().calls)[0]).toContain("--post");
  });

  it("is of the commit that people have pushed, not of GitHub's own merge of it", () => {
    expect(stepOf("preview.yml", "Review").env?.["REVIEWED_COMMIT"]).toBe(
      "${{ github.event.pull_request.head.sha || github.sha }}",
    );
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
    expect({ status, posted: npmOf(calls).length }).toEqual({ status: 1, posted: 1 });
    expect(said).toContain("::error title=Not all of it is certain::");
  });

  it("is red where no stack is known, and claims nothing", () => {
    const { status, calls, said } = review({ STACKS: "" });
    expect({ status, calls }).toEqual({ status: 1, calls: [] });
    expect(said).toContain("::error title=Not reviewed::");
  });
});

describe("a deployment that is run again", () => {
  const step = "Check that main has not moved on";
  const again = (answer: string) => {
    runner.program("gh", answer);
    return runner.run("deploy.yml", step, { GITHUB_SHA: "1234abcd", GITHUB_REF_NAME: "main" });
  };

  it("goes on while main is at its commit", () => {
    expect(again("echo 1234abcd")).toMatchObject({
      status: 0,
      said: "",
      calls: ["gh api repos/example/credentials/commits/main --jq .sha"],
    });
  });

  it("takes back nothing that was merged since, and says what to do", () => {
    const { status, said } = again("echo 99999999");
    expect(status).toBe(1);
    expect(said).toContain("::error title=An older commit::main is at 99999999");
    expect(again("exit 1").status).toBe(1);
  });

  it("is asked before anything is installed or signed in, and a first run is not", () => {
    const { steps } = readWorkflow("deploy.yml").jobs["deploy"]!;
    const names = steps.map(({ name }) => name);
    expect(names.indexOf(step)).toBeLessThan(names.indexOf("Install Pulumi"));
    expect(steps.find(({ name }) => name === step)?.if).toBe("${{ github.run_attempt > 1 }}");
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
