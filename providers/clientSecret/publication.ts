// How a pair gets into Secrets Manager: AWSCURRENT moves only to a pair that has just signed in, and never away from one that works to none.
import { defined } from "../../common/defined";
import type { PublishedPair } from "../../evidence/record";
import type { ClientCredentials } from "../../genesys/token";
import { hasSecretsCode, undefinedWhenScheduled } from "../../secrets/failure";
import { renderSecretPayload } from "../../secrets/payload";
import {
  currentLabel,
  type LabelledVersion,
  previousLabel,
  type SecretStore,
  versionWith,
} from "../../secrets/store";
import { readPayload } from "../../secrets/storedPayload";
import { versionIdOf } from "../../secrets/versionId";
import type { Unproven, Verification } from "../live/verification";
import { refuseOwnClient } from "../run/ownClient";
import type { Session } from "../run/session";
import { refuseKeptSecret } from "./keptSecret";
import { proveNewPair, proveStoredPair } from "./proof";
import { type ClientSecretInputs, fingerprintOf, secretWords } from "./record";

/** What became of the secret. */
export interface Publication {
  readonly versionId: string;
  /** What the version holds. Secret: for the fingerprint only. */
  readonly text: string;
  readonly verification: Verification | Unproven;
  readonly pair: PublishedPair;
  readonly before: readonly LabelledVersion[];
  readonly after: readonly LabelledVersion[];
  /** The client that AWSCURRENT named before; undefined when nothing was stored, null when it was none of ours. */
  readonly formerClientId: string | null | undefined;
}

/** A stored pair that is known to be there. */
interface StoredPair {
  readonly versionId: string;
  readonly text: string;
  readonly pair: ClientCredentials;
}

/** Where the pair was stored so far, when its secret has moved. */
export interface FormerPlace {
  readonly store: SecretStore;
  readonly arn: string;
  readonly versionId: string;
}

/** More versions of one client at one generation than this are no accident of an interrupted run. */
const maximumAttempts = 100;

/**
 * Makes AWSCURRENT name the client with a pair that works, and as little as that takes: the version that is wanted, the pair that is
 * stored already, or a new secret. Interrupted anywhere, it ends the same the next time.
 * @throws SecretsError, ProviderError and errors of Genesys; AWSCURRENT then names what it named before.
 */
export async function publish(
  session: Session,
  store: SecretStore,
  inputs: ClientSecretInputs,
  former?: FormerPlace,
): Promise<Publication> {
  const { secretArn: arn, clientId } = inputs;
  const what = `the secret of ${secretWords(inputs)}`;
  const { versions: before } = await store.requireWritable(arn);
  const currentId = versionWith(before, currentLabel);
  const currentText = currentId === undefined ? undefined : await store.text(arn, { id: currentId });
  const current = storedPair(session, inputs, currentId, currentText);
  const waiting = session.clients.takeSecret(clientId);
  // Of a client that this run has made nothing can be stored.
  const wanted =
    waiting === undefined ? await wantedVersions(session, store, inputs, current) : { attempt: 0 };

  const done = async (
    versionId: string,
    text: string,
    verification: Verification | Unproven,
    pair: PublishedPair,
  ): Promise<Publication> => ({
    versionId,
    text,
    verification,
    pair,
    before,
    after: await labelsAfter(store, arn, before, versionId),
    formerClientId:
      currentId === undefined
        ? undefined
        : (readPayload(currentText ?? "", session.redactor)?.clientId ?? null),
  });

  if (wanted.latest !== undefined) {
    const { versionId, text, pair } = wanted.latest;
    const proof = await proveStoredPair(session, what, pair, inputs);
    if (proof !== undefined) {
      if (versionId !== currentId) {
        await store.makeCurrent(arn, versionId, currentId);
      }
      return done(versionId, text, proof, "stored");
    }
  }
  const elsewhere = [
    ...(current !== undefined && current.versionId !== wanted.latest?.versionId ? [current] : []),
    ...(former === undefined ? [] : await pairAt(session, former, inputs)),
  ];
  for (const { versionId, text, pair } of elsewhere) {
    const proof = await proveStoredPair(session, what, pair, inputs);
    if (proof !== undefined) {
      const rendered = renderSecretPayload(inputs.keys, { ...inputs, ...pair });
      if (rendered === text && versionId === currentId) {
        return done(versionId, text, proof, "stored");
      }
      return done(await put(store, inputs, wanted.attempt, rendered), rendered, proof, "stored");
    }
  }
  if (waiting === undefined) {
    refuseKeptSecret(session, `Making a new secret for ${what}`, clientId);
    refuseOwnClient(session, `Making a new secret for ${what}`, clientId);
  }
  const clientSecret = waiting ?? (await session.oauthClients.regenerateSecret(clientId)).secret;
  const pair = { clientId, clientSecret };
  const proof = await proveNewPair(session, what, pair, inputs);
  const text = renderSecretPayload(inputs.keys, { ...inputs, ...pair });
  const made = waiting === undefined ? "new-secret" : "new-client";
  return done(await put(store, inputs, wanted.attempt, text), text, proof, made);
}

/** What AWSCURRENT names of an inactive client stays as it is, and is only put on record: nobody could prove another. */
export async function storedOfInactive(
  session: Session,
  store: SecretStore,
  inputs: ClientSecretInputs,
): Promise<{ readonly versionId?: string; readonly fingerprint?: string }> {
  const { secretArn: arn } = inputs;
  const { versions } = await store.requireWritable(arn);
  const id = versionWith(versions, currentLabel);
  const text = id === undefined ? undefined : await store.text(arn, { id });
  const stored = storedPair(session, inputs, id, text);
  return stored === undefined
    ? {}
    : { versionId: stored.versionId, fingerprint: fingerprintOf(arn, stored.text) };
}

/** The pair in a text, where it is one of this client. */
function storedPair(
  session: Session,
  inputs: ClientSecretInputs,
  versionId: string | undefined,
  text: string | undefined,
): StoredPair | undefined {
  const payload = readPayload(text ?? "", session.redactor);
  if (versionId === undefined || text === undefined || payload === undefined) {
    return undefined;
  }
  const { clientId, clientSecret } = payload;
  return clientId.toLowerCase() === inputs.clientId.toLowerCase()
    ? { versionId, text, pair: { clientId: inputs.clientId, clientSecret } }
    : undefined;
}

/** The latest version that was written for these inputs, and the number of the next one. */
async function wantedVersions(
  session: Session,
  store: SecretStore,
  inputs: ClientSecretInputs,
  current: StoredPair | undefined,
): Promise<{ readonly latest?: StoredPair; readonly attempt: number }> {
  let latest: StoredPair | undefined;
  for (let attempt = 0; attempt < maximumAttempts; attempt++) {
    const versionId = versionIdOf({ ...inputs, attempt });
    const text =
      versionId === current?.versionId ? current.text : await store.text(inputs.secretArn, { id: versionId });
    if (text === undefined) {
      return { attempt, ...defined({ latest }) };
    }
    latest = storedPair(session, inputs, versionId, text);
  }
  return { attempt: maximumAttempts };
}

/** The pair as it is stored in the secret that this one takes the place of; none where that is gone. */
async function pairAt(
  session: Session,
  { store, arn, versionId }: FormerPlace,
  inputs: ClientSecretInputs,
): Promise<StoredPair[]> {
  const text = await store.text(arn, { id: versionId }).catch(undefinedWhenScheduled);
  const found = storedPair(session, inputs, versionId, text);
  return found === undefined ? [] : [found];
}

/** A late write of an interrupted run may have taken the number meanwhile: then the next one. */
async function put(
  store: SecretStore,
  inputs: ClientSecretInputs,
  firstAttempt: number,
  text: string,
): Promise<string> {
  for (let attempt = firstAttempt; ; attempt++) {
    const versionId = versionIdOf({ ...inputs, attempt });
    try {
      await store.put(inputs.secretArn, versionId, text);
      return versionId;
    } catch (error) {
      if (!hasSecretsCode(error, "SECRET_VERSION_TAKEN") || attempt >= maximumAttempts) {
        throw error;
      }
    }
  }
}

/** As AWS shows them; as its rule has them where it does not show them yet, or not to us: the secret is published either way. */
async function labelsAfter(
  store: SecretStore,
  arn: string,
  before: readonly LabelledVersion[],
  versionId: string,
): Promise<readonly LabelledVersion[]> {
  if (versionWith(before, currentLabel) === versionId) {
    return before;
  }
  const seen = (await store.describe(arn).catch(() => undefined))?.versions ?? [];
  return versionWith(seen, currentLabel) === versionId ? seen : movedLabels(before, versionId);
}

/** AWSPREVIOUS follows to the version that was current. */
function movedLabels(before: readonly LabelledVersion[], versionId: string): readonly LabelledVersion[] {
  const formerId = versionWith(before, currentLabel);
  const others = before
    .filter((version) => version.versionId !== versionId && version.versionId !== formerId)
    .map((version) => ({ ...version, labels: version.labels.filter((label) => label !== previousLabel) }))
    .filter(({ labels }) => labels.length > 0);
  return [
    { versionId, labels: [currentLabel] },
    ...(formerId === undefined ? [] : [{ versionId: formerId, labels: [previousLabel] }]),
    ...others,
  ];
}
