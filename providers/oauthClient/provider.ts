// The life of an OAuth client: check, diff, create, read, update, delete.
import { isNotFound } from "../../genesys/errors";
import type { OAuthClientWithSecret } from "../../genesys/oauthClients";
import type { OAuthClientEntity, RoleDivision } from "../../genesys/wire";
import { replacingAdoption, replacingInputs, type ReplacementRecord } from "../engine/replacement";
import { markerPrefix, newMarker } from "../../genesys/marker";
import { explainAddresses } from "./addressRefusal";
import { AddressesCheck } from "./allowedAddressesCheck";
import { withLiveAddresses, withWithdrawnAddresses } from "./allowedAddresses";
import {
  appliedClient,
  inputsOf,
  type OAuthClientInputs,
  oauthClientRequest,
  type OAuthClientOutputs,
  refreshedRecord,
  resolvedEntries,
  storedOutputs,
} from "./record";
import { sanitizeProperties } from "../engine/outputs";
import { proveClient } from "./proof";
import { explain, ProviderError } from "../engine/providerError";
import { createExactlyOnce } from "../live/reconciliation";
import { deleteOAuthClient, findLiveClient, isMarked } from "./removal";
import { requirePermissions } from "../run/deployerPermissions";
import {
  needsNewSecret,
  refuseKeepingStoredSecret,
  refuseUnseenSecret,
  takeOverClient,
} from "./adoption";
import { warnOfNewSecret } from "./adoptionCheck";
import { warnWithoutRoom } from "./headroom";
import { checkOAuthClient } from "./check";
import { refuseOwnClient, refuseOwnReplacement } from "./ownClient";
import type { Checked } from "../engine/checked";
import { resolveRoleDivisions } from "../run/roleDivisions";
import type { Session } from "../run/session";
import type { SessionFinder } from "../run/sessions";
import type { AllowedAddressesSwitch } from "../run/settings";
import { whenUsable } from "./usableRoles";

export class OAuthClientProvider {
  /** Owner and generation of what state holds: should it be replaced with the same marker, the live client is no orphan. */
  private readonly owned = new Set<string>();
  /** The markers of the clients that a rotation makes (see `checkOAuthClient`). */
  private readonly rotations = new Set<string>();
  /** The home division of each organisation as state records it, by the organisation's id: a rotation need not ask for it. */
  private readonly homeDivisions = new Map<string, string>();

  private readonly addresses: AddressesCheck;

  /** @param readAddressesSwitch How allowed addresses are sent; by default they are not. */
  constructor(
    private readonly sessionFor: SessionFinder,
    private readonly readAddressesSwitch: () => AllowedAddressesSwitch = () => ({ kind: "unset" }),
  ) {
    this.addresses = new AddressesCheck(readAddressesSwitch);
  }

  /** Everything that can be found out is found out here, so that a preview tells about it; an unchanged client asks nobody. */
  check(olds: Readonly<Record<string, unknown>>, news: Readonly<Record<string, unknown>>): Promise<Checked> {
    if (typeof olds["owner"] === "string" && typeof olds["generation"] === "number") {
      this.owned.add(markerPrefix(olds["owner"], olds["generation"]));
    }
    const isOwned = (owner: string, generation: number): boolean =>
      this.owned.has(markerPrefix(owner, generation));
    const { sessionFor, rotations, addresses } = this;
    return checkOAuthClient(sessionFor, olds, news, isOwned, rotations, addresses);
  }

  /** @throws ProviderError DEPLOYER_OWN_CLIENT, ADOPTION_SECRET_STORED, ADOPTION_SECRET_UNKNOWN */
  diff(
    id: string,
    olds: ReplacementRecord & Partial<OAuthClientOutputs>,
    news: ReplacementRecord & Partial<OAuthClientInputs>,
  ) {
    const { organizationId, roleDivisions = [], resolvedRoleDivisions = [] } = olds;
    const inHome = resolvedEntries({ roleDivisions, resolvedRoleDivisions }).find(
      ({ input }) => input.division === "home",
    );
    if (organizationId !== undefined && inHome !== undefined) {
      this.homeDivisions.set(organizationId, inHome.resolved.divisionId);
    }
    const replaces = [...replacingInputs(olds, news), ...replacingAdoption(id, news.adopt?.clientId)];
    refuseOwnReplacement(this.sessionFor, id, olds, news, replaces);
    refuseKeepingStoredSecret(olds.name ?? id, olds, news);
    if (replaces.length === 0) {
      refuseUnseenSecret(olds.name ?? id, olds, news);
      if (needsNewSecret({ ...olds, ...news })) {
        warnOfNewSecret(this.sessionFor(news.organization), id); // of a replacement, the check of the new one tells it
      }
    }
    return Promise.resolve({ replaces });
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
    let shownRoles: readonly RoleDivision[] | undefined;
    try {
      const prefix = markerPrefix(inputs.owner, inputs.generation);
      if (this.rotations.has(prefix)) {
        await warnWithoutRoom(session, prefix);
      }
      const resolved = await resolveRoleDivisions(session, action, inputs.roleDivisions);
      const marker = newMarker(inputs.owner, inputs.generation);
      const made =
        adopt === undefined
          ? await this.make(session, what, inputs, resolved, marker)
          : {
              ...(await takeOverClient(session, what, { ...inputs, adopt }, resolved, marker)),
              secret: undefined,
            };
      shownRoles = made.roleDivisions;
      outputs = {
        ...inputsOf(inputs),
        ...(inputs.__provider === undefined ? {} : { __provider: inputs.__provider }),
        clientId: made.id,
        ...(made.secret === undefined ? {} : { clientSecret: made.secret }),
        marker,
        resolvedRoleDivisions: resolved,
        organizationId: identity.organizationId,
        ...(made.dateCreated === undefined ? {} : { dateCreated: made.dateCreated }),
        verified: false,
      };
    } catch (error) {
      throw explain(action, explainAddresses(action, error, inputs), session.redactor);
    }
    const outs = await proveClient(session, what, outputs, identity.clientId, shownRoles);
    return { id: outputs.clientId, outs };
  }

  async read(id: string, recorded: OAuthClientOutputs) {
    const action = `Reading OAuth client "${recorded.name}"`;
    const session = this.sessionFor(recorded.organization);
    session.knowSecret(recorded);
    await session.enter(action, recorded.organizationId);
    try {
      const live = await findLiveClient(session, id, recorded);
      if (live === undefined) {
        return {};
      }
      const record = withLiveAddresses(refreshedRecord(recorded, live), live, this.readAddressesSwitch);
      const inputs = sanitizeProperties({ ...inputsOf(record) });
      return { id, props: sanitizeProperties(storedOutputs(record)), inputs };
    } catch (error) {
      throw explain(action, error, session.redactor);
    }
  }

  async update(id: string, olds: OAuthClientOutputs, news: OAuthClientInputs) {
    const what = `OAuth client "${news.name}"`;
    const action = `Updating ${what}`;
    const session = this.sessionFor(news.organization);
    session.knowSecret(olds);
    const deployer = await session.enter(action, news.organization.id ?? olds.organizationId);
    let outputs: OAuthClientOutputs;
    let shown: OAuthClientEntity;
    try {
      const resolved = await resolveRoleDivisions(session, action, news.roleDivisions, resolvedEntries(olds));
      outputs = { ...appliedClient(olds, news), resolvedRoleDivisions: resolved };
      outputs = { ...outputs, verified: olds.verified && !needsNewSecret(outputs) };
      const needsActive = !outputs.verified && (needsNewSecret(outputs) || olds.clientSecret !== undefined);
      const sent = withWithdrawnAddresses(olds, news, this.readAddressesSwitch);
      const request = oauthClientRequest(sent, resolved, olds.marker, needsActive ? "active" : news.state);
      const send = (): Promise<OAuthClientEntity> =>
        whenUsable(session, what, resolved, () => session.oauthClients.update(id, request));
      shown = await send().catch(async (error: unknown) => {
        if (!isNotFound(error)) {
          throw error;
        }
        if ((await findLiveClient(session, id, olds)) === undefined) {
          throw new ProviderError(
            "CLIENT_GONE",
            `${action}: the client ${id} no longer exists in Genesys; run \`pulumi up --refresh\` to make a new one`,
          );
        }
        return send();
      });
    } catch (error) {
      throw explain(action, explainAddresses(action, error, news), session.redactor);
    }
    return {
      outs: outputs.verified
        ? sanitizeProperties(storedOutputs(outputs))
        : await proveClient(session, what, outputs, deployer.clientId, shown.roleDivisions),
    };
  }

  async delete(id: string, recorded: OAuthClientOutputs) {
    const action = `Deleting OAuth client "${recorded.name}"`;
    const session = this.sessionFor(recorded.organization);
    session.knowSecret(recorded);
    if (session.adoptedIds.has(id)) {
      return; // the record is an old one of a client that this run took over; the client lives on
    }
    refuseOwnClient(session, action, id);
    await session.enter(action, recorded.organizationId);
    if (this.rotations.size === 0) {
      await requirePermissions(session, action, [{ object: "OAuth client", kind: "delete" }]);
    }
    try {
      await deleteOAuthClient(session, id, recorded);
    } catch (error) {
      throw explain(action, error, session.redactor);
    }
  }

  private async make(
    session: Session,
    what: string,
    inputs: OAuthClientInputs,
    resolved: readonly RoleDivision[],
    marker: string,
  ): Promise<OAuthClientWithSecret> {
    const request = oauthClientRequest(inputs, resolved, marker, "active");
    const { oauthClients } = session;
    const takeOver = async (found: OAuthClientEntity): Promise<OAuthClientWithSecret> => {
      session.adoptedIds.add(found.id);
      await whenUsable(session, what, resolved, () => oauthClients.update(found.id, request));
      return oauthClients.regenerateSecret(found.id);
    };
    const { object } = await createExactlyOnce<OAuthClientEntity | OAuthClientWithSecret>(session.clock, {
      create: () => whenUsable(session, what, resolved, () => oauthClients.create(request)),
      findCreated: async () => (await oauthClients.list()).filter((client) => isMarked(client, marker)),
      findOrphans: async () => {
        const prefix = markerPrefix(inputs.owner, inputs.generation);
        if (!session.reconcile || this.owned.has(prefix)) {
          return [];
        }
        return (await session.clientsAtStart()).filter((client) => isMarked(client, prefix));
      },
      adopt: takeOver,
      remove: (found) =>
        deleteOAuthClient(session, found.id, { ...inputs, marker, resolvedRoleDivisions: resolved }),
    });
    return object as OAuthClientWithSecret;
  }
}
