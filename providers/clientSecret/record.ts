// What is known of one stored client secret: its inputs as declared, its outputs as stored, and which changes ask for what. No secret.
import { createHash } from "node:crypto";

import { unknownValue } from "@pulumi/pulumi/runtime";

import { keyOf } from "../../genesys/marker";
import type { AwsSettings } from "../../common/awsSettings";
import type { PayloadSpelling } from "../../common/payloadSpelling";
import { currentLabel, type LabelledVersion } from "../../secrets/store";
import { isChanged } from "../engine/changes";
import type { Inputs } from "../engine/checked";
import type { OrganizationInput } from "../engine/organization";
import { without } from "../engine/record";
import type { Unproven, Verification } from "../live/verification";

export interface ClientSecretInputs {
  readonly organization: OrganizationInput;
  readonly clientId: string;
  readonly authorizedGrantType: string;
  /** Of the client: `active`, or `inactive`, of which nothing is stored. */
  readonly state: string;
  /** Another one is another secret: rotation. */
  readonly generation: number;
  /** `<project>/<stack>/<credential>`. */
  readonly owner: string;
  readonly secretName: string;
  readonly secretArn: string;
  /** Absent for the account's own key. */
  readonly kmsKeyId?: string;
  readonly keys: PayloadSpelling;
  /** Origin of the API. */
  readonly apiUrl: string;
  /** URL of the token endpoint. */
  readonly tokenUrl: string;
  readonly aws: AwsSettings;
  /** The label that the version has to carry, filled in by `check`: AWSCURRENT. A refresh puts there what it carries instead. */
  readonly versionStage: string;
  readonly __provider?: string;
}

/** What state holds. */
export interface ClientSecretOutputs extends ClientSecretInputs {
  /** The version that holds the pair; absent where nothing is stored, since the client is inactive. */
  readonly versionId?: string;
  readonly verification?: (Verification | Unproven) & { readonly deployerClientId?: string };
  readonly stagingLabels?: {
    readonly before: readonly LabelledVersion[];
    readonly after: readonly LabelledVersion[];
  };
  /** Tells two stored texts apart without telling them. */
  readonly fingerprint?: string;
  readonly organizationId: string;
}

const fingerprintLength = 16;

/** @param arn Makes the fingerprints of one pair in two secrets different. */
export function fingerprintOf(arn: string, text: string): string {
  return createHash("sha256").update(`${arn}\n${text}`).digest("hex").slice(0, fingerprintLength);
}

/** As `nightly-report (genesys/dev/nightly-report)`, for messages. */
export function secretWords(inputs: Pick<ClientSecretInputs, "owner" | "secretName">): string {
  return `${keyOf(inputs)} (${inputs.secretName})`;
}

/** Inputs that decide what is stored where, besides the client and its generation. */
const contentNames = ["secretArn", "keys", "apiUrl", "tokenUrl", "versionStage"] as const;

/** Whether an update has to look at what is stored: content or place is another, or nothing was stored while the client was inactive. */
export function isStoredAnew(
  recorded: Partial<ClientSecretOutputs>,
  declared: Partial<ClientSecretInputs>,
): boolean {
  if (declared.state !== "active") {
    return false;
  }
  return recorded.versionId === undefined || contentNames.some((name) => recorded[name] !== declared[name]);
}

/** Whether a check looks at AWS: what is stored changes, or its key. A deactivation must not depend on AWS. */
export function isLookedUp(olds: Inputs, inputs: Inputs): boolean {
  const others = ["state", "aws", "secretName"];
  return (
    inputs["secretArn"] === unknownValue ||
    (inputs["state"] !== "inactive" && isChanged(without(olds, others), without(inputs, others)))
  );
}

/** What of a record is no input. */
export const clientSecretOutputNames = [
  "versionId",
  "verification",
  "stagingLabels",
  "fingerprint",
  "organizationId",
] as const satisfies readonly (keyof ClientSecretOutputs)[];

/** What the version of a record carries now, as an input: AWSCURRENT, or what a person made of it. */
export function stageOf(versions: readonly LabelledVersion[], versionId: string): string {
  const labels = versions.find((version) => version.versionId === versionId)?.labels ?? [];
  return labels.includes(currentLabel) ? currentLabel : labels.length === 0 ? "none" : labels.join(", ");
}
