// Scenarios about deletion: the window, what still works during it, and what comes after.
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  ListSecretVersionIdsCommand,
  RestoreSecretCommand,
  TagResourceCommand,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { refusal, type Scenario, type World } from "../scenario";

const marked = refusal(
  "InvalidRequestException",
  "You can't perform this operation on the secret because it was marked for deletion.",
);

async function scheduled(world: World): Promise<string> {
  const name = await world.secret("canary-1");
  await world.client.send(new DeleteSecretCommand({ SecretId: name, RecoveryWindowInDays: 7 }));
  return name;
}

export const deletionScenarios: readonly Scenario[] = [
  {
    id: "a scheduled secret cannot be read",
    run: async (world) => world.value(await scheduled(world)),
    expected: marked,
  },
  {
    id: "a scheduled secret cannot be written",
    run: async (world) => {
      const name = await scheduled(world);
      return world.tries(() => world.put(name, "canary-2"));
    },
    expected: marked,
  },
  {
    id: "a scheduled secret keeps its labels where they are",
    run: async (world) => {
      const name = await world.secret();
      const first = await world.put(name, "canary-1");
      const second = await world.put(name, "canary-2");
      await world.client.send(new DeleteSecretCommand({ SecretId: name, RecoveryWindowInDays: 7 }));
      return world.tries(() =>
        world.client.send(
          new UpdateSecretVersionStageCommand({
            SecretId: name,
            VersionStage: "AWSCURRENT",
            MoveToVersionId: first,
            RemoveFromVersionId: second,
          }),
        ),
      );
    },
    expected: marked,
  },
  {
    id: "a scheduled secret cannot be tagged",
    run: async (world) => {
      const name = await scheduled(world);
      return world.tries(() =>
        world.client.send(new TagResourceCommand({ SecretId: name, Tags: [{ Key: "a", Value: "b" }] })),
      );
    },
    expected: marked,
  },
  {
    id: "the versions of a scheduled secret cannot be listed",
    run: async (world) => {
      const name = await scheduled(world);
      return world.tries(() => world.client.send(new ListSecretVersionIdsCommand({ SecretId: name })));
    },
    expected: marked,
  },
  {
    id: "the policy of a scheduled secret cannot be read",
    run: async (world) => {
      const name = await scheduled(world);
      return world.tries(() => world.client.send(new GetResourcePolicyCommand({ SecretId: name })));
    },
    expected: marked,
  },
  {
    id: "a scheduled secret can be described, and says when it goes",
    run: async (world) => {
      const name = await scheduled(world);
      const { DeletedDate } = await world.client.send(new DescribeSecretCommand({ SecretId: name }));
      return DeletedDate instanceof Date;
    },
    expected: true,
  },
  {
    id: "the name of a scheduled secret is taken",
    run: async (world) => {
      const name = await scheduled(world);
      return world.tries(() => world.client.send(new CreateSecretCommand({ Name: name })));
    },
    expected: refusal(
      "InvalidRequestException",
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    ),
  },
  {
    id: "restoring brings back values and labels",
    run: async (world) => {
      const name = await scheduled(world);
      await world.client.send(new RestoreSecretCommand({ SecretId: name }));
      const { DeletedDate } = await world.client.send(new DescribeSecretCommand({ SecretId: name }));
      return [await world.value(name), DeletedDate];
    },
    expected: ["canary-1", undefined],
  },
  {
    id: "a forced deletion frees the name, and the next secret has another ARN",
    run: async (world) => {
      const name = await world.secret("canary-1");
      const before = await world.client.send(new DescribeSecretCommand({ SecretId: name }));
      await world.client.send(new DeleteSecretCommand({ SecretId: name, ForceDeleteWithoutRecovery: true }));
      const after = await world.client.send(new CreateSecretCommand({ Name: name }));
      return before.ARN === after.ARN;
    },
    expected: false,
  },
  {
    id: "a forced deletion of nothing is no error",
    run: (world) =>
      world.tries(() =>
        world.client.send(
          new DeleteSecretCommand({ SecretId: world.name(), ForceDeleteWithoutRecovery: true }),
        ),
      ),
    expected: "done",
  },
  ...[6, 31].map((days) => ({
    id: `a recovery window of ${days} days is refused`,
    run: async (world: World): Promise<unknown> => {
      const name = await world.secret();
      const outcome = await world.attempt(() =>
        world.client.send(new DeleteSecretCommand({ SecretId: name, RecoveryWindowInDays: days })),
      );
      return (outcome as { error?: string }).error;
    },
    expected: "InvalidParameterException",
  })),
  {
    id: "force and a window exclude each other",
    run: async (world) => {
      const name = await world.secret();
      const outcome = await world.attempt(() =>
        world.client.send(
          new DeleteSecretCommand({
            SecretId: name,
            RecoveryWindowInDays: 7,
            ForceDeleteWithoutRecovery: true,
          }),
        ),
      );
      return (outcome as { error?: string }).error;
    },
    expected: "InvalidParameterException",
  },
];
