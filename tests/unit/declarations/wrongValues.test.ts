// Every field with every kind of wrong value: one problem each, at the right path, with a remedy.
import { problemsOf, stackWith } from "./declaring";

const credential = ["credentials", "report"] as const;
const rotation = [...credential, "rotation"] as const;
const secret = [...credential, "secret"] as const;
const role = ["roles", "reader"] as const;
const screener = ["roles", "screener", "permissions", 0] as const;
const listened = "roles.screener.permissions[0].when";
const archive = ["credentials", "archive"] as const;
const portal = ["credentials", "portal"] as const;

/** Path in the stack, wrong value, path in the message (without the namespace) where it is another one, words of the problem. */
type Row = readonly [readonly (string | number)[], unknown, RegExp, string?];

const notText = /is not text/;
const notMap = /is not a map/;
const notList = /is not a list/;
const notWhole = /is not a (whole )?number/;

const rows: readonly Row[] = [
  [["organization"], "x", notMap],
  [["organization"], null, notMap],
  [["organization"], [], notMap],
  [["organization", "id"], 5, notText],
  [["organization", "id"], "", /is not an organisation's id/],
  [["organization", "id"], "a b", /is not an organisation's id/],
  [["organization", "region"], "eu-wset-1", /neither a known region nor a domain/],
  [["organization", "region"], 1, notText],
  [["organization", "regoin"], "eu-west-1", /no setting has this name/],
  [["roles"], [], notMap],
  [["roles"], "", notMap],
  [role, null, notMap],
  [role, "analytics:x:view", notMap],
  [[...role, "name"], "", /is blank/],
  [[...role, "name"], " reader", /white space/],
  [[...role, "name"], 7, notText],
  [[...role, "name"], "n".repeat(201), /longer than 200/],
  [[...role, "description"], 7, notText],
  [[...role, "description"], "one\ntwo", /several lines/],
  [[...role, "description"], "bell\u0007", /control character/],
  [[...role, "description"], "right\u202eleft", /control character/],
  [[...role, "description"], "half \ud800 character", /lone surrogate/],
  [[...role, "description"], "d".repeat(401), /longer than 400/],
  [[...role, "description"], "mine [pulumi:a/b/c#0:x]", /start of the marker/],
  [[...role, "permissions"], undefined, /is missing/],
  [[...role, "permissions"], null, notList],
  [[...role, "permissions"], "a:b:c", notList],
  [[...role, "permissions"], [], /the list is empty/],
  [[...role, "permissions", 1], "*:*:*", /wildcard in the place of the domain/],
  [[...role, "permissions", 1], "rout*:queue:view", /wildcard within a name/],
  [[...role, "permissions", 1], "routing:que*:view", /wildcard within a name/],
  [[...role, "permissions", 1], "routing:*", /2 parts instead of 3/],
  [[...role, "permissions", 1], 5, /neither text nor a map/],
  [[...role, "permissions", 1], {}, /is missing/, "roles.reader.permissions[1].permission"],
  [[...role, "allowWildcards"], "yes", /is not true or false/],
  [[...screener, "permission"], "recording:recording:*", /wildcard under a condition/],
  [[...screener, "permission"], "recording:recording", /2 parts/],
  [[...screener, "when"], "always", /neither text nor a map/],
  [[...screener, "when"], { all: [], any: [] }, /only one can hold/],
  [[...screener, "when", "any"], [], /the list is empty/],
  [[...screener, "when", "any", 1, "all"], {}, notList],
  [[...screener, "when", "any", 1, "all", 0, "operator"], "NE", /is not one of EQ, IN, GE, GT, LE, LT/],
  [[...screener, "when", "any", 1, "all", 0, "variable"], "", /is blank/],
  [[...screener, "when", "any", 1, "all", 0, "operands"], [], /the list is empty/],
  [
    [...screener, "when", "any", 1, "all", 0, "operands", 0],
    { usr: "x" },
    /has no setting "variable" or "user" or "team" or "queue"/,
  ],
  [
    [...screener, "when", "any", 1, "all", 0, "operands", 0],
    { user: "a/b" },
    /is not an id/,
    `${listened}.any[1].all[0].operands[0].user`,
  ],
  [[...screener, "when", "any", 1, "all", 0, "operands", 0], { user: "a", team: "b" }, /only one can hold/],
  [
    [...screener, "when", "any", 1, "all", 1, "operands"],
    [1, 2],
    /2 operands by LE, which takes one/,
    `${listened}.any[1].all[1]`,
  ],
  [[...role, "permissions", 1], "*", /wildcard/],
  [[...role, "permissions", 1], "routing:view", /2 parts instead of 3/],
  [[...role, "permissions", 1], "a:b:c:d", /4 parts instead of 3/],
  [[...role, "permissions", 1], "routing::view", /a part that is empty/],
  [[...role, "permissions", 1], "routing: queue:view", /other characters/],
  [[...role, "permissions", 1], { "routing:queue": "view" }, /has no setting "permission"/],
  [[...role, "grantToDeployer"], "yes", /is not true or false/],
  [[...role, "grantToDeployer"], null, /is not true or false/],
  [[...role, "grantTodeployer"], true, /no setting has this name/],
  [["credentials"], "x", notMap],
  [["credentials"], [], notMap],
  [credential, null, notMap],
  [[...credential, "description"], false, notText],
  [[...credential, "description"], "\u2028", /is blank|several lines/],
  [[...credential, "roles"], undefined, /is missing/],
  [[...credential, "roles"], [], /the list is empty/],
  [[...credential, "roles"], "reader", notList],
  [[...credential, "roles", 0], 5, /neither text nor a map/],
  [[...credential, "roles", 0], null, /neither text nor a map/],
  [[...credential, "roles", 0], [], /neither text nor a map/],
  [[...credential, "roles", 0], "readr", /is not a role of this stack/],
  [[...credential, "roles", 0], "employee", /is not a role of this stack/],
  [[...credential, "roles", 0], "toString", /is not a role of this stack/],
  [[...credential, "roles", 0], {}, /is missing/, "credentials.report.roles[0].role"],
  [[...credential, "roles", 0], { rol: "reader" }, /no setting/, "credentials.report.roles[0].rol"],
  [[...credential, "roles", 0], { role: "reader", existing: "x" }, /only one can hold/],
  [[...credential, "roles", 0], "", /is blank/],
  [[...credential, "roles", 1, "role"], "writer", /is not a role of this stack/],
  [[...credential, "roles", 1, "role"], 5, notText],
  [[...credential, "roles", 1, "divisions"], "Sales", notList],
  [[...credential, "roles", 1, "divisions"], [], /the list is empty/],
  [[...credential, "roles", 1, "divisions"], ["*", "home"], /mixes "\*"/],
  [[...credential, "roles", 1, "divisions", 0], 5, notText],
  [[...credential, "roles", 1, "divisions", 0], "", /is blank/],
  [[...credential, "roles", 1, "division"], ["Sales"], /no setting has this name/],
  [[...credential, "roles", 1, "divisions"], ["home"], /both name the role/, "credentials.report.roles[1]"],
  [[...credential, "roles", 1, "divisions"], ["A", "A"], /twice/, "credentials.report.roles[1]"],
  [[...credential, "roles", 2, "existing"], null, notText],
  [[...credential, "roles", 2, "existing"], "Reporting reader", /which this stack manages/],
  [[...credential, "accessTokenValiditySeconds"], 299, /299 is below 300/],
  [[...credential, "accessTokenValiditySeconds"], 172_801, /172801 is above 172800/],
  [[...credential, "accessTokenValiditySeconds"], 3600.5, notWhole],
  [[...credential, "accessTokenValiditySeconds"], "3600", notWhole],
  [[...credential, "accessTokenValiditySeconds"], 1e300, /is too large/],
  [[...credential, "accessTokenValiditySeconds"], null, notWhole],
  [[...credential, "accessTokenValidity"], 3600, /no setting has this name/],
  [rotation, 4, notMap],
  [rotation, null, notMap],
  [[...rotation, "generation"], -1, /is below 0/],
  [[...rotation, "generation"], 0.5, notWhole],
  [[...rotation, "generation"], "4", notWhole],
  [[...rotation, "generation"], 2 ** 60, /is too large/],
  [[...rotation, "generation"], 1e15, /999999999/], // the marker has no room for it
  [[...rotation, "generation"], 1_000_000_000, /999999999/],
  [[...rotation, "rotatedAt"], "2026-11-01T09:00:00", /is not an instant with an offset/],
  [[...rotation, "rotatedAt"], "2026-02-30T09:00:00Z", /is not an instant with an offset/],
  [[...rotation, "rotatedAt"], "yesterday", /is not an instant with an offset/],
  [[...rotation, "rotatedAt"], 1_793_523_600, notText],
  [[...rotation, "every"], "90 days", /is not an ISO 8601 duration/],
  [[...rotation, "every"], "P0D", /duration of nothing/],
  [[...rotation, "every"], "-P1D", /is not an ISO 8601 duration/],
  [[...rotation, "every"], "P", /is not an ISO 8601 duration/],
  [[...rotation, "every"], "P1DT", /is not an ISO 8601 duration/],
  [[...rotation, "every"], "P101Y", /is not an ISO 8601 duration/],
  [[...rotation, "every"], 90, notText],
  [[...rotation, "clients"], "renew", /is not one of replace, keep/],
  [[...rotation, "clients"], true, /is not one of replace, keep/],
  [
    [...rotation, "overlap"],
    "none",
    /keep is impossible with overlap: none/,
    "credentials.report.rotation.clients",
  ],
  [[...rotation, "overlap"], "both", /is not one of previous, none/],
  [[...rotation, "overlap"], true, /is not one of previous, none/],
  [[...rotation, "previous"], "revoke", /is not one of keep, revoked/],
  [[...rotation, "minimumOverlap"], "2 days", /is not an ISO 8601 duration/],
  [[...rotation, "minimumOverlap"], 48, notText],
  [[...rotation, "generaton"], 5, /no setting has this name/],
  [secret, "genesys/dev/report", notMap],
  [[...secret, "name"], "", /is blank/],
  [[...secret, "name"], "a b", /other characters/],
  [[...secret, "name"], "n".repeat(513), /longer than 512/],
  [[...secret, "name"], 5, notText],
  [[...secret, "recoveryWindowInDays"], 6, /neither 0 nor from 7 to 30/],
  [[...secret, "recoveryWindowInDays"], 31, /neither 0 nor from 7 to 30/],
  [[...secret, "recoveryWindowInDays"], -7, /neither 0 nor from 7 to 30/],
  [[...secret, "recoveryWindowInDays"], "7", notWhole],
  [[...secret, "kmsKeyId"], "", /is blank/],
  [[...secret, "kmsKeyId"], "my key", /other characters/],
  [[...secret, "kmsKeyId"], 1, notText],
  [[...secret, "keys"], "Camel", /is not one of camel, snake, environment/],
  [[...secret, "tags"], ["a"], notMap],
  [[...secret, "tags", "team"], 5, notText],
  [[...secret, "tags", "team"], "", /is empty, which Pulumi's AWS provider needs two updates for/],
  [[...secret, "tags", "team"], "a<b", /does not allow in tags/],
  [[...secret, "tags", "team"], "v".repeat(257), /longer than 256/],
  [[...secret, "tags", "aws:team"], "x", /reserved/, 'credentials.report.secret.tags["aws:team"]'],
  [
    [...secret, "tags"],
    Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`t${i}`, "x"])),
    /51 entries/,
  ],
  [[...secret, "value"], "canary-value", /no setting has this name/],
  [[...credential, "revoked"], "true", /is not true or false/],
  [[...credential, "revoked"], 0, /is not true or false/],
  [[...credential, "grantType"], "CLIENT_CREDENTIALS", /is not one of CLIENT-CREDENTIALS, CODE/],
  [[...credential, "grantType"], "TOKEN", /implicit grant.*March 2026.*March 2027/],
  [[...credential, "grantType"], 5, notText],
  [
    [...credential, "redirectUris"],
    ["https://a.example"],
    /no meaning for the grant type CLIENT-CREDENTIALS/,
  ],
  [[...credential, "scopes"], ["routing"], /no meaning for the grant type CLIENT-CREDENTIALS/],
  [[...credential, "type"], "limited", /is not one of general, restricted/],
  [[...credential, "allow"], ["routing:*"], /limits nothing without type: restricted/],
  [[...credential, "allowLongTokens"], true, /limits nothing without type: restricted/],
  [[...archive, "allow"], undefined, /is missing/],
  [[...archive, "allow"], [], /the list is empty/],
  [[...archive, "allow"], "recording:*", notList],
  [[...archive, "allow", 2], "*", /wildcard in the place of the domain/],
  [[...archive, "allow", 2], "routing", /1 part instead of 3/],
  [[...archive, "allow", 2], "routing:queue", /2 parts instead of 3/],
  [
    [...archive, "allow", 2],
    "routing:queue:edit",
    /allows routing:queue:view, outside/,
    "credentials.archive.roles[1]",
  ],
  [
    [...archive, "allowLongTokens"],
    false,
    /7200 is above 3600/,
    "credentials.archive.accessTokenValiditySeconds",
  ],
  [[...archive, "allowLongTokens"], "yes", /is not true or false/],
  [[...archive, "roles", 1, "divisions"], ["*"], /every division/],
  [
    [...archive, "roles", 1],
    { existing: "employee" },
    /is not declared in this stack/,
    "credentials.archive.roles[1].existing",
  ],
  [[...portal, "roles"], ["reader"], /no meaning for the grant type CODE/],
  [[...portal, "redirectUris"], undefined, /is missing/],
  [[...portal, "redirectUris"], [], /the list is empty/],
  [[...portal, "redirectUris", 0], "http://portal.example.com/callback", /does not begin with https/],
  [[...portal, "redirectUris", 0], "http://localhost.example.com/callback", /does not begin with https/],
  [[...portal, "redirectUris", 0], "javascript:alert(1)", /does not begin with https/],
  [[...portal, "redirectUris", 0], "portal", /is not a URL/],
  [[...portal, "redirectUris", 0], "https://a.example/#x", /fragment/],
  [[...portal, "redirectUris", 0], "https://*.example/", /wildcard/],
  [[...portal, "redirectUris", 0], "https://a.example/ b", /white space/],
  [[...portal, "scopes", 0], "routing readonly", /is not a scope/],
  [[...portal, "scopes"], "routing", notList],
  [[...portal, "type"], "restricted", /limits roles, which the grant type CODE does not have/],
  [["credntials"], {}, /no setting has this name/],
  [["credentials.report.roles"], "reader", /no setting/, '["credentials.report.roles"]'],
];

describe("a wrong value", () => {
  test.each(rows.map((row) => [describeRow(row), row] as const))(
    "%s",
    (_name, [path, value, words, shown]) => {
      const problems = problemsOf(stackWith(path, value));
      expect(problems).toHaveLength(1);
      const [problem] = problems;
      const expected =
        shown ??
        path
          .map((s) => (typeof s === "number" ? `[${s}]` : `.${s}`))
          .join("")
          .slice(1);
      const separator = expected.startsWith("[") ? "" : ":";
      expect(problem!.path).toBe(`genesys-credentials${separator}${expected}`);
      expect(problem!.problem).toMatch(words);
      expect(problem!.remedy).not.toBe("");
      expect(problem!.remedy).not.toMatch(/configuration\.md/);
      expect(problem!.remedy.length).toBeLessThan(300);
    },
  );
});

describe("a misspelt name is met with the nearest right one", () => {
  test.each([
    [["organization", "regoin"], "x", "region"],
    [["organization", "region"], "eu_wset_1", "eu-west-1"],
    [[...role, "grantTodeployer"], true, "grantToDeployer"],
    [[...credential, "accessTokenValidity"], 1, "accessTokenValiditySeconds"],
    [[...credential, "roles", 0], "raeder", "reader"],
    [[...rotation, "generaton"], 1, "generation"],
    [["credntials"], {}, "credentials"],
  ] as const)("%j", (path, value, nearest) => {
    expect(problemsOf(stackWith(path, value)).map(({ remedy }) => remedy)).toEqual([
      expect.stringContaining(`did you mean ${nearest.startsWith("eu-") ? nearest : `"${nearest}"`}?`),
    ]);
  });

  test("a role that is nowhere near is met with both ways to write it", () => {
    const [problem] = problemsOf(stackWith([...credential, "roles", 0], "employee"));
    expect(problem!.remedy).toContain("genesys-credentials:roles");
    expect(problem!.remedy).toContain('{ existing: "employee" }');
  });
});

function describeRow([path, value]: Row): string {
  const text = value === undefined ? "left out" : JSON.stringify(value);
  return `${path.join(".")}: ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`;
}
