// The life of an OAuth client: check, diff, create, read, update, delete. Its secret is none of it: see clientSecret/.
import { isClientCredentials } from "../../genesys/knowledge/grantTypes";
import { newMarker } from "../../genesys/marker";
import type { OAuthClientEntity, RoleDivision } from "../../genesys/wire";
import type { Checked } from "../engine/checked";
import { explain, InitializationError } from "../engine/providerError";
import { replacingAdoption, replacingInputs } from "../engine/replacement";
import { confirmRoles } from "../live/verification";
import { requirePermissions } from "../run/deployerPermissions";
import { refuseOwnClient, refuseOwnReplacement } from "../run/ownClient";
import { resolveRoleDivisions } from "../run/roleDivisions";
import type { StoreFinder } from "../run/secretStores";
import type { Session } from "../run/session";
import type { SessionFinder } from "../run/sessions";
import type { AllowedAddressesSwitch } from "../../genesys/settings";
import { addressHint, explainAddresses } from "./addressRefusal";
import { takeOverClient } from "./adoption";
import { refuseKeepingStoredSecret, warnOfNewSecret } from "./adoptionCheck";
import { withLiveAddresses, withWithdrawnAddresses } from "./allowedAddresses";
import { AddressesCheck } from "./allowedAddressesCheck";
import { checkOAuthClient, makingOf } from "./check";
import { writeChange } from "./change";
import { makeClient } from "./creation";
import { tellLowered } from "./lowered";
import { generationChange } from "./generations";
import { warnWithoutRoom } from "./headroom";
import { Neighbourhood } from "./neighbourhood";
import { Ownership } from "./ownership";
import {
  appliedClient,
  formerOutputs,
  inputsOf,
  isSecretKept,
  isSentAnew,
  type OAuthClientInputs,
  type OAuthClientOutputs,
  refreshedRecord,
  resolvedEntries,
  storedOutputs,
} from "./record";
import { deleteOAuthClient, findLiveClient } from "./removal";
import { refuseStillStored } from "./stillStored";

export class OAuthClientProvider {
  readonly ownership = new Ownership();
  readonly neighbourhood: Neighbourhood;
  /** The clients that a rotation makes, by owner and generation (see `checkOAuthClient`). */
  readonly rotations = new Set<string>();
  /** The home division of each organisation as state records it, by the organisation's id: a rotation need not ask for it. */
  private readonly homeDivisions = new Map<string, string>();

  readonly addresses: AddressesCheck;

  /**
   * @param readAddressesSwitch How allowed addresses are sent; by default they are not.
   * @param storeFor The way to the stored secrets, which tell who is in use; without it nobody is.
   */
  constructor(
    readonly sessionFor: SessionFinder,
    private readonly readAddressesSwitch: () => AllowedAddressesSwitch = () => ({ kind: "unset" }),
    storeFor?: StoreFinder,
  ) {
    this.neighbourhood = new Neighbourhood(this.ownership, storeFor);
    this.addresses = new AddressesCheck(readAddressesSwitch);
  }

  /** Everything that can be found out is found out here, so that a preview tells about it; an unchanged client asks nobody. */
  check(olds: Readonly<Record<string, unknown>>, news: Readonly<Record<string, unknown>>): Promise<Checked> {
    this.ownership.noteInputs(olds, news["owner"]);
    return checkOAuthClient(this, olds, news);
  }

  /** @throws ProviderError DEPLOYER_OWN_CLIENT, ADOPTION_SECRET_STORED */
  async diff(
    id: string,
    olds: Partial<OAuthClientOutputs>,
    news: Partial<OAuthClientInputs>,
  ): Promise<{ replaces: string[]; changes?: true }> {
    this.learnFrom(id, olds, news);
    const change = generationChange(olds, news);
    const returning =
      change === "lowered" &&
      (await this.neighbourhood.findReturning(this.sessionFor(news.organization), id, news)) !== undefined;
    const replaces = [
      ...replacingInputs(olds, news),
      ...(change === "raised" || returning ? ["generation"] : []),
      ...replacingAdoption(id, news.adopt?.clientId),
    ];
    refuseOwnReplacement(this.sessionFor, id, olds, news, replaces, change === "kept");
    if (change === "raised") {
      this.ownership.noteRotation(news);
      await this.neighbourhood.refuseBehind(this.sessionFor(news.organization), id, news);
    }
    if (replaces.length > 0) {
      return { replaces };
    }
    this.ownership.noteAlive(id, olds);
    await tellLowered(this.sessionFor(news.organization), id, olds, news);
    await refuseKeepingStoredSecret(this.sessionFor, olds, news);
    if (news.adopt?.secret === "regenerate" && olds.adopt?.secret === "keep") {
      warnOfNewSecret(this.sessionFor(news.organization), id); // of a replacement, the check of the new one tells it
    }
    // A record of before the secret left Pulumi is written once more, without it.
    const isFormer = formerOutputs.some((name) => name in olds) || olds.outlivedIds !== undefined;
    return isFormer ? { replaces, changes: true } : { replaces };
  }

  async create(inputs: OAuthClientInputs) {
    const what = `OAuth client "${inputs.name}"`;
    const { adopt } = inputs;
    const action = `${adopt === undefined ? "Creating" : "Adopting"} ${what}`;
    const session = this.sessionFor(inputs.organization);
    const identity = await session.enter(action, inputs.organization.id);
    const homeDivisionId = this.homeDivisions.get(identity.organizationId);
    if (homeDivisionId !== undefined) {
      session.knowHomeDivision(homeDivisionId);
    }
    let outputs: OAuthClientOutputs;
    let made: OAuthClientEntity;
    let outlivedIds: readonly string[];
    try {
      if (this.rotations.has(makingOf(inputs))) {
        await warnWithoutRoom(session, makingOf(inputs));
      }
      const resolved = await resolveRoleDivisions(session, action, inputs.roleDivisions);
      const marker = newMarker(inputs, inputs.generation);
      ({ client: made, outlivedIds } =
        adopt === undefined
          ? await makeClient(session, action, what, inputs, resolved, marker, this.neighbourhood)
          : {
              client: await takeOverClient(session, what, { ...inputs, adopt }, resolved, marker),
              outlivedIds: [],
            });
      this.ownership.noteAlive(made.id, { ...inputs, marker });
      outputs = {
        ...inputs,
        clientId: made.id,
        marker,
        resolvedRoleDivisions: resolved,
        organizationId: identity.organizationId,
        ...(made.dateCreated === undefined ? {} : { dateCreated: made.dateCreated }),
        ...(adopt?.secret === "keep" ? { isSecretKept: true } : {}),
        ...(outlivedIds.length === 0 ? {} : { outlivedIds }),
      };
    } catch (error) {
      throw explain(action, explainAddresses(action, error, inputs), session.redactor);
    }
    return { id: made.id, outs: await this.settle(session, what, outputs, made.roleDivisions) };
  }

  async read(id: string, recorded: OAuthClientOutputs) {
    const action = `Reading OAuth client "${recorded.name}"`;
    const session = this.sessionFor(recorded.organization);
    await session.enter(action, recorded.organizationId);
    try {
      const live = await findLiveClient(session, id, recorded);
      if (live === undefined) {
        // What is made in its place is no replacement by force: a live one of the same making is what the state has forgotten.
        this.ownership.noteRotation(recorded);
        return {};
      }
      const record = withLiveAddresses(refreshedRecord(recorded, live), live, this.readAddressesSwitch);
      const props = storedOutputs(record);
      return { id, props, inputs: inputsOf(props as unknown as OAuthClientOutputs) };
    } catch (error) {
      throw explain(action, error, session.redactor);
    }
  }

  /** Sends nothing where only our own inputs changed: a rotation that keeps the client, say. */
  async update(id: string, olds: OAuthClientOutputs, news: OAuthClientInputs) {
    const what = `OAuth client "${news.name}"`;
    const action = `Updating ${what}`;
    const session = this.sessionFor(news.organization);
    const isWritten = isSentAnew(olds, news) || olds.areRolesUnconfirmed !== undefined;
    if (!isWritten && olds.outlivedIds === undefined) {
      return { outs: storedOutputs(appliedClient(olds, news)) };
    }
    await session.enter(action, news.organization.id ?? olds.organizationId);
    let outputs: OAuthClientOutputs;
    let shown: OAuthClientEntity;
    try {
      await this.neighbourhood.takeAway(session, news.owner, olds.outlivedIds ?? []);
      if (!isWritten) {
        return { outs: storedOutputs(appliedClient(olds, news)) };
      }
      const resolved = await resolveRoleDivisions(session, action, news.roleDivisions, resolvedEntries(olds));
      outputs = { ...appliedClient(olds, news), resolvedRoleDivisions: resolved };
      const sent = withWithdrawnAddresses(olds, news, this.readAddressesSwitch);
      if (news.state === "inactive" && olds.state !== "inactive") {
        await refuseStillStored(session, action, id, news.owner);
      }
      shown = await writeChange(session, { action, what, id }, olds, { ...news, ...sent }, outputs);
      this.ownership.noteAlive(id, outputs);
    } catch (error) {
      throw explain(action, explainAddresses(action, error, news), session.redactor);
    }
    return { outs: await this.settle(session, what, outputs, shown.roleDivisions) };
  }

  async delete(id: string, recorded: OAuthClientOutputs) {
    const action = `Deleting OAuth client "${recorded.name}"`;
    const session = this.sessionFor(recorded.organization);
    if (this.ownership.isFormerRecord(id, recorded)) {
      return; // the record is an old one of a client that this stack has again, or never gave up
    }
    refuseOwnClient(session, action, id);
    await session.enter(action, recorded.organizationId);
    if (this.rotations.size === 0) {
      await requirePermissions(session, action, [{ object: "OAuth client", kind: "delete" }]);
    }
    try {
      await refuseStillStored(session, action, id, recorded.owner);
      await deleteOAuthClient(session, id, recorded);
    } catch (error) {
      throw explain(action, error, session.redactor);
    }
  }

  /**
   * Remembers what others need to know of the client, and looks whether one that cannot sign in for us, since its secret is kept, holds its
   * roles; every other one proves that itself before its secret is stored.
   * @throws InitializationError
   */
  private async settle(
    session: Session,
    what: string,
    outputs: OAuthClientOutputs,
    shownRoles: readonly RoleDivision[] | undefined,
  ): Promise<Record<string, unknown>> {
    const { clientId, adopt, authorizedGrantType, resolvedRoleDivisions: roleDivisions } = outputs;
    const { isSecretKept: isKept = false } = outputs;
    session.clients.know(clientId, { roleDivisions, ...addressHint(outputs), isSecretKept: isKept });
    try {
      if (adopt?.secret === "keep" && isClientCredentials(authorizedGrantType)) {
        await confirmRoles(session, what, clientId, roleDivisions, shownRoles);
      }
      return storedOutputs(outputs);
    } catch (error) {
      throw new InitializationError(
        clientId,
        storedOutputs({ ...outputs, areRolesUnconfirmed: true }),
        explain(`Verifying ${what}`, error, session.redactor),
      );
    }
  }

  /** Takes from a record what nobody then has to ask Genesys for. */
  private learnFrom(id: string, olds: Partial<OAuthClientOutputs>, news: Partial<OAuthClientInputs>): void {
    this.ownership.noteRecord(id, olds);
    const { organization, organizationId, roleDivisions = [], resolvedRoleDivisions = [] } = olds;
    const inHome = resolvedEntries({ roleDivisions, resolvedRoleDivisions }).find(
      ({ input }) => input.division === "home",
    );
    if (organizationId !== undefined && inHome !== undefined) {
      this.homeDivisions.set(organizationId, inHome.resolved.divisionId);
    }
    this.sessionFor(organization).clients.know(id, {
      roleDivisions: resolvedRoleDivisions,
      ...addressHint(olds),
      isSecretKept: isSecretKept(olds, news),
    });
  }
}
