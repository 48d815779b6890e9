// index.ts under Pulumi's mocks: which resources with which inputs, what is secret, what the stack exports.
import type * as pulumi from "@pulumi/pulumi";

import { devConfig, type Registered, runProgram, valueOf } from "./runProgram";

const former = { ...process.env };
process.setMaxListeners(40); // Pulumi adds one listener for each run of a program
afterEach(() => {
  process.env = { ...former };
});

/** The inputs of what is stored in the secret. */
function storedSecretIn(registered: readonly Registered[]): Record<string, unknown> | undefined {
  return registered.find(({ type }) => type.endsWith(":ClientSecret"))?.inputs;
}

describe("the program with the repository's own dev stack", () => {
  it("declares the role, slot a, the secret in AWS and what is stored in it", async () => {
    const { registered } = await runProgram(devConfig());
    expect(registered.map(({ type, name }) => `${type} ${name}`).sort()).toEqual([
      "aws:secretsmanager/secret:Secret nightly-report",
      "genesys-credentials:index:Credential nightly-report",
      "pulumi-nodejs:dynamic/genesys:ClientSecret nightly-report",
      "pulumi-nodejs:dynamic/genesys:OAuthClient nightly-report-a",
      "pulumi-nodejs:dynamic/genesys:Role reporting-reader",
      "pulumi-nodejs:dynamic/genesys:StackIdentity identity",
    ]);
    expect(registered.find(({ name }) => name === "identity")?.inputs).toMatchObject({
      roles: { "reporting-reader": "reporting-reader" },
      credentials: { "nightly-report": "genesys/dev/nightly-report" },
    });
    const client = registered.find(({ name }) => name === "nightly-report-a")?.inputs;
    expect(client).toMatchObject({
      name: "nightly-report-dev-a",
      accessTokenValiditySeconds: 3600,
      generation: 0,
      state: "active",
      owner: "genesys-credentials/dev/nightly-report",
      identity: "id-of-identity",
      storedIn: { secretName: "genesys/dev/nightly-report" },
      roleDivisions: [{ roleId: "id-of-reporting-reader", division: "home" }],
    });
    expect(client?.["organization"]).toMatchObject({ region: "eu-west-1" });
  });

  it("names its providers by constant texts below 100 bytes that hold no secret", async () => {
    const { registered } = await runProgram(devConfig());
    const texts = registered.flatMap(({ inputs }) => inputs["__provider"] ?? []) as string[];
    expect(texts).toEqual([
      'exports.handler=()=>require("./providers/load.js").StackIdentity',
      'exports.handler=()=>require("./providers/load.js").Role',
      'exports.handler=()=>require("./providers/load.js").OAuthClient',
      'exports.handler=()=>require("./providers/load.js").ClientSecret',
    ]);
  });

  it("has the pair of the current client stored, and no secret anywhere", async () => {
    const { registered } = await runProgram(devConfig());
    expect(storedSecretIn(registered)).toMatchObject({
      clientId: "id-of-nightly-report-a",
      authorizedGrantType: "CLIENT-CREDENTIALS",
      state: "active",
      generation: 0,
      owner: "genesys-credentials/dev/nightly-report",
      secretName: "genesys/dev/nightly-report",
      secretArn: "id-of-nightly-report",
      keys: "camel",
      tokenUrl: "https://login.mypurecloud.ie/oauth/token",
      apiUrl: "https://api.mypurecloud.ie",
      organization: { region: "eu-west-1" },
    });
    expect(storedSecretIn(registered)).not.toHaveProperty("kmsKeyId");
    expect(JSON.stringify(registered)).not.toMatch(/canary|secretString|clientSecret"/);
    const client = registered.find(({ type }) => type.endsWith(":OAuthClient"))?.inputs;
    expect(client).not.toHaveProperty("rotation"); // where rotations replace the client, as they do by default
  });

  it("tells the provider how AWS is reached, in the stack's own words", async () => {
    const config = devConfig();
    Object.assign(config, {
      "aws:region": "eu-central-1",
      "aws:profile": "team",
      "aws:allowedAccountIds": ["123456789012"],
    });
    const { registered } = await runProgram(config);
    expect(storedSecretIn(registered)?.["aws"]).toEqual({
      region: "eu-central-1",
      profile: "team",
      allowedAccountIds: ["123456789012"],
    });
  });

  it("exports client id, secret name, ARN and generation, and no secret", async () => {
    const { exports } = await runProgram(devConfig());
    const { credentials } = exports as {
      credentials: Record<string, Record<string, pulumi.Output<string> | number>>;
    };
    const outputs = credentials["nightly-report"]!;
    expect(Object.keys(outputs)).toEqual(["clientId", "secretName", "secretArn", "generation"]);
    expect(await valueOf(outputs["clientId"] as pulumi.Output<string>)).toBe("id-of-nightly-report-a");
    expect(await valueOf(outputs["secretName"] as pulumi.Output<string>)).toBe("genesys/dev/nightly-report");
    expect(await valueOf(outputs["secretArn"] as pulumi.Output<string>)).toBe("arn-of-nightly-report");
    expect(outputs["generation"]).toBe(0);
  });
});

describe("the program after a rotation", () => {
  it("declares both slots and stores the pair of slot b", async () => {
    const config = devConfig();
    const credentials = config["genesys-credentials:credentials"] as Record<string, Record<string, unknown>>;
    credentials["nightly-report"]!["rotation"] = { generation: 1 };
    const { registered } = await runProgram(config);
    const generations = registered
      .filter(({ type }) => type.endsWith(":OAuthClient"))
      .map(({ name, inputs }) => [name, inputs["generation"]]);
    expect(generations).toEqual([
      ["nightly-report-b", 1],
      ["nightly-report-a", 0],
    ]);
    expect(storedSecretIn(registered)).toMatchObject({ clientId: "id-of-nightly-report-b", generation: 1 });
  });

  it("that keeps clients tells both of them the generation of the credential", async () => {
    const config = devConfig();
    const credentials = config["genesys-credentials:credentials"] as Record<string, Record<string, unknown>>;
    credentials["nightly-report"]!["rotation"] = { generation: 3, clients: "keep" };
    const { registered } = await runProgram(config);
    const rotations = registered
      .filter(({ type }) => type.endsWith(":OAuthClient"))
      .map(({ name, inputs }) => [name, inputs["generation"], inputs["rotation"]]);
    const rotation = { clients: "keep", generation: 3 };
    expect(rotations).toEqual([
      ["nightly-report-b", 3, rotation],
      ["nightly-report-a", 2, rotation],
    ]);
  });

  it("of a revoked credential tells that its clients are inactive", async () => {
    const config = devConfig();
    const credentials = config["genesys-credentials:credentials"] as Record<string, Record<string, unknown>>;
    credentials["nightly-report"]!["revoked"] = true;
    const { registered } = await runProgram(config);
    expect(storedSecretIn(registered)).toMatchObject({ state: "inactive" });
  });
});

describe("the program with an adopted client", () => {
  const clientId = "4b1c7e52-0a6f-4d0e-9a57-5e1f3c2b8d91";
  const adopting = (secret: string, generation: number): Record<string, unknown> => {
    const config = devConfig();
    const credentials = config["genesys-credentials:credentials"] as Record<string, Record<string, unknown>>;
    Object.assign(credentials["nightly-report"]!, {
      adopt: { clientId, secret, name: "Nightly Report" },
      rotation: { generation },
    });
    const roles = config["genesys-credentials:roles"] as Record<string, Record<string, unknown>>;
    Object.assign(roles["reporting-reader"]!, { adopt: { roleId: "role-1" } });
    return config;
  };
  const clientsOf = (registered: readonly Registered[]): unknown[] =>
    registered
      .filter(({ type }) => type.endsWith(":OAuthClient"))
      .map(({ inputs: { name, adopt } }) => ({ name, adopt }));
  const adopted = (secret: string): object => ({ name: "Nightly Report", adopt: { clientId, secret } });

  it("whose secret is kept stores nothing, and exports no secret's name", async () => {
    const { registered, exports } = await runProgram(adopting("keep", 0));
    expect(registered.filter(({ type }) => type.startsWith("aws:"))).toEqual([]);
    expect(storedSecretIn(registered)).toBeUndefined();
    expect(clientsOf(registered)).toEqual([adopted("keep")]);
    expect(registered.find(({ type }) => type.endsWith(":Role"))?.inputs).toMatchObject({
      adopt: { roleId: "role-1" },
    });
    const { credentials } = exports as { credentials: Record<string, object> };
    expect(Object.keys(credentials["nightly-report"]!)).toEqual(["clientId", "generation"]);
  });

  it("whose secret is made anew stores it", async () => {
    const { registered } = await runProgram(adopting("regenerate", 0));
    expect(clientsOf(registered)).toEqual([adopted("regenerate")]);
    expect(registered.filter(({ type }) => type.startsWith("aws:"))).toHaveLength(1);
    expect(storedSecretIn(registered)).toMatchObject({ clientId: "id-of-nightly-report-a" });
  });

  it("stores the pair of slot b after the first rotation, and adopts nothing after the second", async () => {
    const first = await runProgram(adopting("keep", 1));
    expect(clientsOf(first.registered)).toEqual([
      { name: "nightly-report-dev-b", adopt: undefined },
      adopted("keep"),
    ]);
    expect(storedSecretIn(first.registered)).toMatchObject({ clientId: "id-of-nightly-report-b" });
    const second = await runProgram(adopting("keep", 2));
    expect(clientsOf(second.registered)).toEqual([
      { name: "nightly-report-dev-a", adopt: undefined },
      { name: "nightly-report-dev-b", adopt: undefined },
    ]);
  });

  it("passes no adoption on where none is declared", async () => {
    const { registered } = await runProgram(devConfig());
    expect(registered.filter(({ inputs }) => "adopt" in inputs)).toEqual([]);
  });
});

describe("the program with mistakes", () => {
  it("tells all of them at once and declares nothing", async () => {
    const config = devConfig();
    config["genesys-credentials:credentails"] = {};
    const credentials = config["genesys-credentials:credentials"] as Record<string, Record<string, unknown>>;
    credentials["nightly-report"]!["accessTokenValiditySeconds"] = 299;
    const failure = await runProgram(config).then(
      () => undefined,
      (error: unknown) => error as Error,
    );
    expect(failure).toHaveProperty("__pulumiRunError", true); // printed without a stack trace
    expect(failure?.message).toContain("credentails");
    expect(failure?.message).toContain("credentials.nightly-report.accessTokenValiditySeconds");
  });
});
