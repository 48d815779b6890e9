// deploy.yml, step by step: ring after ring, proven, with its evidence; and red as soon as something is not so.
import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deployerPermissions, deployerRoleId } from "../../sandbox/genesys/seed";
import { describeEngine } from "../engine/world";
import { type WorkflowRun } from "./pipeline";
import { Scene } from "./scene";
import { integrationName, pathOf, type Stack, stacks, usualPermissions } from "./stackFiles";
import { mustBeGreen, told } from "./told";

/** Milliseconds; alone on a machine a test needs a tenth of it. */
const timeoutMs = 900_000;
jest.setTimeout(timeoutMs);

const evidenceBranch = "rotation-evidence";
const hookMode = 0o755;

describeEngine("deploy.yml", () => {
  let scene: Scene;
  let usual: Pick<Scene, "settings">;
  beforeAll(async () => {
    scene = await Scene.create("new");
    usual = { settings: scene.settings };
  });
  beforeEach(() => {
    Object.assign(scene, usual);
  });
  afterEach(() => {
    expect(scene.leaks()).toEqual([]);
  });
  afterAll(async () => {
    await scene.stop();
  });

  const results = ({ jobs }: WorkflowRun): Record<string, string> =>
    Object.fromEntries(jobs.map(({ name, result }) => [name, result]));
  const onlyDev = (): void => {
    scene.settings = { vars: { STACKS: '["dev"]', STACKS_LEFT_OUT: '["staging", "prod"]' } };
  };
  const deployAll = (
    generation: number,
    permissions: Partial<Record<Stack, string[]>> = {},
  ): Promise<WorkflowRun> =>
    scene.run(
      "deploy",
      scene.repository.push(
        Object.fromEntries(
          stacks.map((stack) => [
            pathOf(stack),
            scene.declared(stack, { generation, permissions: permissions[stack] ?? usualPermissions }),
          ]),
        ),
      ),
    );
  const wider = [...usualPermissions, "outbound:contact:view"];
  const roles = (): string[] =>
    scene.simulator.organization.store.state.roles.map(({ version }) => version.name);
  /** What git asks before it takes a push; the name of the branch is its first argument. */
  const guardPushes = (script: string): (() => void) => {
    const path = join(scene.repository.bare, "hooks", "update");
    writeFileSync(path, `#!/bin/sh\n${script}`);
    chmodSync(path, hookMode);
    return () => {
      rmSync(path);
    };
  };

  it("deploys and proves three stacks after a merge, and a scheduled rotation finds nothing due right after", async () => {
    scene.repository.branch("note", { "NOTE.md": "A note\n" });
    const run = await scene.run("deploy", scene.repository.merge("note"));
    mustBeGreen(run);
    expect(Object.keys(results(run))).toEqual([
      "stacks",
      ...["dev", "prod", "staging"].map((stack) => `deploy (${stack})`),
      "record",
    ]);
    expect(roles()).toEqual(expect.arrayContaining(stacks.map((stack) => `reporting-reader (${stack})`)));
    expect(scene.simulator.organization.integrationCredentials.list()).toMatchObject([
      { name: integrationName },
    ]);
    const rotation = await scene.run("rotate", scene.repository.started());
    mustBeGreen(rotation);
    expect(scene.machine.github.pulls).toEqual([]);
  });

  it("records the evidence of rotations, though another job pushes in between", async () => {
    const marker = join(scene.folder, "raced");
    const others = scene.repository.files(evidenceBranch);
    const stop = guardPushes(`
[ "$1" != refs/heads/${evidenceBranch} ] || [ -e "${marker}" ] && exit 0
touch "${marker}"
blob=$(echo '{}' | git hash-object -w --stdin)
tree=$({ git ls-tree ${evidenceBranch}; printf '100644 blob %s\\tother.json\\n' "$blob"; } | git mktree)
commit=$(git -c user.name=Other -c user.email=other@acme.example commit-tree -m "Of another job" $(git rev-parse --verify --quiet ${evidenceBranch} | sed 's/^/-p /') "$tree")
git update-ref refs/heads/${evidenceBranch} "$commit"
exit 1
`);
    const run = await deployAll(1).finally(stop);
    mustBeGreen(run);
    expect(told(run)).toContain("The push was refused (attempt 1");
    expect(others).not.toContain("other.json");
    expect(scene.repository.files(evidenceBranch)).toEqual(
      expect.arrayContaining(["other.json", ...stacks.map((stack) => `${stack}-nightly-report-1.json`)]),
    );
  });

  it("mistake: what fails in the second stack is not tried in the third", async () => {
    const allowed = (): unknown =>
      scene.simulator.organization.store.state.roles.map(({ version }) => version);
    const before = structuredClone(allowed());
    const run = await deployAll(1, { staging: ["routing:queue:veiw"], prod: wider });
    expect(results(run)).toMatchObject({
      "deploy (dev)": "success",
      "deploy (staging)": "failure",
      "deploy (prod)": "cancelled",
    });
    expect(run.conclusion).toBe("failure");
    expect(told(run)).toContain("routing:queue:veiw");
    expect(allowed()).toEqual(before);
  });

  it("mistake: a deployer without a permission is red, and the permission is named", async () => {
    onlyDev();
    const without = deployerPermissions.filter((permission) => permission !== "authorization:role:edit");
    scene.simulator.organization.seed({ roles: [{ id: deployerRoleId, permissions: without }] });
    const run = await deployAll(1, { dev: wider });
    scene.simulator.organization.seed({
      roles: [{ id: deployerRoleId, permissions: [...deployerPermissions] }],
    });
    expect(run.conclusion).toBe("failure");
    expect(told(run)).toMatch(/lacks authorization:role:edit/);
  });

  it("mistake: consumers that could not sign in are red after a deployment that changed nothing", async () => {
    onlyDev();
    scene.breakPair("dev");
    const run = await deployAll(1);
    expect(results(run)).toMatchObject({ "deploy (dev)": "failure" });
    const step = run.jobs
      .find(({ name }) => name === "deploy (dev)")
      ?.steps.find(({ name }) => name === "Deploy and prove");
    expect(step?.log).toMatch(/unchanged/);
    expect(step?.log).toMatch(/nightly-report/);
  });

  it("mistake: a missing setting of an environment is named before anything is changed", async () => {
    onlyDev();
    const environments = scene.environments;
    const { DEPLOY_ROLE_ARN: _left, ...vars } = environments["dev"]!.vars!;
    scene.environments = { ...environments, dev: { ...environments["dev"], vars } };
    const run = await deployAll(1);
    scene.environments = environments;
    expect(results(run)).toMatchObject({ "deploy (dev)": "failure" });
    expect(told(run)).toContain(
      "missing: variable DEPLOY_ROLE_ARN; set them in Settings > Environments > dev",
    );
  });
});
