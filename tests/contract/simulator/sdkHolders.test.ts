// Who holds a role, asked and changed with Genesys's own JavaScript SDK.
import platformClient from "purecloud-platform-client-v2";
import {
  deployerClientId,
  deployerClientSecret,
  employeeRoleId,
  homeDivisionId,
  salesDivisionId,
} from "../../../sandbox/genesys/seed";
import { type GenesysSimulator, startGenesysSimulator } from "../../../sandbox/genesys/server";
import { type RecordedGenesys, recordGenesys } from "../pythonSdk/recordedGenesys";

const api = platformClient.ApiClient.instance;
const authorization = new platformClient.AuthorizationApi();

const roleId = employeeRoleId;
const users = [
  { id: "u1", name: "Ms Example" },
  { id: "u2", name: "Mr Other" },
];

let simulator: GenesysSimulator;
let recorded: RecordedGenesys;

beforeEach(async () => {
  simulator = await startGenesysSimulator({ seed: { users, groups: [{ id: "g1", name: "Reporting" }] } });
  recorded = await recordGenesys(simulator.url);
  api.setGateway({ host: "127.0.0.1", protocol: "http", port: recorded.port });
  await api.loginClientCredentialsGrant(deployerClientId, deployerClientSecret);
});

afterEach(async () => {
  await recorded.stop();
  await simulator.stop();
  expect(recorded.departures()).toEqual([]);
});

test("people are given a role and lose it; the list of users shows their ids and no names", async () => {
  expect(await authorization.putAuthorizationRoleUsersAdd(roleId, ["u1", "u2"])).toEqual(["u1", "u2"]);
  const listed = await authorization.getAuthorizationRoleUsers(roleId);
  expect(listed).toMatchObject({ total: 2, pageNumber: 1, pageCount: 1 });
  expect(listed.entities).toEqual(users.map(({ id }) => ({ id, selfUri: `/api/v2/users/${id}` })));
  const second = await authorization.getAuthorizationRoleUsers(roleId, { pageSize: 1, pageNumber: 2 });
  expect(second.entities!.map(({ id }) => id)).toEqual(["u2"]);
  expect((await authorization.getAuthorizationRole(roleId)).userCount).toBe(2);

  expect(await authorization.putAuthorizationRoleUsersRemove(roleId, ["u1"])).toEqual(["u1"]);
  expect((await authorization.getAuthorizationRoleUsers(roleId)).entities!.map(({ id }) => id)).toEqual([
    "u2",
  ]);
});

test("the list of subjects shows people, groups and clients by name, type and divisions, each once", async () => {
  await authorization.putAuthorizationRoleUsersAdd(roleId, ["u1"]);
  await authorization.postAuthorizationRole(
    roleId,
    { subjectIds: ["g1"], divisionIds: [homeDivisionId, salesDivisionId] },
    { subjectType: "PC_GROUP" },
  );
  const { entities } = await authorization.getAuthorizationRoleSubjectgrants(roleId, { pageSize: 100 });
  expect(
    entities!.map(({ id, name, type, divisions }) => [id, name, type, divisions!.map((one) => one.name)]),
  ).toEqual([
    [deployerClientId, "credentials-deployer", "PC_OAUTH_CLIENT", ["Home"]],
    ["u1", "Ms Example", "PC_USER", ["Home"]],
    ["g1", "Reporting", "PC_GROUP", ["Home", "Sales"]],
  ]);
  const second = await authorization.getAuthorizationRoleSubjectgrants(roleId, {
    pageSize: 2,
    pageNumber: 2,
  });
  expect([second.pageCount, second.entities!.map(({ id }) => id)]).toEqual([2, ["g1"]]);
});

test("what cannot be: an unknown role or person, a body that is no list, a role that the caller does not hold", async () => {
  const add = (role: string, ids: unknown): Promise<unknown> =>
    authorization.putAuthorizationRoleUsersAdd(role, ids as string[]);
  const notFound = { status: 404, code: "not.found" };
  await expect(authorization.getAuthorizationRoleUsers("none")).rejects.toMatchObject(notFound);
  await expect(authorization.getAuthorizationRoleSubjectgrants("none")).rejects.toMatchObject(notFound);
  await expect(add(roleId, ["nobody"])).rejects.toMatchObject(notFound);
  await expect(add(roleId, { id: "u1" })).rejects.toMatchObject({ status: 400, code: "invalid.value" });
  const role = await authorization.postAuthorizationRoles({ name: "reader" });
  await expect(add(role.id!, ["u1"])).rejects.toMatchObject({ status: 403 });
});

test("without authorization:role:view the subjects stay unknown, the users do not", async () => {
  const permissions = ["oauth:client:view"];
  simulator.organization.seed({
    roles: [{ id: "r1", name: "clients only", permissions }],
    clients: [
      {
        id: "blind",
        name: "blind",
        secret: "canary-blind",
        roleDivisions: [{ roleId: "r1", divisionId: homeDivisionId }],
      },
    ],
  });
  await api.loginClientCredentialsGrant("blind", "canary-blind");
  await expect(authorization.getAuthorizationRoleSubjectgrants("r1")).rejects.toMatchObject({
    status: 403,
    code: "missing.permissions",
  });
  expect((await authorization.getAuthorizationRoleUsers("r1")).total).toBe(0);
});
