// What is known of one integration credential: its inputs as declared, its outputs as stored, and the request and drift that follow.
import type { AwsSettings } from "../../common/awsSettings";
import {
  clientIdOf,
  type IntegrationCredentialEntity,
  type IntegrationCredentialRequest,
  isOfType,
} from "../../genesys/integrationCredentials";
import type { ClientCredentials } from "../../genesys/token";
import { sanitizeProperties } from "../engine/outputs";
import { without } from "../engine/record";
import type { OrganizationInput } from "../engine/organization";

/** The inputs of an integration credential; `existingId` and `owner` are ours. */
export interface IntegrationCredentialInputs {
  readonly organization: OrganizationInput;
  readonly name: string;
  readonly credentialType: string;
  readonly clientId: string;
  /** The stored secret that holds the pair. */
  readonly secretArn: string;
  /** The version that holds it; absent where nothing is stored, since the client is inactive. */
  readonly versionId?: string;
  readonly aws: AwsSettings;
  /** The id of one that exists and is taken over; absent where a new one is made. */
  readonly existingId?: string;
  /** `<project>/<stack>/<credential>`: whose clients it holds, to know what an interrupted run has left. */
  readonly owner: string;
  readonly __provider?: string;
}

/** What state holds. */
export interface IntegrationCredentialOutputs extends IntegrationCredentialInputs {
  readonly credentialId: string;
  readonly organizationId: string;
  /** True for one that somebody else made: it is never deleted. */
  readonly isTakenOver: boolean;
  /** ISO 8601, by this computer's clock. */
  readonly createdAt: string;
}

/** The full request: PUT replaces, so a field that is left out would be lost. @param pair Read from the stored secret. */
export function integrationCredentialRequest(
  { name, credentialType }: Pick<IntegrationCredentialInputs, "name" | "credentialType">,
  { clientId, clientSecret }: ClientCredentials,
): IntegrationCredentialRequest {
  return { name, type: { name: credentialType }, credentialFields: { clientId, clientSecret } };
}

/** What is live against what was sent, in words; undefined when nothing that can be read differs. */
export function differenceFrom(
  sent: Pick<IntegrationCredentialInputs, "name" | "credentialType" | "clientId">,
  live: IntegrationCredentialEntity,
): string | undefined {
  const clientId = clientIdOf(live);
  const differences = [
    ...(live.name === undefined || live.name === sent.name ? [] : ["another name"]),
    ...(live.type === undefined || isOfType(live, sent.credentialType) ? [] : ["another type"]),
    ...(clientId === undefined || clientId === sent.clientId ? [] : [`the client id ${clientId}`]),
  ];
  return differences.length === 0 ? undefined : differences.join(" and ");
}

/** The record after a refresh; equal to the former one exactly when nothing that can be read has drifted. */
export function refreshedIntegrationCredential(
  recorded: IntegrationCredentialOutputs,
  live: IntegrationCredentialEntity,
): IntegrationCredentialOutputs {
  const isSameType = live.type === undefined || isOfType(live, recorded.credentialType);
  return {
    ...recorded,
    name: live.name ?? recorded.name,
    credentialType: isSameType
      ? recorded.credentialType
      : (live.type?.name ?? live.type?.id ?? recorded.credentialType),
    clientId: clientIdOf(live) ?? recorded.clientId,
  };
}

/** What of a record is no input. */
export const integrationCredentialOutputNames = [
  "credentialId",
  "organizationId",
  "isTakenOver",
  "createdAt",
] as const satisfies readonly (keyof IntegrationCredentialOutputs)[];

/** What records held before the secret left Pulumi. */
const formerOutputs = ["clientSecret"];

/** A record as the engine stores it. */
export function storedProperties(record: IntegrationCredentialOutputs): Record<string, unknown> {
  return sanitizeProperties(without(record, formerOutputs));
}
