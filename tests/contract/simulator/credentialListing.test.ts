// The listing of integration credentials, driven by Genesys's own SDK: a cursor leads from page to page, and pages are limited.
import platformClient from "purecloud-platform-client-v2";

import { GenesysClient } from "../../../genesys/client";
import { IntegrationCredentials } from "../../../genesys/integrationCredentials";
import { deployerClientId, deployerClientSecret } from "../../../sandbox/genesys/seed";
import { type GenesysSimulator, startGenesysSimulator } from "../../../sandbox/genesys/server";

let simulator: GenesysSimulator;
const api = platformClient.ApiClient.instance;
const integrations = new platformClient.IntegrationsApi();

beforeAll(async () => {
  simulator = await startGenesysSimulator();
  api.setGateway({ host: "127.0.0.1", protocol: "http", port: simulator.port });
  await api.loginClientCredentialsGrant(deployerClientId, deployerClientSecret);
});
afterAll(() => simulator.stop());

test("every credential is on exactly one page", async () => {
  const ids = Array.from({ length: 5 }, (_, index) => `credential-${index}`);
  simulator.organization.seed({
    integrationCredentials: ids.map((id) => ({
      id,
      name: id,
      fields: { clientId: "x", clientSecret: "canary-x" },
    })),
  });
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await integrations.getIntegrationsCredentialsListing({
      pageSize: "2",
      ...(after === undefined ? {} : { after }),
    });
    seen.push(...page.entities!.map((one) => one.id!));
    after =
      page.nextUri === undefined
        ? undefined
        : new URL(page.nextUri, simulator.url).searchParams.get("after")!;
  } while (after !== undefined);
  expect(seen).toEqual(ids);
});

describe("450 credentials", () => {
  const ids = Array.from({ length: 450 }, (_, index) => `credential-${index}`);

  beforeAll(() => {
    simulator.organization.reset({
      integrationCredentials: ids.map((id) => ({
        id,
        name: id,
        fields: { clientId: "x", clientSecret: "canary-x" },
      })),
    });
  });
  beforeEach(async () => {
    await api.loginClientCredentialsGrant(deployerClientId, deployerClientSecret);
  });
  afterAll(() => {
    simulator.organization.setSwitches({ credentialListPages: "linked" });
  });

  const ours = () => {
    const told: string[] = [];
    const client = new GenesysClient({
      origins: { apiUrl: simulator.url, loginUrl: simulator.url },
      credentials: { clientId: deployerClientId, clientSecret: deployerClientSecret },
      notify: (line) => told.push(line),
    });
    return { list: () => new IntegrationCredentials(client).list(), told };
  };

  /** As Genesys's Terraform provider does it: the last id leads on, until a page is empty. */
  const bySdk = async (): Promise<string[]> => {
    const seen: string[] = [];
    for (;;) {
      const after = seen.length === 0 ? {} : { after: seen.at(-1)! };
      const { entities } = await integrations.getIntegrationsCredentialsListing({
        pageSize: "200",
        ...after,
      });
      if (entities!.length === 0) {
        return seen;
      }
      seen.push(...entities!.map((one) => one.id!));
    }
  };

  test.each(["linked", "unlinked"] as const)("are all listed where pages are %s", async (pages) => {
    simulator.organization.setSwitches({ credentialListPages: pages });
    expect(await bySdk()).toEqual(ids);
    const { list, told } = ours();
    expect((await list()).map(({ id }) => id)).toEqual(ids);
    expect(told).toEqual([]);
  });

  test("are not taken for 200 without a word where nothing leads on", async () => {
    simulator.organization.setSwitches({ credentialListPages: "sameAgain" });
    const { list, told } = ours();
    expect(await list()).toHaveLength(200);
    expect(told).toEqual([
      expect.stringMatching(/^Warning: the list of integration credentials may be longer than 200 entries/),
    ]);
  });
});

test("a page of more than 200 is refused", async () => {
  const listing = integrations.getIntegrationsCredentialsListing({ pageSize: "201" });
  await expect(listing).rejects.toMatchObject({ status: 400, code: "invalid.query.param.value" });
});

test("seeding changes what is there, and takes it away", async () => {
  const id = "seeded";
  const fields = { clientId: "x", clientSecret: "canary-x" };
  simulator.organization.seed({ integrationCredentials: [{ id, name: "One", fields }] });
  simulator.organization.seed({ integrationCredentials: [{ id, name: "Two" }] });
  const read = await integrations.getIntegrationsCredential(id);
  expect(read).toMatchObject({ name: "Two", credentialFields: { clientId: "x", clientSecret: "" } });
  simulator.organization.seed({ integrationCredentials: [{ id, deleted: true }] });
  await expect(integrations.getIntegrationsCredential(id)).rejects.toMatchObject({ status: 404 });
  expect(() => {
    simulator.organization.seed({ integrationCredentials: [{ id: "nameless" }] });
  }).toThrow(/Seeding the integration credential nameless/);
});
