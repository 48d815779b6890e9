// A consumer as it is in the field: reads the secret through a cache, keeps its token until it expires, and never asks twice.
import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import axios from "axios";

import type { Clock } from "../../common/clock";

/** How a consumer holds what it has read. */
export interface CachePolicy {
  readonly name: string;
  /** How long a secret that was read is used, milliseconds. 0: read each time it is needed. */
  readonly secretMs: number;
  /** Whether a token is used until it expires; else each call mints one. */
  readonly keepsToken: boolean;
}

/** A value and the moment from which it is no longer used, milliseconds since the epoch. */
interface Held<T> {
  readonly value: T;
  readonly untilMs: number;
}

interface Pair {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly tokenUrl: string;
  readonly apiUrl: string;
}

const msPerSecond = 1000;
const okStatus = 200;

/** Makes calls and counts those that failed. No call is repeated, whatever the answer. */
export class Consumer {
  calls = 0;
  readonly failures: string[] = [];
  private secret: Held<Pair> | undefined;
  private token: Held<{ readonly text: string; readonly apiUrl: string }> | undefined;

  constructor(
    readonly policy: CachePolicy,
    private readonly vault: SecretsManagerClient,
    private readonly secretName: string,
    private readonly clock: Clock,
  ) {}

  /** One call of the API with what this consumer has. */
  async call(): Promise<void> {
    this.calls += 1;
    try {
      const { text, apiUrl } = await this.currentToken();
      const answer = await axios.get(`${apiUrl}/api/v2/tokens/me`, {
        headers: { Authorization: `Bearer ${text}` },
        validateStatus: () => true,
      });
      if (answer.status !== okStatus) {
        this.failures.push(`the API answered ${answer.status}`);
        this.token = undefined; // the next call begins with what the cache holds
      }
    } catch (error) {
      this.failures.push(
        error instanceof Error ? error.message : "something that is not an error was thrown",
      );
    }
  }

  private async currentToken(): Promise<{ readonly text: string; readonly apiUrl: string }> {
    if (this.token !== undefined && this.clock.now() < this.token.untilMs) {
      return this.token.value;
    }
    const { clientId, clientSecret, tokenUrl, apiUrl } = await this.currentSecret();
    const answer = await axios.post<{ access_token: string; expires_in: number }>(
      tokenUrl,
      new URLSearchParams({ grant_type: "client_credentials" }),
      { auth: { username: clientId, password: clientSecret }, validateStatus: () => true },
    );
    if (answer.status !== okStatus) {
      throw new Error(`the token endpoint answered ${answer.status}`);
    }
    const value = { text: answer.data.access_token, apiUrl };
    const lifeMs = this.policy.keepsToken ? answer.data.expires_in * msPerSecond : 0;
    this.token = { value, untilMs: this.clock.now() + lifeMs };
    return value;
  }

  private async currentSecret(): Promise<Pair> {
    if (this.secret !== undefined && this.clock.now() < this.secret.untilMs) {
      return this.secret.value;
    }
    const read = await this.vault.send(new GetSecretValueCommand({ SecretId: this.secretName }));
    const value = JSON.parse(read.SecretString ?? "") as Pair;
    this.secret = { value, untilMs: this.clock.now() + this.policy.secretMs };
    return value;
  }
}
