// A consumer of one credential: reads its secret from Secrets Manager and uses it, knowing nothing else of this project.
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { z } from "zod";
import { defined } from "../common/defined";
import { jsonOf } from "../common/jsonOf";
import { mintToken, readGenesys, type TokenRequest } from "./genesysRequests";
import { SandboxError } from "./sandboxError";

/** The payload's four values in the spellings that `secret.keys` knows. */
const spellings = [
  ["clientId", "clientSecret", "tokenUrl", "apiUrl"],
  ["client_id", "client_secret", "token_url", "api_url"],
  [
    "GENESYSCLOUD_OAUTHCLIENT_ID",
    "GENESYSCLOUD_OAUTHCLIENT_SECRET",
    "GENESYSCLOUD_TOKEN_URL",
    "GENESYSCLOUD_API_URL",
  ],
] as const;
const payloadSchema = z.record(z.string(), z.unknown());
const valuesSchema = z.tuple([z.string(), z.string(), z.string(), z.string()]);

const identitySchema = z.object({
  organization: z.object({ id: z.string(), name: z.string().optional() }),
  OAuthClient: z.object({
    id: z.string(),
    roleDivisions: z.array(z.object({ roleId: z.string(), divisionId: z.string() })).default([]),
  }),
});

/**
 * Reads the secret with the AWS SDK, mints a token with the pair in it, and asks Genesys Cloud whose token that is.
 * @param secretName name or ARN of the secret
 * @param environment holds the AWS endpoint, region and keys
 * @returns what the consumer found, with nothing secret; labels as `AWSCURRENT on version <id>`
 * @throws SandboxError naming the step that failed; never with a secret in it.
 */
export async function useCredential(secretName: string, environment: NodeJS.ProcessEnv) {
  const vault = secretsManagerClient(environment);
  try {
    const value = await vault.send(new GetSecretValueCommand({ SecretId: secretName }));
    const { VersionIdsToStages } = await vault.send(new DescribeSecretCommand({ SecretId: secretName }));
    const payload = readPayload(secretName, value.SecretString);
    const token = await mintToken(payload);
    const identity = identitySchema.parse(await readGenesys(payload.apiUrl, "/api/v2/tokens/me", token));
    return {
      clientId: identity.OAuthClient.id,
      organization: identity.organization.name ?? identity.organization.id,
      roleDivisions: identity.OAuthClient.roleDivisions,
      labels: Object.entries(VersionIdsToStages ?? {})
        .flatMap(([version, labels]) => labels.map((label) => `${label} on version ${version}`))
        .sort(),
    };
  } finally {
    vault.destroy();
  }
}

/** A client for the endpoint and keys of an environment that is not this process's own. */
function secretsManagerClient(environment: NodeJS.ProcessEnv): SecretsManagerClient {
  // Read by the SDK from the process only: a notice about later versions of Node would stand between our lines.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const accessKeyId = environment["AWS_ACCESS_KEY_ID"];
  const secretAccessKey = environment["AWS_SECRET_ACCESS_KEY"];
  const sessionToken = environment["AWS_SESSION_TOKEN"];
  const hasKeys = accessKeyId !== undefined && secretAccessKey !== undefined;
  return new SecretsManagerClient({
    endpoint: environment["AWS_ENDPOINT_URL_SECRETS_MANAGER"] ?? "",
    region: environment["AWS_REGION"] ?? "",
    ...(hasKeys ? { credentials: defined({ accessKeyId, secretAccessKey, sessionToken }) } : {}),
  });
}

/** The payload; an error must not quote the text, which is secret even when it has the wrong form. */
function readPayload(
  secretName: string,
  text: string | undefined,
): TokenRequest & { readonly apiUrl: string } {
  const payload = payloadSchema.safeParse(jsonOf(text ?? "")).data ?? {};
  for (const keys of spellings) {
    const values = valuesSchema.safeParse(keys.map((key) => payload[key]));
    if (values.success) {
      const [clientId, clientSecret, tokenUrl, apiUrl] = values.data;
      return { clientId, clientSecret, tokenUrl, apiUrl };
    }
  }
  throw new SandboxError(`Reading the secret ${secretName}: it does not hold a credential's four values.`);
}
