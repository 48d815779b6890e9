// Rotations that keep the clients, on the real engine: the idle client gets a new secret and nothing else, an emergency makes both new.
import { deployerClientId } from "../../sandbox/genesys/seed";
import { credential, impatience, mustSucceed, RotationScene } from "./rotationScene";
import { describeEngine, engineTestTimeoutMs } from "./world";

jest.setTimeout(engineTestTimeoutMs);

describeEngine("a rotation that keeps the clients", () => {
  let scene: RotationScene;
  beforeAll(async () => {
    scene = await RotationScene.create();
    await scene.apply({ [credential]: { generation: 0 } });
  });
  afterAll(async () => {
    await scene.stop();
  });

  const rotateTo = (generation: number, clients: "keep" | "replace" = "keep"): Promise<void> =>
    scene.apply({ [credential]: { generation, clients } });
  const ids = (): string[] =>
    scene
      .clients()
      .map(({ id }) => id)
      .sort();
  const requests = (): string[] =>
    scene.simulator.requestLog.entries.map(({ method, path, clientId }) => {
      const who = clientId === deployerClientId ? "deployer" : "its own";
      return `${who}: ${method} ${(path.split("?")[0] ?? "").replace(/[0-9a-f-]{36}/, "{id}")}`;
    });

  it("is switched on and off without touching anything that is alive", async () => {
    for (const clients of ["keep", "replace", "keep"] as const) {
      scene.clearLogs();
      await rotateTo(0, clients);
      expect(scene.simulator.requestLog.count()).toBe(0);
      expect(scene.world.secretsManager.requestLog.map(({ operation }) => operation)).not.toContain(
        "PutSecretValue",
      );
      await scene.mustShowNoDrift();
    }
  });

  it("begins with a second client, as the other way does", async () => {
    const former = scene.current();
    await rotateTo(1);
    expect(ids()).toHaveLength(2);
    expect(scene.stored("AWSPREVIOUS")).toEqual(former);
    await scene.mustShowNoDrift();
  });

  it("costs one request with the deployer's token besides its sign-in, and two with its own", async () => {
    const clients = ids();
    const former = scene.current();
    const idle = scene.stored("AWSPREVIOUS");
    scene.clearLogs();
    await rotateTo(2);
    expect(requests()).toEqual([
      "deployer: POST /oauth/token",
      "deployer: GET /api/v2/tokens/me",
      "deployer: POST /api/v2/oauth/clients/{id}/secret",
      "its own: POST /oauth/token",
      "its own: GET /api/v2/tokens/me",
    ]);
    expect(scene.puts()).toBe(1);
    expect(ids()).toEqual(clients);
    expect(scene.current().clientId).toBe(idle?.clientId);
    expect(scene.current().clientSecret).not.toBe(idle?.clientSecret);
    expect(scene.stored("AWSPREVIOUS")).toEqual(former);
    expect(await scene.works(former)).toBe(true);
    expect(await scene.works(scene.current())).toBe(true);
    await scene.mustBeSettled();
  });

  it("taken back and made again, moves the label alone", async () => {
    const [now, before] = [scene.current(), scene.stored("AWSPREVIOUS")];
    for (const [generation, named] of [
      [1, before],
      [2, now],
    ] as const) {
      scene.clearLogs();
      await rotateTo(generation);
      expect(scene.current()).toEqual(named);
      expect(scene.puts()).toBe(0);
      expect(requests().filter((request) => request.startsWith("deployer: POST /api"))).toEqual([]);
      await scene.mustShowNoDrift();
    }
    expect(await scene.works(now)).toBe(true);
  });

  it("taken back by two, makes a new secret where the stored one was given up", async () => {
    await rotateTo(3);
    const three = scene.current();
    await rotateTo(4);
    await rotateTo(5);
    scene.declare({ [credential]: { generation: 3, clients: "keep" } });
    mustSucceed(await scene.up({ env: impatience })); // the client of generation 3 has had another secret since
    expect(scene.current().clientId).toBe(three.clientId);
    expect(await scene.works(scene.current())).toBe(true);
    await scene.mustShowNoDrift();
  });

  it("in an emergency makes both clients new, and no copy of before survives", async () => {
    const [before, current, idle] = [ids(), scene.current(), scene.stored("AWSPREVIOUS")];
    await rotateTo(5);
    expect(ids()).toHaveLength(2);
    expect(ids().filter((id) => before.includes(id))).toEqual([]);
    expect(await scene.works(scene.current())).toBe(true);
    expect(await scene.works(current)).toBe(false);
    expect(idle === undefined ? true : await scene.works(idle)).toBe(false);
    await scene.mustShowNoDrift();
  });

  it("closes the overlap and opens it again", async () => {
    const former = scene.stored("AWSPREVIOUS");
    await scene.apply({ [credential]: { generation: 6, clients: "keep" } });
    await scene.apply({ [credential]: { generation: 6, clients: "keep", previous: "revoked" } });
    expect(
      scene
        .clients()
        .map(({ state }) => state)
        .sort(),
    ).toEqual(["active", "inactive"]);
    await scene.mustShowNoDrift();
    await scene.apply({ [credential]: { generation: 7, clients: "keep" } });
    expect(await scene.works(scene.current())).toBe(true);
    expect(former?.clientId).toBeDefined();
    await scene.mustShowNoDrift();
  });

  it("is revoked and restored with everything that is stored", async () => {
    const current = scene.current();
    const settings = { generation: 7, clients: "keep" } as const;
    scene.world.secretsManager.faults.arm({ operation: "DescribeSecret", kind: "accessDenied", times: 1000 });
    scene.declare({ [credential]: { ...settings, revoked: true } });
    const revoked = await scene.up(); // a revocation does not depend on AWS
    scene.world.secretsManager.faults.clear();
    mustSucceed(revoked);
    expect(await scene.works(current)).toBe(false);
    expect(scene.current()).toEqual(current);
    await scene.apply({ [credential]: settings });
    expect(scene.current()).toEqual(current);
    expect(await scene.works(current)).toBe(true);
    await scene.mustShowNoDrift();
  });

  it("goes over to replacing with the next rotation", async () => {
    const before = ids();
    const former = scene.current();
    await rotateTo(8, "replace");
    expect(ids()).toHaveLength(2);
    expect(ids().filter((id) => before.includes(id))).toEqual([former.clientId]);
    expect(await scene.works(former)).toBe(true);
    await scene.mustBeSettled();
  });
});
