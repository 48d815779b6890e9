// What must be true after the next `up`: one live object for each declaration, the recorded one, and a stored pair that works.
import { compareRoleDivisions, type RoleDivision } from "../../genesys/knowledge/roleDivisions";
import {
  adminRoleId,
  deployerClientId,
  deployerRoleId,
  employeeRoleId,
  homeDivisionId,
  salesDivisionId,
} from "../../sandbox/genesys/seed";
import { type ProviderWorld, recordedClient, recordedRole, recordedSecret } from "../providerWorld";
import { integrationPairs, isCurrentWorking, versionLabelled } from "../storedSecrets";
import type { Declared, StackState } from "./engine";

const seededRoleIds = [adminRoleId, deployerRoleId, employeeRoleId];

/** @throws Jest's error that says what did not converge */
export async function expectConverged(
  world: ProviderWorld,
  state: StackState,
  declared: Declared,
): Promise<void> {
  const { clients, roles, grants } = world.simulator.organization.describe();
  const liveClients = clients.filter(({ id }) => id !== deployerClientId);
  const liveRoles = roles.filter(({ id }) => !seededRoleIds.includes(id));
  expect({
    clients: liveClients.map(({ id }) => id),
    roles: liveRoles.map(({ id }) => id),
  }).toEqual({
    clients: declared.client === undefined ? [] : [state.client?.id],
    roles: declared.role === undefined ? [] : [state.role?.id],
  });
  const held = grants.filter(
    ({ subjectId, roleId }) => subjectId === deployerClientId && !seededRoleIds.includes(roleId),
  );
  expect(held.map(({ roleId, divisionId }) => ({ roleId, divisionId })).sort(byDivision)).toEqual(
    expectedGrants(state),
  );
  const { name, clientId } = declared.integration ?? {};
  const clientSecret = integrationPairs.find((pair) => pair.clientId === clientId)?.clientSecret;
  expect(
    world.simulator.organization.integrationCredentials.list().map((one) => ({
      id: one.id,
      name: one.name,
      ...one.fields,
    })),
  ).toEqual(
    declared.integration === undefined ? [] : [{ id: state.integration?.id, name, clientId, clientSecret }],
  );
  if (declared.role !== undefined) {
    expectRole(world, state, declared.role);
  }
  if (declared.client !== undefined) {
    await expectClient(world, state, declared.client);
  }
  if (declared.secret !== undefined) {
    expectSecret(world, state, declared.secret);
  }
}

/** The grants on record; those that Genesys did not let the deployer take back are among them. */
function expectedGrants(state: StackState): RoleDivision[] {
  const record = state.role === undefined ? undefined : recordedRole(state.role.outs);
  const wanted = record?.deployerDivisions.includes("Sales") === true ? salesDivisionId : homeDivisionId;
  const grants = record?.deployerGrants ?? [];
  expect(grants.map(({ divisionId }) => divisionId)).toEqual(
    record === undefined ? [] : expect.arrayContaining([wanted]),
  );
  return grants.map(({ divisionId }) => ({ roleId: record!.roleId, divisionId })).sort(byDivision);
}

function byDivision(a: RoleDivision, b: RoleDivision): number {
  return a.divisionId < b.divisionId ? -1 : 1;
}

function expectRole(world: ProviderWorld, state: StackState, declared: Declared["role"] & object): void {
  const live = world.simulator.organization.store.state.roles.find(({ id }) => id === state.role?.id);
  const { marker } = recordedRole(state.role!.outs);
  expect(live?.version).toMatchObject({
    name: declared.name,
    description: `${declared.description} ${marker}`,
    permissionPolicies: declared.permissionPolicies,
  });
}

async function expectClient(
  world: ProviderWorld,
  state: StackState,
  declared: Declared["client"] & object,
): Promise<void> {
  const record = recordedClient(state.client!.outs);
  expect(record).toMatchObject({ clientId: state.client!.id });
  expect(record).not.toHaveProperty("areRolesUnconfirmed");
  const live = world.simulator.organization.describe().clients.find(({ id }) => id === record.clientId);
  expect(live).toMatchObject({
    name: declared.name,
    description: `${declared.description} ${record.marker}`,
    accessTokenValiditySeconds: declared.accessTokenValiditySeconds,
    state: declared.state,
  });
  const secret = world.simulator.organization.store.state.clients.find(
    ({ id }) => id === record.clientId,
  )?.secret;
  const roleDivisions = await rolesOfMintedToken(world, record.clientId, secret!);
  const expected = [
    { roleId: state.role!.id, divisionId: homeDivisionId },
    { roleId: employeeRoleId, divisionId: homeDivisionId },
  ];
  expect(compareRoleDivisions(expected, roleDivisions)).toEqual({ missing: [], extra: [] });
}

/** What consumers read is what is on record: a pair of the declared client that works. */
function expectSecret(world: ProviderWorld, state: StackState, declared: Declared["secret"] & object): void {
  const record = recordedSecret(state.secret!.outs);
  expect(record).toMatchObject({
    clientId: state.client!.id,
    generation: declared.generation,
    keys: declared.keys,
  });
  expect(versionLabelled(world.secretsManager)).toMatchObject({
    id: record.versionId,
    payload: { clientId: record.clientId },
  });
  expect(isCurrentWorking(world)).toBe(true);
}

/** As a consumer would: a token by the pair, and whose it is. */
async function rolesOfMintedToken(
  world: ProviderWorld,
  clientId: string,
  secret: string,
): Promise<RoleDivision[]> {
  const minted = await fetch(`${world.simulator.url}/oauth/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  const { access_token: accessToken } = (await minted.json()) as { access_token: string };
  const answer = await fetch(`${world.simulator.url}/api/v2/tokens/me`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  const { OAuthClient: owner } = (await answer.json()) as { OAuthClient: { roleDivisions: RoleDivision[] } };
  return owner.roleDivisions;
}
