// The life of a role: check, diff, create, read, update, delete.
import { isConflict, isNotFound } from "../../genesys/errors";
import type { RoleEntity } from "../../genesys/wire";
import { removeGrants, resolveDivisions, settleDeployerGrants } from "./deployerGrants";
import { replacingAdoption, replacingInputs, type ReplacementRecord } from "../engine/replacement";
import { markerPrefix, newMarker } from "../../genesys/marker";
import { sanitizeProperties } from "../engine/outputs";
import { explain, InitializationError, ProviderError } from "../engine/providerError";
import { type Answer, eventually } from "../run/patience";
import { sendChange } from "../live/change";
import { findLive } from "../live/presence";
import { createExactlyOnce } from "../live/reconciliation";
import { confirmGone, shortPatience } from "../live/removal";
import {
  appliedRole,
  refreshedRole,
  roleGeneration,
  type RoleInputs,
  roleInputsOf,
  type RoleOutputs,
  roleRequest,
} from "./record";
import { requirePermissions } from "../run/deployerPermissions";
import { takeOverRole } from "./adoption";
import { checkRole } from "./check";
import { type Checked } from "../engine/checked";
import type { Session } from "../run/session";
import type { SessionFinder } from "../run/sessions";

export class RoleProvider {
  /** Owners of what state holds: should such a role be replaced, the live one is no orphan. */
  private readonly owned = new Set<string>();

  constructor(private readonly sessionFor: SessionFinder) {}

  /** Everything that can be found out is found out here, so that a preview tells about it; an unchanged role asks nobody. */
  check(olds: Readonly<Record<string, unknown>>, news: Readonly<Record<string, unknown>>): Promise<Checked> {
    if (typeof olds["owner"] === "string") {
      this.owned.add(olds["owner"]);
    }
    return checkRole(this.sessionFor, olds, news, this.owned.has(String(news["owner"])));
  }

  diff(id: string, olds: ReplacementRecord, news: ReplacementRecord & Pick<RoleInputs, "adopt">) {
    return Promise.resolve({
      replaces: [...replacingInputs(olds, news), ...replacingAdoption(id, news.adopt?.roleId)],
    });
  }

  async create(inputs: RoleInputs) {
    const { adopt } = inputs;
    const action = `${adopt === undefined ? "Creating" : "Adopting"} role "${inputs.name}"`;
    const session = this.sessionFor(inputs.organization);
    const identity = await session.enter(action, inputs.organization.id);
    let outputs: RoleOutputs;
    try {
      await resolveDivisions(session, action, inputs.grantToDeployer ? inputs.deployerDivisions : []);
      const marker = newMarker(inputs.owner, roleGeneration);
      const made =
        adopt === undefined
          ? await this.make(session, inputs, marker)
          : await takeOverRole(session, { ...inputs, adopt }, marker);
      outputs = {
        ...inputs,
        roleId: made.id,
        marker,
        organizationId: identity.organizationId,
        deployerGrants: [],
        // An adopted role is older than any delay with which Genesys gets to know one.
        ...(adopt === undefined ? { createdAt: new Date(session.clock.now()).toISOString() } : {}),
      };
    } catch (error) {
      if (isConflict(error)) {
        throw new ProviderError(
          "ROLE_NAME_TAKEN",
          `${action}: the organisation already has a role of this name; refer to it with "existing: ${inputs.name}", ` +
            "or give the declared role another name",
        );
      }
      throw explain(action, error, session.redactor);
    }
    return { id: outputs.roleId, outs: await this.settle(session, action, outputs) };
  }

  async read(id: string, recorded: RoleOutputs) {
    const action = `Reading role "${recorded.name}"`;
    const session = this.sessionFor(recorded.organization);
    await session.enter(action, recorded.organizationId);
    try {
      const live = await findLiveRole(session, id, recorded);
      if (live === undefined) {
        return {};
      }
      const record = refreshedRole(recorded, live);
      return {
        id,
        props: sanitizeProperties({ ...record }),
        inputs: sanitizeProperties({ ...roleInputsOf(record) }),
      };
    } catch (error) {
      throw explain(action, error, session.redactor);
    }
  }

  async update(id: string, olds: RoleOutputs, news: RoleInputs) {
    const action = `Updating role "${news.name}"`;
    const session = this.sessionFor(news.organization);
    await session.enter(action, news.organization.id ?? olds.organizationId);
    try {
      const findLive = (): Promise<unknown> => findLiveRole(session, id, olds);
      await sendChange({ action, what: `the role ${id}`, goneCode: "ROLE_GONE", findLive }, () =>
        session.roles.update(id, roleRequest(news, olds.marker)),
      );
    } catch (error) {
      throw explain(action, error, session.redactor);
    }
    return { outs: await this.settle(session, action, appliedRole(olds, news)) };
  }

  async delete(id: string, recorded: RoleOutputs) {
    const action = `Deleting role "${recorded.name}"`;
    const session = this.sessionFor(recorded.organization);
    if (session.adoptedIds.has(id)) {
      return; // the record is an old one of a role that this run took over; the role lives on
    }
    await session.enter(action, recorded.organizationId);
    await requirePermissions(session, action, [{ object: "role", kind: "delete" }]);
    try {
      await removeGrants(session, id, recorded.deployerGrants);
      await removeRole(session, id, recorded);
    } catch (error) {
      throw explain(action, error, session.redactor);
    }
  }

  /** Gives the role to the deployer. From here on a failure keeps the role in state. */
  private async settle(
    session: Session,
    action: string,
    outputs: RoleOutputs,
  ): Promise<Record<string, unknown>> {
    try {
      const grants = await settleDeployerGrants(
        session,
        action,
        outputs.roleId,
        outputs,
        outputs.deployerGrants,
      );
      return sanitizeProperties({ ...outputs, deployerGrants: grants });
    } catch (error) {
      const failure = explain(`${action}, giving it to the deployment client`, error, session.redactor);
      throw new InitializationError(outputs.roleId, sanitizeProperties({ ...outputs }), failure);
    }
  }

  private async make(session: Session, inputs: RoleInputs, marker: string): Promise<RoleEntity> {
    const request = roleRequest(inputs, marker);
    const { object } = await createExactlyOnce<RoleEntity>(session.clock, {
      create: () => session.roles.create(request),
      findCreated: async () =>
        (await session.roles.findByName(inputs.name)).filter((role) => isMarked(role, marker)),
      findOrphans: async () => {
        if (!session.reconcile || this.owned.has(inputs.owner)) {
          return [];
        }
        const prefix = markerPrefix(inputs.owner, roleGeneration);
        return (await session.rolesAtStart()).filter((role) => isMarked(role, prefix));
      },
      adopt: async (found) => {
        session.adoptedIds.add(found.id);
        return session.roles.update(found.id, request);
      },
      remove: (found) => removeRole(session, found.id, inputs),
    });
    return object;
  }
}

/** The live role; undefined when it is gone. */
function findLiveRole(
  session: Session,
  id: string,
  role: { readonly name: string; readonly createdAt?: string },
): Promise<RoleEntity | undefined> {
  return findLive<RoleEntity>(session, {
    what: `role "${role.name}"`,
    id,
    bornAt: role.createdAt,
    get: () => session.roles.get(id),
    list: () => session.roles.list(),
    isDeleted: () => false,
  });
}

/** DELETE, then confirmed; a role that is gone already is success. */
async function removeRole(
  session: Session,
  id: string,
  role: { readonly name: string; readonly createdAt?: string },
): Promise<void> {
  const patience = shortPatience(session);
  const isGone = await eventually(patience, `role ${id} to be known`, async (): Promise<Answer<boolean>> => {
    try {
      await session.roles.delete(id);
      return { done: false };
    } catch (error) {
      if (!isNotFound(error)) {
        throw error;
      }
      return (await findLiveRole(session, id, role)) === undefined ? { done: true } : { notYet: error };
    }
  });
  if (!isGone) {
    await confirmGone(patience, `role ${id}`, async () => {
      await session.roles.get(id);
      return false;
    });
  }
}

function isMarked(role: RoleEntity, marker: string): boolean {
  return (role.description ?? "").includes(marker);
}
