// The permanent names: the constant texts in state, evaluated by the SDK's own provider process and driven over gRPC.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

import { providerReferences } from "../../resources/providerReference";
import { deployerClientId, organizationId } from "../../sandbox/genesys/seed";
import { type GenesysSimulator, startGenesysSimulator } from "../../sandbox/genesys/server";
import { type SecretsManagerEmulator, startSecretsManager } from "../../sandbox/secretsmanager/server";

const projectFolder = join(__dirname, "..", "..");
const deployerSecret = "canary-provider-process-secret";
/** The permanent names may not grow: state holds them twice for each resource. */
const maximumProviderBytes = 100;
const region = "eu-west-1";
/** `canary-` and five random characters. */
const tellingLength = 12;

type Properties = Record<string, unknown>;

const struct = (properties: Properties): Struct =>
  Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);

describe("the providers in the SDK's own process", () => {
  let simulator: GenesysSimulator;
  let secretsManager: SecretsManagerEmulator;
  let child: ChildProcess;
  let client: ResourceProviderClient;
  let printed = "";

  beforeAll(async () => {
    simulator = await startGenesysSimulator({ seed: { deployerSecret } });
    secretsManager = await startSecretsManager();
    const script = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");
    child = spawn(process.execPath, [script, "127.0.0.1:1"], {
      cwd: projectFolder,
      env: {
        PATH: process.env["PATH"],
        PULUMI_NODEJS_PROJECT: "genesys-credentials",
        GENESYSCLOUD_API_URL: simulator.url,
        GENESYSCLOUD_LOGIN_URL: simulator.url,
        GENESYSCLOUD_OAUTHCLIENT_ID: deployerClientId,
        GENESYSCLOUD_OAUTHCLIENT_SECRET: deployerSecret,
        AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
        AWS_ACCESS_KEY_ID: "canary-access-key",
        AWS_SECRET_ACCESS_KEY: "canary-secret-key",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stderr!.on("data", (data: Buffer) => (printed += data.toString()));
    const lines = createInterface({ input: child.stdout! });
    const [port] = (await once(lines, "line")) as [string];
    lines.on("line", (line: string) => (printed += line));
    client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  });
  afterAll(async () => {
    client.close();
    child.kill();
    await once(child, "exit");
    await Promise.all([simulator.stop(), secretsManager.stop()]);
  });

  function check(news: Properties): Promise<Properties> {
    const request = new messages.CheckRequest();
    request.setOlds(struct({}));
    request.setNews(struct(news));
    return new Promise((resolve, reject) => {
      client.check(request, (error, response) => {
        if (error !== null) {
          reject(error);
          return;
        }
        expect(response.getFailuresList().map((failure) => failure.getReason())).toEqual([]);
        resolve(response.getInputs()!.toJavaScript());
      });
    });
  }

  function create(inputs: Properties): Promise<{ id: string; outs: Properties }> {
    const request = new messages.CreateRequest();
    request.setProperties(struct(inputs));
    return new Promise((resolve, reject) => {
      client.create(request, (error, response) => {
        if (error === null) {
          resolve({ id: response.getId(), outs: response.getProperties()!.toJavaScript() });
        } else {
          reject(error);
        }
      });
    });
  }

  function replaces(id: string, olds: Properties, news: Properties): Promise<string[]> {
    const request = new messages.DiffRequest();
    request.setId(id);
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    return new Promise((resolve, reject) => {
      client.diff(request, (error, response) => {
        if (error === null) {
          resolve(response.getReplacesList());
        } else {
          reject(error);
        }
      });
    });
  }

  function read(id: string, properties: Properties): Promise<{ inputs: Properties; properties: Properties }> {
    const request = new messages.ReadRequest();
    request.setId(id);
    request.setProperties(struct(properties));
    return new Promise((resolve, reject) => {
      client.read(request, (error, response) => {
        if (error === null) {
          const inputs = response.getInputs()!.toJavaScript();
          resolve({ inputs, properties: response.getProperties()!.toJavaScript() });
        } else {
          reject(error);
        }
      });
    });
  }

  function update(id: string, olds: Properties, news: Properties): Promise<Properties> {
    const request = new messages.UpdateRequest();
    request.setId(id);
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    return new Promise((resolve, reject) => {
      client.update(request, (error, response) => {
        if (error === null) {
          resolve(response.getProperties()!.toJavaScript());
        } else {
          reject(error);
        }
      });
    });
  }

  function remove(id: string, properties: Properties): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setId(id);
    request.setProperties(struct(properties));
    return new Promise((resolve, reject) => {
      client.delete(request, (error) => {
        if (error === null) {
          resolve();
        } else {
          reject(error);
        }
      });
    });
  }

  it.each([
    ["OAuthClient", providerReferences.OAuthClient],
    ["Role", providerReferences.Role],
    ["ClientSecret", providerReferences.ClientSecret],
    ["IntegrationCredential", providerReferences.IntegrationCredential],
  ])("the text of %s is short and constant", (kind, text) => {
    expect(Buffer.byteLength(text)).toBeLessThan(maximumProviderBytes);
    expect(text).toBe(`exports.handler=()=>require("./providers/load.js").${kind}`);
  });

  it("live through check, diff, create, read, update and delete, every kind, and tell no secret", async () => {
    const organization = { id: organizationId };
    const owner = "genesys-credentials/dev/report";
    const roleInputs = await check({
      __provider: providerReferences.Role,
      organization,
      name: "reader",
      permissionPolicies: [{ domain: "routing", entityName: "queue", actionSet: ["view"] }],
      owner,
    });
    const role = await create(roleInputs);
    const roleDivisions = [{ roleId: role.id, division: "home" }];
    const given = {
      __provider: providerReferences.OAuthClient,
      organization,
      name: "report-dev-a",
      roleDivisions,
      owner,
    };
    const inputs = await check(given);
    const made = await create(inputs);
    expect(made.outs).toMatchObject({ __provider: providerReferences.OAuthClient, clientId: made.id });
    expect(await replaces(made.id, made.outs, inputs)).toEqual([]);
    expect(await replaces(made.id, made.outs, { ...inputs, generation: 2 })).toEqual(["generation"]);
    expect((await read(made.id, made.outs)).inputs).toEqual(inputs);
    const renamed = await update(made.id, made.outs, { ...inputs, name: "renamed" });
    expect(renamed).toMatchObject({ name: "renamed", clientId: made.id });

    const { secret } = secretsManager.vault.create(
      region,
      "report",
      "canary-token-of-32-characters-0001",
      {},
      undefined,
      {},
    );
    const secretInputs = await check({
      __provider: providerReferences.ClientSecret,
      organization,
      clientId: made.id,
      authorizedGrantType: "CLIENT-CREDENTIALS",
      state: "active",
      generation: 0,
      owner: "genesys-credentials/dev/stored", // of one run: what it stores it does not take away (CLIENT_STILL_STORED)
      secretName: "report",
      secretArn: secret.arn,
      keys: "camel",
      apiUrl: simulator.url,
      tokenUrl: `${simulator.url}/oauth/token`,
      aws: { region },
    });
    const stored = await create(secretInputs);
    expect(await replaces(stored.id, stored.outs, secretInputs)).toEqual([]);
    expect(await replaces(stored.id, stored.outs, { ...secretInputs, generation: 1 })).toEqual([
      "generation",
    ]);
    expect((await read(stored.id, stored.outs)).inputs).toEqual(secretInputs);
    const respelt = await update(stored.id, stored.outs, { ...secretInputs, keys: "snake" });
    const integrationInputs = await check({
      __provider: providerReferences.IntegrationCredential,
      organization,
      name: "Data actions",
      clientId: made.id,
      secretArn: secret.arn,
      versionId: respelt["versionId"],
      aws: { region },
      owner,
    });
    const integration = await create(integrationInputs);
    expect((await read(integration.id, integration.outs)).inputs).toEqual(integrationInputs);
    const pair = simulator.organization.integrationCredentials.list()[0]?.fields ?? {};
    const versions = secretsManager.vault.all()[0]?.versions ?? [];
    const clientSecret = pair["clientSecret"] ?? "";
    expect(versions.filter(({ secretString = "" }) => secretString.includes(clientSecret))).toHaveLength(2);
    const told = JSON.stringify([made, renamed, stored, respelt, integration]);
    expect(told).not.toContain(clientSecret.slice(0, tellingLength));

    await remove(integration.id, integration.outs);
    await remove(stored.id, respelt);
    await remove(made.id, renamed);
    await remove(role.id, role.outs);
    const { clients, roles } = simulator.organization.describe();
    expect(clients.map(({ id }) => id)).toEqual([deployerClientId]);
    expect(roles.map(({ id }) => id)).not.toContain(role.id);
    expect(printed).toBe("");
  });

  it("report a failure in one line without a stack, once", async () => {
    const elsewhere = {
      __provider: providerReferences.OAuthClient,
      name: "lost",
      organization: {},
      organizationId: "00000000-0000-4000-8000-00000000f0e1",
    };
    const failure = await read("c0ffee00-0000-4000-8000-000000000001", elsewhere).catch(
      (error: unknown) => error as Error,
    );
    expect(failure).toHaveProperty(
      "details",
      expect.stringMatching(/^Reading OAuth client "lost": .*\[ORGANIZATION_MISMATCH\]$/),
    );
    expect(printed).toBe(""); // the engine prints it; the process must not do so once more
  });
});
