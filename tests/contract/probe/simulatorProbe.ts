// The simulator as an organisation to be probed, and whether it is as it was before.
import {
  deployerClientId,
  deployerClientSecret,
  deployerPermissions,
  deployerRoleId,
  organizationId,
} from "../../../sandbox/genesys/seed";
import type { GenesysSimulator } from "../../../sandbox/genesys/server";
import { FakeClock } from "../../fakeClock";
import { borrowSimulator } from "../../sharedSimulator";
import type { ProbedServer } from "./probeWorld";

export interface ProbedSimulator extends ProbedServer {
  readonly simulator: GenesysSimulator;
  readonly commandLine: readonly string[];
  readonly deployerRoleId: string;
  /** What the deployer may do, but for one thing. */
  deployerPermissionsWithout(permission: string): string[];
  /** Ids of everything that a run could leave behind. */
  holdings(): readonly string[];
}

export async function probedSimulator(): Promise<ProbedSimulator> {
  const clock = new FakeClock();
  const simulator = await borrowSimulator({ clock });
  return {
    simulator,
    url: simulator.url,
    clock,
    clientId: deployerClientId,
    clientSecret: deployerClientSecret,
    commandLine: ["--organization", organizationId],
    deployerRoleId,
    deployerPermissionsWithout: (permission) =>
      deployerPermissions.flatMap(eachAction).filter((one) => one !== permission),
    holdings: () => holdingsOf(simulator),
  };
}

/** The actions that the deployer's one wildcard stands for. */
function eachAction(permission: string): readonly string[] {
  return permission.endsWith(":*")
    ? ["view", "add", "edit", "delete"].map((action) => permission.replace("*", action))
    : [permission];
}

/** Ids of what is there, and who holds what. */
export function holdingsOf(simulator: GenesysSimulator): string[] {
  const { clients, roles, grants, integrationCredentials } = simulator.organization.store.state;
  return [
    ...clients.filter(({ deleted }) => deleted === undefined).map(({ id }) => id),
    ...roles.filter(({ deletedAt }) => deletedAt === undefined).map(({ id }) => id),
    ...grants.map(({ subjectId, roleId, divisionId }) => `${subjectId} ${roleId} ${divisionId}`),
    ...integrationCredentials.filter(({ deletedAt }) => deletedAt === undefined).map(({ id }) => id),
  ];
}
