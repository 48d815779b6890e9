// preview.yml, step by step: what a pull request gets, and that nothing passes for reviewed that was not.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeEngine } from "../engine/world";
import { accessKeyOf } from "./accounts";
import { type WorkflowRun } from "./pipeline";
import { Scene } from "./scene";
import { type Declared, pathOf, type Stack, stacks, usualPermissions } from "./stackFiles";
import { mustBeGreen, told } from "./told";

/** Milliseconds; alone on a machine a test needs a tenth of it. */
const timeoutMs = 900_000;
jest.setTimeout(timeoutMs);

const forbidden = 403;
const writing = /^(Put|Create|Update|Delete|Tag|Untag|Restore|GetSecretValue)/;

describeEngine("preview.yml", () => {
  let scene: Scene;
  let usual: Pick<Scene, "settings" | "environments">;
  let pullRequests = 0;
  beforeAll(async () => {
    scene = await Scene.create("deployed");
    usual = { settings: scene.settings, environments: scene.environments };
  });
  beforeEach(() => {
    Object.assign(scene, usual, { afterJob: undefined });
    scene.github.comments.splice(0);
    scene.simulator.requestLog.clear();
    scene.secretsManager.clearRequestLog();
  });
  afterEach(() => {
    expect(scene.leaks()).toEqual([]);
  });
  afterAll(async () => {
    await scene.stop();
  });

  /** A pull request that declares the stack otherwise, and the run for it. */
  const propose = (changes: Partial<Record<Stack, Declared>>, from = {}): Promise<WorkflowRun> => {
    pullRequests += 1;
    const branch = `change-${pullRequests}`;
    scene.repository.branch(
      branch,
      Object.fromEntries(
        stacks.flatMap((stack) =>
          changes[stack] === undefined ? [] : [[pathOf(stack), scene.declared(stack, changes[stack])]],
        ),
      ),
    );
    return scene.run("preview", scene.repository.pullRequest(branch, from));
  };
  const wider: Declared = { permissions: [...usualPermissions, "outbound:contact:view"] };
  /** For mistakes that need one stack only. */
  const onlyDev = (): void => {
    scene.settings = { vars: { STACKS: '["dev"]', STACKS_LEFT_OUT: '["staging", "prod"]' } };
  };
  const comment = (): string => scene.github.comments[0]?.body ?? "";
  const results = ({ jobs }: WorkflowRun): Record<string, string> =>
    Object.fromEntries(jobs.map(({ name, result }) => [name, result]));

  it("reviews three stacks in one comment, with clients that may only look", async () => {
    const run = await propose({ dev: wider });
    mustBeGreen(run);
    expect(scene.github.comments).toHaveLength(1);
    expect(comment().split("\n")[0]).toMatch(/^## WIDENED/);
    expect(comment()).toContain("`outbound:contact:view`");
    for (const stack of stacks) {
      expect(comment()).toContain(`\`${stack}\``);
    }
    const written = scene.simulator.requestLog.entries.filter(
      ({ method, path }) => method !== "GET" && path !== "/oauth/token",
    );
    expect(written).toEqual([]);
    expect(
      scene.secretsManager.requestLog.every(({ accessKeyId }) => accessKeyId === accessKeyOf("preview")),
    ).toBe(true);
    expect(scene.secretsManager.requestLog.filter(({ operation }) => writing.test(operation))).toEqual([]);
  });

  it("mistake: a misspelt setting in one stack's file makes that stack BLOCKED, and the others are reviewed in the same comment", async () => {
    scene.github.comments.push({
      id: 1,
      body: "## NEUTRAL\n\n<!-- genesys-credentials: review -->\n",
      user: { login: "github-actions[bot]", type: "Bot" },
    });
    const run = await propose({ dev: wider, staging: { more: "      rotatoin: { every: P30D }\n" } });
    expect(run.conclusion).toBe("failure");
    expect(scene.github.comments).toHaveLength(1);
    expect(comment().split("\n")[0]).toMatch(/^## BLOCKED/);
    expect(comment()).toMatch(/`staging`[^#]+rotatoin/);
    expect(comment()).toContain("`outbound:contact:view`");
  });

  it("mistake: a violated policy is BLOCKED, and the rule is named", async () => {
    onlyDev();
    const run = await propose({ dev: { everyDays: 365 } });
    expect(run.conclusion).toBe("failure");
    expect(comment()).toMatch(/^## BLOCKED/);
    expect(comment()).toContain("rotation-required");
  });

  it("mistake: STACKS names a stack without a file, and leaves one out that has one", async () => {
    scene.settings = { vars: { STACKS: '["qa", "dev"]', STACKS_LEFT_OUT: '["prod"]' } };
    scene.environments = { ...usual.environments, "dev-preview": {} };
    const run = await propose({ dev: wider });
    expect(results(run)).toMatchObject({ stacks: "failure", comment: "failure" });
    expect(run.jobs[0]?.summary).toContain("there is no stack file Pulumi.qa.yaml");
    expect(run.jobs[0]?.summary).toContain("Pulumi.staging.yaml is in no pipeline");
  });

  it("mistake: STACKS that is not JSON, or empty, is red and says how to write it", async () => {
    for (const text of ["dev, prod", ""]) {
      scene.settings = { vars: { STACKS: text } };
      const run = await propose({ dev: wider });
      expect(results(run)).toEqual({ stacks: "failure", preview: "skipped", comment: "failure" });
      expect(told(run)).toContain('as ["dev", "prod"]');
    }
  });

  it("mistake: a missing secret and an empty variable are named before anything is asked, and the stack is BLOCKED", async () => {
    onlyDev();
    const own = usual.environments["dev-preview"]!;
    scene.environments = {
      ...usual.environments,
      "dev-preview": {
        vars: { ...own.vars, AWS_REGION: " " },
        secrets: { GENESYSCLOUD_OAUTHCLIENT_ID: own.secrets!["GENESYSCLOUD_OAUTHCLIENT_ID"]! },
      },
    };
    const run = await propose({ dev: wider });
    expect(results(run)).toEqual({ stacks: "success", "preview (dev)": "failure", comment: "failure" });
    expect(told(run)).toContain("missing: variable AWS_REGION, secret GENESYSCLOUD_OAUTHCLIENT_SECRET;");
    expect(told(run)).toContain("Environments > dev-preview");
    expect(comment()).toMatch(/^## BLOCKED/);
    expect(scene.simulator.requestLog.count()).toBe(0);
  });

  it("mistake: an archive of Pulumi that is not the pinned one is not run", async () => {
    onlyDev();
    const run = await scene.withOtherArchives(() => propose({ dev: wider }));
    expect(run.conclusion).toBe("failure");
    expect(told(run)).toMatch(/has the digest [0-9a-f]{64}, and .* says .*; nothing of it was run/);
  });

  it("mistake: a saved preview that is lost or broken on the way is red, and GitHub's refusal of the comment too", async () => {
    onlyDev();
    const trigger = (): Promise<WorkflowRun> => propose({ dev: wider });
    scene.afterJob = (key, artifacts) => {
      if (key === "preview") {
        rmSync(join(artifacts, "preview-dev"), { recursive: true });
      }
    };
    const lost = await trigger();
    expect(results(lost)).toEqual({ stacks: "success", "preview (dev)": "success", comment: "failure" });
    expect(comment()).toMatch(/^## BLOCKED/);

    scene.afterJob = (key, artifacts) => {
      if (key === "preview") {
        writeFileSync(join(artifacts, "preview-dev", "dev.json"), '{ "steps": [');
      }
    };
    const broken = await trigger();
    expect(results(broken)).toMatchObject({ "preview (dev)": "success", comment: "failure" });
    expect(told(broken)).toMatch(/dev\.json.*JSON/);

    scene.afterJob = undefined;
    scene.github.comments.splice(0);
    scene.github.answerNext(/^POST /, forbidden, { message: "Resource not accessible by integration" });
    const refused = await trigger();
    expect(results(refused)).toMatchObject({ "preview (dev)": "success", comment: "failure" });
    expect(told(refused)).toContain("Resource not accessible by integration");
  });

  it.each([
    ["a fork", { repository: "stranger/credentials" }, "it comes from another repository"],
    ["Dependabot", { actor: "dependabot[bot]" }, "Dependabot started it"],
  ])(
    "a pull request of %s is skipped with the reason, and nobody is asked for anything",
    async (_name, from, reason) => {
      const run = await propose({ dev: wider }, from);
      expect(results(run)).toEqual({ stacks: "success", preview: "skipped", comment: "skipped" });
      expect(run.conclusion).toBe("success");
      expect(run.jobs[0]?.summary).toContain(reason);
      expect(scene.github.comments).toEqual([]);
      expect(scene.simulator.requestLog.count()).toBe(0);
    },
  );

  it("a pull request of a fork is previewed on demand, from a branch of the repository", async () => {
    onlyDev();
    scene.repository.branch("looked-at", { [pathOf("dev")]: scene.declared("dev", wider) });
    const pull = { number: 7, head: "looked-at", title: "", body: "", state: "OPEN", comments: [] };
    scene.machine.github = { ...scene.machine.github, pulls: [pull] };
    const run = await scene.run("preview", scene.repository.dispatched("looked-at", { "pull-request": "7" }));
    mustBeGreen(run);
    expect(scene.github.requests.at(-1)).toContain("/issues/7/comments");
  });
});
