// The life of an OAuth client: check, diff, create, read, update, delete. Its secret is none of it: see clientSecret/.
import { defined } from "../../common/defined";
import type { TokenIdentity } from "../../genesys/identity";
import { newMarker } from "../../genesys/marker";
import { isSameRoleDivisions } from "../../genesys/knowledge/roleDivisions";
import type { Checked, Inputs } from "../engine/checked";
import { replacingAdoption, replacingInputs } from "../engine/replacement";
import { clientKind } from "../live/objectKind";
import { refreshed } from "../live/refresh";
import { act } from "../run/action";
import { requirePermissions } from "../run/missingPermissions";
import { refuseOwnClient, refuseOwnReplacement } from "../run/ownClient";
import { withoutPreviewHint } from "../run/previewHint";
import { resolveRoleDivisions } from "../run/roleDivisions";
import type { StoreFinder } from "../run/secretStores";
import type { SessionFinder } from "../run/sessions";
import type { AllowedAddressesSwitch } from "../../genesys/knowledge/allowedAddressesField";
import { explainAddresses } from "./addressRefusal";
import { takeOverClient } from "./adoption";
import { refuseKeepingStoredSecret, warnOfNewSecret } from "./adoptionCheck";
import { addressesFields, withLiveAddresses, withWithdrawnAddresses } from "./allowedAddresses";
import { AddressesCheck } from "./allowedAddressesCheck";
import { checkOAuthClient } from "./check";
import { writeChange } from "./change";
import { confirmClient, noteFacts } from "./confirmation";
import { makeClient } from "./creation";
import { tellLowered } from "./lowered";
import { generationChange } from "./generations";
import { warnWithoutRoom } from "./headroom";
import { Neighbourhood } from "./neighbourhood";
import { makingOf, Ownership } from "./ownership";
import {
  appliedClient,
  formerOutputs,
  inputsOf,
  isSecretKept,
  isSentAnew,
  type OAuthClientInputs,
  type OAuthClientOutputs,
  refreshedFields,
  refreshedRecord,
  resolvedEntries,
  storedOutputs,
} from "./record";
import { learnNames } from "./recordedGrants";
import { deleteOAuthClient } from "./removal";
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
  check(olds: Inputs, news: Inputs): Promise<Checked> {
    this.ownership.noteInputs(olds, news["owner"]);
    return checkOAuthClient(this, olds, withoutPreviewHint(this.sessionFor, news));
  }

  /** @throws ProviderError DEPLOYER_OWN_CLIENT, ADOPTION_SECRET_STORED */
  async diff(
    id: string,
    olds: Partial<OAuthClientOutputs>,
    news: Partial<OAuthClientInputs>,
  ): Promise<{ replaces: string[]; changes?: true }> {
    this.learnFrom(id, olds, news);
    await learnNames(this.sessionFor(news.organization), olds, news);
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

  create(inputs: OAuthClientInputs) {
    const what = `OAuth client "${inputs.name}"`;
    const { adopt, organization, roleDivisions, generation } = inputs;
    const action = `${adopt === undefined ? "Creating" : "Adopting"} ${what}`;
    const session = this.sessionFor(organization);
    const work = async ({ organizationId }: TokenIdentity) => {
      session.recordedHomeDivisionId =
        this.homeDivisions.get(organizationId) ?? session.recordedHomeDivisionId;
      if (this.rotations.has(makingOf(inputs))) {
        await warnWithoutRoom(session, makingOf(inputs));
      }
      const resolved = await resolveRoleDivisions(session, action, roleDivisions);
      const marker = newMarker(inputs, generation);
      const { client, outlivedIds } =
        adopt === undefined
          ? await makeClient(session, action, what, inputs, resolved, marker, this.neighbourhood)
          : {
              client: await takeOverClient(session, what, { ...inputs, adopt }, resolved, marker),
              outlivedIds: [],
            };
      this.ownership.noteAlive(client.id, { ...inputs, marker });
      const outputs: OAuthClientOutputs = {
        ...inputs,
        clientId: client.id,
        marker,
        resolvedRoleDivisions: resolved,
        organizationId,
        ...defined({ dateCreated: client.dateCreated }),
        ...(adopt?.secret === "keep" ? { isSecretKept: true } : {}),
        ...(outlivedIds.length === 0 ? {} : { outlivedIds }),
      };
      return { id: client.id, outs: await confirmClient(session, what, outputs, client.roleDivisions) };
    };
    return act(session, action, organization.id, work, (error) => explainAddresses(action, error, inputs));
  }

  read(id: string, recorded: OAuthClientOutputs) {
    const action = `Reading OAuth client "${recorded.name}"`;
    const session = this.sessionFor(recorded.organization);
    return act(session, action, recorded.organizationId, async () => {
      const record = await refreshed(session, clientKind, id, recorded, {
        fields: [...refreshedFields(recorded), ...addressesFields(recorded, this.readAddressesSwitch)],
        recordOf: (live) =>
          withLiveAddresses(refreshedRecord(recorded, live), live, this.readAddressesSwitch),
      });
      if (record === undefined) {
        // What is made in its place is no replacement by force: a live one of the same making is what the state has forgotten.
        this.ownership.noteRotation(recorded);
        return {};
      }
      const props = storedOutputs(record);
      return { id, props, inputs: inputsOf(props as unknown as OAuthClientOutputs) };
    });
  }

  /** Sends nothing where only our own inputs changed: a rotation that keeps the client, say. */
  async update(id: string, olds: OAuthClientOutputs, news: OAuthClientInputs) {
    const what = `OAuth client "${news.name}"`;
    const action = `Updating ${what}`;
    const session = this.sessionFor(news.organization);
    const applied = appliedClient(olds, news);
    const isWritten = isSentAnew(olds, news) || olds.areRolesUnconfirmed !== undefined;
    if (!isWritten && olds.outlivedIds === undefined) {
      return { outs: storedOutputs(applied) };
    }
    const work = async () => {
      await this.neighbourhood.takeAway(session, news.owner, olds.outlivedIds ?? []);
      if (!isWritten) {
        return { outs: storedOutputs(applied) };
      }
      const resolved = await resolveRoleDivisions(session, action, news.roleDivisions, resolvedEntries(olds));
      const outputs = { ...applied, resolvedRoleDivisions: resolved };
      const isOnlyNamedAnew =
        olds.areRolesUnconfirmed === undefined &&
        !isSentAnew({ ...olds, roleDivisions: news.roleDivisions }, news) &&
        isSameRoleDivisions(olds.resolvedRoleDivisions, resolved);
      if (isOnlyNamedAnew) {
        return { outs: storedOutputs(outputs) }; // a division or a role is written by its new name: Genesys knows them by their ids
      }
      const sent = withWithdrawnAddresses(olds, news, this.readAddressesSwitch);
      if (news.state === "inactive" && olds.state !== "inactive") {
        await refuseStillStored(session, action, id, news.owner);
      }
      const shown = await writeChange(session, { action, what, id }, olds, { ...news, ...sent }, outputs);
      this.ownership.noteAlive(id, outputs);
      return { outs: await confirmClient(session, what, outputs, shown.roleDivisions) };
    };
    const organizationId = news.organization.id ?? olds.organizationId;
    return act(session, action, organizationId, work, (error) => explainAddresses(action, error, news));
  }

  async delete(id: string, recorded: OAuthClientOutputs) {
    const action = `Deleting OAuth client "${recorded.name}"`;
    const session = this.sessionFor(recorded.organization);
    if (this.ownership.isFormerRecord(id, recorded)) {
      return; // the record is an old one of a client that this stack has again, or never gave up
    }
    refuseOwnClient(session, action, id);
    await act(session, action, recorded.organizationId, async () => {
      if (this.rotations.size === 0) {
        await requirePermissions(session, action, [{ object: "OAuth client", kind: "delete" }]);
      }
      await refuseStillStored(session, action, id, recorded.owner);
      await deleteOAuthClient(session, id, recorded);
    });
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
    noteFacts(this.sessionFor(organization), id, isSecretKept(olds, news), olds);
  }
}
