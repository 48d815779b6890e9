// The limits of Secrets Manager, and the readers of request members that carry them.
import { defined } from "../../common/defined";
import { checkBounds, type RequestBody } from "./requestBody";
import { type SecretMetadata } from "./secretMetadata";
import { type ReplicaRecord } from "./secretRecord";
import { invalidParameter, invalidRequest, ServiceError } from "./serviceError";

// Lengths and sizes of the API model (secretsmanager-2017-10-17) and of the service's quotas page.
const nameBounds = { min: 1, max: 512 };
export const secretIdBounds = { min: 1, max: 2048 };
export const versionIdBounds = { min: 32, max: 64 };
export const labelBounds = { min: 1, max: 256 };
export const labelListBounds = { min: 1, max: 20 };
const descriptionBounds = { max: 2048 };
const kmsKeyIdBounds = { max: 2048 };
const typeBounds = { max: 256 };
const tagKeyBounds = { min: 1, max: 127 };
const tagValueBounds = { max: 255 };
const maximumTags = 50;
/** Bytes of one secret value. */
const valueBounds = { min: 1, max: 65_536 };

const namePattern = /^[A-Za-z0-9/_+=.@-]+$/;
/** Secrets that AWS services manage have a `!` in their names: fine to ask for, not to create. */
const secretIdPattern = /^[A-Za-z0-9/_+=.@!-]+$/;

const invalidName = (): ServiceError =>
  new ServiceError(
    "ValidationException",
    "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
  );

/** The name of a secret to be created. */
export function readName(body: RequestBody): string {
  const name = body.requiredString("Name", nameBounds);
  if (!namePattern.test(name)) {
    throw invalidName();
  }
  return name;
}

/** A name, an ARN or a partial ARN of a secret that should exist. */
export function readSecretId(body: RequestBody): string {
  const id = body.requiredString("SecretId", secretIdBounds);
  if (!id.startsWith("arn:") && !secretIdPattern.test(id)) {
    throw invalidName();
  }
  return id;
}

/** The idempotency token, which becomes the version id. SDKs fill it in; raw HTTP has to send it. */
export function readToken(body: RequestBody): string {
  const token = body.string("ClientRequestToken", versionIdBounds);
  if (token === undefined) {
    throw invalidRequest("You must provide a ClientRequestToken value. We recommend a UUID-type value.");
  }
  return token;
}

/** A secret value: text, or bytes in base64. */
export type SecretValue = { readonly secretString: string } | { readonly secretBinary: string };

/** The value in a request, if any. Limits count bytes. The value itself never appears in an error. */
export function readValue(body: RequestBody): SecretValue | undefined {
  const secretString = body.string("SecretString");
  const secretBinary = body.string("SecretBinary");
  if (secretString !== undefined && secretBinary !== undefined) {
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  }
  if (secretString !== undefined) {
    checkBounds("SecretString", "length", Buffer.byteLength(secretString), valueBounds);
    return { secretString };
  }
  if (secretBinary !== undefined) {
    const bytes = Buffer.from(secretBinary, "base64");
    checkBounds("SecretBinary", "length", bytes.length, valueBounds);
    return { secretBinary: bytes.toString("base64") };
  }
  return undefined;
}

/** Description, key and type: the parts of a secret that CreateSecret and UpdateSecret share. Empty text is kept as such. */
export function readMetadata(body: RequestBody): SecretMetadata {
  return {
    description: body.string("Description", descriptionBounds),
    kmsKeyId: body.string("KmsKeyId", kmsKeyIdBounds),
    type: body.string("Type", typeBounds),
  };
}

/** Where a secret shall be replicated to. */
export function readReplicas(body: RequestBody): ReplicaRecord[] {
  return (body.objects("AddReplicaRegions", { min: 1 }) ?? []).map((replica) => {
    const kmsKeyId = replica.string("KmsKeyId", kmsKeyIdBounds);
    return defined({ region: replica.requiredString("Region"), kmsKeyId });
  });
}

/** The tags of a request, checked one by one. */
export function readTags(body: RequestBody): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const tag of body.objects("Tags", {}) ?? []) {
    const key = tag.requiredString("Key", tagKeyBounds);
    if (key.toLowerCase().startsWith("aws:")) {
      throw invalidParameter("Tag keys can't begin with aws:, which is reserved for AWS use.");
    }
    if (Object.hasOwn(tags, key)) {
      throw invalidParameter(`The tag key ${key} appears more than once.`);
    }
    tags[key] = tag.string("Value", tagValueBounds) ?? "";
  }
  return tags;
}

/** @throws ServiceError when the secret would have more tags than AWS allows. */
export function checkTagCount(tags: Readonly<Record<string, string>>): void {
  if (Object.keys(tags).length > maximumTags) {
    throw invalidParameter(`A secret can't have more than ${maximumTags} tags.`);
  }
}
