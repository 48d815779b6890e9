// The listing of integration credentials, driven by Genesys's own SDK: a cursor leads from page to page, and pages are limited.
import platformClient from "purecloud-platform-client-v2";

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
