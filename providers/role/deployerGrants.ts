// The deployer's own hold on the roles it hands out: given where missing, recorded, taken back with the role.
import { GenesysApiError, isForbidden, isNotFound } from "../../genesys/errors";
import { httpStatus } from "../../genesys/httpStatus";
import { pairKey } from "../../genesys/knowledge/roleDivisions";
import { type Answer, eventually } from "../run/patience";
import { ProviderError } from "../engine/providerError";
import { resolveDivision } from "../run/roleDivisions";
import { findOrFail } from "../live/change";
import { roleKind } from "../live/objectKind";
import type { DeployerGrant, RoleOutputs } from "./record";
import type { Session } from "../run/session";

/** Statuses of an endpoint that is not offered: removing the role ends its grants as well. */
const notOfferedStatuses: readonly number[] = [httpStatus.methodNotAllowed, httpStatus.notImplemented];

/**
 * Brings the deployer's grants of one role to what its inputs say.
 * @param recorded The grants that this resource gave before.
 * @returns The grants that it answers for now.
 */
export async function settleDeployerGrants(
  session: Session,
  action: string,
  roleId: string,
  inputs: Pick<RoleOutputs, "name" | "grantToDeployer" | "deployerDivisions" | "adopt" | "createdAt">,
  recorded: readonly DeployerGrant[],
): Promise<DeployerGrant[]> {
  const wanted = inputs.grantToDeployer
    ? await resolveDivisions(session, action, inputs.deployerDivisions)
    : [];
  const superfluous = recorded.filter((grant) => !wanted.includes(grant.divisionId));
  const kept = recorded.filter((grant) => wanted.includes(grant.divisionId));
  const lacking = wanted.filter((divisionId) => !kept.some((grant) => grant.divisionId === divisionId));
  const added = lacking.length === 0 ? [] : await addGrants(session, action, roleId, inputs, lacking);
  return [...kept, ...added, ...(await removeGrants(session, roleId, superfluous))];
}

/** Takes grants back. Those that the deployer may not take back are returned; they end with the role. */
export async function removeGrants(
  session: Session,
  roleId: string,
  grants: readonly DeployerGrant[],
): Promise<readonly DeployerGrant[]> {
  const remaining: DeployerGrant[] = [];
  for (const subjectId of new Set(grants.map((grant) => grant.subjectId))) {
    const pairs = grants
      .filter((grant) => grant.subjectId === subjectId)
      .map(({ divisionId }) => ({ roleId, divisionId }));
    try {
      await session.grants.remove(subjectId, pairs);
    } catch (error) {
      const isNotOffered =
        error instanceof GenesysApiError && notOfferedStatuses.includes(error.details.status);
      // authorization:grant:delete is not among the deployer's least permissions; a 404 may be a cache that does not know a
      // young role yet, so what was not taken back for certain stays on record.
      if (!isForbidden(error) && !isNotOffered && !isNotFound(error)) {
        throw error;
      }
      remaining.push(...grants.filter((grant) => grant.subjectId === subjectId));
    }
  }
  return remaining;
}

async function addGrants(
  session: Session,
  action: string,
  roleId: string,
  role: Pick<RoleOutputs, "name" | "adopt" | "createdAt">,
  divisionIds: readonly string[],
): Promise<DeployerGrant[]> {
  const { adopt } = role;
  const deployer = await session.enter(action, undefined);
  const subjectId = deployer.clientId;
  if (subjectId === undefined) {
    throw new ProviderError(
      "DEPLOYER_UNKNOWN",
      `${action}: Genesys does not tell which OAuth client the deployment token belongs to, so the role cannot be given to it; ` +
        "use a client-credentials client, or set grantToDeployer: false and give it the role by hand",
    );
  }
  const held = new Set((deployer.roleDivisions ?? []).map(pairKey));
  const holds = (divisionId: string): boolean => held.has(pairKey({ roleId, divisionId }));
  const lacking = divisionIds.filter((divisionId) => !holds(divisionId) && !holds("*"));
  if (lacking.length > 0) {
    await addUntilKnown(session, action, subjectId, roleId, role, lacking);
    session.freshRoleIds.add(roleId);
  }
  // What is held already was given by a run whose answer was lost: the role is this stack's own, so it answers for it too. An adopted
  // role may have been given by a person before: that is never taken back.
  return divisionIds
    .filter((divisionId) => lacking.includes(divisionId) || (adopt === undefined && holds(divisionId)))
    .map((divisionId) => ({ subjectId, divisionId }));
}

/** A fresh role is not in the authorization cache at once (docs/genesys-api.md 3.10); one that somebody deleted never will be. */
async function addUntilKnown(
  session: Session,
  action: string,
  subjectId: string,
  roleId: string,
  role: Pick<RoleOutputs, "name" | "createdAt">,
  divisionIds: readonly string[],
): Promise<void> {
  const refuseGone = (): Promise<unknown> =>
    findOrFail(session, { action, kind: roleKind, id: roleId, known: role });
  const grants = divisionIds.map((divisionId) => ({ roleId, divisionId }));
  try {
    await eventually(session, `role "${role.name}" to be known`, async (): Promise<Answer<true>> => {
      try {
        await session.grants.addToOAuthClient(subjectId, grants);
        return { done: true };
      } catch (error) {
        if (!isNotFound(error)) {
          throw error;
        }
        if (!isYoung(session, role)) {
          await refuseGone();
        }
        return { notYet: error };
      }
    });
  } catch (error) {
    if (isNotFound(error)) {
      await refuseGone();
    }
    throw error;
  }
}

/** Whether Genesys may still have to get to know the role. */
function isYoung({ clock, waitMs }: Session, { createdAt }: Pick<RoleOutputs, "createdAt">): boolean {
  return clock.now() < Date.parse(createdAt ?? "") + waitMs;
}

/** The ids of the divisions, each once. @throws ProviderError UNKNOWN_ROLE_OR_DIVISION with all problems */
export async function resolveDivisions(
  session: Session,
  action: string,
  divisions: readonly string[],
): Promise<string[]> {
  const problems: string[] = [];
  const ids: string[] = [];
  for (const division of divisions) {
    const id = await resolveDivision(session, division, problems);
    if (id !== undefined) {
      ids.push(id);
    }
  }
  if (problems.length > 0) {
    throw new ProviderError("UNKNOWN_ROLE_OR_DIVISION", `${action}: ${problems.join("; ")}`);
  }
  return [...new Set(ids)];
}
