// What a review reads of integration credentials: their state, typed, from what Pulumi recorded or plans.
import { z } from "zod";
import { defined } from "../../../common/defined";
import { type ResourceState } from "./preview";
import { clientType } from "./resourceStates";

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

/** The type of our integration credentials. */
export const integrationType = "pulumi-nodejs:dynamic/genesys:IntegrationCredential";

const text = z.string().optional().catch(undefined);
const inputsSchema = z.looseObject({ name: text, existingId: text });
const outputsSchema = z.looseObject({ isTakenOver: z.boolean().optional().catch(undefined) });

export function integrationState(state: ResourceState): IntegrationState {
  const { name, existingId } = inputsSchema.parse(state.inputs);
  const { isTakenOver } = outputsSchema.parse(state.outputs);
  const clientUrn = state.propertyDependencies["clientId"]?.find((urn) => urn.includes(clientType));
  return defined({ name, existingId, isTakenOver, clientUrn });
}
