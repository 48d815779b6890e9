// The connection to AWS: one SDK client for each Region and one for STS, loaded when the first call needs them.
import type * as secretsManager from "@aws-sdk/client-secrets-manager";
import type * as sts from "@aws-sdk/client-sts";
import { defined } from "../../common/defined";
import { type ProviderConfig } from "./providerConfig";

/** Milliseconds until a connection must stand, and until an answer must be there. */
const connectionTimeoutMs = 5_000;
const requestTimeoutMs = 20_000;

const requestHandler = {
  connectionTimeout: connectionTimeoutMs,
  requestTimeout: requestTimeoutMs,
  throwOnRequestTimeout: true,
};

const nothing = (): void => undefined;
/** Keeps the SDK from writing to standard error, which Pulumi may show, where keys and a profile are both given. */
const silent = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/** Clients by Region. Nothing is loaded or opened before it is needed. */
export class AwsConnection {
  private readonly clients = new Map<string, secretsManager.SecretsManager>();
  /** A client for each identity on the way: that of the source, then one for each role. */
  private readonly chain: sts.STSClient[] = [];

  constructor(private readonly config: ProviderConfig) {}

  /** Loading the SDK takes as long as everything else at start-up, and a preview never needs it. */
  client(region: string): secretsManager.SecretsManager {
    const known = this.clients.get(region);
    if (known !== undefined) {
      return known;
    }
    const { endpoints, maxAttempts } = this.config;
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on the first call, see above
    const sdk = require("@aws-sdk/client-secrets-manager") as typeof secretsManager;
    const client = new sdk.SecretsManager({
      region,
      // Those of the STS client, which keeps what a role lent: it is asked for once in a command.
      credentials: this.sts.config.credentials,
      maxAttempts,
      requestHandler,
      ...defined({ endpoint: endpoints.secretsManager }),
    });
    this.clients.set(region, client);
    return client;
  }

  /** STS GetCallerIdentity. @returns the account id. */
  async callerAccount(abortSignal: AbortSignal): Promise<string> {
    const { GetCallerIdentityCommand } = this.stsSdk;
    const { Account = "" } = await this.sts.send(new GetCallerIdentityCommand({}), { abortSignal });
    return Account;
  }

  /** Ends idle connections, so that the process can end. */
  close(): void {
    for (const client of [...this.clients.values(), ...this.chain]) {
      client.destroy();
    }
    this.clients.clear();
  }

  private get stsSdk(): typeof sts {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on the first call, as above
    return require("@aws-sdk/client-sts") as typeof sts;
  }

  /** The client of the last role; each role is assumed by the one before it, when it is needed first. */
  private get sts(): sts.STSClient {
    const known = this.chain.at(-1);
    if (known !== undefined) {
      return known;
    }
    const { region, identity, endpoints, maxAttempts } = this.config;
    // A double of Secrets Manager with no STS beside it is asked itself: its keys are nothing for the real one.
    const endpoint = endpoints.sts ?? endpoints.secretsManager;
    const common = {
      region,
      maxAttempts,
      requestHandler,
      logger: silent,
      ...defined({ endpoint }),
    };
    const { STSClient } = this.stsSdk;
    let last = new STSClient({ ...common, ...identity.source });
    this.chain.push(last);
    for (const role of identity.roles) {
      const assumer = last;
      last = new STSClient({ ...common, credentials: () => this.assume(assumer, role) });
      this.chain.push(last);
    }
    return last;
  }

  private async assume(assumer: sts.STSClient, role: sts.AssumeRoleCommandInput) {
    const { Credentials } = await assumer.send(new this.stsSdk.AssumeRoleCommand(role));
    return {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken ?? "",
      ...defined({ expiration: Credentials?.Expiration }),
    };
  }
}
