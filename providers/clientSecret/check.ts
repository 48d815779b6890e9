// What is checked of a stored secret before anything is written: its form, and the place in AWS where it is to be.
import { recoverCommand } from "../engine/recoverCommand";
import { unknownValue } from "@pulumi/pulumi/runtime";
import { z } from "zod";

import { oneLine } from "../../common/oneLine";
import { payloadSpellings } from "../../common/payloadSpelling";
import { SecretsError } from "../../secrets/failure";
import { currentLabel, type DescribedSecret, type SecretStore } from "../../secrets/store";
import { isNew } from "../engine/changes";
import { type Checked, type Inputs, refusedFor } from "../engine/checked";
import { checkForm, filledText, type Form, optionalSettings } from "../engine/form";
import type { StoreFinder } from "../run/secretStores";
import type { Session } from "../run/session";
import { keptSecretReason } from "./keptSecret";
import { type ClientSecretInputs, isLookedUp, secretWords } from "./record";

/** A reason names a secret and its ARN, of up to 512 characters each, and ends with its code, which a review looks for. */
const longestReason = 4000;

const form: Form = {
  organization: optionalSettings,
  clientId: filledText,
  authorizedGrantType: filledText,
  owner: filledText,
  secretName: filledText,
  secretArn: filledText,
  apiUrl: filledText,
  tokenUrl: filledText,
  aws: optionalSettings,
  generation: z.int().min(0).describe("must be a whole number, 0 or above"),
  keys: z.enum(payloadSpellings).describe(`must be one of ${payloadSpellings.join(", ")}`),
};

/** An unchanged secret asks nobody. */
export async function checkClientSecret(
  olds: Inputs,
  news: Inputs,
  sessionFor: (organization: ClientSecretInputs["organization"]) => Pick<Session, "clients">,
  storeFor: StoreFinder,
): Promise<Checked> {
  const { inputs, failures } = checkForm(form, { ...news, versionStage: currentLabel });
  if (failures.length > 0 || !isLookedUp(olds, inputs)) {
    return { inputs, failures };
  }
  const declared = inputs as unknown as ClientSecretInputs;
  try {
    const kept = keptSecretReason(sessionFor(declared.organization), declared.clientId);
    const reasons =
      kept === undefined
        ? await placeReasons(olds, declared, storeFor(declared.aws))
        : [`${kept} [ADOPTION_SECRET_UNKNOWN]`];
    return { inputs, failures: refusedFor(reasons.map((reason) => reasonLine(declared, reason))) };
  } catch (error) {
    if (error instanceof SecretsError) {
      return { inputs, failures: refusedFor([reasonLine(declared, `${error.message} [${error.code}]`)]) };
    }
    throw error;
  }
}

/** Before the secret is made its name is looked at; afterwards the secret, unless this run has just made it. */
async function placeReasons(
  olds: Inputs,
  declared: ClientSecretInputs,
  store: SecretStore,
): Promise<string[]> {
  const { secretArn, secretName, kmsKeyId } = declared;
  if (secretArn === unknownValue) {
    return secretName === unknownValue ? [] : nameReasons(olds, declared, await store.describe(secretName));
  }
  if (isNew(olds)) {
    return [];
  }
  const found = secretArn === olds["secretArn"] ? await store.requireWritable(secretArn) : undefined;
  const isKeyRemoved = typeof olds["kmsKeyId"] === "string" && kmsKeyId === undefined;
  return isKeyRemoved && found?.kmsKeyId !== undefined ? [keyReason(secretArn, found.kmsKeyId)] : [];
}

/** A name that is taken is told with the way out of it; each way is in docs/recovery.md. */
function nameReasons(olds: Inputs, inputs: ClientSecretInputs, found: DescribedSecret | undefined): string[] {
  const { secretName } = inputs;
  const recover = recoverCommand(inputs);
  if (found === undefined) {
    return [];
  }
  if (found.deletedAt !== undefined) {
    const remedy = isNew(olds)
      ? `If it is this credential's, bring it back with ${recover}; otherwise declare another secret.name, or wait`
      : movedRemedy(found.arn);
    return [
      `The secret ${secretName} is scheduled for deletion (DeletedDate ${found.deletedAt}), and AWS keeps its name until it is gone; nothing was written. ` +
        `${remedy} [SECRET_SCHEDULED_FOR_DELETION]`,
    ];
  }
  return [
    found.arn === olds["secretArn"]
      ? `AWS cannot make the secret ${secretName} anew as long as it is there; nothing was written. ` +
        "Run the update without replacing it, or declare another secret.name [SECRET_NAME_TAKEN]"
      : `AWS already has a secret ${secretName} (${found.arn}), which is not in this stack's state; nothing was written. ` +
        `If it is this credential's, take it into the stack with ${recover}; if the credential's key was renamed, write \`formerly: <the key that it had>\`; ` +
        "otherwise declare another secret.name [SECRET_NAME_TAKEN]",
  ];
}

/** The credential has its secret elsewhere: restoring this one would not bring it into the state, and the pair comes from there. */
function movedRemedy(arn: string): string {
  const [, , , region = ""] = arn.split(":");
  return (
    "If it is this credential's, from before its secret was moved, leave the secret where it is now, or delete this one for good with " +
    `\`aws secretsmanager delete-secret --region ${region} --secret-id ${arn} --force-delete-without-recovery\` and preview again; otherwise declare another secret.name, or wait`
  );
}

/** Pulumi's AWS provider sends no key where none is declared, and AWS then keeps the one that it has. */
function keyReason(secretArn: string, kmsKeyId: string): string {
  return (
    `secret.kmsKeyId was removed, and Pulumi's AWS provider cannot take the key ${kmsKeyId} off the secret; nothing was written. ` +
    `Run \`aws secretsmanager update-secret --secret-id ${secretArn} --kms-key-id alias/aws/secretsmanager\`, then \`pulumi up --refresh\`, ` +
    "or declare the key again [SECRET_KEY_STAYS]"
  );
}

function reasonLine(declared: ClientSecretInputs, reason: string): string {
  return oneLine(`Checking the secret of ${secretWords(declared)}: ${reason}`, longestReason);
}
