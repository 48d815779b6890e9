// index.ts under Pulumi's mocks: which resources with which inputs, what is secret, what the stack exports.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";

const root = join(__dirname, "..", "..");

interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

const deployer = {
  GENESYSCLOUD_OAUTHCLIENT_ID: "deployer",
  GENESYSCLOUD_OAUTHCLIENT_SECRET: "canary-deployer-secret",
};

/** Runs the program once, as the engine would, with the config of a stack file. */
async function run(
  config: Record<string, unknown>,
): Promise<{ registered: Registered[]; exports: Record<string, unknown> }> {
  const registered: Registered[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        registered.push({ type, name, inputs: inputs as Record<string, unknown> });
        const made = type.endsWith(":OAuthClient") ? { clientSecret: `canary-secret-of-${name}` } : {};
        return { id: `id-of-${name}`, state: { ...(inputs as object), ...made, arn: `arn-of-${name}` } };
      },
      call: ({ inputs }) => inputs as Record<string, unknown>,
    },
    "genesys-credentials",
    "dev",
  );
  const texts = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  pulumi.runtime.setAllConfig(Object.fromEntries(texts) as Record<string, string>);
  Object.assign(process.env, deployer);
  let exports: Record<string, unknown> = {};
  await new Promise<void>((resolve, reject) => {
    jest.isolateModules(() => {
      try {
        exports = jest.requireActual<Record<string, unknown>>("../../index");
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    void pulumi.runtime.disconnect().then(resolve, reject);
  });
  return { registered, exports };
}

function devConfig(): Record<string, unknown> {
  return (parse(readFileSync(join(root, "Pulumi.dev.yaml"), "utf8")) as { config: Record<string, unknown> })
    .config;
}

async function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

const former = { ...process.env };
process.setMaxListeners(20); // Pulumi adds one listener for each run of a program
afterEach(() => {
  process.env = { ...former };
});

describe("the program with the repository's own dev stack", () => {
  it("declares the role, slot a, the secret and its version", async () => {
    const { registered } = await run(devConfig());
    expect(registered.map(({ type, name }) => `${type} ${name}`).sort()).toEqual([
      "aws:secretsmanager/secret:Secret nightly-report",
      "aws:secretsmanager/secretVersion:SecretVersion nightly-report",
      "genesys-credentials:index:Credential nightly-report",
      "pulumi-nodejs:dynamic/genesys:OAuthClient nightly-report-a",
      "pulumi-nodejs:dynamic/genesys:Role reporting-reader",
    ]);
    const client = registered.find(({ name }) => name === "nightly-report-a")?.inputs;
    expect(client).toMatchObject({
      name: "nightly-report-dev-a",
      accessTokenValiditySeconds: 3600,
      generation: 0,
      state: "active",
      owner: "genesys-credentials/dev/nightly-report",
      roleDivisions: [{ roleId: "id-of-reporting-reader", division: "home" }],
    });
    expect(client?.["organization"]).toMatchObject({ region: "eu-west-1" });
  });

  it("names its providers by constant texts below 100 bytes that hold no secret", async () => {
    const { registered } = await run(devConfig());
    const texts = registered.flatMap(({ inputs }) => inputs["__provider"] ?? []) as string[];
    expect(texts).toEqual([
      'exports.handler=()=>require("./providers/load.js").Role',
      'exports.handler=()=>require("./providers/load.js").OAuthClient',
    ]);
  });

  it("stores the pair of the current client, as a secret", async () => {
    const { registered } = await run(devConfig());
    const version = registered.find(({ type }) => type.endsWith(":SecretVersion"))?.inputs;
    const stored = version?.["secretString"] as { value: string };
    expect(JSON.parse(stored.value)).toEqual({
      clientId: "id-of-nightly-report-a",
      clientSecret: "canary-secret-of-nightly-report-a",
      tokenUrl: "https://login.mypurecloud.ie/oauth/token",
      apiUrl: "https://api.mypurecloud.ie",
    });
    expect(stored).toHaveProperty([pulumi.runtime.specialSigKey], pulumi.runtime.specialSecretSig);
    expect(version).not.toHaveProperty("versionStages");
  });

  it("exports client id, secret name, ARN and generation, and no secret", async () => {
    const { exports } = await run(devConfig());
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
    const { registered } = await run(config);
    const generations = registered
      .filter(({ type }) => type.endsWith(":OAuthClient"))
      .map(({ name, inputs }) => [name, inputs["generation"]]);
    expect(generations).toEqual([
      ["nightly-report-b", 1],
      ["nightly-report-a", 0],
    ]);
    const version = registered.find(({ type }) => type.endsWith(":SecretVersion"))?.inputs;
    expect(JSON.stringify(version)).toContain("canary-secret-of-nightly-report-b");
  });
});

describe("the program with mistakes", () => {
  it("tells all of them at once and declares nothing", async () => {
    const config = devConfig();
    config["genesys-credentials:credentails"] = {};
    const credentials = config["genesys-credentials:credentials"] as Record<string, Record<string, unknown>>;
    credentials["nightly-report"]!["accessTokenValiditySeconds"] = 299;
    const failure = await run(config).then(
      () => undefined,
      (error: unknown) => error as Error,
    );
    expect(failure).toHaveProperty("__pulumiRunError", true); // printed without a stack trace
    expect(failure?.message).toContain("credentails");
    expect(failure?.message).toContain("credentials.nightly-report.accessTokenValiditySeconds");
  });
});
