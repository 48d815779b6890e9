// What a contract scenario is: calls through the AWS SDK, and the outcome that AWS is known to give.
import { randomUUID } from "node:crypto";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerServiceException,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";

/** A failed call as a consumer sees it, ids left out of the text. */
export interface Failure {
  readonly error: string;
  readonly status: number | undefined;
  readonly message: string;
}

/** One scenario. `expected` is what AWS answers; the id is the key of the table of deviations. */
export interface Scenario {
  readonly id: string;
  readonly run: (world: World) => Promise<unknown>;
  readonly expected: unknown;
}

const idPattern = /\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g;
const arnPattern = /arn:aws:secretsmanager:[\w-]+:\d+:secret:[\w/+=.@-]*\w/g;

/** A place to run a scenario in: a client, and names that no other scenario uses. */
export class World {
  private readonly created: string[] = [];

  constructor(readonly client: SecretsManagerClient) {}

  /** A fresh secret name. */
  name(): string {
    const name = `contract/${randomUUID()}`;
    this.created.push(name);
    return name;
  }

  /** A new secret, with a value when one is given. */
  async secret(value?: string): Promise<string> {
    const name = this.name();
    await this.client.send(
      new CreateSecretCommand({ Name: name, ...(value === undefined ? {} : { SecretString: value }) }),
    );
    return name;
  }

  /** Puts a value. @returns the id of its version. */
  async put(name: string, value: string, labels?: string[]): Promise<string> {
    const { VersionId = "" } = await this.client.send(
      new PutSecretValueCommand({
        SecretId: name,
        SecretString: value,
        ...(labels === undefined ? {} : { VersionStages: labels }),
      }),
    );
    return VersionId;
  }

  /** The value behind a label, or the failure to read it. */
  async value(name: string, label?: string): Promise<unknown> {
    return this.attempt(
      async () =>
        (
          await this.client.send(
            new GetSecretValueCommand({
              SecretId: name,
              ...(label === undefined ? {} : { VersionStage: label }),
            }),
          )
        ).SecretString,
    );
  }

  /** Which version holds which label. */
  async labels(name: string): Promise<Record<string, string>> {
    const { VersionIdsToStages = {} } = await this.client.send(new DescribeSecretCommand({ SecretId: name }));
    return Object.fromEntries(
      Object.entries(VersionIdsToStages).flatMap(([id, labels]) => labels.map((label) => [label, id])),
    );
  }

  /** The result of a call, or its failure. */
  async attempt(call: () => Promise<unknown>): Promise<unknown> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof SyntaxError) {
        // The SDK could not read the answer: it is no answer of Secrets Manager.
        const { $response } = error as { $response?: { statusCode?: number } };
        return { error: "not an AWS answer", status: $response?.statusCode, message: "" } satisfies Failure;
      }
      if (!(error instanceof SecretsManagerServiceException)) {
        throw error;
      }
      return {
        error: error.name,
        status: error.$metadata.httpStatusCode,
        message: error.message.replace(arnPattern, "<arn>").replace(idPattern, "<id>"),
      } satisfies Failure;
    }
  }

  /** {@link attempt}, with `"done"` for any success. */
  async tries(call: () => Promise<unknown>): Promise<unknown> {
    return this.attempt(async () => {
      await call();
      return "done";
    });
  }

  /** Deletes what the scenario made. */
  async cleanUp(): Promise<void> {
    for (const name of this.created) {
      await this.attempt(() =>
        this.client.send(new DeleteSecretCommand({ SecretId: name, ForceDeleteWithoutRecovery: true })),
      );
    }
  }
}

const badRequest = 400;

/** The failure that AWS answers with: always HTTP 400 here. */
export function refusal(error: string, message: string): Failure {
  return { error, status: badRequest, message };
}
