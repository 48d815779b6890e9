// How a switch is tried: what is done, what comes of it, and the calls that several switches share.
import { deployerClientId, homeDivisionId } from "../../../sandbox/genesys/seed";
import { type SwitchesPatch } from "../../../sandbox/genesys/switches";
import { type Answer, clientBody, roleBody, type Wire, type SimulatorWorld } from "./simulatorWorld";

/** What is done, and what comes of it under each setting. Outcomes differ, or the switch would switch nothing. */
export interface Case {
  readonly probe: (world: SimulatorWorld) => Promise<unknown>;
  readonly outcomes: readonly (readonly [patch: SwitchesPatch, outcome: unknown])[];
}

export const put = (world: SimulatorWorld, id: string, changes: object): Promise<Answer> =>
  world.call("PUT", `/oauth/clients/${id}`, clientBody({ ...changes }));
export const newRole = (
  world: SimulatorWorld,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<Answer> => world.call("POST", "/authorization/roles", roleBody(changes));
export const selfGrant = (world: SimulatorWorld, grant: object): Promise<Answer> =>
  world.call("POST", `/authorization/subjects/${deployerClientId}/bulkadd?subjectType=PC_OAUTH_CLIENT`, {
    grants: [grant],
  });
export const statusAndCode = ({ status, text, body }: Answer): unknown => [
  status,
  text === "" ? undefined : body.code,
];
export const withRole = (roleId: string, divisionId = homeDivisionId): { roleDivisions: object[] } => ({
  roleDivisions: [{ roleId, divisionId }],
});

export async function createUnheld(world: SimulatorWorld): Promise<unknown> {
  const role = (await newRole(world)).body;
  return statusAndCode(await world.call("POST", "/oauth/clients", clientBody(withRole(role.id))));
}

export async function tokenAfter(
  world: SimulatorWorld,
  act: (client: Wire) => Promise<unknown>,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<unknown> {
  const client = await world.createClientWithToken(changes);
  await act(client);
  return world.tokenStatus(client.token);
}

export async function getAfterDelete(world: SimulatorWorld, waitMs = 0): Promise<unknown> {
  const client = await world.createClient();
  await world.deleteClient(client);
  world.clock.advance(waitMs);
  const { status, body } = await world.call("GET", `/oauth/clients/${client.id}`);
  return [status, body.state];
}
