// Hostile answers of the API: nothing crashes with anything but our errors, nothing leaks, no id forges a path.
import { gzipSync } from "node:zlib";

import * as fc from "fast-check";

import { Redactor } from "../../common/redact";
import { OAuthClientProvider } from "../../providers/oauthClientProvider";
import { ProviderError } from "../../providers/providerError";
import { RoleProvider } from "../../providers/roleProvider";
import { Session } from "../../providers/session";
import { deployerClientId, deployerClientSecret, organizationId } from "../../sandbox/genesys/seed";
import { FakeClock } from "../fakeClock";
import { textsOf } from "../fault/leaks";
import { clientInputs, recordedClient, recordedRole, roleInputs } from "../providerWorld";
import {
  clientId,
  echoMark,
  type Endpoint,
  endpointOf,
  endpoints,
  goodAnswers,
  type HostileServer,
  newSecret,
  roleId,
  startHostileServer,
} from "./hostileServer";

const secrets = [
  deployerClientSecret,
  newSecret,
  "canary-access-token",
  Buffer.from(`${deployerClientId}:${deployerClientSecret}`).toString("base64"),
  Buffer.from(`${clientId}:${newSecret}`).toString("base64"),
];
const okStatus = 200;
const mebibyte = 1_048_576;
const longestMessage = 4200;
const runs = 60;

let server: HostileServer;
beforeAll(async () => {
  server = await startHostileServer();
});
afterAll(() => server.stop());

interface Outcome {
  readonly name: string;
  /** Undefined for a success. */
  readonly error?: unknown;
}

/** Every method once, each in a process of its own, or those whose names match. */
async function runEveryMethod(only = /./): Promise<{ outcomes: Outcome[]; notices: string[] }> {
  const notices: string[] = [];
  const session = (): Session =>
    new Session(
      {
        origins: { apiUrl: server.url, loginUrl: server.url },
        credentials: { clientId: deployerClientId, clientSecret: deployerClientSecret },
        reconcile: true,
        waitMs: 10_000,
        requestsPerMinute: undefined,
        timeoutMs: 5000,
      },
      { clock: new FakeClock(), redactor: new Redactor(), notify: (line) => notices.push(line) },
    );
  const oauthClients = (): OAuthClientProvider => {
    const one = session();
    return new OAuthClientProvider(() => one);
  };
  const roles = (): RoleProvider => {
    const one = session();
    return new RoleProvider(() => one);
  };
  const marker = "[pulumi:p/s/n#0:00]";
  const client = recordedClient({
    ...clientInputs(),
    clientId,
    marker,
    organizationId,
    verified: false,
    clientSecret: { value: newSecret },
    resolvedRoleDivisions: goodAnswers()["GET /api/v2/tokens/me"].OAuthClient.roleDivisions,
  });
  const deployerGrants = [{ subjectId: deployerClientId, divisionId: "d-sales" }];
  const role = recordedRole({ ...roleInputs(), roleId, marker, organizationId, deployerGrants });
  const methods: [string, () => Promise<unknown>][] = [
    ["check of a client", () => oauthClients().check({}, { ...clientInputs() })],
    ["create of a client", () => oauthClients().create(clientInputs())],
    ["read of a client", () => oauthClients().read(clientId, client)],
    ["update of a client", () => oauthClients().update(clientId, client, clientInputs({ name: "other" }))],
    ["delete of a client", () => oauthClients().delete(clientId, client)],
    ["check of a role", () => roles().check({}, { ...roleInputs({ deployerDivisions: ["Sales"] }) })],
    ["create of a role", () => roles().create(roleInputs({ deployerDivisions: ["Sales"] }))],
    ["read of a role", () => roles().read(roleId, role)],
    ["update of a role", () => roles().update(roleId, role, roleInputs({ name: "other" }))],
    ["delete of a role", () => roles().delete(roleId, role)],
  ];
  const outcomes: Outcome[] = [];
  for (const [name, run] of methods.filter(([method]) => only.test(method))) {
    outcomes.push(
      await run().then(
        () => ({ name }),
        (error: unknown) => ({ name, error }),
      ),
    );
  }
  return { outcomes, notices };
}

/** @throws when a method failed with a foreign error, a secret is in a text, or a path was forged */
async function expectCalm(only?: RegExp): Promise<void> {
  const { outcomes, notices } = await runEveryMethod(only);
  for (const { name, error } of outcomes) {
    if (error !== undefined) {
      expect({ name, error }).toEqual({ name, error: expect.any(ProviderError) });
      const { message } = error as ProviderError;
      expect(message).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
      expect(message.length).toBeLessThan(longestMessage);
      expectNoSecret(textsOf(error));
    }
  }
  expectNoSecret(notices);
  expect(server.received.filter((request) => endpointOf(request) === undefined)).toEqual([]);
}

function expectNoSecret(texts: readonly string[]): void {
  for (const text of texts) {
    expect({ text, found: secrets.filter((secret) => text.includes(secret)) }).toEqual({ text, found: [] });
  }
}

const hostileText = fc.oneof(
  fc.constantFrom(
    "../../authorization/roles/x",
    "..",
    ".",
    "a/b",
    "a\\b",
    "%2e%2e%2f",
    "x?force=true",
    "x#y",
    "",
    " ",
    "__proto__",
    "constructor",
    "home",
    "\u001b[2J\u001b[31mred\r\nforged line",
    "\u202egnirts",
    "line one\nline two",
    `quoted ${echoMark}`,
    `{"clientSecret":"canary-that-nobody-knows"}`,
    "x".repeat(mebibyte / 8),
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
);
const hostileValue = fc.oneof(
  hostileText,
  fc.constantFrom(null, true, 0, -1, 1e308, 0.5, [], {}, [[]], [null]),
  fc.jsonValue({ maxDepth: 3 }),
  fc.array(fc.dictionary(fc.constantFrom("id", "name", "roleId", "divisionId", "__proto__"), hostileText), {
    maxLength: 3,
  }),
);

type Json = Record<string, unknown>;

/** A good answer in which one field, at any depth, is missing or has a hostile value; or a body that is all wrong. */
function hostileBody(endpoint: Endpoint): fc.Arbitrary<string> {
  const good = goodAnswers()[endpoint] as Json;
  const places = placesIn(good);
  const whole = hostileValue.map((value) => JSON.stringify(value));
  if (places.length === 0) {
    return whole;
  }
  const changed = fc
    .tuple(fc.constantFrom(...places), fc.option(hostileValue, { nil: undefined, freq: 4 }))
    .map(([place, value]) => JSON.stringify(withChange(good, place, value)));
  return fc.oneof({ arbitrary: changed, weight: 4 }, { arbitrary: whole, weight: 1 });
}

function placesIn(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, item]) => [
    [...path, key],
    ...placesIn(item, [...path, key]),
  ]);
}

function withChange(good: Json, place: readonly string[], value: unknown): unknown {
  const copy = structuredClone(good);
  const parent = place.slice(0, -1).reduce<Json>((at, key) => at[key] as Json, copy);
  const last = place.at(-1) ?? "";
  if (value === undefined) {
    Reflect.deleteProperty(parent, last);
  } else {
    parent[last] = value;
  }
  return copy;
}

const statuses = fc.oneof(
  { arbitrary: fc.constant(okStatus), weight: 3 },
  { arbitrary: fc.constantFrom(200, 201, 204, 302, 400, 401, 403, 404, 409, 429, 500, 503), weight: 1 },
);

it("a hostile answer of any endpoint ends in success or in one of our errors", async () => {
  const cases = fc
    .constantFrom(...endpoints)
    .chain((endpoint) => fc.tuple(fc.constant(endpoint), hostileBody(endpoint), statuses));
  await fc.assert(
    fc.asyncProperty(cases, async ([endpoint, body, status]) => {
      server.reset();
      server.answerBadly(endpoint, { status, body });
      await expectCalm();
    }),
    { numRuns: runs, endOnFailure: true },
  );
}, 120_000);

it.each(endpoints.map((endpoint) => [endpoint]))("what %s quotes of a request is not told again", async (endpoint) => {
  server.reset();
  server.answerBadly(endpoint, { status: 400, body: refusalThatSays(`told ${echoMark}`) });
  await expectCalm();
  expect(server.confided.join(" ")).toContain("Basic");
});

it.each<[Endpoint]>([["PUT /api/v2/oauth/clients/{id}"], ["GET /api/v2/oauth/clients/{id}"], ["POST /oauth/token"]])(
  "a secret from state that %s quotes is not told again",
  async (endpoint) => {
    server.reset();
    server.answerBadly(endpoint, { status: 400, body: refusalThatSays(`told ${newSecret}`) });
    await expectCalm(/^(read|update|delete) of a client$/);
    expect(server.received.some((request) => endpointOf(request) === endpoint)).toBe(true);
  },
);

/** An error body of the API and of the token endpoint at once. */
function refusalThatSays(said: string): string {
  return JSON.stringify({ code: said, message: said, error: said, error_description: said });
}

function nested(depth: number): string {
  return `${"[".repeat(depth)}${"]".repeat(depth)}`;
}

describe("bodies beyond measure", () => {
  const depth = 200_000;
  const role = goodAnswers()["GET /api/v2/authorization/roles/{id}"];
  const deepRole = JSON.stringify(role).replace(
    '"actionSet"',
    `"resourceConditionNode":${nested(depth)},"actionSet"`,
  );
  const long = JSON.stringify({ ...role, description: "x".repeat(10 * mebibyte) });
  const bomb = gzipSync(Buffer.alloc(64 * mebibyte, " "));
  const cases: [string, Endpoint, { body: string | Buffer; headers?: Record<string, string> }][] = [
    ["nesting within a role", "GET /api/v2/authorization/roles/{id}", { body: deepRole }],
    ["nothing but nesting", "GET /api/v2/oauth/clients", { body: nested(depth) }],
    ["10 MB in one field", "GET /api/v2/authorization/roles/{id}", { body: long }],
    ["a compressed bomb", "GET /api/v2/oauth/clients", { body: bomb, headers: { "content-encoding": "gzip" } }],
    ["a body that says it is compressed", "GET /api/v2/oauth/clients", { body: "{}", headers: { "content-encoding": "gzip" } }],
    ["no JSON at all", "GET /api/v2/tokens/me", { body: Buffer.from([0, 255, 254, 0]) }],
    ["a bearer token with a line break", "POST /oauth/token", { body: JSON.stringify({ access_token: "a\r\nX-Forged: 1" }) }],
  ];
  it.each(cases)("%s", async (_name, endpoint, answer) => {
    server.reset();
    server.answerBadly(endpoint, { status: okStatus, ...answer });
    await expectCalm();
  }, 60_000);
});

it("the search sees a secret where there is one", () => {
  expect(() => {
    expectNoSecret([`a text with ${newSecret} in it`]);
  }).toThrow();
});
