// What a review reads of ClientSecrets: which client's pair is stored where and how, from what Pulumi recorded or plans. No secret.
import { z } from "zod";
import { defined } from "../../../common/defined";
import { type ResourceState, unknownValue } from "./preview";
import { clientType } from "./resourceStates";

/** One stored pair. Absent fields are not known. */
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

/** The type of our stored pairs. */
export const pairType = "pulumi-nodejs:dynamic/genesys:ClientSecret";

const text = z
  .string()
  .optional()
  .catch(undefined)
  .transform((value) => (value === unknownValue ? undefined : value));
const inputsSchema = z.looseObject({
  generation: z.number().optional().catch(undefined),
  state: z.string().catch("active"),
  keys: text,
  apiUrl: text,
  tokenUrl: text,
  versionStage: text,
});

export function pairState({ inputs, outputs, propertyDependencies }: ResourceState): PairState {
  const { generation, state, keys, apiUrl, tokenUrl, versionStage } = inputsSchema.parse(inputs);
  const clientUrn = propertyDependencies["clientId"]?.find((urn) => urn.includes(clientType));
  return defined({
    clientUrn,
    generation,
    isActive: state === "active",
    isStored: typeof outputs["versionId"] === "string",
    keys,
    apiUrl,
    tokenUrl,
    label: versionStage,
  });
}
