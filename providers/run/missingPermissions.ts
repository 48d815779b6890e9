// Whether the deployer may do what a run is about to do: compared before the first write, everything missing in one error.
import { oneLine } from "../../common/oneLine";
import type { TokenIdentity } from "../../genesys/identity";
import { explain, ProviderError } from "../engine/providerError";
import { isHeld } from "../../genesys/knowledge/heldPermissions";
import { everyPermission, requiredPermissions, type Step } from "../../genesys/knowledge/requiredPermissions";
import type { Session } from "./session";

/** A name of the organisation in a message. */
const longestName = 100;

/** A role that a client is to get: Genesys lets nobody hand out a role that they do not hold (docs/genesys-api.md 3.8). */
export interface HandedOutRole {
  readonly id: string;
  readonly name: string;
}

/**
 * Refuses a step for which the deployer lacks a permission or a role. Where Genesys does not tell clearly what the client
 * holds, nothing is refused here: its own answer then decides.
 * @throws ProviderError DEPLOYER_PERMISSIONS
 */
export async function requirePermissions(
  session: Session,
  action: string,
  steps: readonly Step[],
  handedOut: readonly HandedOutRole[] = [],
): Promise<void> {
  if (!session.checksDeployer || (steps.length === 0 && handedOut.length === 0)) {
    return;
  }
  const identity = await session.enter(action, undefined);
  // A client without any role could not sign in: an empty list means that Genesys does not tell. One that cannot be read may be the one.
  const told = identity.unreadableRoleCount === undefined ? (identity.roleDivisions ?? []) : [];
  const notOfToken = handedOut.filter(({ id }) => told.every(({ roleId }) => roleId !== id));
  const held = steps.length + notOfToken.length === 0 ? undefined : await session.heldPermissions();
  const lacks = (permission: string): boolean => held !== undefined && isHeld(held, permission) === false;
  const needed = [...new Set(steps.flatMap(requiredPermissions))].sort();
  const missing = needed.filter(lacks);
  // The roles of the token and the grants may be two stores (docs/genesys-api.md 4.6): what either shows is held.
  const granted = told.length === 0 ? undefined : held?.grantedRoleIds;
  const areRolesTold = notOfToken.length === 0 || granted !== undefined;
  if (held?.isComplete === false && needed.some((permission) => isHeld(held, permission) === undefined)) {
    tellNotCompared(session, identity, held.reason ?? "Genesys does not tell all of it");
  } else if (!areRolesTold) {
    tellNotCompared(session, identity, (told.length > 0 ? held?.reason : undefined) ?? untoldRoles(identity));
  }
  const roles = granted === undefined ? [] : notOfToken.filter(({ id }) => !granted.includes(id));
  if (missing.length === 0 && roles.length === 0) {
    return;
  }
  const problems: string[] = [];
  const remedies: string[] = [];
  if (missing.length > 0) {
    const every = everyPermission(steps);
    const otherwise = every.filter((permission) => lacks(permission) && !missing.includes(permission));
    const later = otherwise.length === 0 ? "" : `; other steps will also need ${otherwise.join(", ")}`;
    problems.push(`lacks ${missing.join(", ")}`);
    remedies.push(`give it a role with permissions: [${every.join(", ")}]${later}`);
  }
  for (const { name } of roles) {
    problems.push(
      `does not hold the role "${name}", which it is to hand out (nobody can hand out a role they do not hold)`,
    );
  }
  if (roles.length > 0) {
    const those = roles.length === 1 ? "that role" : "those roles";
    remedies.push(`give it ${those} in Genesys (Admin, Integrations, OAuth, Roles)`);
  }
  const failure = new ProviderError(
    "DEPLOYER_PERMISSIONS",
    `${action}: the deployer ${nameOf(identity)} ${problems.join(" and ")}; nothing was written. ` +
      `Remedy: ${remedies.join("; ")}`,
  );
  throw explain(action, failure, session.redactor);
}

function untoldRoles({ unreadableRoleCount: count = 0 }: TokenIdentity): string {
  return count === 0 ? "Genesys does not tell its roles" : `${count} of its roles cannot be read`;
}

/** Once a run: nothing is refused for it, and nobody should take the silence for a comparison. */
function tellNotCompared(session: Session, identity: TokenIdentity, reason: string): void {
  if (session.beginTelling("not compared")) {
    session.notify(
      `Notice: what the deployer ${nameOf(identity)} may do was not compared with what this run needs. Nothing is refused for that: ` +
        `Genesys's own answer decides, perhaps in the middle of an update. Reason: ${reason}`,
    );
  }
}

function nameOf({ clientId, clientName }: TokenIdentity): string {
  const id = clientId ?? "(id not told)";
  return clientName === undefined ? id : `"${oneLine(clientName, longestName)}" (${id})`;
}
