// Parsing as a whole: defaults, everything at once, the environment, and what is never shown.
import { ConfigError } from "../../../declarations/configError";
import { parseDeclarations } from "../../../declarations/parse";
import { canarySecret, context, fullStack, parse, problemsOf, stackWith } from "./declaring";

const deployer = {
  GENESYSCLOUD_OAUTHCLIENT_ID: "canary-deployer",
  GENESYSCLOUD_OAUTHCLIENT_SECRET: canarySecret,
};
const overrides = {
  GENESYSCLOUD_API_URL: "http://127.0.0.1:8080",
  GENESYSCLOUD_LOGIN_URL: "http://127.0.0.1:8081/",
};

describe("what is right", () => {
  test("an empty stack", () => {
    expect(parse({})).toEqual({
      organization: { region: "eu-west-1" },
      apiUrl: "https://api.mypurecloud.ie",
      tokenUrl: "https://login.mypurecloud.ie/oauth/token",
      aws: {},
      roles: [],
      credentials: [],
    });
  });

  test("the defaults", () => {
    const { roles, credentials } = parse({
      roles: { reader: { permissions: ["routing:queue:view", "a:b:d", "a:b:c", "a:b:c"] } },
      credentials: { report: { roles: ["reader"] } },
    });
    expect(roles).toEqual([
      {
        key: "reader",
        name: "reader",
        description: "",
        permissionPolicies: [
          { domain: "a", entityName: "b", actionSet: ["c", "d"] },
          { domain: "routing", entityName: "queue", actionSet: ["view"] },
        ],
        grantToDeployer: true,
        deployerDivisions: ["home"],
        marker: "genesys-credentials/dev/reader",
      },
    ]);
    expect(credentials).toEqual([
      {
        key: "report",
        description: "",
        authorizedGrantType: "CLIENT-CREDENTIALS",
        accessTokenValiditySeconds: 86400,
        roleDivisions: [{ roleKey: "reader", division: "home" }],
        type: "general",
        rotation: { generation: 0, clients: "replace", overlap: "previous", previous: "keep" },
        slots: [{ slot: "a", generation: 0, isCurrent: true, state: "active" }],
        secret: { name: "genesys/dev/report", recoveryWindowInDays: 30, keys: "camel", tags: {} },
        revoked: false,
        owner: "genesys-credentials/dev/report",
      },
    ]);
  });

  test("every field set", () => {
    const { organization, apiUrl, roles, credentials } = parse(fullStack());
    expect(organization).toEqual({ id: "org-1", region: "eu-central-1" });
    expect(apiUrl).toBe("https://api.mypurecloud.de");
    expect(roles[0]).toMatchObject({
      name: "Reporting reader",
      grantToDeployer: false,
      deployerDivisions: ["Sales", "home"],
    });
    expect(credentials.find(({ key }) => key === "report")).toMatchObject({
      accessTokenValiditySeconds: 3600,
      roleDivisions: [
        { roleName: "employee", division: "home" },
        { roleKey: "reader", division: "Sales" },
        { roleKey: "reader", division: "home" },
      ],
      rotation: {
        generation: 4,
        rotatedAt: "2026-11-01T09:00:00Z",
        every: "P90D",
        clients: "keep",
        overlap: "previous",
        previous: "keep",
        minimumOverlap: "PT72H",
      },
      secret: {
        name: "genesys/dev/report",
        recoveryWindowInDays: 7,
        kmsKeyId: "alias/integrations",
        keys: "snake",
        tags: { team: "reporting" },
      },
    });
  });

  test.each([
    ["unused", ["existing"], ["home"]],
    ["in all divisions", ["*"], ["*"]],
    ["in two divisions", ["Sales", "A"], ["A", "Sales"]],
  ])("the deployer holds a role where it is used: %s", (_name, divisions, expected) => {
    const reference = divisions[0] === "existing" ? { existing: "x" } : { role: "reader", divisions };
    const raw = { ...fullStack(), credentials: { report: { roles: [reference] } } };
    expect(parse(raw).roles[0]?.deployerDivisions).toEqual(expected);
  });

  test.each([
    [["Sales"], ["A"], ["A", "Sales"]],
    [["Sales"], ["*"], ["*"]],
  ])("the deployer holds a role for all credentials together: %j and %j", (first, second, expected) => {
    const credentials = {
      a: { roles: [{ role: "reader", divisions: first }] },
      b: { roles: [{ role: "reader", divisions: second }] },
    };
    expect(parse({ ...fullStack(), credentials }).roles[0]?.deployerDivisions).toEqual(expected);
  });

  test.each([
    ["accessTokenValiditySeconds", 300],
    ["accessTokenValiditySeconds", 172800],
    ["revoked", true],
    ["description", ""],
    ["description", "d".repeat(400)],
    ["description", "Élodie 👩‍💻 日本"],
  ])("%s: %j", (field, value) => {
    expect(problemsOf(stackWith(["credentials", "report", field], value))).toEqual([]);
  });

  test.each([
    ["name", "a".repeat(512)],
    ["recoveryWindowInDays", 0],
    ["recoveryWindowInDays", 30],
    ["kmsKeyId", "arn:aws:kms:eu-west-1:111122223333:key/0f4a2c1e-7d35-4b0e-9a51-3c2f8d6e7b90"],
    ["tags", { "Kosten Stelle": "42", "a:b/c": "d=e+f@g-h" }],
  ])("secret.%s: %j", (field, value) => {
    expect(problemsOf(stackWith(["credentials", "report", "secret", field], value))).toEqual([]);
  });

  test.each([
    "alias/aws/secretsmanager",
    "arn:aws:kms:eu-west-1:111122223333:alias/aws/secretsmanager",
    "arn:aws-us-gov:kms:us-gov-west-1:111122223333:alias/aws/secretsmanager",
  ])("the account's own key is as good as none: %s", (kmsKeyId) => {
    const secretOf = (value: string): object | undefined =>
      parse(stackWith(["credentials", "report", "secret", "kmsKeyId"], value)).credentials.find(
        ({ key }) => key === "report",
      )?.secret;
    expect(secretOf(kmsKeyId)).not.toHaveProperty("kmsKeyId");
    expect(secretOf(`${kmsKeyId}2`)).toHaveProperty("kmsKeyId", `${kmsKeyId}2`);
  });

  test.each([
    ["keep", "previous"],
    ["replace", "previous"],
    ["replace", "none"],
  ])("rotation.clients: %s with overlap: %s", (clients, overlap) => {
    const raw = stackWith(["credentials", "report", "rotation"], { clients, overlap });
    expect(parse(raw).credentials.find(({ key }) => key === "report")?.rotation).toMatchObject({
      clients,
      overlap,
    });
  });

  test("an organisation's UUID is compared in lower case", () => {
    const id = "0F4A2C1E-7D35-4B0E-9A51-3C2F8D6E7B90";
    expect(parse({ organization: { id } }).organization.id).toBe(id.toLowerCase());
  });
});

describe("everything at once", () => {
  test("mistakes of every part are in one error, and no mistake hides another", () => {
    const problems = problemsOf(
      {
        organization: { id: 5 },
        roles: { "bad key": { permissions: [] }, reader: { permissions: ["a:b:*"] } },
        credentials: {
          report: { description: 5, roles: ["readr"], secret: { name: "x", keys: "no" } },
          other: { roles: ["reader"], secret: { name: "x" } },
        },
        credntials: {},
      },
      {},
    );
    expect(problems.map(({ path }) => path)).toEqual([
      "genesys-credentials:organization.id",
      'genesys-credentials:roles["bad key"].permissions',
      "genesys-credentials:credentials.report.description",
      "genesys-credentials:credentials.report.secret.keys",
      "genesys-credentials:credntials",
      'genesys-credentials:roles["bad key"]',
      "genesys-credentials:roles.reader.permissions[0]",
      "genesys-credentials:credentials.report.roles[0]",
      "genesys-credentials:credentials.other.secret.name",
      "GENESYSCLOUD_OAUTHCLIENT_ID",
      "GENESYSCLOUD_OAUTHCLIENT_SECRET",
    ]);
  });

  test("the message has one line for each problem under the file's name", () => {
    expect(() => parseDeclarations({ roles: 5, credentials: 5 }, context)).toThrow(
      new ConfigError("Pulumi.dev.yaml", [
        {
          path: "genesys-credentials:roles",
          problem: "5 is not a map",
          remedy: "write a map of roles by key, or leave it out",
        },
        {
          path: "genesys-credentials:credentials",
          problem: "5 is not a map",
          remedy: "write a map of credentials by key, or leave it out",
        },
      ]),
    );
    expect(
      new ConfigError("Pulumi.dev.yaml", [{ path: "p", problem: "is wrong", remedy: "fix it" }]).message,
    ).toBe("Pulumi.dev.yaml: 1 problem\n  p: is wrong; fix it");
  });

  test("a very long list of problems is cut in the message, not in the error", () => {
    const problems = Array.from({ length: 60 }, (_, i) => ({ path: `p${i}`, problem: "x", remedy: "y" }));
    const error = new ConfigError("f", problems);
    expect(error.problems).toHaveLength(60);
    expect(error.message).toMatch(/^f: 60 problems\n/);
    expect(error.message).toMatch(/\n {2}and 10 more$/);
  });

  test.each([
    [
      "declared",
      { a: { roles: ["reader"], secret: { name: "s" } }, b: { roles: ["reader"], secret: { name: "s" } } },
    ],
    ["by default", { a: { roles: ["reader"], secret: { name: "genesys/dev/b" } }, b: { roles: ["reader"] } }],
  ])("the same secret name twice names both credentials: %s", (_name, credentials) => {
    const problems = problemsOf({ ...fullStack(), credentials });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      path: "genesys-credentials:credentials.b.secret.name",
      problem: expect.stringMatching(/credentials "a" and "b" have the same secret name/),
    });
  });

  test("the same role name twice names both roles", () => {
    const permissions = ["a:b:c"];
    expect(problemsOf({ roles: { a: { permissions, name: "b" }, b: { permissions } } })).toEqual([
      expect.objectContaining({ problem: 'the roles "a" and "b" have the same name "b"' }),
    ]);
  });

  test("clients that are kept have nobody to take turns with where there is no overlap: one error", () => {
    const raw = stackWith(["credentials", "report", "rotation"], { clients: "keep", overlap: "none" });
    expect(problemsOf(raw)).toEqual([
      {
        path: "genesys-credentials:credentials.report.rotation.clients",
        problem: expect.stringContaining("keep is impossible with overlap: none"),
        remedy: "write clients: replace, or overlap: previous",
      },
    ]);
  });

  test("wrong roles do not make every reference to them wrong", () => {
    expect(problemsOf({ ...fullStack(), roles: 5 })).toHaveLength(1);
    expect(problemsOf(stackWith(["roles", "reader", "permissions"], []))).toHaveLength(1);
  });
});

describe("the environment", () => {
  test.each([
    ["GENESYSCLOUD_OAUTHCLIENT_ID", undefined, /not set/],
    ["GENESYSCLOUD_OAUTHCLIENT_ID", " ", /is empty/],
    ["GENESYSCLOUD_OAUTHCLIENT_ID", "canary\n", /white space/],
    ["GENESYSCLOUD_OAUTHCLIENT_SECRET", undefined, /not set/],
    ["GENESYSCLOUD_OAUTHCLIENT_SECRET", "", /is empty/],
    ["GENESYSCLOUD_OAUTHCLIENT_SECRET", `${canarySecret}\n`, /white space/],
    ["GENESYSCLOUD_REGION", "eu-wset-1", /neither a known region/],
    ["GENESYSCLOUD_API_URL", "api.mypurecloud.ie", /not a URL/],
    ["GENESYSCLOUD_API_URL", "https://api.mypurecloud.ie/v2", /without a path/],
    ["GENESYSCLOUD_LOGIN_URL", "http://login.mypurecloud.ie", /https/],
  ])("%s: %j", (name, value, words) => {
    const problems = problemsOf({}, { ...context.environment, [name]: value });
    expect(problems).toEqual([
      { path: name, problem: expect.stringMatching(words), remedy: expect.any(String) },
    ]);
  });

  test("a missing region is one problem that names every way to give it", () => {
    const problems = problemsOf({}, deployer);
    expect(problems).toHaveLength(1);
    expect(problems[0]!.path).toBe("genesys-credentials:organization.region");
    expect(problems[0]!.remedy).toMatch(
      /organization.*GENESYSCLOUD_REGION.*GENESYSCLOUD_API_URL.*GENESYSCLOUD_LOGIN_URL/,
    );
  });

  test("the declared region wins over the environment's", () => {
    expect(parse({ organization: { region: "us_west_2" } }).apiUrl).toBe("https://api.usw2.pure.cloud");
  });

  test("both overrides need no region, and ignore the environment's", () => {
    expect(parse({}, { ...deployer, ...overrides, GENESYSCLOUD_REGION: "nowhere" })).toMatchObject({
      organization: {},
      apiUrl: "http://127.0.0.1:8080",
      tokenUrl: "http://127.0.0.1:8081/oauth/token",
    });
  });

  test("one override leaves the other to the region", () => {
    const { GENESYSCLOUD_API_URL } = overrides;
    expect(problemsOf({}, { ...deployer, GENESYSCLOUD_API_URL })).toHaveLength(1);
    expect(parse({}, { ...context.environment, GENESYSCLOUD_API_URL })).toMatchObject({
      apiUrl: "http://127.0.0.1:8080",
      tokenUrl: "https://login.mypurecloud.ie/oauth/token",
    });
  });

  test("tools that read only the file need no deployer", () => {
    const withoutDeployer = { ...context, environment: { GENESYSCLOUD_REGION: "eu-west-1" } };
    expect(() => parseDeclarations({}, withoutDeployer, { requireDeployer: false })).not.toThrow();
    expect(() => parseDeclarations({}, withoutDeployer)).toThrow(ConfigError);
  });
});

describe("what is never shown", () => {
  const places = [
    ["organization", "id"],
    ["organization", "region"],
    ["roles", "reader", "permissions", 0],
    ["credentials", "report", "description"],
    ["credentials", "report", "roles", 0],
    ["credentials", "report", "rotation", "every"],
    ["credentials", "report", "secret", "kmsKeyId"],
    ["credentials", "report", "revoked"],
    ["credentials", "report", "clientSecret"],
    ["credentials", canarySecret],
    [canarySecret],
  ];

  test.each(places.map((place) => [place.join("."), place] as const))(
    "the deployer's secret at %s",
    (_name, place) => {
      const problems = problemsOf(stackWith(place, `${canarySecret} \n`));
      expect(problems.length).toBeGreaterThan(0);
      expect(JSON.stringify(problems)).not.toContain(canarySecret);
    },
  );

  test("text that looks like a secret, known or not", () => {
    for (const value of ["Zk3yV0pQ8rT5uW2xA9bC6dE1fG4h", "my passw0rd", "https://user:pass@host"]) {
      const [problem] = problemsOf(stackWith(["credentials", "report", "revoked"], value));
      expect(problem!.problem).toBe("the value (not shown: it looks like a secret) is not true or false");
    }
  });

  test("more than 60 characters, or anything a terminal would act upon", () => {
    const values = [
      "x".repeat(1e6),
      "\u001b[31m".repeat(40),
      "\ud83d".repeat(100),
      "👩‍💻".repeat(50),
      "\\".repeat(99),
    ];
    for (const value of [
      ...values,
      ...values.map((text) => `x${text}`),
      ...values.map((text) => `xy${text}`),
    ]) {
      const [problem] = problemsOf(stackWith(["credentials", "report", "revoked"], value));
      const shown = problem!.problem.replace(" is not true or false", "");
      expect(shown.length).toBeLessThanOrEqual(60);
      expect(shown).toMatch(/^"(?:[^\p{C}\\]|\\(?:u\{[0-9a-f]+\}|u[0-9a-f]{4}|\\))*…"$/u);
    }
  });

  test("a text of exactly 60 characters with its quotes is shown whole", () => {
    const [problem] = problemsOf(stackWith(["credentials", "report", "revoked"], "x".repeat(58)));
    expect(problem!.problem).toBe(`"${"x".repeat(58)}" is not true or false`);
  });

  test("the deployer's secret inside other text, even where nothing about it looks like one", () => {
    const environment = { ...context.environment, GENESYSCLOUD_OAUTHCLIENT_SECRET: "sesame" };
    const [problem] = problemsOf(
      stackWith(["credentials", "report", "revoked"], "open sesame, please"),
      environment,
    );
    expect(problem!.problem).not.toContain("sesame");
  });
});

describe("names that JavaScript gives a meaning", () => {
  test.each(["constructor", "prototype", "__proto__"])("%s is refused as a key", (key) => {
    const raw: unknown = JSON.parse(
      `{"roles":{"${key}":{"permissions":["a:b:c"]}},"credentials":{"${key}":{"roles":[{"existing":"x"}]}}}`,
    );
    expect(problemsOf(raw).map(({ path }) => path)).toEqual([
      `genesys-credentials:roles.${key}`,
      `genesys-credentials:credentials.${key}`,
    ]);
  });

  test("__proto__ is refused at any depth, and changes no object", () => {
    const raw: unknown = JSON.parse(
      '{"__proto__":{"a":1},"organization":{"__proto__":{}},"credentials":{"x":{"roles":[{"existing":"y","__proto__":1}],"secret":{"tags":{"__proto__":"z"}}}}}',
    );
    expect(problemsOf(raw)).toHaveLength(4);
    expect(({} as Record<string, unknown>)["a"]).toBeUndefined();
  });

  test("a value that contains itself is a mistake, not a crash", () => {
    const roles: Record<string, unknown> = {};
    roles["again"] = roles;
    expect(problemsOf({ roles }).length).toBeGreaterThan(0);
    const names = Array.from({ length: 60 }, (_, index) => `again${index}`);
    Object.assign(roles, Object.fromEntries(names.map((name) => [name, roles])));
    expect(problemsOf({ roles }).length).toBeGreaterThan(0);
    const list: unknown[] = [];
    list.push(list);
    expect(problemsOf({ credentials: { x: { roles: list } } })).toHaveLength(1);
  });
});
