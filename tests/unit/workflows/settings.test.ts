// What is missing is named at once, before anything is done; and a run without secrets says so in place of failing.
import { readWorkflow, Runner, stepOf } from "./runner";

let runner: Runner;
beforeEach(() => {
  runner = new Runner();
});
afterEach(() => {
  runner.remove();
});

const inEveryJob = {
  AWS_REGION: "eu-west-1",
  PULUMI_BACKEND_URL: "s3://state",
  GENESYSCLOUD_REGION: "eu-west-1",
  GENESYSCLOUD_OAUTHCLIENT_ID: "id",
  GENESYSCLOUD_OAUTHCLIENT_SECRET: "canary-deployer",
};

describe.each([
  ["preview.yml", "preview", "PREVIEW_ROLE_ARN", "dev-preview"],
  ["deploy.yml", "deploy", "DEPLOY_ROLE_ARN", "dev"],
  ["audit.yml", "audit", "AUDIT_ROLE_ARN", "dev-audit"],
  ["drift.yml", "drift", "AUDIT_ROLE_ARN", "dev-audit"],
])("the settings of %s", (file, job, role, environment) => {
  const whole = { ...inEveryJob, [role]: "arn:aws:iam::111122223333:role/x", ENVIRONMENT: environment };
  const step = "Check the settings";

  it("pass where all are there, and nothing of them is printed", () => {
    expect(runner.run(file, step, whole)).toMatchObject({ status: 0, said: "", summary: "" });
  });

  it.each([...Object.keys(inEveryJob), role])("fail without %s, by its name and place", (name) => {
    for (const value of ["", "  "]) {
      const { status, said, summary } = runner.run(file, step, { ...whole, [name]: value });
      expect(status).toBe(1);
      expect(said).toContain(
        `missing: ${name.includes("OAUTHCLIENT") ? "secret" : "variable"} ${name}; set them in Settings > Environments > ${environment}`,
      );
      expect(summary).toContain(name);
      expect(said + summary).not.toContain("canary-");
    }
  });

  it("name all that are missing at once", () => {
    const { said } = runner.run(file, step, { ENVIRONMENT: environment });
    expect(said).toContain(
      `missing: variable ${role}, variable AWS_REGION, variable PULUMI_BACKEND_URL, variable GENESYSCLOUD_REGION, ` +
        "secret GENESYSCLOUD_OAUTHCLIENT_ID, secret GENESYSCLOUD_OAUTHCLIENT_SECRET; set them",
    );
  });

  it("sends nobody to set a secret for the whole repository, where the code of every branch could use it", () => {
    const { said } = runner.run(file, step, { ENVIRONMENT: environment });
    expect(said).toContain("a variable may be set for the whole repository too, a secret may not");
  });

  it("are looked at before anything else is done, and are those that the job then uses", () => {
    const { steps } = readWorkflow(file).jobs[job]!;
    expect(steps.map(({ name }) => name).indexOf(step)).toBe(1); // after the checkout
    const asked = Object.keys(stepOf(file, step).env ?? {});
    const used = [...JSON.stringify(steps).matchAll(/\$\{\{ (?:vars|secrets)\.(\w+) \}\}/g)].map(
      ([, name]) => name,
    );
    const mayBeEmpty = ["GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD", "KNOWN_CLIENTS"];
    expect(used.filter((name) => !asked.includes(name!) && !mayBeEmpty.includes(name!))).toEqual([]);
  });
});

describe("a run from which GitHub withholds the secrets", () => {
  const who = (environment: Readonly<Record<string, string>>) =>
    runner.run("preview.yml", "See whether the run gets secrets", {
      EVENT: "pull_request",
      ACTOR: "somebody",
      HEAD_REPOSITORY: "example/credentials",
      ...environment,
    });

  it.each([
    ["a pull request of this repository", {}],
    ["a dispatch, which has no pull request", { EVENT: "workflow_dispatch", HEAD_REPOSITORY: "" }],
    ["a person's push to a branch of Dependabot", { ACTOR: "somebody" }],
  ])("is not %s", (_who, environment) => {
    expect(who(environment)).toMatchObject({ status: 0, outputs: { reason: "" }, summary: "" });
  });

  it.each([
    ["Dependabot's, though it comes from the same repository", { ACTOR: "dependabot[bot]" }, "Dependabot"],
    ["a fork's", { HEAD_REPOSITORY: "other/credentials" }, "another repository"],
    ["a deleted fork's", { HEAD_REPOSITORY: "" }, "another repository"],
  ])("is %s: not red, not reviewed, and it says why", (_who, environment, why) => {
    const { status, outputs, summary, said } = who(environment);
    expect(status).toBe(0);
    expect(outputs["reason"]).toContain(why);
    expect(summary).toContain("**Not reviewed.**");
    expect(summary).toContain("gh workflow run preview.yml --ref <branch> --field pull-request=<number>");
    expect(said).toContain("::notice title=Not reviewed::");
  });

  it("leaves out the preview and the comment; any other failure does not", () => {
    const { jobs } = readWorkflow("preview.yml");
    expect(jobs["preview"]?.if).toContain("needs.stacks.outputs.stacks != ''");
    expect(jobs["comment"]?.if).toBe("${{ always() && needs.stacks.outputs.reason == '' }}");
  });
});

describe("a preview that is started by hand", () => {
  const step = "Check that the pull request is of this commit";
  const check = (PULL_REQUEST: string, answer: string) => {
    runner.program("gh", answer);
    return runner.run("preview.yml", step, { PULL_REQUEST, GITHUB_SHA: "1234abcd" });
  };

  it("is for a pull request at the same commit", () => {
    expect(check("12", "echo 1234abcd")).toMatchObject({
      status: 0,
      said: "",
      calls: ["gh api repos/example/credentials/pulls/12 --jq .head.sha"],
    });
  });

  it.each([
    ["12", "echo 99999999", "Pull request 12 is at 99999999"],
    ["", "echo 1234abcd", "no number"],
    ["12/../13", "echo 1234abcd", "no number"],
    ["12", "echo gone >&2; exit 1", "gone"],
  ])(
    "is refused for %p where GitHub answers `%s`, and then no stack is known and nothing posted",
    (number, answer, why) => {
      const { status, said, outputs } = check(number, answer);
      expect({ status, outputs }).toEqual({ status: 1, outputs: {} });
      expect(said).toContain(why);
      const names = readWorkflow("preview.yml").jobs["stacks"]!.steps.map(({ name }) => name);
      expect(names.indexOf(step)).toBeLessThan(names.indexOf("Find the stacks"));
    },
  );
});
