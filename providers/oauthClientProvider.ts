// The life of an OAuth client: check, diff, create, read, update, delete.
import { isNotFound } from "../genesys/errors";
import type { OAuthClientWithSecret } from "../genesys/oauthClients";
import type { OAuthClientEntity, RoleDivision } from "../genesys/wire";
import { replacingInputs, type ReplacementRecord } from "./diff";
import { markerPrefix, newMarker } from "../genesys/marker";
import {
  checkOAuthClientInputs,
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
import { deleteOAuthClient, findLiveClient, isDeleted } from "./removal";
import { namesIn, unknownNames } from "./nameCheck";
import { resolveRoleDivisions } from "./roleDivisions";
import type { Session } from "./session";
import type { OrganizationInput, SessionFinder } from "./sessions";
import { whenUsable } from "./usableRoles";
import { verifyCredentials } from "./verification";

export class OAuthClientProvider {
  /** Owner and generation of what state holds: should it be replaced with the same marker, the live client is no orphan. */
  private readonly owned = new Set<string>();
  /** The home division of each organisation as state records it, by the organisation's id: a rotation need not ask for it. */
  private readonly homeDivisions = new Map<string, string>();

  constructor(private readonly sessionFor: SessionFinder) {}

  /** Names that are new are looked up already here, so that a preview tells about them; without new names no request is sent. */
  async check(olds: Readonly<Record<string, unknown>>, news: Readonly<Record<string, unknown>>) {
    if (typeof olds["owner"] === "string" && typeof olds["generation"] === "number") {
      this.owned.add(markerPrefix(olds["owner"], olds["generation"]));
    }
    const checked = checkOAuthClientInputs(news);
    if (checked.failures.length > 0 || !Array.isArray(checked.inputs["roleDivisions"])) {
      return checked;
    }
    const { organization, name } = checked.inputs as { organization: OrganizationInput; name: string };
    const action = `Checking OAuth client "${name}"`;
    const reasons = await unknownNames(this.sessionFor, organization, action, {
      declared: namesIn(checked.inputs["roleDivisions"]),
      known: namesIn(olds["roleDivisions"]),
    });
    return {
      inputs: checked.inputs,
      failures: reasons.map((reason) => ({ property: "roleDivisions", reason })),
    };
  }

  diff(_id: string, olds: ReplacementRecord & Partial<OAuthClientOutputs>, news: ReplacementRecord) {
    const { organizationId, roleDivisions = [], resolvedRoleDivisions = [] } = olds;
    const inHome = resolvedEntries({ roleDivisions, resolvedRoleDivisions }).find(
      ({ input }) => input.division === "home",
    );
    if (organizationId !== undefined && inHome !== undefined) {
      this.homeDivisions.set(organizationId, inHome.resolved.divisionId);
    }
    return Promise.resolve({ replaces: replacingInputs(olds, news) });
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
    registerSecret(session, recorded);
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
    registerSecret(session, olds);
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
      outputs = { ...olds, ...news, resolvedRoleDivisions: resolved };
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
    registerSecret(session, recorded);
    if (session.adoptedIds.has(id)) {
      return; // the record is an old one of a client that this run took over; the client lives on
    }
    await session.enter(action, recorded.organizationId);
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
        const roleDivisions = outputs.resolvedRoleDivisions;
        const verification = await verifyCredentials(session, what, pair, {
          authorizedGrantType: outputs.authorizedGrantType,
          roleDivisions,
        });
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

/** A secret that comes from state is known to the redactor before anything can quote it. */
function registerSecret(session: Session, recorded: OAuthClientOutputs): void {
  if (recorded.clientSecret !== undefined) {
    session.redactor.addClientCredentials(recorded.clientId, recorded.clientSecret);
  }
}

function isMarked(client: OAuthClientEntity, marker: string): boolean {
  return (client.description ?? "").includes(marker) && !isDeleted(client);
}
