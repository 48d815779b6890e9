// An integration credential on the real engine: made with the credential, moved by a rotation after verification, never blanked, taken away.
import { classify } from "../../cli/review/classify/classify";
import { defaultSettings } from "../../cli/review/classify/exclusions";
import { parsePreview } from "../../cli/review/plan/preview";
import { renderText } from "../../cli/review/render/renderText";
import { planOf } from "../../cli/review/plan/stackPlan";
import type { IntegrationCredential } from "../../sandbox/genesys/state";
import { deployerClientId, organizationId } from "../../sandbox/genesys/seed";
import { mustSucceed } from "./rotationScene";
import { createEngineWorld, describeEngine, type EngineWorld, engineTestTimeoutMs } from "./world";

jest.setTimeout(engineTestTimeoutMs);

const name = "Data actions: nightly report";
const credentialsPath = "/api/v2/integrations/credentials";
const driftGate = ["refresh", "--preview-only", "--expect-no-changes"];
const update = ["up", "--yes", "--skip-preview"];
/** A delay on the organisation's clock that no test outlasts. Milliseconds. */
const forLongMs = 3_600_000;
const impatience = { GENESYSCLOUD_WAIT_SECONDS: "1", GENESYSCLOUD_TIMEOUT_SECONDS: "2" };

const declared = (generation: number, changes = "", description = "Nightly report"): string => `config:
  aws:region: eu-west-1
  genesys-credentials:organization: { id: ${organizationId} }
  genesys-credentials:credentials:
    nightly-report:
      description: ${description}
      roles: [{ existing: employee }]
      rotation: { generation: ${generation} }
      secret: { recoveryWindowInDays: 0 }
${changes}`;
const integration = `      integrationCredential: { name: "${name}" }\n`;

describeEngine("an integration credential", () => {
  let world: EngineWorld;
  beforeAll(async () => {
    world = await createEngineWorld({ hosts: "staying" });
  });
  afterAll(async () => {
    await world.stop();
  });

  const declare = (...parameters: Parameters<typeof declared>): void => {
    world.writeStack("dev", declared(...parameters));
  };
  const held = (): readonly IntegrationCredential[] =>
    world.simulator.organization.integrationCredentials.list();
  /** The id and secret of the client that was made last, past the API. */
  const newest = (): { clientId: string; clientSecret: string } => {
    const [client] = [...world.simulator.organization.store.state.clients]
      .filter(({ id }) => id !== deployerClientId)
      .sort((one, other) => other.createdAt - one.createdAt);
    return { clientId: client!.id, clientSecret: client!.secret };
  };
  /** The review of what the stack file declares now. */
  const reviewed = async (): Promise<string> => {
    const { stdout } = await world.pulumi(["preview", "--json"]);
    return renderText([classify(planOf(parsePreview(stdout, "test")), defaultSettings, Date.now())]);
  };
  const requests = (): string[] =>
    world.simulator.requestLog.entries.map(({ method, path, clientId }) => {
      const who = clientId === deployerClientId ? "deployer" : "new client";
      return `${who}: ${method} ${(path.split("?")[0] ?? "").replace(/[0-9a-f-]{36}/, "{id}")}`;
    });

  it("is made in the same update, and a preview without changes asks nobody", async () => {
    declare(0, integration);
    expect(await reviewed()).toMatch(
      /WIDER +its key also goes to a new integration credential, Data actions: nightly report/,
    );
    mustSucceed(await world.pulumi(update));
    expect(held()).toMatchObject([{ name, typeName: "pureCloudOAuthClient", fields: newest() }]);
    world.simulator.requestLog.clear();
    mustSucceed(await world.pulumi(["preview", "--expect-no-changes"]));
    expect(world.simulator.requestLog.count()).toBe(0);
    mustSucceed(await world.pulumi(driftGate));
  });

  it("is not touched by a change of the client that keeps its pair", async () => {
    declare(0, integration, "Another description");
    expect(await reviewed()).not.toContain("integration credential"); // Pulumi suspects a change, the review knows better
    world.simulator.requestLog.clear();
    mustSucceed(await world.pulumi(update));
    expect(world.simulator.requestLog.count({ method: "PUT", path: /oauth\/clients/ })).toBe(1);
    expect(world.simulator.requestLog.count({ path: credentialsPath })).toBe(0);
    expect(held()).toMatchObject([{ fields: newest() }]);
  });

  it("gets the new client after that was verified, and before the former one goes, for three requests", async () => {
    declare(1, integration, "Another description");
    mustSucceed(await world.pulumi(update));
    declare(2, integration, "Another description");
    expect(await reviewed()).toMatch(
      /integration credential .* gets the key of the new client in the same update/,
    );
    world.simulator.requestLog.clear();
    mustSucceed(await world.pulumi(update));
    expect(held()).toMatchObject([{ fields: newest() }]);
    expect(requests()).toEqual([
      "deployer: POST /oauth/token",
      "deployer: GET /api/v2/tokens/me",
      "deployer: GET /api/v2/authorization/roles",
      "deployer: GET /api/v2/oauth/clients",
      "deployer: POST /api/v2/oauth/clients",
      "new client: POST /oauth/token",
      "new client: GET /api/v2/tokens/me",
      `deployer: GET ${credentialsPath}/{id}`,
      `deployer: PUT ${credentialsPath}/{id}`,
      `deployer: GET ${credentialsPath}/{id}`,
      "deployer: GET /api/v2/oauth/clients/{id}",
      "deployer: PUT /api/v2/oauth/clients/{id}",
      "deployer: DELETE /api/v2/oauth/clients/{id}",
      "deployer: GET /api/v2/oauth/clients/{id}",
    ]);
    mustSucceed(await world.pulumi(driftGate));
  });

  it("keeps the former client where the new one fails, or where the stored secret cannot be written", async () => {
    const before = held()[0]!.fields;
    world.simulator.organization.setConsistency({ clientMintsAfterMs: forLongMs });
    declare(3, integration, "Another description");
    const unverified = await world.pulumi(update, { env: impatience });
    world.simulator.organization.setConsistency({ clientMintsAfterMs: 0 });
    expect(unverified.stdout + unverified.stderr).toContain("VERIFICATION_FAILED");
    expect(held()).toMatchObject([{ fields: before }]);

    world.secretsManager.faults.arm({ operation: "PutSecretValue", kind: "accessDenied", times: 1000 });
    const unstored = await world.pulumi(update, { env: impatience });
    world.secretsManager.faults.clear();
    expect(unstored.exitCode).not.toBe(0);
    expect(held()).toMatchObject([{ fields: before }]);

    mustSucceed(await world.pulumi(update));
    expect(held()).toMatchObject([{ fields: newest() }]);
  });

  it("that could not be written is finished, or taken back, by the next update", async () => {
    const before = held()[0]!.fields;
    declare(4, integration, "Another description");
    world.simulator.faults.arm({
      match: { method: "PUT", path: credentialsPath },
      kind: "status",
      status: 504,
      phase: "after",
      times: "always",
    });
    const failed = await world.pulumi(update, { env: impatience });
    world.simulator.faults.clear();
    expect(failed.exitCode).not.toBe(0);
    expect(held()).toMatchObject([{ fields: newest() }]); // the answer was lost, not the request
    declare(3, integration, "Another description"); // git revert: the record of before says that nothing has changed
    mustSucceed(await world.pulumi(update));
    expect(held()).toMatchObject([{ fields: before }]);
    mustSucceed(await world.pulumi(driftGate));
  });

  it("changed or deleted by hand is drift, and repaired", async () => {
    const [{ id, fields }] = held() as [IntegrationCredential];
    const byHand = { id, name: "by hand", fields: { clientId: "somebody", clientSecret: "canary-somebody" } };
    world.simulator.organization.seed({ integrationCredentials: [byHand] });
    const gate = await world.pulumi([...driftGate, "--diff"]);
    expect(gate.exitCode).not.toBe(0);
    expect(gate.stdout).toMatch(/clientId *: ".*" => "somebody"/);
    expect(gate.stdout).toMatch(/name *: ".*" => "by hand"/);
    mustSucceed(await world.pulumi([...update, "--refresh"]));
    expect(held()).toMatchObject([{ id, name, fields }]);
    world.simulator.organization.seed({ integrationCredentials: [{ id, deleted: true }] });
    mustSucceed(await world.pulumi([...update, "--refresh"]));
    expect(held()).toMatchObject([{ name, fields }]);
  });

  it("goes with its line, unless it was taken over", async () => {
    const id = "1c000000-0000-4000-8000-000000000001";
    declare(3, `      integrationCredential: { name: "By hand", id: ${id} }\n`, "Another description");
    const unknown = await world.pulumi(["preview"]);
    expect(unknown.stdout + unknown.stderr).toMatch(/no integration credential with the id/);
    const byHand = { id, name: "By hand", fields: { clientId: "x", clientSecret: "canary-by-hand" } };
    world.simulator.organization.seed({ integrationCredentials: [byHand] });
    const before = held()[0]!.fields;
    mustSucceed(await world.pulumi(update));
    expect(held()).toMatchObject([{ id, name: "By hand", fields: before }]);
    declare(3, "", "Another description");
    const removed = await world.pulumi(update);
    mustSucceed(removed);
    expect(removed.stdout).toMatch(/taken over and not made by this stack: it stays in Genesys/);
    expect(held()).toMatchObject([{ id, fields: before }]);
  });

  it("goes with the stack", async () => {
    declare(4, integration, "Another description");
    mustSucceed(await world.pulumi(update));
    mustSucceed(await world.pulumi(["destroy", "--yes", "--skip-preview"]));
    expect(held().filter((one) => one.name === name)).toEqual([]);
  });
});
