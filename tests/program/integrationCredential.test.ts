// An integration credential in the program: which inputs it has, that no secret is among them, and when there is none to put into it.

import { devConfig, type Registered, runProgram } from "./runProgram";

const type = "pulumi-nodejs:dynamic/genesys:IntegrationCredential";
const former = { ...process.env };
process.setMaxListeners(20); // Pulumi adds one listener for each run of a program
afterEach(() => {
  process.env = { ...former };
});

/** What the dev stack declares with these settings of its credential. */
async function declared(settings: object): Promise<Registered[]> {
  const config = devConfig();
  const credentials = config["genesys-credentials:credentials"] as Record<string, object>;
  credentials["nightly-report"] = { ...credentials["nightly-report"], ...settings };
  return (await runProgram(config)).registered;
}

const integrationCredential = { name: "Data actions: nightly report" };

it("is told where the pair of the current client is stored, and not the pair", async () => {
  const registered = await declared({ integrationCredential, rotation: { generation: 1 } });
  const inputs = registered.find((one) => one.type === type)?.inputs;
  expect(inputs).toMatchObject({
    name: "Data actions: nightly report",
    credentialType: "pureCloudOAuthClient",
    clientId: "id-of-nightly-report-b",
    secretArn: "id-of-nightly-report",
    versionId: "version-of-nightly-report",
    aws: {},
    owner: "genesys-credentials/dev/nightly-report",
    __provider: 'exports.handler=()=>require("./providers/load.js").IntegrationCredential',
  });
  expect(inputs).not.toHaveProperty("existingId");
  expect(JSON.stringify(inputs)).not.toContain("canary");
});

it("comes after the stored secret, and is told which one it takes over", async () => {
  const id = "1c000000-0000-4000-8000-000000000001";
  const registered = await declared({ integrationCredential: { ...integrationCredential, id } });
  const types = registered.map((one) => one.type);
  expect(types.indexOf(type)).toBeGreaterThan(types.findIndex((one) => one.endsWith(":ClientSecret")));
  expect(registered.find((one) => one.type === type)?.inputs).toMatchObject({ existingId: id });
});

it("is not there where none is declared", async () => {
  expect((await declared({})).filter((one) => one.type === type)).toEqual([]);
});

it("waits for the first rotation of a client whose secret was kept", async () => {
  const adopt = { clientId: "4b1c0000-0000-4000-8000-000000000001", secret: "keep" };
  const kept = await declared({ integrationCredential, adopt });
  expect(kept.filter((one) => one.type === type)).toEqual([]);
  const rotated = await declared({ integrationCredential, adopt, rotation: { generation: 1 } });
  expect(rotated.filter((one) => one.type === type)).toHaveLength(1);
});
