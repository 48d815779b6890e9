// The evidence of a rotation, written by the provider that did the work. It must never block or undo one: what goes wrong is a warning.
import { keyOf } from "../../genesys/marker";
import { evidenceName, evidenceVariable, hasEvidence, writeEvidence } from "../../evidence/file";
import { formatVersion } from "../../evidence/record";
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

/** Records a publication where it was a rotation: another client follows one that was stored. */
export async function recordRotation(
  session: Pick<Session, "clock" | "notify" | "redactor">,
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
    const oldClientId = await formerClient(session, store, inputs, published, () =>
      hasEvidence(folder, rotation),
    );
    if (oldClientId === undefined || oldClientId === inputs.clientId) {
      return;
    }
    const { verification, before, after, pair } = published;
    writeEvidence(folder, {
      formatVersion,
      recordedAt: new Date(session.clock.now()).toISOString(),
      project,
      ...rotation,
      oldClientId,
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

/** Undefined when nothing was rotated: nothing was stored before, or it is on record already. */
async function formerClient(
  { redactor }: Pick<Session, "redactor">,
  store: Pick<SecretStore, "text">,
  { secretArn }: ClientSecretInputs,
  published: Publication,
  isRecorded: () => boolean,
): Promise<string | null | undefined> {
  if (isMoved(published)) {
    return published.formerClientId;
  }
  // An interrupted run may have moved the labels, and could not tell.
  const previousId = versionWith(published.before, previousLabel);
  if (previousId === undefined || isRecorded()) {
    return undefined;
  }
  return namedClientId(store, redactor, secretArn, { id: previousId });
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
