// Rotation on the real engine: what it costs, what the secret names after each step, and that the current client is never touched.
import { deployerClientId } from "../../sandbox/genesys/seed";
import { credential, impatience, mustSucceed, RotationScene, until } from "./rotationScene";
import { describeEngine, engineTestTimeoutMs } from "./world";

jest.setTimeout(engineTestTimeoutMs);

const other = "crm-sync";
/** POST, token and identity of the new client, PUT inactive, DELETE, GET. */
const requestsOfOneRotation = 7;
/** What all rotations of a run share: the deployer's token and identity, and the list of clients. */
const sharedRequests = 3;

describeEngine("a rotation", () => {
  let scene: RotationScene;
  beforeAll(async () => {
    scene = await RotationScene.create();
    await scene.apply({ [credential]: { generation: 0 }, [other]: { generation: 0 } });
  });
  afterAll(async () => {
    await scene.stop();
  });

  const requests = (): string[] =>
    scene.simulator.requestLog.entries.map(({ method, path, clientId }) => {
      const who = clientId === deployerClientId ? "deployer" : "new client";
      return `${who}: ${method} ${(path.split("?")[0] ?? "").replace(/[0-9a-f-]{36}/, "{id}")}`;
    });

  it("the first one adds the second client and keeps the first", async () => {
    const former = scene.current();
    scene.clearLogs();
    await scene.apply({ [credential]: { generation: 1 }, [other]: { generation: 1 } });
    expect(scene.puts()).toBe(2);
    expect(scene.current().clientId).not.toBe(former.clientId);
    expect(scene.stored("AWSPREVIOUS")).toEqual(former);
    expect(await scene.works(former)).toBe(true);
    expect(await scene.works(scene.current())).toBe(true);
    expect(scene.clients()).toHaveLength(4);
    await scene.mustShowNoDrift();
  });

  it("costs seven requests, verification included, and one PutSecretValue, besides what a run shares", async () => {
    const former = scene.current();
    scene.clearLogs();
    await scene.apply({ [credential]: { generation: 2 }, [other]: { generation: 1 } });
    expect(requests()).toEqual([
      "deployer: POST /oauth/token",
      "deployer: GET /api/v2/tokens/me",
      "deployer: GET /api/v2/authorization/roles", // an existing role is found by its name, once a run
      "deployer: GET /api/v2/oauth/clients",
      "deployer: POST /api/v2/oauth/clients",
      "new client: POST /oauth/token",
      "new client: GET /api/v2/tokens/me",
      "deployer: GET /api/v2/oauth/clients/{id}", // a deactivation changes nothing but the state
      "deployer: PUT /api/v2/oauth/clients/{id}",
      "deployer: DELETE /api/v2/oauth/clients/{id}",
      "deployer: GET /api/v2/oauth/clients/{id}",
    ]);
    const forOne = requests().length;
    expect(forOne).toBe(requestsOfOneRotation + sharedRequests + 1);
    expect(scene.puts()).toBe(1);
    expect(scene.stored("AWSPREVIOUS")).toEqual(former);
    await scene.mustShowNoDrift();

    scene.clearLogs();
    await scene.apply({ [credential]: { generation: 3 }, [other]: { generation: 2 } });
    expect(requests().length - forOne).toBe(requestsOfOneRotation);
    expect(scene.puts()).toBe(2);
    expect(await scene.works(scene.current(other))).toBe(true);
    await scene.mustBeSettled();
  });

  it("taken back, moves the label to the version that is there, and cuts nobody off", async () => {
    await scene.apply({ [credential]: { generation: 2 } });
    const former = scene.current();
    await scene.apply({ [credential]: { generation: 3 } });
    const left = scene.current();
    scene.clearLogs();
    await scene.apply({ [credential]: { generation: 2 } });
    expect(scene.current()).toEqual(former);
    expect(scene.stored("AWSPREVIOUS")).toEqual(left);
    expect(scene.puts()).toBe(0);
    expect(scene.simulator.requestLog.count({ method: "POST", path: "/api/v2/oauth/clients" })).toBe(0);
    expect(scene.simulator.requestLog.count({ method: "DELETE" })).toBe(0);
    expect(await scene.works(former)).toBe(true);
    expect(await scene.works(left)).toBe(true);
    await scene.mustShowNoDrift();
  });

  it("again after it was taken back, is a rotation like any other: a new client takes the idle one's place", async () => {
    const former = scene.current();
    const left = scene.stored("AWSPREVIOUS");
    await scene.apply({ [credential]: { generation: 3 } });
    expect(scene.current().clientId).not.toBe(left?.clientId);
    expect(scene.stored("AWSPREVIOUS")).toEqual(former);
    expect(await scene.works(former)).toBe(true);
    expect(scene.clients()).toHaveLength(2);
    await scene.mustShowNoDrift();
    await scene.apply({ [credential]: { generation: 2 } });
  });

  it("by two replaces both clients", async () => {
    const before = scene.clients().map(({ id }) => id);
    const former = scene.current();
    await scene.apply({ [credential]: { generation: 4 } });
    expect(scene.clients()).toHaveLength(2);
    expect(scene.clients().filter(({ id }) => before.includes(id))).toEqual([]);
    expect(await scene.works(former)).toBe(false);
    expect(await scene.works(scene.current())).toBe(true);
    await scene.mustShowNoDrift();
  });

  it.each([
    ["previous: revoked", { previous: "revoked" }, ["active", "inactive"]],
    ["previous: keep again", { previous: "keep" }, ["active", "active"]],
    ["overlap: none", { overlap: "none" }, ["active"]],
    ["overlap: previous again", { overlap: "previous" }, ["active", "active"]],
    ["revoked: true", { revoked: true }, ["inactive", "inactive"]],
    ["revoked: false again", { revoked: false }, ["active", "active"]],
  ] as const)(
    "a switch to %s leaves the current client and the secret alone",
    async (_name, settings, states) => {
      const current = scene.current();
      scene.clearLogs();
      await scene.apply({ [credential]: { generation: 4, ...settings } });
      expect(scene.current()).toEqual(current);
      expect(scene.puts()).toBe(0);
      const { requestLog } = scene.simulator;
      expect(
        requestLog.find({ method: "DELETE", path: `/api/v2/oauth/clients/${current.clientId}` }),
      ).toEqual([]);
      const byPlace = scene.clients().sort((a) => (a.id === current.clientId ? -1 : 1));
      expect(byPlace.map(({ state }) => state)).toEqual(states);
      expect(byPlace[0]?.id).toBe(current.clientId);
      expect(await scene.works(current)).toBe(states[0] === "active");
      await scene.mustShowNoDrift();
    },
  );

  it("without overlap, the old client works until the end of the same update, and is gone then", async () => {
    await scene.apply({ [credential]: { generation: 4, overlap: "none" } });
    const old = scene.current();
    const path = `/api/v2/oauth/clients/${old.clientId}`;
    scene.simulator.faults.arm({ match: { method: "PUT", path }, kind: "timeout" });
    scene.declare({ [credential]: { generation: 5, overlap: "none" } });
    scene.clearLogs();
    const update = scene.up({ env: impatience });
    await until(
      "the old client's deactivation",
      () => scene.simulator.requestLog.count({ method: "PUT", path }) > 0,
    );
    expect(scene.current().clientId).not.toBe(old.clientId);
    expect(await scene.works(old)).toBe(true);
    expect(await scene.works(scene.current())).toBe(true);
    mustSucceed(await update);
    expect(scene.clients().map(({ id }) => id)).toEqual([scene.current().clientId]);
    expect(await scene.works(old)).toBe(false);
    await scene.mustBeSettled();
  });
});
