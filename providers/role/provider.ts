// The life of a role: check, diff, create, read, update, delete.
import { unknownValue } from "@pulumi/pulumi/runtime";

import type { TokenIdentity } from "../../genesys/identity";
import { newMarker, renewedMarker } from "../../genesys/marker";
import { isSameName } from "../../genesys/roles";
import type { RoleEntity } from "../../genesys/wire";
import { removeGrants, resolveDivisions, settleDeployerGrants } from "./deployerGrants";
import { replacingAdoption, replacingInputs } from "../engine/replacement";
import { sanitizeProperties } from "../engine/outputs";
import { inputsIn, withInputs } from "../engine/record";
import { explain, InitializationError } from "../engine/providerError";
import { changeLive } from "../live/change";
import {
  changingRequest,
  isForDeployerOnly,
  refreshedRole,
  roleFields,
  roleGeneration,
  type RoleInputs,
  roleOutputNames,
  type RoleOutputs,
} from "./record";
import { act } from "../run/action";
import { requirePermissions } from "../run/missingPermissions";
import { withoutPreviewHint } from "../run/previewHint";
import { takeOverRole } from "./adoption";
import { checkRole } from "./check";
import { makeRole, withNameFreed } from "./creation";
import { objectInWords, roleKind } from "../live/objectKind";
import { refreshed } from "../live/refresh";
import { remove } from "../live/removal";
import { tellLostHolders } from "./lostHolders";
import { explainConflict, refusalOfHolder, refuseTakenName, RoleNeighbourhood } from "./neighbourhood";
import type { Checked, Inputs } from "../engine/checked";
import type { Session } from "../run/session";
import type { SessionFinder } from "../run/sessions";

export class RoleProvider {
  private readonly neighbourhood = new RoleNeighbourhood();

  constructor(private readonly sessionFor: SessionFinder) {}

  /** Everything that can be found out is found out here, so that a preview tells about it; an unchanged role asks nobody. */
  check(olds: Inputs, news: Inputs): Promise<Checked> {
    return checkRole(this.sessionFor, this.neighbourhood, olds, withoutPreviewHint(this.sessionFor, news));
  }

  /** Only here the id is known of a role that gets another name. @throws ProviderError ROLE_NAME_TAKEN */
  async diff(id: string, olds: Partial<RoleOutputs>, news: Partial<RoleInputs>) {
    this.neighbourhood.noteAlive(id, olds.marker);
    const replaces = [...replacingInputs(olds, news), ...replacingAdoption(id, news.adopt?.roleId)];
    const { name, owner } = news;
    const isRenamed =
      name !== undefined && name !== unknownValue && olds.name !== undefined && !isSameName(olds.name, name);
    if (isRenamed && owner !== undefined && replaces.length === 0) {
      await this.checkNewName(id, olds, { ...news, name, owner });
    }
    return { replaces };
  }

  create(inputs: RoleInputs) {
    const { adopt, organization } = inputs;
    const action = `${adopt === undefined ? "Creating" : "Adopting"} role "${inputs.name}"`;
    const session = this.sessionFor(organization);
    const work = async ({ organizationId }: TokenIdentity) => {
      await resolveDivisions(session, action, inputs.grantToDeployer ? inputs.deployerDivisions : []);
      const marker = newMarker(inputs, roleGeneration);
      const { id } = await this.make(session, action, inputs, marker);
      this.neighbourhood.noteAlive(id, marker);
      const outputs = {
        ...inputs,
        roleId: id,
        marker,
        organizationId,
        deployerGrants: [],
        // An adopted role is older than any delay with which Genesys gets to know one.
        ...(adopt === undefined ? { createdAt: new Date(session.clock.now()).toISOString() } : {}),
      };
      return { id, outs: await settle(session, action, outputs) };
    };
    return act(session, action, organization.id, work, (error) =>
      explainConflict(session, action, inputs, adopt?.roleId, error),
    );
  }

  read(id: string, recorded: RoleOutputs) {
    const action = `Reading role "${recorded.name}"`;
    const session = this.sessionFor(recorded.organization);
    return act(session, action, recorded.organizationId, async () => {
      this.neighbourhood.noteRecord(id);
      const record = await refreshed(session, roleKind, id, recorded, {
        fields: roleFields,
        recordOf: (live) => refreshedRole(recorded, live),
      });
      if (record === undefined) {
        return {};
      }
      const props = sanitizeProperties(record);
      return { id, props, inputs: inputsIn(props, roleOutputNames) };
    });
  }

  update(id: string, olds: RoleOutputs, news: RoleInputs) {
    const action = `Updating role "${news.name}"`;
    const session = this.sessionFor(news.organization);
    const work = async () => {
      const marker = renewedMarker(olds.marker, news, roleGeneration);
      if (isForDeployerOnly(olds, news)) {
        return {
          outs: await settle(session, action, { ...withInputs(olds, news, roleOutputNames), marker }),
        };
      }
      await changeLive(session, { action, kind: roleKind, id, known: olds }, async (live) => {
        if (!isSameName(live.name, news.name)) {
          await this.freeNewName(session, id, news);
        }
        return session.roles.update(id, changingRequest(live, news, marker, olds.generalPermissions));
      });
      this.neighbourhood.noteAlive(id, marker);
      return { outs: await settle(session, action, { ...withInputs(olds, news, roleOutputNames), marker }) };
    };
    return act(session, action, news.organization.id ?? olds.organizationId, work, (error) =>
      explainConflict(session, action, news, id, error),
    );
  }

  async delete(id: string, recorded: RoleOutputs) {
    const action = `Deleting role "${recorded.name}"`;
    const session = this.sessionFor(recorded.organization);
    if (this.neighbourhood.isFormerRecord(id, recorded.marker)) {
      return; // the record is an old one of a role that was taken over; the role lives on
    }
    await act(session, action, recorded.organizationId, async () => {
      await requirePermissions(session, action, [{ object: "role", kind: "delete" }]);
      await tellLostHolders(session, id, recorded);
      await removeGrants(session, id, recorded.deployerGrants);
      await remove(session, roleKind, id, recorded);
    });
  }

  private async make(
    session: Session,
    action: string,
    inputs: RoleInputs,
    marker: string,
  ): Promise<RoleEntity> {
    const { adopt } = inputs;
    if (adopt === undefined && !session.reconcile) {
      return makeRole(session, inputs, marker, []);
    }
    const around = await this.neighbourhood.around(session, inputs, adopt?.roleId);
    refuseTakenName(action, around.refusal);
    return adopt === undefined
      ? withNameFreed(session, inputs, marker, around.replaced, () =>
          makeRole(session, inputs, marker, around.leftovers),
        )
      : withNameFreed(session, inputs, marker, [...around.leftovers, ...around.replaced], () =>
          takeOverRole(session, { ...inputs, adopt }, marker),
        );
  }

  /** Says beforehand whether an update can give a role its new name. */
  private async checkNewName(
    id: string,
    olds: Partial<RoleOutputs>,
    news: Partial<RoleInputs> & Pick<RoleInputs, "name" | "owner">,
  ): Promise<void> {
    const action = `Checking role "${news.name}"`;
    const session = this.sessionFor(news.organization);
    await act(session, action, olds.organizationId, async () => {
      const around = await this.neighbourhood.around(session, news, id);
      const inUse = around.replaced.find((role) => isSameName(role.name, news.name));
      refuseTakenName(action, around.refusal ?? (inUse && refusalOfHolder(inUse)));
      for (const role of around.leftovers) {
        session.notify(
          `Notice: ${objectInWords(roleKind, role)} was left behind by an interrupted run of this stack; the update removes it.`,
        );
      }
    });
  }

  /** A replacement by force that was cut off leaves a new role under the old name, which nobody holds and nobody has on record. */
  private async freeNewName(session: Session, id: string, news: RoleInputs): Promise<void> {
    const { leftovers } = await this.neighbourhood.around(session, news, id);
    for (const leftover of leftovers.filter(({ name }) => isSameName(name, news.name))) {
      await remove(session, roleKind, leftover.id, news);
    }
  }
}

/** Gives the role to the deployer. From here on a failure keeps the role in state. */
async function settle(
  session: Session,
  action: string,
  outputs: RoleOutputs,
): Promise<Record<string, unknown>> {
  const { roleId, deployerGrants: recorded } = outputs;
  try {
    const deployerGrants = await settleDeployerGrants(session, action, roleId, outputs, recorded);
    return sanitizeProperties({ ...outputs, deployerGrants });
  } catch (error) {
    const failure = explain(`${action}, giving it to the deployer`, error, session.redactor);
    throw new InitializationError(roleId, sanitizeProperties(outputs), failure);
  }
}
