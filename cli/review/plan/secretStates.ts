// What a review reads of stored secrets: the secret, the pair in it, and the integration credential that holds the pair too. No secret value.
import { z } from "zod";
import { defined } from "../../../common/defined";
import { recordedTypes } from "../../world/stackState";
import { type ResourceState, unknownValue } from "./preview";
import { canonicalJson, number, text } from "./resourceStates";

/** One secret of AWS, the place for a pair. */
export interface SecretState {
  readonly name?: string;
  readonly description?: string;
  readonly recoveryWindowInDays?: number;
  /** The AWS region in which it is; absent where the preview does not show it. */
  readonly region?: string;
  /** Absent for the account's own key. */
  readonly kmsKeyId?: string;
  /** Canonical JSON. */
  readonly tags: string;
  /** With those that the stack gives to everything, as canonical JSON; absent where the preview does not show them. */
  readonly allTags?: string;
}

/** One ClientSecret: which client's pair is stored where and how. Absent fields are not known. */
export interface PairState {
  /** URN of the OAuth client whose pair it is. */
  readonly clientUrn?: string;
  readonly generation?: number;
  /** Whether its client may sign in: of another one nothing is stored. */
  readonly isActive: boolean;
  /** Whether it is known to be stored. */
  readonly isStored: boolean;
  /** The spelling of the keys: `camel`, `snake` or `environment`. */
  readonly keys?: string;
  /** Where the consumer calls and signs in. */
  readonly apiUrl?: string;
  readonly tokenUrl?: string;
  /** The label that its version carries; after a refresh, what it carries instead. */
  readonly label?: string;
}

/** One integration credential; never the secret in it. */
export interface IntegrationState {
  readonly name?: string;
  /** The id of one that is taken over. */
  readonly existingId?: string;
  /** Whether it was taken over; not known before the update has run. */
  readonly isTakenOver?: boolean;
  /** URN of the OAuth client that it holds. */
  readonly clientUrn?: string;
}

/** The alias of the account's own key, which declarations take for none. */
const accountKey = "alias/aws/secretsmanager";

const secretInputs = z.object({
  name: text,
  description: text,
  recoveryWindowInDays: number,
  kmsKeyId: text,
  region: text,
});

export function secretState({ inputs }: ResourceState): SecretState {
  const { kmsKeyId, ...others } = secretInputs.parse(inputs);
  return defined({
    ...others,
    kmsKeyId: kmsKeyId === "" || kmsKeyId === accountKey ? undefined : kmsKeyId,
    tags: canonicalJson(inputs["tags"] ?? {}),
    allTags: inputs["tagsAll"] === undefined ? undefined : canonicalJson(inputs["tagsAll"]),
  });
}

/** A text of a pair; one that only the update will know is not known. */
const knownText = text.transform((value) => (value === unknownValue ? undefined : value));
const pairInputs = z.object({
  generation: number,
  state: z.string().catch("active"),
  keys: knownText,
  apiUrl: knownText,
  tokenUrl: knownText,
  versionStage: knownText,
});

export function pairState(resource: ResourceState): PairState {
  const { state, versionStage, ...others } = pairInputs.parse(resource.inputs);
  return defined({
    ...others,
    clientUrn: clientUrnIn(resource),
    isActive: state === "active",
    isStored: typeof resource.outputs["versionId"] === "string",
    label: versionStage,
  });
}

const integrationInputs = z.object({ name: text, existingId: text });
const integrationOutputs = z.object({ isTakenOver: z.boolean().optional().catch(undefined) });

export function integrationState(resource: ResourceState): IntegrationState {
  return defined({
    ...integrationInputs.parse(resource.inputs),
    ...integrationOutputs.parse(resource.outputs),
    clientUrn: clientUrnIn(resource),
  });
}

/** URN of the OAuth client whose pair or secret the resource holds. */
function clientUrnIn({ propertyDependencies }: ResourceState): string | undefined {
  return propertyDependencies["clientId"]?.find((urn) => urn.includes(recordedTypes.client));
}
