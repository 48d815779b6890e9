// Whom the simulator refuses, and in which words: status, code, body, headers.
import { adminRoleId, deployerClientId, deployerClientSecret } from "../../../sandbox/genesys/seed";
import { expectRefusal } from "./expectRefusal";
import { clientBody, SimulatorWorld, type Wire } from "./simulatorWorld";

let world: SimulatorWorld;

beforeEach(async () => {
  world = await SimulatorWorld.start();
});

afterEach(async () => {
  await world.stop();
  expect(world.departures()).toEqual([]);
});

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
