// Whether the deployer may do what a run is about to do: compared before the first write, everything missing in one error; in a preview a warning.
import { oneLine } from "../../common/oneLine";
import { planNoticeLine } from "../../common/planNotice";
import type { TokenIdentity } from "../../genesys/identity";
import { explain, ProviderError } from "../engine/providerError";
import { isHeld } from "../../genesys/knowledge/heldPermissions";
import { everyPermission, requiredPermissions, type Step } from "../../genesys/knowledge/requiredPermissions";
import type { Session } from "./session";

/** A name of the organisation in a message. */
const longestName = 100;
/** The same in a notice, beside the id; and what a notice, which is cut after 500 characters, has room for. */
const nameInNotice = 35;
const charactersOfItems = 220;

/** A role that a client is to get: Genesys lets nobody hand out a role that they do not hold (docs/genesys-api.md 3.8). */
export interface HandedOutRole {
  readonly id: string;
  readonly name: string;
}

/** What the client that signs in lacks for some steps. */
interface Lack {
  readonly identity: TokenIdentity;
  /** Needed by these steps. */
  readonly permissions: readonly string[];
  /** Of the whole role to give, what these steps do without. */
  readonly later: readonly string[];
  /** To be handed out and not held: names. */
  readonly roles: readonly string[];
}

/**
 * Refuses a step for which the deployer lacks a permission or a role. A preview may be run by a client that only looks, so there it is told,
 * and the update decides. Where Genesys does not tell clearly what the client holds, nothing is refused here: its own answer then decides.
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
  const lack = await lackOf(session, action, steps, handedOut);
  if (isNothing(lack)) {
    return;
  }
  if (session.isPreview) {
    tellLack(session, lack);
    return;
  }
  throw explain(action, refusal(session, action, steps, lack), session.redactor);
}

/** Whether {@link requirePermissions} would say nothing. */
export async function isAllowed(
  session: Session,
  action: string,
  steps: readonly Step[],
  handedOut: readonly HandedOutRole[] = [],
): Promise<boolean> {
  return isNothing(await lackOf(session, action, steps, handedOut));
}

function isNothing({ permissions, roles }: Lack): boolean {
  return permissions.length === 0 && roles.length === 0;
}

async function lackOf(
  session: Session,
  action: string,
  steps: readonly Step[],
  handedOut: readonly HandedOutRole[],
): Promise<Lack> {
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
  return {
    identity,
    permissions: missing,
    later: everyPermission(steps).filter((permission) => lacks(permission) && !missing.includes(permission)),
    roles: [...new Set(roles.map(({ name }) => name))],
  };
}

function refusal(session: Session, action: string, steps: readonly Step[], lack: Lack): ProviderError {
  const { identity, permissions, roles } = lack;
  const problems: string[] = [];
  const remedies: string[] = [];
  if (permissions.length > 0) {
    const later = lack.later.length === 0 ? "" : `; other steps will also need ${lack.later.join(", ")}`;
    problems.push(`lacks ${permissions.join(", ")}`);
    remedies.push(`give it a role with permissions: [${everyPermission(steps).join(", ")}]${later}`);
  }
  for (const name of roles) {
    problems.push(
      `does not hold the role "${name}", which it is to hand out (nobody can hand out a role they do not hold)`,
    );
  }
  if (roles.length > 0) {
    const those = roles.length === 1 ? "that role" : "those roles";
    remedies.push(`give it ${those} in Genesys (Admin, Integrations, OAuth, Roles)`);
  }
  // Objects that were in order may have been written before this one was come to.
  const written = session.client.hasWritten ? "nothing more was written" : "nothing was written";
  return new ProviderError(
    "DEPLOYER_PERMISSIONS",
    `${action}: the deployer ${nameOf(identity)} ${problems.join(" and ")}; ${written}. ` +
      `Remedy: ${remedies.join("; ")}`,
  );
}

/** Each permission and role once a run, whichever resource comes to it first. */
function tellLack(session: Session, { identity, permissions, roles }: Lack): void {
  const all = [...permissions, ...roles.map((name) => `the role "${name}", which it is to hand out`)];
  const untold = all.filter((item) => session.beginTelling(`lack of ${item}`));
  for (const items of inLines(untold)) {
    session.notify(planNoticeLine({ code: "DEPLOYER_LACKS", role: shortNameOf(identity), items }));
  }
}

/** Items that are told together. */
function inLines(items: readonly string[]): readonly (readonly string[])[] {
  const lines: string[][] = [];
  for (const item of items.map((text) => oneLine(text, charactersOfItems))) {
    const line = lines.at(-1);
    if (line !== undefined && JSON.stringify([...line, item]).length <= charactersOfItems) {
      line.push(item);
    } else {
      lines.push([item]);
    }
  }
  return lines;
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

/** Without quotation marks: a notice writes its own. */
function shortNameOf({ clientId = "id not told", clientName }: TokenIdentity): string {
  return clientName === undefined ? clientId : `${oneLine(clientName, nameInNotice)} (${clientId})`;
}
