// The life of a stored client secret: check, diff, create, read, update, delete. The secret itself is in this process only while it is proven and stored.
import { defined } from "../../common/defined";
import { undefinedWhenNotFound } from "../../genesys/errors";
import type { TokenIdentity } from "../../genesys/identity";
import { readPayload } from "../../secrets/storedPayload";
import type { Checked, Inputs } from "../engine/checked";
import { sanitizeProperties } from "../engine/outputs";
import { inputsIn, withInputs } from "../engine/record";
import { replacingInputs } from "../engine/replacement";
import { act } from "../run/action";
import { withoutPreviewHint } from "../run/previewHint";
import type { StoreFinder } from "../run/secretStores";
import type { Session } from "../run/session";
import type { SessionFinder } from "../run/sessions";
import { checkClientSecret } from "./check";
import { noteRecordedClient, noteStoredSecret } from "./namedClient";
import { publish, storedOfInactive } from "./publication";
import {
  type ClientSecretInputs,
  clientSecretOutputNames,
  type ClientSecretOutputs,
  fingerprintOf,
  isStoredAnew,
  secretWords,
  stageOf,
} from "./record";
import { recordPublication } from "./rotationEvidence";

export class ClientSecretProvider {
  /**
   * @param storeFor One store for each way to AWS, shared by a run.
   * @param folder Where evidence goes; undefined where none is wanted.
   */
  constructor(
    private readonly sessionFor: SessionFinder,
    private readonly storeFor: StoreFinder,
    private readonly folder: () => string | undefined = () => undefined,
  ) {}

  /** Everything that can be found out is found out here, so that a preview tells about it; an unchanged one asks nobody. */
  check(olds: Inputs, told: Inputs): Promise<Checked> {
    const news = withoutPreviewHint(this.sessionFor, told);
    noteStoredSecret(this.sessionFor, this.storeFor, news);
    noteRecordedClient(this.sessionFor, olds, news);
    return checkClientSecret(olds, news, this.sessionFor, this.storeFor);
  }

  /** Another client or another generation is another secret; a secret that moves, or is spelt otherwise, is carried over. */
  diff(_id: string, olds: Partial<ClientSecretOutputs>, news: Partial<ClientSecretInputs>) {
    const replaces = [
      ...replacingInputs({ ...olds, authorizedGrantType: "" }, { ...news, authorizedGrantType: "" }),
      ...(["clientId", "generation"] as const).filter((name) => olds[name] !== news[name]),
    ];
    return Promise.resolve({ replaces });
  }

  async create(inputs: ClientSecretInputs) {
    const outputs = await this.store(`Storing the secret of ${secretWords(inputs)}`, inputs);
    return { id: `${inputs.clientId}#${inputs.generation}`, outs: sanitizeProperties(outputs) };
  }

  async read(id: string, recorded: ClientSecretOutputs) {
    const action = `Reading the secret of ${secretWords(recorded)}`;
    const { secretArn, versionId, fingerprint } = recorded;
    const store = this.storeFor(recorded.aws);
    const session = this.sessionFor(recorded.organization);
    return act(session, action, recorded.organizationId, async () => {
      const secret = await store.describe(secretArn);
      if (secret === undefined || secret.deletedAt !== undefined) {
        return {};
      }
      const versionStage =
        versionId === undefined ? recorded.versionStage : stageOf(secret.versions, versionId);
      const text = versionId === undefined ? undefined : await store.text(secretArn, { id: versionId });
      if (text !== undefined) {
        readPayload(text, session.redactor);
      }
      const isGone =
        versionId !== undefined && (text === undefined || fingerprintOf(secretArn, text) !== fingerprint);
      if (isGone) {
        return {};
      }
      const state = await liveState(session, recorded);
      const props = sanitizeProperties({ ...recorded, versionStage, state });
      return { id, props, inputs: inputsIn(props, clientSecretOutputNames) };
    });
  }

  async update(_id: string, olds: ClientSecretOutputs, news: ClientSecretInputs) {
    const isMoved = olds.secretArn !== news.secretArn;
    const outputs = isStoredAnew(olds, news)
      ? await this.store(`Updating the secret of ${secretWords(news)}`, news, olds)
      : isMoved // and the client is inactive: nothing is stored at the new place
        ? { ...news, organizationId: olds.organizationId }
        : withInputs(olds, news, clientSecretOutputNames);
    return { outs: sanitizeProperties(outputs) };
  }

  /** Nothing: labels move with the next secret, versions end with AWS's secret, and the client with its own resource. */
  delete(): Promise<void> {
    return Promise.resolve();
  }

  private async store(
    action: string,
    inputs: ClientSecretInputs,
    olds?: ClientSecretOutputs,
  ): Promise<ClientSecretOutputs> {
    const session = this.sessionFor(inputs.organization);
    const store = this.storeFor(inputs.aws);
    const isMoved = olds?.versionId !== undefined && olds.secretArn !== inputs.secretArn;
    const work = async ({ organizationId, clientId: deployerClientId }: TokenIdentity) => {
      if (inputs.state !== "active") {
        return { ...inputs, organizationId, ...(await storedOfInactive(session, store, inputs)) };
      }
      const published = await publish(
        session,
        store,
        inputs,
        isMoved
          ? { store: this.storeFor(olds.aws), arn: olds.secretArn, versionId: olds.versionId }
          : undefined,
      );
      session.clients.storedClientFinders.set(inputs.owner, () => Promise.resolve(inputs.clientId));
      await session.clients.nowStored(inputs.owner);
      const folder = this.folder();
      // A version that is on record was published before: another spelling or place of it is no news.
      if (olds?.versionId === undefined && folder !== undefined) {
        await recordPublication(session, store, inputs, published, deployerClientId, folder);
      }
      const { versionId, verification, before, after, text } = published;
      return {
        ...inputs,
        organizationId,
        versionId,
        verification: { ...verification, ...defined({ deployerClientId }) },
        stagingLabels: { before, after },
        fingerprint: fingerprintOf(inputs.secretArn, text),
      };
    };
    return act(session, action, inputs.organization.id ?? olds?.organizationId, work);
  }
}

/** A client that somebody deactivated, `revoke` say, is recorded so, as its own resource records it: the next update then agrees. */
async function liveState(session: Session, { clientId, state }: ClientSecretOutputs): Promise<string> {
  const listed = await session.listedClients.find(clientId);
  const live =
    listed?.state === state ? listed : await session.oauthClients.get(clientId).catch(undefinedWhenNotFound);
  return live?.state === undefined || live.state === "active" ? (live?.state ?? state) : "inactive";
}
