// Which requests the simulator refuses, and which odd ones it accepts.
import { deployerClientId, employeeRoleId, homeDivisionId } from "../../../sandbox/genesys/seed";
import { expectRefusal } from "./expectRefusal";
import { type Answer, clientBody, roleBody, SimulatorWorld } from "./simulatorWorld";

let world: SimulatorWorld;

beforeEach(async () => {
  world = await SimulatorWorld.start();
});

afterEach(async () => {
  await world.stop();
});

describe("what is sent", () => {
  test("a wrong content type, malformed JSON, a body that is no object, a body that is too large", async () => {
    const post = (options: object): Promise<Answer> =>
      world.call("POST", "/oauth/clients", undefined, options);
    expectRefusal(await post({ raw: "{}", contentType: "text/plain" }), 415, "unsupported.media.type");
    expectRefusal(
      await post({ raw: "a=1", contentType: "application/x-www-form-urlencoded" }),
      415,
      "unsupported.media.type",
    );
    expectRefusal(await post({ raw: "{" }), 400, "bad.request");
    expectRefusal(await post({ raw: "[]" }), 400, "bad.request");
    expectRefusal(await post({}), 400, "bad.request");
    expectRefusal(
      await post({ raw: JSON.stringify({ name: "x".repeat(512_000) }) }),
      413,
      "request.entity.too.large",
    );
    expect(
      (await post({ raw: JSON.stringify(clientBody()), contentType: "application/json; charset=utf-8" }))
        .status,
    ).toBe(200);
  });

  test.each([
    [{ authorizedGrantType: undefined }, "grant.type.required"],
    [{ authorizedGrantType: "CLIENT_CREDENTIALS" }, "bad.grant.type"],
    [{ roleDivisions: undefined }, "missing.client.roles"],
    [{ roleDivisions: [] }, "missing.client.roles"],
    [{ roleDivisions: [{ roleId: employeeRoleId }] }, "constraint.validation"],
    [{ roleDivisions: "employee" }, "invalid.value"],
    [{ roleDivisions: [{ roleId: "nowhere", divisionId: homeDivisionId }] }, "bad.request"],
    [{ roleDivisions: [{ roleId: employeeRoleId, divisionId: "nowhere" }] }, "bad.request"],
    [{ name: undefined }, "constraint.validation"],
    [{ name: " " }, "constraint.validation"],
    [{ name: 7 }, "invalid.value"],
    [{ accessTokenValiditySeconds: 299 }, "invalid.value"],
    [{ accessTokenValiditySeconds: 38_880_001 }, "invalid.value"],
    [{ accessTokenValiditySeconds: 300.5 }, "invalid.value"],
    [{ accessTokenValiditySeconds: "3600" }, "invalid.value"],
    [{ state: "deleted" }, "invalid.value"],
    [{ dateToDelete: "tomorrow" }, "invalid.date"],
  ])("a client with %j is refused with %s and not created", async (changes, code) => {
    expectRefusal(await world.call("POST", "/oauth/clients", clientBody(changes)), 400, code);
    expect((await world.call("GET", "/oauth/clients")).body.total).toBe(1);
  });

  test("the limits themselves, null fields, unknown and read-only keys are accepted", async () => {
    for (const accessTokenValiditySeconds of [300, 38_880_000]) {
      expect(await world.createClient({ accessTokenValiditySeconds })).toMatchObject({
        accessTokenValiditySeconds,
      });
    }
    const client = await world.createClient({
      description: null,
      state: null,
      id: "mine",
      secret: "mine",
      selfUri: "/mine",
      allowedAddresses: ["10.0.0.0/8"],
    });
    expect(client).toMatchObject({ state: "active", accessTokenValiditySeconds: 86_400 });
    expect(client.id).not.toBe("mine");
    expect(client.secret).toMatch(/^canary-/);
    const whole = (await world.call("GET", "/oauth/clients")).body.entities.find(
      (one) => one.id === client.id,
    );
    const put = await world.call("PUT", `/oauth/clients/${client.id}`, { ...whole, state: "inactive" });
    expect([put.status, put.body.state]).toEqual([200, "inactive"]);
  });

  test("dates say when a client was made and last changed, a new secret included", async () => {
    const { id } = await world.createClient();
    const dates = async (): Promise<unknown> => {
      const { dateCreated, dateModified } = (await world.call("GET", `/oauth/clients/${id}`)).body;
      return [dateCreated, dateModified];
    };
    const made = "2026-11-01T09:00:00.000Z";
    expect(await dates()).toEqual([made, made]);
    world.clock.advance(1000);
    await world.call("PUT", `/oauth/clients/${id}`, clientBody());
    expect(await dates()).toEqual([made, "2026-11-01T09:00:01.000Z"]);
    world.clock.advance(1000);
    await world.call("POST", `/oauth/clients/${id}/secret`);
    expect(await dates()).toEqual([made, "2026-11-01T09:00:02.000Z"]);
  });

  test("a client of another grant type needs no role and gets none; PUT changes the grant type in place", async () => {
    const code = await world.createClient({
      authorizedGrantType: "CODE",
      registeredRedirectUri: ["https://app.test"],
    });
    expect(code).toMatchObject({ roleDivisions: [], registeredRedirectUri: ["https://app.test"] });
    const put = await world.call("PUT", `/oauth/clients/${code.id}`, clientBody());
    expect(put.body).toMatchObject({ id: code.id, authorizedGrantType: "CLIENT-CREDENTIALS" });
    expect((await world.mint(code.id, code.secret)).status).toBe(200);
  });

  test("roleIds, though deprecated, mean the home division; roleDivisions win over them", async () => {
    const roleDivisions = [{ roleId: employeeRoleId, divisionId: homeDivisionId }];
    expect(await world.createClient({ roleDivisions: undefined, roleIds: [employeeRoleId] })).toMatchObject({
      roleDivisions,
    });
    expect(await world.createClient({ roleIds: ["nowhere"] })).toMatchObject({ roleDivisions });
  });

  test.each([
    [{ name: undefined }, 400, "constraint.validation"],
    [{ name: "EMPLOYEE" }, 409, "general.conflict"],
    [{ permissionPolicies: "all" }, 400, "invalid.value"],
    [{ permissionPolicies: [{ domain: "routing", actionSet: ["view"] }] }, 400, "constraint.validation"],
    [
      { permissionPolicies: [{ domain: "routing", entityName: "queue", actionSet: [] }] },
      400,
      "constraint.validation",
    ],
  ])("a role with %j is refused", async (changes, status, code) => {
    expectRefusal(await world.call("POST", "/authorization/roles", roleBody(changes)), status, code);
  });

  test("a default role keeps its name, cannot be deleted, and can be restored", async () => {
    const path = `/authorization/roles/${employeeRoleId}`;
    expectRefusal(await world.call("PUT", path, roleBody({ name: "worker" })), 400, "bad.request");
    expectRefusal(await world.call("DELETE", path), 400, "bad.request");
    const before = (await world.call("GET", path)).body;
    expect(
      (await world.call("PUT", path, roleBody({ name: "employee" }))).body.permissionPolicies,
    ).toHaveLength(1);
    await world.call("PUT", "/authorization/roles/default", [{ id: employeeRoleId }]);
    expect((await world.call("GET", path)).body).toEqual(before);
  });

  test("lists and grants say what is wrong with a request", async () => {
    const ids = Array.from({ length: 101 }, (_, index) => `id-${index}`).join(",");
    expectRefusal(await world.call("GET", `/authorization/roles?id=${ids}`), 400, "max.role.ids");
    expectRefusal(
      await world.call("GET", "/authorization/roles?pageSize=0"),
      400,
      "invalid.query.param.value",
    );
    expectRefusal(
      await world.call("GET", "/authorization/roles?pageNumber=x"),
      400,
      "invalid.query.param.value",
    );
    const grants = [{ roleId: employeeRoleId, divisionId: homeDivisionId }];
    const add = (subject: string, type: string, body: unknown): Promise<Answer> =>
      world.call("POST", `/authorization/subjects/${subject}/bulkadd?subjectType=${type}`, body);
    expectRefusal(await add("nobody", "PC_OAUTH_CLIENT", { grants }), 404, "not.found");
    expectRefusal(await add(deployerClientId, "PC_USER", { grants }), 404, "not.found");
    expectRefusal(await add(deployerClientId, "CLIENT", { grants }), 400, "invalid.value");
    expectRefusal(await add(deployerClientId, "PC_OAUTH_CLIENT", {}), 400, "constraint.validation");
    expectRefusal(await add(deployerClientId, "PC_OAUTH_CLIENT", { grants: [] }), 400, "bad.request");
    const unknown = [{ roleId: "nowhere", divisionId: homeDivisionId }];
    expectRefusal(await add(deployerClientId, "PC_OAUTH_CLIENT", { grants: unknown }), 404, "not.found");
    expectRefusal(await world.call("GET", "/authorization/subjects/nobody"), 404, "not.found");
    expectRefusal(await world.call("GET", "/organizations/limits/namespaces/none"), 404, "not.found");
  });

  test.each([
    ["PUT", "/oauth/clients/none", clientBody()],
    ["POST", "/oauth/clients/none/secret", undefined],
    ["GET", "/oauth/clients/none", undefined],
    ["DELETE", "/oauth/clients/none", undefined],
    ["GET", "/oauth/clients/none/usage/summary", undefined],
    ["PUT", "/authorization/roles/none", roleBody()],
    ["GET", "/authorization/roles/none/subjectgrants", undefined],
    ["DELETE", "/authorization/roles/none", undefined],
    ["GET", "/authorization/divisions/none", undefined],
    [
      "PUT",
      "/integrations/credentials/none",
      { name: "x", type: { name: "userDefined" }, credentialFields: {} },
    ],
  ])("%s %s is not found", async (method, path, body) => {
    expectRefusal(await world.call(method, path, body), 404, "not.found");
  });
});
