// The life of an OAuth client: check, diff, create, read, update, delete.
import { isNotFound } from "../genesys/errors";
import type { OAuthClientWithSecret } from "../genesys/oauthClients";
import type { OAuthClientEntity, RoleDivision } from "../genesys/wire";
import { replacingInputs, type ReplacementRecord } from "./diff";
import { markerPrefix, newMarker } from "../genesys/marker";
import {
  appliedClient,
  inputsOf,
  type OAuthClientInputs,
  oauthClientRequest,
  type OAuthClientOutputs,
  refreshedRecord,
  resolvedEntries,
  storedOutputs,
} from "./oauthClientRecord";
import { sanitizeProperties } from "./outputs";
import { explain, InitializationError, ProviderError } from "./providerError";
import { createExactlyOnce } from "./reconciliation";
import { deleteOAuthClient, findLiveClient, isMarked } from "./removal";
import { requirePermissions } from "./deployerPermissions";
import { isClientCredentials } from "./grantTypes";
import { warnWithoutRoom } from "./clientHeadroom";
import { checkOAuthClient } from "./oauthClientCheck";
import { refuseOwnClient, refuseOwnReplacement } from "./ownClient";
import type { Checked } from "./roleCheck";
import { resolveRoleDivisions } from "./roleDivisions";
import type { Session } from "./session";
import type { SessionFinder } from "./sessions";
import { whenUsable } from "./usableRoles";
import { unproven, verifyCredentials } from "./verification";

export class OAuthClientProvider {
  /** Owner and generation of what state holds: should it be replaced with the same marker, the live client is no orphan. */
  private readonly owned = new Set<string>();
  /** The markers of the clients that a rotation makes (see `checkOAuthClient`). */
  private readonly rotations = new Set<string>();
  /** The home division of each organisation as state records it, by the organisation's id: a rotation need not ask for it. */
  private readonly homeDivisions = new Map<string, string>();

  constructor(private readonly sessionFor: SessionFinder) {}

  /** Everything that can be found out is found out here, so that a preview tells about it; an unchanged client asks nobody. */
  check(olds: Readonly<Record<string, unknown>>, news: Readonly<Record<string, unknown>>): Promise<Checked> {
    if (typeof olds["owner"] === "string" && typeof olds["generation"] === "number") {
      this.owned.add(markerPrefix(olds["owner"], olds["generation"]));
    }
    const isOwned = (owner: string, generation: number): boolean =>
      this.owned.has(markerPrefix(owner, generation));
    return checkOAuthClient(this.sessionFor, olds, news, isOwned, this.rotations);
  }

  /** @throws ProviderError DEPLOYER_OWN_CLIENT */
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
    const replaces = replacingInputs(olds, news);
    refuseOwnReplacement(this.sessionFor, id, olds, news, replaces);
    return Promise.resolve({ replaces });
  }

  async create(inputs: OAuthClientInputs) {
    const what = `OAuth client "${inputs.name}"`;
    const action = `Creating ${what}`;
    const session = this.sessionFor(inputs.organization);
    const identity = await session.enter(action, inputs.organization.id);
    const homeDivisionId = this.homeDivisions.get(identity.organizationId);
    if (homeDivisionId !== undefined) {
      session.knowHomeDivision(homeDivisionId);
    }
    let outputs: OAuthClientOutputs;
    try {
      const prefix = markerPrefix(inputs.owner, inputs.generation);
      if (this.rotations.has(prefix)) {
        await warnWithoutRoom(session, prefix);
      }
      const resolved = await resolveRoleDivisions(session, action, inputs.roleDivisions);
      const marker = newMarker(inputs.owner, inputs.generation);
      const made = await this.make(session, what, inputs, resolved, marker);
      outputs = {
        ...inputsOf(inputs),
        ...(inputs.__provider === undefined ? {} : { __provider: inputs.__provider }),
        clientId: made.id,
        clientSecret: made.secret,
        marker,
        resolvedRoleDivisions: resolved,
        organizationId: identity.organizationId,
        ...(made.dateCreated === undefined ? {} : { dateCreated: made.dateCreated }),
        verified: false,
      };
    } catch (error) {
      throw explain(action, error, session.redactor);
    }
    return { id: outputs.clientId, outs: await this.prove(session, what, outputs, identity.clientId) };
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
      const record = refreshedRecord(recorded, live);
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
    try {
      const resolved = await resolveRoleDivisions(session, action, news.roleDivisions, resolvedEntries(olds));
      const needsActive = !olds.verified;
      const request = oauthClientRequest(news, resolved, olds.marker, needsActive ? "active" : news.state);
      const send = (): Promise<OAuthClientEntity> =>
        whenUsable(session, what, resolved, () => session.oauthClients.update(id, request));
      await send().catch(async (error: unknown) => {
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
      outputs = { ...appliedClient(olds, news), resolvedRoleDivisions: resolved };
    } catch (error) {
      throw explain(action, error, session.redactor);
    }
    return {
      outs: outputs.verified
        ? sanitizeProperties(storedOutputs(outputs))
        : await this.prove(session, what, outputs, deployer.clientId),
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

  /** Verifies the pair, then brings the client to its declared state. From here on a failure keeps the client in state. */
  private async prove(
    session: Session,
    what: string,
    outputs: OAuthClientOutputs,
    deployerClientId: string | undefined,
  ): Promise<Record<string, unknown>> {
    let proven: Pick<OAuthClientOutputs, "verification"> = {};
    try {
      if (outputs.clientSecret !== undefined) {
        const pair = { clientId: outputs.clientId, clientSecret: outputs.clientSecret };
        const { authorizedGrantType, resolvedRoleDivisions: roleDivisions } = outputs;
        const verification = isClientCredentials(authorizedGrantType)
          ? await verifyCredentials(session, what, pair, { authorizedGrantType, roleDivisions })
          : unproven(pair.clientId, authorizedGrantType);
        const by = deployerClientId === undefined ? {} : { deployerClientId };
        proven = { verification: { ...verification, ...by } };
      }
      if (outputs.state !== "active") {
        const request = oauthClientRequest(
          outputs,
          outputs.resolvedRoleDivisions,
          outputs.marker,
          outputs.state,
        );
        await session.oauthClients.update(outputs.clientId, request);
      }
      return sanitizeProperties(storedOutputs({ ...outputs, ...proven, verified: true }));
    } catch (error) {
      const properties = sanitizeProperties(storedOutputs(outputs));
      throw new InitializationError(
        outputs.clientId,
        properties,
        explain(`Verifying ${what}`, error, session.redactor),
      );
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
