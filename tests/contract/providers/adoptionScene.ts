// Hand-made clients and roles in the simulated organisation, and what tests of their adoption ask about them.
import type { OAuthClientInputs } from "../../../providers/oauthClient/record";
import type { RoleInputs } from "../../../providers/role/record";
import {
  deployerClientId,
  employeeRoleId,
  homeDivisionId,
  salesDivisionId,
} from "../../../sandbox/genesys/seed";
import { clientInputs, type ProviderRun, type ProviderWorld, roleInputs } from "../../providerWorld";

/** The hand-made client. */
export const handMadeId = "c1000000-0000-4000-8000-00000000000a";
/** Its secret, which people have in their configuration. */
export const handMadeSecret = "canary-hand-made-secret";
/** The hand-made role, which the deployer holds too. */
export const handMadeRoleId = "70000000-0000-4000-8000-00000000000a";

/** Puts both into the organisation. */
export function seedHandMade(world: ProviderWorld): void {
  world.simulator.organization.seed({
    roles: [
      {
        id: handMadeRoleId,
        name: "Reporting Reader",
        description: "Made by hand",
        permissions: ["routing:queue:view", "analytics:conversationDetail:view"],
      },
    ],
    clients: [
      {
        id: handMadeId,
        name: "Nightly Report",
        description: "Made by hand",
        secret: handMadeSecret,
        accessTokenValiditySeconds: 86_400,
        roleDivisions: [
          { roleId: employeeRoleId, divisionId: homeDivisionId },
          { roleId: handMadeRoleId, divisionId: salesDivisionId },
        ],
      },
    ],
    grants: [
      { subjectId: deployerClientId, roleId: handMadeRoleId, divisionId: homeDivisionId },
      { subjectId: deployerClientId, roleId: handMadeRoleId, divisionId: salesDivisionId },
    ],
  });
}

/** Inputs of a client that adopts the hand-made one. */
export function adopting(
  secret: "keep" | "regenerate",
  changes: Partial<OAuthClientInputs> = {},
): OAuthClientInputs {
  return clientInputs({ adopt: { clientId: handMadeId, secret }, ...changes });
}

/** Inputs of a role that adopts the hand-made one. */
export function adoptingRole(changes: Partial<RoleInputs> = {}): RoleInputs {
  return roleInputs({ adopt: { roleId: handMadeRoleId }, ...changes });
}

/** Whether a pair mints a token. */
export async function mints(run: ProviderRun, clientId: string, clientSecret: string): Promise<boolean> {
  try {
    await run.session.client.mint({ clientId, clientSecret });
    return true;
  } catch {
    return false;
  }
}

/** What check says, with nothing recorded before. */
export async function refusalOf(run: ProviderRun, inputs: OAuthClientInputs): Promise<string[]> {
  const { failures } = await run.oauthClients.check({}, { ...inputs });
  return failures.map(({ reason }) => reason);
}

/** The requests since the log was cleared that change something. */
export function writesOf(world: ProviderWorld): string[] {
  return world.simulator.requestLog.entries
    .filter(({ method, path }) => method !== "GET" && path !== "/oauth/token")
    .map(({ method, path }) => `${method} ${path}`);
}

/** All requests since the log was cleared. */
export function requestsOf(world: ProviderWorld): string[] {
  return world.simulator.requestLog.entries.map(
    ({ method, path }) => `${method} ${path.split("?")[0] ?? ""}`,
  );
}
