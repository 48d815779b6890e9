// Scenarios about versions and staging labels.
import {
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { refusal, type Scenario, type World } from "../scenario";

async function move(
  { client }: World,
  name: string,
  label: string,
  to?: string,
  from?: string,
): Promise<unknown> {
  return client.send(
    new UpdateSecretVersionStageCommand({
      SecretId: name,
      VersionStage: label,
      ...(to === undefined ? {} : { MoveToVersionId: to }),
      ...(from === undefined ? {} : { RemoveFromVersionId: from }),
    }),
  );
}

export const labelScenarios: readonly Scenario[] = [
  {
    id: "put moves AWSCURRENT and leaves AWSPREVIOUS behind",
    run: async (world) => {
      const name = await world.secret("canary-1");
      await world.put(name, "canary-2");
      await world.put(name, "canary-3");
      return [await world.value(name), await world.value(name, "AWSPREVIOUS")];
    },
    expected: ["canary-3", "canary-2"],
  },
  {
    id: "the first version gets AWSCURRENT whatever label it asks for",
    run: async (world) => {
      const name = await world.secret();
      await world.put(name, "canary-1", ["custom"]);
      return [await world.value(name), await world.value(name, "custom")];
    },
    expected: ["canary-1", "canary-1"],
  },
  {
    id: "a pending version does not disturb the current one",
    run: async (world) => {
      const name = await world.secret("canary-1");
      await world.put(name, "canary-2", ["AWSPENDING"]);
      return [await world.value(name), await world.value(name, "AWSPENDING")];
    },
    expected: ["canary-1", "canary-2"],
  },
  {
    id: "put takes a custom label from the version that holds it",
    run: async (world) => {
      const name = await world.secret("canary-1");
      await world.put(name, "canary-2", ["AWSCURRENT", "custom"]);
      const third = await world.put(name, "canary-3", ["AWSCURRENT", "custom"]);
      return (await world.labels(name))["custom"] === third;
    },
    expected: true,
  },
  {
    id: "moving AWSCURRENT back swaps the labels",
    run: async (world) => {
      const name = await world.secret();
      const first = await world.put(name, "canary-1");
      const second = await world.put(name, "canary-2");
      await move(world, name, "AWSCURRENT", first, second);
      return [await world.value(name), await world.value(name, "AWSPREVIOUS")];
    },
    expected: ["canary-1", "canary-2"],
  },
  {
    id: "moving AWSCURRENT has to name its holder",
    run: async (world) => {
      const name = await world.secret();
      const first = await world.put(name, "canary-1");
      await world.put(name, "canary-2");
      return world.tries(() => move(world, name, "AWSCURRENT", first));
    },
    expected: refusal(
      "InvalidParameterException",
      "The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT is currently attached to version <id>, so you must explicitly reference that version in RemoveFromVersionId.",
    ),
  },
  {
    id: "AWSCURRENT cannot be removed",
    run: async (world) => {
      const name = await world.secret();
      const first = await world.put(name, "canary-1");
      return world.tries(() => move(world, name, "AWSCURRENT", undefined, first));
    },
    expected: refusal(
      "InvalidParameterException",
      "You can only move staging label AWSCURRENT to a different secret version. It can’t be completely removed.",
    ),
  },
  {
    id: "moving a custom label has to name its holder",
    run: async (world) => {
      const name = await world.secret();
      const first = await world.put(name, "canary-1", ["AWSCURRENT", "custom"]);
      const second = await world.put(name, "canary-2");
      const outcome = await world.tries(() => move(world, name, "custom", second));
      const holders = (await world.labels(name))["custom"];
      return [outcome, holders === first];
    },
    expected: [
      refusal(
        "InvalidParameterException",
        "The parameter RemoveFromVersionId can't be empty. Staging label custom is currently attached to version <id>, so you must explicitly reference that version in RemoveFromVersionId.",
      ),
      true,
    ],
  },
  {
    id: "AWSPREVIOUS can be removed from its holder",
    run: async (world) => {
      const name = await world.secret();
      const first = await world.put(name, "canary-1");
      await world.put(name, "canary-2");
      await move(world, name, "AWSPREVIOUS", undefined, first);
      const byId = await world.client.send(new GetSecretValueCommand({ SecretId: name, VersionId: first }));
      return [await world.value(name, "AWSPREVIOUS"), byId.SecretString];
    },
    expected: [
      refusal(
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret value for staging label: AWSPREVIOUS",
      ),
      "canary-1",
    ],
  },
  {
    id: "removing a label from a version that does not hold it fails",
    run: async (world) => {
      const name = await world.secret();
      const first = await world.put(name, "canary-1");
      await world.put(name, "canary-2");
      const third = await world.put(name, "canary-3");
      const outcome = await world.tries(() => move(world, name, "AWSPREVIOUS", undefined, first));
      return [outcome === "done", await world.value(name, "AWSPREVIOUS"), third.length > 0];
    },
    expected: [false, "canary-2", true],
  },
  {
    id: "version and label that do not belong together are refused",
    run: async (world) => {
      const name = await world.secret();
      const first = await world.put(name, "canary-1");
      await world.put(name, "canary-2");
      return world.tries(() =>
        world.client.send(
          new GetSecretValueCommand({ SecretId: name, VersionId: first, VersionStage: "AWSCURRENT" }),
        ),
      );
    },
    expected: refusal(
      "InvalidRequestException",
      "You provided a VersionStage that is not associated to the provided VersionId.",
    ),
  },
  {
    id: "an unknown label is named in the refusal",
    run: async (world) => world.value(await world.secret("canary-1"), "nowhere"),
    expected: refusal(
      "ResourceNotFoundException",
      "Secrets Manager can't find the specified secret value for staging label: nowhere",
    ),
  },
  {
    id: "unlabelled versions are listed only when asked for, in pages",
    run: async (world) => {
      const name = await world.secret();
      for (const value of ["canary-1", "canary-2", "canary-3", "canary-4"]) {
        await world.put(name, value);
      }
      const labelled = await world.client.send(new ListSecretVersionIdsCommand({ SecretId: name }));
      const all: number[] = [];
      let token: string | undefined;
      do {
        const page = await world.client.send(
          new ListSecretVersionIdsCommand({
            SecretId: name,
            IncludeDeprecated: true,
            MaxResults: 3,
            ...(token === undefined || token === "" ? {} : { NextToken: token }),
          }),
        );
        all.push(page.Versions?.length ?? 0);
        token = page.NextToken;
      } while (token !== undefined && token !== "");
      return {
        labelled: labelled.Versions?.length,
        pages: all,
        hasArn: labelled.ARN?.startsWith("arn:") ?? false,
      };
    },
    expected: { labelled: 2, pages: [3, 1], hasArn: true },
  },
  {
    id: "a version keeps at most 20 labels, and so does its secret",
    run: async (world) => {
      const name = await world.secret("canary-1");
      const labels = (from: number): string[] =>
        Array.from({ length: 15 }, (_, index) => `label-${from + index}`);
      await world.put(name, "canary-2", labels(0));
      const outcome = await world.attempt(() => world.put(name, "canary-3", labels(15)));
      return (outcome as { error?: string }).error;
    },
    expected: "LimitExceededException",
  },
];
