// The evidence of a rotation or a first publication, written by the provider that did the work. It must never block or undo one: what goes wrong is a warning.
import { keyOf } from "../../genesys/marker";
import { evidenceName, evidenceVariable, hasEvidence, writeEvidence } from "../../evidence/file";
import { formatVersion, type RotationEvidence } from "../../evidence/record";
import { namedClientId } from "../../secrets/storedPayload";
import { currentLabel, previousLabel, type SecretStore, versionWith } from "../../secrets/store";
import type { Session } from "../run/session";
import type { Publication } from "./publication";
import { type ClientSecretInputs } from "./record";

/** Where evidence goes; undefined where none is wanted. */
export function evidenceFolder(
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const folder = environment[evidenceVariable] ?? "";
  return folder === "" ? undefined : folder;
}

type PublishingSession = Pick<Session, "clock" | "notify" | "redactor"> & {
  readonly oauthClients: Pick<Session["oauthClients"], "get">;
};

/** What happened to a secret, and since when its pair is in use. */
type PublicationEvent = Pick<RotationEvidence, "event" | "oldClientId" | "publishedAt">;

/** Records a publication where the secret names another client than before, or one for the first time. */
export async function recordPublication(
  session: PublishingSession,
  store: Pick<SecretStore, "text">,
  inputs: ClientSecretInputs,
  published: Publication,
  deployerClientId: string | undefined,
  folder: string,
): Promise<void> {
  const [project = "", stack = ""] = inputs.owner.split("/");
  const rotation = {
    stack,
    credential: keyOf(inputs),
    generation: inputs.generation,
    newClientId: inputs.clientId,
  };
  try {
    const recordedAt = new Date(session.clock.now()).toISOString();
    const event = isMoved(published)
      ? movedEvent(inputs, published, recordedAt)
      : hasEvidence(folder, rotation)
        ? undefined
        : await foundEvent(session, store, inputs, published, recordedAt);
    if (event === undefined) {
      return;
    }
    const { verification, before, after, pair } = published;
    writeEvidence(folder, {
      formatVersion,
      recordedAt,
      project,
      ...rotation,
      ...event,
      pair,
      verification: "verifiedAt" in verification ? verification : null,
      deployerClientId: deployerClientId ?? null,
      secret: { name: inputs.secretName, arn: inputs.secretArn },
      stagingLabels: { before: isMoved(published) ? before : [], after },
    });
  } catch (error) {
    session.notify(
      `Warning: recording the evidence ${evidenceName(rotation)}.json in ${folder}: its file could not be written: ${reasonOf(error)}; ` +
        "the rotation itself is not affected. Correct the cause before the next rotation.",
    );
  }
}

/** Undefined where the same client got another secret. */
function movedEvent(
  { clientId }: ClientSecretInputs,
  { formerClientId }: Publication,
  publishedAt: string,
): PublicationEvent | undefined {
  return formerClientId === undefined
    ? { event: "first-publication", oldClientId: null, publishedAt }
    : formerClientId === clientId
      ? undefined
      : { event: "rotation", oldClientId: formerClientId, publishedAt };
}

/**
 * The labels stand already: an interrupted run may have moved them, and could not tell, or the pair is older than the state. What was
 * published first and never followed by another is as old as its client; undefined where nobody knows.
 */
async function foundEvent(
  { redactor, oauthClients }: PublishingSession,
  store: Pick<SecretStore, "text">,
  { secretArn, clientId }: ClientSecretInputs,
  { before }: Publication,
  recordedAt: string,
): Promise<PublicationEvent | undefined> {
  const previousId = versionWith(before, previousLabel);
  if (previousId === undefined) {
    const madeMs = Date.parse((await oauthClients.get(clientId)).dateCreated ?? "");
    return Number.isNaN(madeMs)
      ? undefined
      : { event: "first-publication", oldClientId: null, publishedAt: new Date(madeMs).toISOString() };
  }
  const oldClientId = await namedClientId(store, redactor, secretArn, { id: previousId });
  return oldClientId === undefined || oldClientId === clientId
    ? undefined
    : { event: "rotation", oldClientId, publishedAt: recordedAt };
}

function isMoved({ before, versionId }: Publication): boolean {
  return versionWith(before, currentLabel) !== versionId;
}

/** The file system's refusals say what is needed by their code, AWS's by name; a message might quote a request. */
function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  const name = error instanceof Error ? error.name : "something that is not an error was thrown";
  return typeof code === "string" && code !== "" ? code : name;
}
