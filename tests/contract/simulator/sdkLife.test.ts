// The whole life of a client and a role, driven by Genesys's own JavaScript SDK: an independent judge of the simulator.
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

const api = platformClient.ApiClient.instance;
const oauth = new platformClient.OAuthApi();
const authorization = new platformClient.AuthorizationApi();
const tokens = new platformClient.TokensApi();
const organizations = new platformClient.OrganizationApi();
const integrations = new platformClient.IntegrationsApi();

let simulator: GenesysSimulator;

beforeEach(async () => {
  simulator = await startGenesysSimulator();
  api.setGateway({ host: "127.0.0.1", protocol: "http", port: simulator.port });
  await api.loginClientCredentialsGrant(deployerClientId, deployerClientSecret);
});

afterEach(async () => {
  await simulator.stop();
});

function request(
  changes: Partial<platformClient.Models.OAuthClientRequest> = {},
): platformClient.Models.OAuthClientRequest {
  return {
    name: "nightly-report",
    description: "Nightly report",
    authorizedGrantType: "CLIENT-CREDENTIALS",
    accessTokenValiditySeconds: 3600,
    roleDivisions: [{ roleId: employeeRoleId, divisionId: homeDivisionId }],
    state: "active",
    ...changes,
  };
}

test("a client is created, read, changed, given a new secret, deactivated and deleted", async () => {
  const created = await oauth.postOauthClients(request());
  expect(created.secret).toMatch(/^canary-[A-Za-z0-9_-]{43}$/);
  expect(created).toMatchObject({
    ...request(),
    roleIds: [employeeRoleId],
    createdBy: { id: deployerClientId },
    selfUri: `/api/v2/oauth/clients/${created.id}`,
  });

  const { secret, ...withoutSecret } = created;
  expect(await oauth.getOauthClient(created.id!)).toEqual(withoutSecret);
  const listed = await oauth.getOauthClients();
  expect(listed).toMatchObject({ total: 2, pageCount: 1, pageNumber: 1, pageSize: 2 });
  expect(listed.entities!.find((one) => one.id === created.id)).toEqual(withoutSecret);

  const changed = await oauth.putOauthClient(
    created.id!,
    request({ name: "nightly-report-2", description: "Changed" }),
  );
  expect(changed).not.toHaveProperty("secret");
  expect(await oauth.getOauthClient(created.id!)).toMatchObject({
    name: "nightly-report-2",
    description: "Changed",
  });

  const renewed = await oauth.postOauthClientSecret(created.id!);
  expect(renewed.secret).toMatch(/^canary-/);
  expect(renewed.secret).not.toBe(secret);
  await expect(api.loginClientCredentialsGrant(created.id!, secret!)).rejects.toMatchObject({
    response: { status: 401 },
  });
  const { accessToken } = await api.loginClientCredentialsGrant(created.id!, renewed.secret!);
  const me = await tokens.getTokensMe();
  expect(me).toMatchObject({
    organization: { id: organizationId },
    OAuthClient: {
      id: created.id,
      name: "nightly-report-2",
      authorizedGrantType: "CLIENT-CREDENTIALS",
      roleDivisions: [{ roleId: employeeRoleId, divisionId: homeDivisionId }],
      organization: { id: organizationId },
    },
  });

  await api.loginClientCredentialsGrant(deployerClientId, deployerClientSecret);
  await expect(oauth.deleteOauthClient(created.id!)).rejects.toMatchObject({
    status: 400,
    code: "cannot.delete.client",
  });
  await oauth.putOauthClient(created.id!, request({ state: "inactive" }));
  await expect(api.loginClientCredentialsGrant(created.id!, renewed.secret!)).rejects.toMatchObject({
    response: { status: 400, data: { error: "invalid_client" } },
  });
  // Inactive refuses new tokens and leaves those that are out alone.
  api.setAccessToken(accessToken);
  expect((await tokens.getTokensMe()).OAuthClient).toMatchObject({ state: "inactive" });
  await api.loginClientCredentialsGrant(deployerClientId, deployerClientSecret);
  await expect(oauth.deleteOauthClient(created.id!)).resolves.toBeUndefined();
  await expect(oauth.getOauthClient(created.id!)).rejects.toMatchObject({ status: 404, code: "not.found" });
  await expect(oauth.deleteOauthClient(created.id!)).rejects.toMatchObject({ status: 404 });
  expect((await oauth.getOauthClients()).total).toBe(1);
});

test("a role is created, self-granted, handed out, changed and deleted together with its grants", async () => {
  const role = await authorization.postAuthorizationRoles({
    name: "reporting-reader",
    description: "Reads conversation details",
    permissionPolicies: [
      { domain: "analytics", entityName: "conversationDetail", actionSet: ["view"] },
      { domain: "routing", entityName: "queue", actionSet: ["view", "search"] },
    ],
  });
  expect(role).toMatchObject({ default: false, base: false, userCount: 0 });
  const roleDivisions = [{ roleId: role.id!, divisionId: salesDivisionId }];
  await expect(oauth.postOauthClients(request({ roleDivisions }))).rejects.toMatchObject({
    status: 403,
    code: "not.authorized",
  });
  await authorization.postAuthorizationSubjectBulkadd(
    deployerClientId,
    { grants: [{ roleId: role.id!, divisionId: homeDivisionId }] },
    { subjectType: "PC_OAUTH_CLIENT" },
  );
  const client = await oauth.postOauthClients(request({ roleDivisions }));
  const subject = await authorization.getAuthorizationSubject(client.id!);
  expect(subject).toMatchObject({ id: client.id, name: "nightly-report" });
  expect(subject.grants).toHaveLength(1);
  expect(subject.grants![0]).toMatchObject({
    division: { id: salesDivisionId, name: "Sales" },
    role: { id: role.id, name: "reporting-reader" },
  });
  const holders = await authorization.getAuthorizationRoleSubjectgrants(role.id!);
  expect(holders.entities!.map((one) => one.id).sort()).toEqual([client.id, deployerClientId].sort());

  await authorization.putAuthorizationRole(role.id!, {
    name: "reporting-reader",
    permissionPolicies: [{ domain: "analytics", entityName: "conversationDetail", actionSet: ["view"] }],
  });
  const reread = await authorization.getAuthorizationRole(role.id!, { expand: ["unusedPermissions"] });
  expect(reread.permissionPolicies).toHaveLength(1);
  expect(reread.description).toBeUndefined();
  expect(reread.unusedPermissions).toEqual(["analytics:conversationDetail:view"]);

  await authorization.deleteAuthorizationRole(role.id!);
  await expect(authorization.getAuthorizationRole(role.id!)).rejects.toMatchObject({ status: 404 });
  expect((await authorization.getAuthorizationSubject(client.id!)).grants).toEqual([]);
  expect((await oauth.getOauthClient(client.id!)).roleDivisions).toEqual([]);
});

test("grants of a subject and roleDivisions of its client are one store", async () => {
  const client = await oauth.postOauthClients(request());
  const type = { subjectType: "PC_OAUTH_CLIENT" };
  await authorization.postAuthorizationSubjectDivisionRole(client.id!, "*", employeeRoleId, type);
  expect((await oauth.getOauthClient(client.id!)).roleDivisions).toEqual([
    { roleId: employeeRoleId, divisionId: homeDivisionId },
    { roleId: employeeRoleId, divisionId: "*" },
  ]);
  const all = (await authorization.getAuthorizationSubject(client.id!)).grants![1]!.division!;
  expect(all).toMatchObject({ id: "*", homeDivision: false, selfUri: "/api/v2/authorization/divisions/*" });
  expect(all).not.toHaveProperty("name");

  await authorization.deleteAuthorizationSubjectDivisionRole(client.id!, homeDivisionId, employeeRoleId);
  await authorization.postAuthorizationSubjectBulkreplace(
    client.id!,
    { grants: [{ roleId: employeeRoleId, divisionId: salesDivisionId }] },
    type,
  );
  expect((await oauth.getOauthClient(client.id!)).roleDivisions).toEqual([
    { roleId: employeeRoleId, divisionId: salesDivisionId },
  ]);
  await authorization.postAuthorizationSubjectBulkremove(client.id!, {
    grants: [{ roleId: employeeRoleId, divisionId: salesDivisionId }],
  });
  expect((await oauth.getOauthClient(client.id!)).roleDivisions).toEqual([]);
  expect((await authorization.getAuthorizationSubjectsMe()).id).toBe(deployerClientId);
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

test("usage is a query that is started and then read", async () => {
  const date = new Date().toISOString();
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
