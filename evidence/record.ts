// Evidence of a rotation: which client followed which, what was verified, and how the staging labels stood before and after.
import * as pulumi from "@pulumi/pulumi";

import { systemClock } from "../common/clock";
import { evidenceVariable } from "../declarations/naming";
import { evidenceName, writeEvidence } from "./file";
import { type LabelledVersion, LabelReader } from "../resources/evidenceLabels";
import type { ProvenIdentity } from "../resources/oauthClient";

/** Of the shape of the files; see schemas/evidence.schema.json. */
const formatVersion = 1;
const currentLabel = "AWSCURRENT";
const previousLabel = "AWSPREVIOUS";

/** One file. No secret. */
export interface RotationEvidence {
  readonly formatVersion: number;
  /** ISO 8601. */
  readonly recordedAt: string;
  readonly project: string;
  readonly stack: string;
  readonly credential: string;
  readonly generation: number;
  /** Null when the value before was none of ours. */
  readonly oldClientId: string | null;
  readonly newClientId: string;
  /** What the new client proved before it was published; of a former client that came back, when it was made. */
  readonly verification: Omit<ProvenIdentity, "deployerClientId"> | null;
  /** Who made and verified the new client. */
  readonly deployerClientId: string | null;
  readonly secret: { readonly name: string; readonly arn: string };
  readonly stagingLabels: {
    readonly before: readonly LabelledVersion[];
    readonly after: readonly LabelledVersion[];
  };
}

/** Whose evidence it is. */
export interface EvidenceSubject {
  readonly credential: string;
  readonly generation: number;
  readonly secretName: string;
}

/** What became of the secret in this update. */
export interface WrittenSecret {
  readonly versionId: string;
  readonly secretArn: string;
  readonly clientId: string;
  readonly verification: ProvenIdentity | undefined;
}

/** What was there before the secret was written. */
interface Before {
  readonly versions: readonly LabelledVersion[];
  /** The client that the secret named so far; null when the value was none of ours. */
  readonly oldClientId: string | null;
}

/** The recorder of one credential, where evidence is wanted and this is an update. */
export function evidenceRecorder(subject: EvidenceSubject): EvidenceRecorder | undefined {
  const folder = process.env[evidenceVariable] ?? "";
  if (folder === "" || pulumi.runtime.isDryRun()) {
    return undefined;
  }
  const config = new pulumi.Config("aws");
  const region = config.get("region");
  const profile = config.get("profile");
  const reader = new LabelReader({
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
  });
  return new EvidenceRecorder(folder, subject, reader, (text) => {
    void pulumi.log.warn(text);
  });
}

/** Evidence must never block or undo a rotation: whatever goes wrong here is a warning. */
export class EvidenceRecorder {
  private before: Before | undefined;

  constructor(
    private readonly folder: string,
    private readonly subject: EvidenceSubject,
    private readonly reader: Pick<LabelReader, "versions" | "value">,
    private readonly warn: (text: string) => void,
  ) {}

  /** To be awaited before the secret is written. @param next The client and the text that the secret is to hold. */
  async readBefore(next: { readonly clientId: string; readonly text: string }): Promise<void> {
    await this.warnInstead("the staging labels before it could not be read", async () => {
      const { secretName } = this.subject;
      const versions = await this.reader.versions(secretName);
      const current = versions === undefined ? undefined : await this.reader.value(secretName, currentLabel);
      if (versions === undefined || current === undefined) {
        return; // the secret has no value yet: nothing is rotated
      }
      if (current.clientId !== next.clientId) {
        this.before = { versions, oldClientId: current.clientId ?? null };
      } else if (current.text === next.text) {
        // Should it be written once more, then an interrupted update had written it and could not tell.
        const previous = await this.reader.value(secretName, previousLabel);
        if (previous?.clientId !== undefined && previous.clientId !== next.clientId) {
          this.before = { versions, oldClientId: previous.clientId };
        }
      }
    });
  }

  /** To be called after the secret was written, or found unchanged: then nothing is recorded. */
  async record(written: WrittenSecret): Promise<void> {
    const { before } = this;
    if (before === undefined || before.versions.some(({ versionId }) => versionId === written.versionId)) {
      return;
    }
    await this.warnInstead("its file could not be written", async () => {
      const { credential, generation, secretName } = this.subject;
      const after = (await this.reader.versions(secretName)) ?? [];
      const { deployerClientId = null, ...verification } = written.verification ?? {};
      writeEvidence(this.folder, {
        formatVersion,
        recordedAt: new Date(systemClock.now()).toISOString(),
        project: pulumi.getProject(),
        stack: pulumi.getStack(),
        credential,
        generation,
        oldClientId: before.oldClientId,
        newClientId: written.clientId,
        verification: isProven(verification) ? verification : null,
        deployerClientId,
        secret: { name: secretName, arn: written.secretArn },
        stagingLabels: { before: labelled(before.versions), after: labelled(after) },
      });
    });
  }

  private async warnInstead(problem: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { credential, generation } = this.subject;
      const name = evidenceName({ stack: pulumi.getStack(), credential, generation });
      this.warn(
        `Recording the evidence ${name}.json in ${this.folder}: ${problem}: ${reasonOf(error)}; ` +
          "the rotation itself is not affected. Correct the cause before the next rotation",
      );
    }
  }
}

function isProven(
  verification: Partial<ProvenIdentity>,
): verification is Omit<ProvenIdentity, "deployerClientId"> {
  return verification.verifiedAt !== undefined;
}

function labelled(versions: readonly LabelledVersion[]): LabelledVersion[] {
  return versions.filter(({ labels }) => labels.length > 0);
}

/** AWS's refusals and the file system's say what is needed by name and code; a message might quote a request. */
function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  const name = error instanceof Error ? error.name : "something that is not an error was thrown";
  return typeof code === "string" && code !== "" ? code : name;
}
