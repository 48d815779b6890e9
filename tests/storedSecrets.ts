// What tests put into the emulated Secrets Manager and what they ask of it, without a request.
import { randomUUID } from "node:crypto";

import type { GenesysSimulator } from "../sandbox/genesys/server";
import { accountId, arnPrefix } from "../sandbox/secretsmanager/secretIds";
import {
  labelsOfVersion,
  type SecretRecord,
  type VersionRecord,
} from "../sandbox/secretsmanager/secretRecord";
import type { SecretsManagerEmulator } from "../sandbox/secretsmanager/server";
import type { Vault } from "../sandbox/secretsmanager/vault";
import { parseSecretPayload, renderSecretPayload, type SecretPayload } from "../secrets/payload";

/** Where the secrets of tests are. */
export const region = "eu-west-1";
/** The secret that every world begins with. */
export const secretName = "genesys/dev/nightly-report";
/** AWS makes up its end; here it is known beforehand. */
export const secretArn = `${arnPrefix(region, accountId)}${secretName}-c4n4ry`;

/** Where consumers are sent. */
export const endpoints = {
  apiUrl: "https://api.mypurecloud.ie",
  tokenUrl: "https://login.mypurecloud.ie/oauth/token",
};

type Place = Pick<SecretsManagerEmulator, "vault">;

/** As Pulumi's AWS provider makes it: without a version. @param arn Chosen by AWS where absent. @returns the ARN */
export function makeSecret({ vault }: Place, name: string, arn?: string): string {
  const metadata = { description: undefined, kmsKeyId: undefined, type: undefined };
  const { secret } = vault.create(region, name, randomUUID(), metadata, undefined, {});
  return arn === undefined ? secret.arn : Object.assign(secret, { arn }).arn;
}

/** One version as it is stored. */
export interface StoredVersion {
  readonly id: string;
  readonly labels: readonly string[];
  readonly text: string | undefined;
  readonly payload: SecretPayload | undefined;
}

/** The versions of a secret, oldest first, labels as they are. */
export function versionsOf({ vault }: Place, arn = secretArn): StoredVersion[] {
  const { versions, labels } = recordOf(vault, arn);
  return versions.map(({ id, secretString }) => ({
    id,
    labels: labelsOfVersion(labels, id),
    text: secretString,
    payload: secretString === undefined ? undefined : parseSecretPayload(secretString),
  }));
}

/** The version with a label. */
export function versionLabelled(
  place: Place,
  label = "AWSCURRENT",
  arn = secretArn,
): StoredVersion | undefined {
  return versionsOf(place, arn).find(({ labels }) => labels.includes(label));
}

/** Somebody stores a text, which becomes AWSCURRENT. @returns the version's id */
export function putText(
  { vault }: Place,
  secretString: string,
  id: string = randomUUID(),
  arn = secretArn,
): string {
  return vault.put(region, arn, id, { secretString }, undefined).version.id;
}

/** Takes a version away, as AWS does with old ones without a label. */
export function dropVersion({ vault }: Place, id: string, arn = secretArn): void {
  const record = recordOf(vault, arn);
  record.versions = record.versions.filter((version: VersionRecord) => version.id !== id);
}

/** Whether a consumer who reads AWSCURRENT could sign in now; undefined where there is nothing to read. */
export function isCurrentWorking(
  { simulator, secretsManager }: { readonly simulator: GenesysSimulator; readonly secretsManager: Place },
  arn = secretArn,
): boolean | undefined {
  const current = versionLabelled(secretsManager, "AWSCURRENT", arn);
  if (current === undefined) {
    return undefined;
  }
  const { clients } = simulator.organization.store.state;
  const client = clients.find(({ id }) => id === current.payload?.clientId);
  return (
    client?.deleted === undefined &&
    client?.version.state === "active" &&
    client.secret === current.payload?.clientSecret
  );
}

function recordOf(vault: Vault, arn: string): SecretRecord {
  const found = vault.all().find((secret) => secret.arn === arn);
  if (found === undefined) {
    throw new Error(`no secret ${arn} in the emulator`);
  }
  return found;
}

/** A pair that is stored for integration credentials. */
export interface IntegrationPair {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly versionId: string;
}

/** Two pairs, as two generations would have them. */
export const integrationPairs: readonly [IntegrationPair, IntegrationPair] = [
  {
    clientId: "c1000000-0000-4000-8000-00000000000c",
    clientSecret: "canary-integration-secret",
    versionId: "5e000000-0000-5000-8000-00000000000c",
  },
  {
    clientId: "c1000000-0000-4000-8000-00000000000d",
    clientSecret: "canary-other-secret",
    versionId: "5e000000-0000-5000-8000-00000000000d",
  },
];

/** Stores both. */
export function storeIntegrationPairs(place: Place): void {
  for (const { versionId, ...pair } of integrationPairs) {
    putText(place, renderSecretPayload("camel", { ...pair, ...endpoints }), versionId);
  }
}
