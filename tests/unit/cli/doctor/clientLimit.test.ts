// The doctor and the organisation's limits: shown as they are, and none is taken for that of OAuth clients unless it is confirmed.
import { checkClientLimit, limitLines, readLimits } from "../../../../cli/doctor/clientLimit";
import { GenesysApiError, GenesysUnreachableError } from "../../../../genesys/errors";
import { confirmedClientLimitKey, type OrganizationLimit } from "../../../../genesys/knowledge/clientLimit";
import { type OAuthClientEntity } from "../../../../genesys/wire";
import { parse } from "../../declarations/declaring";
import { doubleOf } from "../../genesys/clientDouble";

const confirmed = { namespace: "auth.api", key: "the.one" } as const;
const declared = parse({ credentials: { report: { roles: [{ existing: "employee" }] } } });
const clients = ["c1", "c2"].map((id) => ({ id, name: id, state: "active" }) as OAuthClientEntity);
const evidence = { everyClient: clients, state: { reason: "it was not asked" } };

function limit(key: string, value: unknown, namespace: OrganizationLimit["namespace"] = "auth.api") {
  return { namespace, key, value };
}

function told(...limits: readonly OrganizationLimit[]) {
  return { limits, untold: new Map<string, never>() };
}

function check(limits: readonly OrganizationLimit[], key: typeof confirmed | undefined) {
  return checkClientLimit(told(...limits), declared, evidence, "dev", key);
}

it("no key is confirmed yet", () => {
  expect(confirmedClientLimitKey).toBeUndefined();
});

it("a key that sounds like it is no limit of OAuth clients", () => {
  expect(
    check([limit("client.redirect.uris.max", 1), limit("oauth.clients.max", 1)], undefined),
  ).toMatchObject({
    status: "pass",
    found:
      "there are 2; the next update makes 1; which of Genesys's limits is that of OAuth clients is not documented",
  });
});

it.each<[unknown, string, RegExp]>([
  [2, "fail", /^there are 2 of at most 2; the next update makes 1$/],
  ["2", "fail", /of at most 2/],
  [3, "warn", /then no rotation has room/],
  [4, "pass", /of at most 4/],
  [null, "pass", /Genesys has not told its limit/],
  ["many", "pass", /Genesys has not told its limit/],
])("a confirmed key with the value %p: %s", (value, status, found) => {
  const line = check([limit("client.redirect.uris.max", 1), limit(confirmed.key, value)], confirmed);
  expect(line).toMatchObject({ status, found: expect.stringMatching(found) as string });
});

it("a confirmed key of another namespace is another one", () => {
  expect(check([limit(confirmed.key, 1, "authorization")], confirmed)).toMatchObject({ status: "pass" });
});

it("the limits are shown as they are, names and values, in one line a namespace", () => {
  const lines = limitLines(
    told(
      limit("client.redirect.uris.max", 125),
      limit("odd", null),
      limit("org.roles.max", "500", "authorization"),
    ),
  );
  expect(lines.map(({ status, place, found }) => `${status} ${place}: ${found}`)).toEqual([
    "pass limits auth.api: client.redirect.uris.max = 125, odd = null",
    'pass limits authorization: org.roles.max = "500"',
  ]);
});

it("of many limits those that speak of clients and roles are shown, and the others counted", () => {
  const many = Array.from({ length: 40 }, (_, index) => limit(`something.${index}`, index));
  const [line] = limitLines(told(...many, limit("client.max", 50)));
  expect(line?.found).toBe("client.max = 50, 40 more that speak of other things");
  expect(limitLines(told())[0]?.found).toBe("none are told");
});

it("one that cannot be read is counted, and hides no other", async () => {
  const { client, told: lines } = doubleOf(() => ({ entities: [{ key: "a", value: 1 }, null, { key: 7 }] }));
  const { limits } = await readLimits(client);
  expect(limits).toEqual([limit("a", 1), limit("a", 1, "authorization")]);
  expect(lines).toEqual([
    expect.stringMatching(/^Warning: 2 of 3 limits of auth\.api could not be read/),
    expect.stringMatching(/^Warning: 2 of 3 limits of authorization could not be read/),
  ]);
});

it.each<[string, () => unknown, RegExp]>([
  [
    "500",
    () => {
      const request = { method: "GET", path: "/limits", origin: "https://api.example" };
      throw new GenesysUnreachableError(request, "it answered 500", true);
    },
    /^warn not told: .*500/,
  ],
  ["an odd form", () => "<html>", /^warn not told: ./],
])(
  "a namespace that is answered by %s hides neither the other one nor the count",
  async (_what, odd, words) => {
    const { client } = doubleOf(({ path }) =>
      path.endsWith("/authorization") ? { entities: [{ key: "org.roles.max", value: 500 }] } : odd(),
    );
    const found = await readLimits(client);
    expect(limitLines(found).map(({ status, found: one }) => `${status} ${one}`)).toEqual([
      expect.stringMatching(words),
      "pass org.roles.max = 500",
    ]);
    expect(checkClientLimit(found, declared, evidence, "dev").found).toMatch(/^there are 2;/);
  },
);

it.each([403, 404])("a namespace that is answered %d is not told, which is no failure", async (status) => {
  const { client } = doubleOf(({ path }) => {
    if (path.endsWith("/authorization")) {
      return { entities: [{ key: "org.roles.max", value: 500 }] };
    }
    throw new GenesysApiError({
      method: "GET",
      path,
      status,
      apiCode: "missing.permissions",
      apiMessage: "limits:organization:view",
      correlationId: undefined,
      retryAfterSeconds: undefined,
    });
  });
  const lines = limitLines(await readLimits(client));
  expect(lines.map(({ status: one, found }) => `${one} ${found}`)).toEqual([
    expect.stringMatching(new RegExp(`^pass not told: .* was answered ${status}`)),
    "pass org.roles.max = 500",
  ]);
});
