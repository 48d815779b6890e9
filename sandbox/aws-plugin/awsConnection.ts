// The connection to Secrets Manager: one SDK client per Region, loaded when the first call needs it.
import type * as secretsManager from "@aws-sdk/client-secrets-manager";
import { type ProviderConfig } from "./providerConfig";

type SecretsManagerSdk = typeof secretsManager;

/** Milliseconds until a connection must stand, and until an answer must be there. */
const connectionTimeoutMs = 5_000;
const requestTimeoutMs = 20_000;

/** Clients by Region. Nothing is loaded or opened before {@link AwsConnection.client} is called. */
export class AwsConnection {
  private readonly clients = new Map<string, secretsManager.SecretsManagerClient>();

  constructor(private readonly config: ProviderConfig) {}

  /** The SDK. Loading it takes as long as everything else at start-up, and a preview never needs it. */
  get sdk(): SecretsManagerSdk {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on the first call, see above
    return require("@aws-sdk/client-secrets-manager") as SecretsManagerSdk;
  }

  client(region: string): secretsManager.SecretsManagerClient {
    const known = this.clients.get(region);
    if (known !== undefined) {
      return known;
    }
    const { config } = this;
    const client = new this.sdk.SecretsManagerClient({
      region,
      credentials: config.credentials,
      maxAttempts: config.maxAttempts,
      requestHandler: {
        connectionTimeout: connectionTimeoutMs,
        requestTimeout: requestTimeoutMs,
        throwOnRequestTimeout: true,
      },
      ...(config.endpoint === undefined ? {} : { endpoint: config.endpoint }),
    });
    this.clients.set(region, client);
    return client;
  }

  /** Ends idle connections, so that the process can end. */
  close(): void {
    for (const client of this.clients.values()) {
      client.destroy();
    }
    this.clients.clear();
  }
}
