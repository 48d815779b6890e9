// Scenarios about values, tokens and the ways to name a secret.
import { randomUUID } from "node:crypto";
import {
  BatchGetSecretValueCommand,
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { refusal, type Scenario } from "../scenario";

const valueMissing = refusal(
  "ResourceNotFoundException",
  "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
);

export const valueScenarios: readonly Scenario[] = [
  {
    id: "a secret without a value has no version",
    run: async (world) => {
      const name = await world.secret();
      return [await world.value(name), Object.keys(await world.labels(name)).length];
    },
    expected: [valueMissing, 0],
  },
  {
    id: "a missing secret is not found with HTTP 400",
    run: (world) => world.value(world.name()),
    expected: refusal("ResourceNotFoundException", "Secrets Manager can't find the specified secret."),
  },
  {
    id: "the same token with the same value does nothing",
    run: async (world) => {
      const name = await world.secret("canary-1");
      const command = { SecretId: name, SecretString: "canary-2", ClientRequestToken: randomUUID() };
      await world.client.send(new PutSecretValueCommand(command));
      await world.put(name, "canary-3");
      const again = await world.client.send(new PutSecretValueCommand(command));
      return [again.VersionId === command.ClientRequestToken, await world.value(name)];
    },
    expected: [true, "canary-3"],
  },
  {
    id: "the same token with another value is refused",
    run: async (world) => {
      const name = await world.secret();
      const token = randomUUID();
      const put = (value: string): Promise<unknown> =>
        world.client.send(
          new PutSecretValueCommand({ SecretId: name, SecretString: value, ClientRequestToken: token }),
        );
      await put("canary-1");
      return world.tries(() => put("canary-2"));
    },
    expected: refusal(
      "ResourceExistsException",
      "You can't use ClientRequestToken <id> because that value is already in use for a version of secret <arn>.",
    ),
  },
  {
    id: "creating a name twice is refused",
    run: async (world) => {
      const name = await world.secret("canary-1");
      const outcome = await world.attempt(() =>
        world.client.send(new CreateSecretCommand({ Name: name, SecretString: "canary-2" })),
      );
      return (outcome as { error?: string }).error;
    },
    expected: "ResourceExistsException",
  },
  {
    id: "creating twice with one token and one value is one creation",
    run: async (world) => {
      const input = { Name: world.name(), SecretString: "canary-1", ClientRequestToken: randomUUID() };
      const first = await world.client.send(new CreateSecretCommand(input));
      const second = await world.client.send(new CreateSecretCommand(input));
      return first.ARN === second.ARN && first.VersionId === second.VersionId;
    },
    expected: true,
  },
  {
    id: "a put needs a value",
    run: async (world) => {
      const name = await world.secret();
      return world.tries(() => world.client.send(new PutSecretValueCommand({ SecretId: name })));
    },
    expected: refusal("InvalidRequestException", "You must provide either SecretString or SecretBinary."),
  },
  {
    id: "text and bytes together are refused",
    run: async (world) => {
      const outcome = await world.tries(() =>
        world.client.send(
          new CreateSecretCommand({
            Name: world.name(),
            SecretString: "canary-1",
            SecretBinary: Buffer.from("canary-2"),
          }),
        ),
      );
      return (outcome as { error?: string }).error ?? outcome;
    },
    expected: "InvalidParameterException",
  },
  {
    id: "bytes come back as they went",
    run: async (world) => {
      const name = world.name();
      await world.client.send(
        new CreateSecretCommand({ Name: name, SecretBinary: Buffer.from([0, 1, 254, 255]) }),
      );
      const found = await world.client.send(new GetSecretValueCommand({ SecretId: name }));
      return [...(found.SecretBinary ?? [])];
    },
    expected: [0, 1, 254, 255],
  },
  {
    id: "a secret answers to its name, its ARN and its ARN without the suffix",
    run: async (world) => {
      const name = await world.secret("canary-1");
      const { ARN = "" } = await world.client.send(new DescribeSecretCommand({ SecretId: name }));
      const partial = ARN.replace(/-[A-Za-z0-9]{6}$/, "");
      return [ARN !== partial, await world.value(ARN), await world.value(partial)];
    },
    expected: [true, "canary-1", "canary-1"],
  },
  {
    id: "update with a value makes a new current version, without one it does not",
    run: async (world) => {
      const name = await world.secret("canary-1");
      const described = await world.client.send(
        new UpdateSecretCommand({ SecretId: name, Description: "described" }),
      );
      await world.client.send(new UpdateSecretCommand({ SecretId: name, SecretString: "canary-2" }));
      const { Description } = await world.client.send(new DescribeSecretCommand({ SecretId: name }));
      return [described.VersionId ?? "", Description, await world.value(name, "AWSPREVIOUS")];
    },
    expected: ["", "described", "canary-1"],
  },
  {
    id: "a batch reports what it cannot read beside what it can",
    run: async (world) => {
      const name = await world.secret("canary-1");
      const missing = world.name();
      const found = await world.client.send(
        new BatchGetSecretValueCommand({ SecretIdList: [name, missing] }),
      );
      return [
        found.SecretValues?.map((entry) => entry.SecretString),
        found.Errors?.map((entry) => entry.ErrorCode),
      ];
    },
    expected: [["canary-1"], ["ResourceNotFoundException"]],
  },
  {
    id: "a batch takes ids or filters, not both",
    run: async (world) => {
      const name = await world.secret("canary-1");
      return world.tries(() =>
        world.client.send(
          new BatchGetSecretValueCommand({
            SecretIdList: [name],
            Filters: [{ Key: "name", Values: [name] }],
          }),
        ),
      );
    },
    expected: refusal(
      "InvalidParameterException",
      "Either 'SecretIdList' or 'Filters' must be provided, but not both.",
    ),
  },
];
