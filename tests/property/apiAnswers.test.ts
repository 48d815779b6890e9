// Hostile answers of the API: nothing crashes with anything but our errors, nothing leaks, no id forges a path.
import { gzipSync } from "node:zlib";

import * as fc from "fast-check";

import { deployerClientId } from "../../sandbox/genesys/seed";
import { type EndpointsOfMethods, endpointsOfMethods, expectCalm, expectNoSecret } from "./everyMethod";
import {
  clientId,
  credentialId,
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

const okStatus = 200;
const mebibyte = 1_048_576;
/** Other answers each time; `npm run test:crash` tries more of them. */
const usualRuns = 20;
const runs = Number(process.env["HOSTILE_ANSWERS"] ?? usualRuns);

let server: HostileServer;
let endpointsOf: EndpointsOfMethods;
beforeAll(async () => {
  server = await startHostileServer();
  endpointsOf = await endpointsOfMethods(server);
});
afterAll(() => server.stop());

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

/** Every method that the answer of this endpoint reaches, or those of them whose names match. */
function calmWhenBad(endpoint: Endpoint, only = /./): Promise<void> {
  const asks = (name: string, one: Endpoint): boolean => endpointsOf.get(name)?.has(one) === true;
  if (endpoint !== ownOrganization) {
    return expectCalm(server, (name) => only.test(name) && asks(name, endpoint));
  }
  // It is asked where the token does not tell its organisation.
  const { organization: _told, ...identity } = goodAnswers()[tokenIdentity];
  server.answerBadly(tokenIdentity, { status: okStatus, body: JSON.stringify(identity) });
  return expectCalm(server, (name) => only.test(name) && asks(name, tokenIdentity));
}

const ownOrganization = "GET /api/v2/organizations/me";
const tokenIdentity = "GET /api/v2/tokens/me";

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
  return Object.entries(value).flatMap(([key, item]) => [[...path, key], ...placesIn(item, [...path, key])]);
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
      await calmWhenBad(endpoint);
    }),
    { numRuns: runs, endOnFailure: true },
  );
}, 120_000);

it.each(endpoints.map((endpoint) => [endpoint]))(
  "what %s quotes of a request is not told again",
  async (endpoint) => {
    server.reset();
    server.answerBadly(endpoint, { status: 400, body: refusalThatSays(`told ${echoMark}`) });
    await calmWhenBad(endpoint);
    expect(server.confided.join(" ")).toContain("Basic");
  },
);

it.each<[Endpoint]>([
  ["POST /api/v2/oauth/clients/{id}/secret"],
  ["GET /api/v2/oauth/clients/{id}"],
  ["POST /api/v2/integrations/credentials"],
  ["PUT /api/v2/integrations/credentials/{id}"],
])("a stored secret that %s quotes is not told again", async (endpoint) => {
  server.reset();
  server.answerBadly(endpoint, { status: 400, body: refusalThatSays(`told ${newSecret}`) });
  await calmWhenBad(endpoint, /^(create|update) of an? (stored secret|integration credential)/);
  expect(server.received.some((request) => endpointOf(request) === endpoint)).toBe(true);
});

/** An error body of the API and of the token endpoint at once. */
function refusalThatSays(said: string): string {
  return JSON.stringify({ code: said, message: said, error: said, error_description: said });
}

const forgedIds = [
  "../../authorization/roles/70000000-0000-4000-8000-00000000000b",
  "..",
  "x/../../../authorization/roles",
  "x?subjectType=PC_USER",
  "x#",
  "%2e%2e%2fclients",
  "..%2fclients",
  "a\\b",
  "x y",
  "",
];

describe.each(forgedIds.map((id) => [id]))("the id %j", (id) => {
  const orphan = {
    ...goodAnswers()["GET /api/v2/oauth/clients/{id}"],
    description: "[pulumi:genesys-credentials/dev/nightly-report#0:00000000000a]",
    id,
  };
  const role = { ...goodAnswers()["GET /api/v2/authorization/roles/{id}"], id };
  const roleOrphan = {
    ...role,
    description: "[pulumi:genesys-credentials/dev/reporting-reader#0:00000000000a]",
  };
  const integration = { ...goodAnswers()["GET /api/v2/integrations/credentials/{id}"], id };
  const token = goodAnswers()["GET /api/v2/tokens/me"];
  it.each<[Endpoint, unknown]>([
    ["GET /api/v2/tokens/me", { ...token, OAuthClient: { ...token.OAuthClient, id } }],
    ["POST /api/v2/oauth/clients", { ...orphan, secret: newSecret }],
    ["GET /api/v2/oauth/clients", { entities: [orphan] }],
    ["POST /api/v2/authorization/roles", role],
    ["GET /api/v2/authorization/roles", { entities: [roleOrphan, { ...role, name: "employee" }] }],
    ["GET /api/v2/authorization/divisions", { entities: [{ id, name: "Sales" }] }],
    ["GET /api/v2/authorization/divisions/home", { id, name: "Home" }],
    ["GET /api/v2/integrations/credentials/listing", { entities: [integration] }],
    ["GET /api/v2/integrations/credentials/listing", { entities: [], nextUri: `/x?after=${id}#${id}` }],
    ["POST /api/v2/integrations/credentials", integration],
  ])("in the answer to %s leads nowhere", async (endpoint, answer) => {
    server.reset();
    server.answerBadly(endpoint, { status: okStatus, body: JSON.stringify(answer) });
    await calmWhenBad(endpoint);
    const ids = server.received.map(
      (request) =>
        /(?:clients|roles|subjects|credentials)\/(?!(?:me|listing)(?:$|\?))([^/?]+)/.exec(request)?.[1] ??
        clientId,
    );
    const rightIds = [clientId, roleId, deployerClientId, credentialId];
    expect(new Set([...ids, ...rightIds])).toEqual(new Set(rightIds));
  });
});

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
    [
      "a compressed bomb",
      "GET /api/v2/oauth/clients",
      { body: bomb, headers: { "content-encoding": "gzip" } },
    ],
    [
      "a body that says it is compressed",
      "GET /api/v2/oauth/clients",
      { body: "{}", headers: { "content-encoding": "gzip" } },
    ],
    ["no JSON at all", "GET /api/v2/tokens/me", { body: Buffer.from([0, 255, 254, 0]) }],
    [
      "a bearer token with a line break",
      "POST /oauth/token",
      { body: JSON.stringify({ access_token: "a\r\nX-Forged: 1" }) },
    ],
  ];
  it.each(cases)(
    "%s",
    async (_name, endpoint, answer) => {
      server.reset();
      server.answerBadly(endpoint, { status: okStatus, ...answer });
      await calmWhenBad(endpoint);
    },
    60_000,
  );
});

it("the search sees a secret where there is one", () => {
  expect(() => {
    expectNoSecret([`a text with ${newSecret} in it`]);
  }).toThrow();
});

it("every endpoint is asked by a method", () => {
  const asked = new Set([...endpointsOf.values()].flatMap((some) => [...some]));
  expect(endpoints.filter((endpoint) => !asked.has(endpoint))).toEqual([ownOrganization]);
});
