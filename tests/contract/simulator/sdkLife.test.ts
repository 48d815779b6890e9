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
import { type RecordedGenesys, recordGenesys } from "../pythonSdk/recordedGenesys";

const api = platformClient.ApiClient.instance;
const oauth = new platformClient.OAuthApi();
const authorization = new platformClient.AuthorizationApi();
const tokens = new platformClient.TokensApi();

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
