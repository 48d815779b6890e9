// What the simulator refuses, and in which words: status, code, body, headers.
import {
  adminRoleId,
  deployerClientId,
  deployerClientSecret,
  employeeRoleId,
  homeDivisionId,
} from "../../../sandbox/genesys/seed";
import { type Answer, clientBody, roleBody, SimulatorWorld, type Wire } from "./simulatorWorld";

let world: SimulatorWorld;

beforeEach(async () => {
  world = await SimulatorWorld.start();
});

afterEach(async () => {
  await world.stop();
});

/** Every refusal of the API has this form. */
function expectRefusal(answer: Answer, status: number, code: string): void {
  expect(answer.body).toEqual({
    message: expect.any(String),
    code,
    status,
    contextId: answer.headers.get("inin-correlation-id"),
    details: [],
    errors: [],
  });
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
}

test("every answer has a correlation id of its own, JSON, and no rate headers", async () => {
  const answers = [
    await world.call("GET", "/organizations/me"),
    await world.call("GET", "/nowhere"),
    await world.mint(deployerClientId, deployerClientSecret),
    await world.mint(deployerClientId, "wrong"),
  ];
  const ids = answers.map((answer) => answer.headers.get("inin-correlation-id"));
  expect(new Set(ids).size).toBe(4);
  for (const answer of answers) {
    expect(answer.headers.get("inin-correlation-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    expect([...answer.headers.keys()].filter((name) => name.includes("ratelimit"))).toEqual([]);
  }
});

describe("the token endpoint", () => {
  const refusal = (error: string, text: string): object => ({
    error,
    description: text,
    error_description: text,
  });

  test("an unknown client gets 400, a wrong secret 401, both with three keys", async () => {
    const unknown = await world.mint("00000000-0000-4000-8000-00000000dead", "canary-x");
    expect([unknown.status, unknown.body]).toEqual([400, refusal("invalid_client", "client not found")]);
    const wrong = await world.mint(deployerClientId, "canary-wrong");
    expect([wrong.status, wrong.body]).toEqual([401, refusal("invalid_client", "authentication failed")]);
  });

  test("a request that is not the client-credentials grant is refused", async () => {
    const other = await world.mint(deployerClientId, deployerClientSecret, "grant_type=password");
    expect([other.status, other.body.error]).toEqual([400, "unsupported_grant_type"]);
    const none = await world.mint(deployerClientId, deployerClientSecret, "");
    expect([none.status, none.body.error]).toEqual([400, "unsupported_grant_type"]);
    const json = await world.mint(deployerClientId, deployerClientSecret, "{}", "application/json");
    expect(json.status).toBe(415);
    const bare = await fetch(`${world.simulator.url}/oauth/token`, {
      method: "POST",
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    expect([bare.status, ((await bare.json()) as Wire).error]).toEqual([400, "invalid_request"]);
  });

  test("a token lives as long as its client says", async () => {
    const client = await world.createClient({ accessTokenValiditySeconds: 300 });
    const token = await world.mint(client.id, client.secret);
    expect(token.body).toEqual({
      access_token: expect.stringMatching(/^canary-token-/),
      token_type: "bearer",
      expires_in: 300,
    });
    world.clock.advance(299_999);
    expect(await world.tokenStatus(token.body.access_token)).toBe(200);
    world.clock.advance(1);
    const expired = await world.call("GET", "/tokens/me", undefined, { token: token.body.access_token });
    expectRefusal(expired, 401, "credentials.expired");
  });
});

describe("who calls", () => {
  test("no token, an unknown token", async () => {
    expectRefusal(
      await world.call("GET", "/tokens/me", undefined, { token: null }),
      401,
      "authentication.required",
    );
    expectRefusal(
      await world.call("GET", "/oauth/clients", undefined, { token: "nope" }),
      401,
      "bad.credentials",
    );
    expectRefusal(
      await world.call("GET", "/nowhere", undefined, { token: null }),
      401,
      "authentication.required",
    );
    expect((await world.call("HEAD", "/tokens/me", undefined, { token: "nope" })).status).toBe(401);
  });

  test("who calls is asked before what is sent", async () => {
    const answer = await world.call("POST", "/oauth/clients", undefined, {
      token: "nope",
      raw: "{",
      contentType: "text/plain",
    });
    expectRefusal(answer, 401, "bad.credentials");
  });

  test("a permission that is missing is named", async () => {
    const { token } = await world.createClientWithToken();
    const one = await world.call("POST", "/oauth/clients", clientBody(), { token });
    expectRefusal(one, 403, "missing.permissions");
    expect(one.body.message).toBe(
      "Unable to perform the requested action. You are missing the following permission(s): oauth:client:add",
    );
    const any = await world.call("GET", `/oauth/clients/${deployerClientId}/usage/summary`, undefined, {
      token,
    });
    expectRefusal(any, 403, "missing.any.permissions");
    expect(any.body.message).toBe(
      "Unable to perform the requested action. You must have at least one of the following permissions assigned: [oauth:client:view, usage:client:view]",
    );
    expect((await world.call("GET", "/tokens/me", undefined, { token })).status).toBe(200);
  });

  test("wildcards in a role give what they cover and nothing else", async () => {
    world.simulator.organization.seed({
      clients: [
        {
          id: "admin-client",
          name: "admin-client",
          secret: "canary-admin",
          roleDivisions: [{ roleId: adminRoleId, divisionId: "*" }],
        },
      ],
    });
    const token = (await world.mint("admin-client", "canary-admin")).body.access_token;
    expect((await world.call("GET", "/oauth/clients", undefined, { token })).status).toBe(200);
    expect((await world.call("GET", "/integrations/credentials", undefined, { token })).status).toBe(200);
    world.simulator.organization.seed({ roles: [{ id: adminRoleId, permissions: ["oauth:client:*"] }] });
    expect((await world.call("GET", "/oauth/clients", undefined, { token })).status).toBe(200);
    expect((await world.call("GET", "/integrations/credentials", undefined, { token })).status).toBe(403);
  });

  test("the 301st request of a minute is told when to come back, per token", async () => {
    // The first request of the minute is made one second before the others.
    await world.call("GET", "/organizations/me");
    world.clock.advance(1000);
    for (let number = 2; number <= 300; number += 1) {
      expect((await world.call("GET", "/organizations/me")).status).toBe(200);
    }
    const refused = await world.call("GET", "/organizations/me");
    expectRefusal(refused, 429, "too.many.requests.retry.after");
    expect(refused.headers.get("retry-after")).toBe("59");
    expect(refused.body.message).toBe("Rate limit exceeded the maximum. Retry the request in [59] seconds");
    const other = (await world.mint(deployerClientId, deployerClientSecret)).body.access_token;
    expect(await world.tokenStatus(other)).toBe(200);
    world.clock.advance(59_000);
    expect((await world.call("GET", "/organizations/me")).status).toBe(200);
    expect((await world.call("GET", "/organizations/me")).status).toBe(429);
  });
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
    [{ accessTokenValiditySeconds: 172_801 }, "invalid.value"],
    [{ accessTokenValiditySeconds: 300.5 }, "invalid.value"],
    [{ accessTokenValiditySeconds: "3600" }, "invalid.value"],
    [{ state: "deleted" }, "invalid.value"],
    [{ dateToDelete: "tomorrow" }, "invalid.date"],
  ])("a client with %j is refused with %s and not created", async (changes, code) => {
    expectRefusal(await world.call("POST", "/oauth/clients", clientBody(changes)), 400, code);
    expect((await world.call("GET", "/oauth/clients")).body.total).toBe(1);
  });

  test("the limits themselves, null fields, unknown and read-only keys are accepted", async () => {
    for (const accessTokenValiditySeconds of [300, 172_800]) {
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
