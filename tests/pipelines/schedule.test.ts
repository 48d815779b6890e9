// audit.yml and drift.yml, step by step: green and silent where all is in order, otherwise red, with one issue that tells and later closes.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describeEngine } from "../engine/world";
import { accessKeyOf } from "./accounts";
import { type WorkflowRun } from "./pipeline";
import { Scene } from "./scene";
import { stacks } from "./stackFiles";
import { mustBeGreen, told } from "./told";

/** Milliseconds; alone on a machine a test needs a tenth of it. */
const timeoutMs = 900_000;
jest.setTimeout(timeoutMs);

const strangerId = "00000000-de91-4000-8000-00000000000f";
const reading = /^(Get|Describe|List|BatchGet)/;

describeEngine("the scheduled workflows", () => {
  let scene: Scene;
  let usual: Pick<Scene, "settings" | "environments">;
  beforeAll(async () => {
    scene = await Scene.create("deployed");
    usual = { settings: scene.settings, environments: scene.environments };
  });
  beforeEach(() => {
    Object.assign(scene, usual);
    scene.simulator.requestLog.clear();
    scene.secretsManager.clearRequestLog();
  });
  afterEach(() => {
    expect(scene.leaks()).toEqual([]);
    const written = scene.simulator.requestLog.entries.filter(
      ({ method, path }) => !["GET"].includes(method) && !/^\/oauth\/token|\/usage\//.test(path),
    );
    expect(written).toEqual([]);
    const asked = scene.secretsManager.requestLog.filter(
      ({ accessKeyId, operation }) => accessKeyId !== accessKeyOf("audit") || !reading.test(operation),
    );
    expect(asked).toEqual([]);
  });
  afterAll(async () => {
    await scene.stop();
  });

  const results = ({ jobs }: WorkflowRun): Record<string, string> =>
    Object.fromEntries(jobs.map(({ name, result }) => [name, result]));
  const summaryOf = ({ jobs }: WorkflowRun, job: string): string | undefined =>
    jobs.find(({ name }) => name === job)?.summary;
  const onlyDev = (): void => {
    scene.settings = { vars: { STACKS: '["dev"]', STACKS_LEFT_OUT: '["staging", "prod"]' } };
  };
  const run = (name: "audit" | "drift"): Promise<WorkflowRun> => scene.run(name, scene.repository.started());
  const issues = (label: string): Scene["machine"]["github"]["issues"] =>
    scene.machine.github.issues.filter(({ labels }) => labels.includes(label));
  /** What the last run kept. */
  const artifact = (name: string, file: string): string => {
    const runs = join(scene.folder, "runs");
    const last = readdirSync(runs).sort((one, other) => parseInt(other) - parseInt(one))[0] ?? "";
    return readFileSync(join(runs, last, "artifacts", name, file), "utf8");
  };

  it("an audit of three stacks in order is green, opens no issue, and keeps its page, its JSON and its SARIF", async () => {
    const ran = await run("audit");
    mustBeGreen(ran);
    expect(issues("credentials-audit")).toEqual([]);
    for (const stack of stacks) {
      expect(JSON.parse(artifact(`audit-${stack}`, `${stack}.json`))).toMatchObject({
        stacks: [{ stack, isLive: true }],
        findings: [],
        notChecked: [],
      });
      expect(JSON.parse(artifact(`audit-${stack}`, `${stack}.sarif`))).toMatchObject({ version: "2.1.0" });
      expect(artifact(`audit-${stack}`, `${stack}.html`)).toContain("<html");
    }
  });

  it("three stacks without drift are green, and open no issue", async () => {
    const ran = await run("drift");
    mustBeGreen(ran);
    expect(issues("credentials-drift")).toEqual([]);
  });

  it("mistake: a client that nobody declares is red in the audit, in code scanning, and opens one issue", async () => {
    onlyDev();
    scene.settings = { vars: { ...scene.settings.vars, CODE_SCANNING: "true" } };
    scene.simulator.organization.seed({
      clients: [{ id: strangerId, name: "made-by-hand", description: "", roleDivisions: [] }],
    });
    const ran = await run("audit");
    expect(results(ran)).toEqual({ stacks: "success", "audit (dev)": "failure", report: "success" });
    expect(issues("credentials-audit")).toMatchObject([{ state: "OPEN" }]);
    expect(issues("credentials-audit")[0]?.body).toContain("| `dev` | **findings** |");
    expect(artifact("audit-dev", "dev.sarif")).toContain("made-by-hand");
    const named = `\`unmanaged-client\`: \`OAuth client "made-by-hand" (${strangerId})\``;
    expect([issues("credentials-audit")[0]?.body, summaryOf(ran, "audit (dev)")]).toEqual([
      expect.stringContaining(named),
      expect.stringContaining(named),
    ]);
    await run("audit");
    expect(issues("credentials-audit")).toHaveLength(1);
    scene.simulator.organization.seed({ clients: [{ id: strangerId, deleted: true }] });
    const clean = await run("audit");
    mustBeGreen(clean);
    expect(issues("credentials-audit")).toMatchObject([{ state: "CLOSED" }]);
  });

  it("mistake: an audit that could not ask is told apart from one that found something", async () => {
    onlyDev();
    const own = usual.environments["dev-audit"]!;
    scene.environments = {
      ...usual.environments,
      "dev-audit": {
        ...own,
        secrets: { ...own.secrets, GENESYSCLOUD_OAUTHCLIENT_SECRET: "canary-former-secret" },
      },
    };
    const ran = await run("audit");
    expect(results(ran)).toEqual({ stacks: "success", "audit (dev)": "failure", report: "failure" });
    expect(issues("credentials-audit").at(-1)?.body).toContain("| `dev` | **could not be looked at** |");
  });

  it("mistake: what a person changed in Genesys is red in the night, and opens one issue", async () => {
    onlyDev();
    const id = scene.clientOf("dev");
    const former = scene.simulator.organization.store.state.clients.find((one) => one.id === id)?.version
      .name;
    scene.simulator.organization.seed({ clients: [{ id, name: "renamed by hand" }] });
    const ran = await run("drift");
    expect(results(ran)).toEqual({ stacks: "success", "drift (dev)": "failure", report: "success" });
    expect(told(ran)).toContain("renamed by hand");
    expect(issues("credentials-drift")).toMatchObject([{ state: "OPEN" }]);
    scene.simulator.organization.seed({ clients: [{ id, name: former! }] });
    const clean = await run("drift");
    mustBeGreen(clean);
    expect(issues("credentials-drift")).toMatchObject([{ state: "CLOSED" }]);
  });

  it("mistake: a stack that Pulumi's backend does not have is red, and the issue says that nobody looked", async () => {
    onlyDev();
    const own = usual.environments["dev-audit"]!;
    scene.environments = {
      ...usual.environments,
      "dev-audit": { ...own, vars: { ...own.vars, PULUMI_BACKEND_URL: `file://${scene.folder}` } },
    };
    const ran = await run("drift");
    expect(results(ran)).toEqual({ stacks: "success", "drift (dev)": "failure", report: "failure" });
    expect(issues("credentials-drift").at(-1)?.body).toContain("**could not be looked at**");
  });
});
