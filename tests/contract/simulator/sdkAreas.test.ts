// The areas around clients and roles, driven by Genesys's own JavaScript SDK.
import platformClient from "purecloud-platform-client-v2";
import {
  deployerClientId,
  deployerClientSecret,
  employeeRoleId,
  homeDivisionId,
  organizationId,
  salesDivisionId,
} from "../../../sandbox/genesys/seed";
import { type GenesysSimulator, startGenesysSimulator } from "../../../sandbox/genesys/server";
import { type RecordedGenesys, recordGenesys } from "../pythonSdk/recordedGenesys";

const api = platformClient.ApiClient.instance;
const oauth = new platformClient.OAuthApi();
const authorization = new platformClient.AuthorizationApi();
const tokens = new platformClient.TokensApi();
const organizations = new platformClient.OrganizationApi();
const integrations = new platformClient.IntegrationsApi();

let simulator: GenesysSimulator;
let recorded: RecordedGenesys;

beforeEach(async () => {
  simulator = await startGenesysSimulator();
  recorded = await recordGenesys(simulator.url);
  api.setGateway({ host: "127.0.0.1", protocol: "http", port: recorded.port });
  await api.loginClientCredentialsGrant(deployerClientId, deployerClientSecret);
});

afterEach(async () => {
  await recorded.stop();
  await simulator.stop();
  expect(recorded.departures()).toEqual([]);
});

test("pages: roles by size and number, permissions by domain, divisions by name", async () => {
  for (let number = 1; number <= 5; number += 1) {
    await authorization.postAuthorizationRoles({ name: `team-${number}` });
  }
  const all: string[] = [];
  let pageCount = 1;
  for (let pageNumber = 1; pageNumber <= pageCount; pageNumber += 1) {
    const page = await authorization.getAuthorizationRoles({ pageSize: 3, pageNumber, userCount: false });
    pageCount = page.pageCount!;
    expect(page.entities!.length).toBeLessThanOrEqual(3);
    expect(page.entities!.every((role) => role.userCount === undefined)).toBe(true);
    all.push(...page.entities!.map((role) => role.name!));
  }
  expect(pageCount).toBe(3);
  expect(all.sort()).toEqual(
    ["Credentials Deployer", "admin", "employee", "team-1", "team-2", "team-3", "team-4", "team-5"].sort(),
  );
  expect((await authorization.getAuthorizationRoles({ name: "team-*" })).total).toBe(5);
  expect((await authorization.getAuthorizationRoles({ name: "team" })).total).toBe(0);
  const employees = await authorization.getAuthorizationRoles({ defaultRoleId: ["employee"] });
  expect(employees.entities!.map((role) => role.id)).toEqual([employeeRoleId]);
  const byPermission = await authorization.getAuthorizationRoles({ permission: ["oauth:client:add"] });
  expect(byPermission.entities!.map((role) => role.name)).toEqual(["admin", "Credentials Deployer"]);

  const analytics = await authorization.getAuthorizationPermissions({
    queryType: "domain",
    query: "analytics",
  });
  expect(analytics.entities).toHaveLength(1);
  const detail = analytics.entities![0]!.permissionMap!["conversationDetail"]!;
  expect(detail).toEqual([expect.objectContaining({ action: "view", divisionAware: true })]);
  const catalogue = await authorization.getAuthorizationPermissions({ pageSize: 100 });
  const permissions = catalogue.entities!.flatMap((one) => Object.values(one.permissionMap!).flat());
  expect(catalogue.total).toBeGreaterThanOrEqual(25);
  expect(permissions.length).toBeGreaterThanOrEqual(250);

  const sales = await authorization.getAuthorizationDivisions({ name: "Sales" });
  expect(sales.entities!.map((division) => division.id)).toEqual([salesDivisionId]);
  expect(await authorization.getAuthorizationDivisionsHome()).toMatchObject({
    id: homeDivisionId,
    homeDivision: true,
  });
  expect(await authorization.getAuthorizationDivisionsLimit()).toEqual(expect.any(Number));
});

test("organisation, limits, products and scopes answer what tools read at their start", async () => {
  expect(await organizations.getOrganizationsMe()).toMatchObject({
    id: organizationId,
    name: "Sandbox Contact Centre",
    state: "active",
    defaultCountryCode: expect.any(String),
  });
  const limits = await organizations.getOrganizationsLimitsNamespace("platform.api");
  expect(limits.entities).toContainEqual({
    key: "client.credentials.token.rate.per.minute",
    namespace: "platform.api",
    value: 300,
  });
  expect((await authorization.getAuthorizationProducts()).total).toEqual(expect.any(Number));
  expect((await oauth.getOauthScopes()).entities!.map((scope) => scope.id)).toContain("oauth:readonly");
});

test("integration credentials keep a secret and never show it", async () => {
  const body: platformClient.Models.Credential = {
    name: "crm",
    type: { name: "pureCloudOAuthClient" },
    credentialFields: { clientId: "an-id", clientSecret: "canary-integration-secret" },
  };
  const created = await integrations.postIntegrationsCredentials({ body });
  const read = await integrations.getIntegrationsCredential(created.id!);
  expect(read.credentialFields).toEqual({ clientId: "an-id", clientSecret: "" });
  await integrations.putIntegrationsCredential(created.id!, { body: { ...body, name: "crm-2" } });
  expect((await integrations.getIntegrationsCredentials()).entities!.map((one) => one.name)).toEqual([
    "crm-2",
  ]);
  expect((await integrations.getIntegrationsCredentialsListing()).entities).toHaveLength(1);
  const types = await integrations.getIntegrationsCredentialsTypes();
  expect(types.map((type) => type.name)).toContain("pureCloudOAuthClient");
  await integrations.deleteIntegrationsCredential(created.id!);
  await expect(integrations.getIntegrationsCredential(created.id!)).rejects.toMatchObject({ status: 404 });
});

test("usage is a query that is started and then read; the present day has no figures yet", async () => {
  const msPerDay = 86_400_000;
  const date = new Date(Date.now() - msPerDay).toISOString();
  simulator.organization.seed({
    usageRows: [
      {
        clientId: deployerClientId,
        date,
        templateUri: "/api/v2/oauth/clients",
        httpMethod: "GET",
        requests: 7,
      },
      { clientId: "somebody-else", date, requests: 1 },
      { clientId: deployerClientId, date: new Date().toISOString(), requests: 5 },
      { clientId: deployerClientId, date: "2001-01-01T00:00:00Z", requests: 2 },
    ],
  });
  const started = await oauth.getOauthClientUsageSummary(deployerClientId, { days: "7" });
  const result = await oauth.getOauthClientUsageQueryResult(started.executionId!, deployerClientId);
  expect(result.queryStatus).toBe("Complete");
  expect(result.results!.map((row) => row.requests)).toEqual([7]);
  const old = await oauth.postOauthClientUsageQuery(deployerClientId, {
    interval: "2000-12-31T00:00:00Z/2001-01-02T00:00:00Z",
  });
  const oldResult = await oauth.getOauthClientUsageQueryResult(old.executionId!, deployerClientId);
  expect(oldResult.results!.map((row) => row.requests)).toEqual([2]);
});

test("a token can be checked and revoked by its holder", async () => {
  await expect(tokens.headTokensMe()).resolves.toBeUndefined();
  await tokens.deleteTokensMe();
  await expect(tokens.getTokensMe()).rejects.toMatchObject({ status: 401, code: "bad.credentials" });
});
