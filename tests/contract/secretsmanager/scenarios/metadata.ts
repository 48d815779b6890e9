// Scenarios about limits, tags, policies and lists.
import {
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  ListSecretsCommand,
  PutResourcePolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
  ValidateResourcePolicyCommand,
} from "@aws-sdk/client-secrets-manager";
import { refusal, type Scenario, type World } from "../scenario";

const policyFor = (principal: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: principal },
        Action: "secretsmanager:GetSecretValue",
        Resource: "*",
      },
    ],
  });
const rootPolicy = policyFor("arn:aws:iam::123456789012:root");

/** The type of the refusal, or `"done"`. */
async function refusalType(world: World, call: () => Promise<unknown>): Promise<unknown> {
  const outcome = await world.tries(call);
  return (outcome as { error?: string }).error ?? outcome;
}

const createWith = (world: World, input: Partial<CreateSecretCommand["input"]>): Promise<unknown> =>
  refusalType(world, () => world.client.send(new CreateSecretCommand({ Name: world.name(), ...input })));

const numberedTags = (count: number): { Key: string; Value: string }[] =>
  Array.from({ length: count }, (_, index) => ({ Key: `key-${index}`, Value: "x" }));

export const metadataScenarios: readonly Scenario[] = [
  {
    id: "a value of 65,536 bytes is accepted",
    run: (world) => createWith(world, { SecretString: "x".repeat(65_536) }),
    expected: "done",
  },
  {
    id: "a value of 65,537 bytes is refused",
    run: (world) => createWith(world, { SecretString: "x".repeat(65_537) }),
    expected: "ValidationException",
  },
  {
    id: "a name with a space is refused",
    run: (world) =>
      world.tries(() => world.client.send(new CreateSecretCommand({ Name: `${world.name()} x` }))),
    expected: refusal(
      "ValidationException",
      "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
    ),
  },
  {
    id: "a name of 513 characters is refused",
    run: (world) => createWith(world, { Name: "n".repeat(513) }),
    expected: "ValidationException",
  },
  {
    id: "50 tags are accepted",
    run: (world) => createWith(world, { Tags: numberedTags(50) }),
    expected: "done",
  },
  {
    id: "51 tags are refused",
    run: (world) => createWith(world, { Tags: numberedTags(51) }),
    expected: "InvalidParameterException",
  },
  {
    id: "tags of AWS's own are refused",
    run: (world) => createWith(world, { Tags: [{ Key: "aws:owner", Value: "x" }] }),
    expected: "InvalidParameterException",
  },
  {
    id: "tags can be added, changed and removed",
    run: async (world) => {
      const name = await world.secret();
      const tag = (Key: string, Value: string): Promise<unknown> =>
        world.client.send(new TagResourceCommand({ SecretId: name, Tags: [{ Key, Value }] }));
      await tag("a", "1");
      await tag("b", "1");
      await tag("a", "2");
      await world.client.send(new UntagResourceCommand({ SecretId: name, TagKeys: ["b"] }));
      return (await world.client.send(new DescribeSecretCommand({ SecretId: name }))).Tags;
    },
    expected: [{ Key: "a", Value: "2" }],
  },
  {
    id: "the account's own key is never shown",
    run: async (world) => {
      const name = world.name();
      await world.client.send(new CreateSecretCommand({ Name: name, KmsKeyId: "alias/aws/secretsmanager" }));
      return (await world.client.send(new DescribeSecretCommand({ SecretId: name }))).KmsKeyId;
    },
    expected: undefined,
  },
  {
    id: "a policy can be put, read and deleted",
    run: async (world) => {
      const name = await world.secret();
      await world.client.send(new PutResourcePolicyCommand({ SecretId: name, ResourcePolicy: rootPolicy }));
      const found = await world.client.send(new GetResourcePolicyCommand({ SecretId: name }));
      await world.client.send(new DeleteResourcePolicyCommand({ SecretId: name }));
      const gone = await world.client.send(new GetResourcePolicyCommand({ SecretId: name }));
      return [JSON.parse(found.ResourcePolicy ?? "{}") as unknown, gone.ResourcePolicy];
    },
    expected: [JSON.parse(rootPolicy), undefined],
  },
  {
    id: "a policy that is not JSON is refused",
    run: async (world) => {
      const name = await world.secret();
      return refusalType(world, () =>
        world.client.send(new PutResourcePolicyCommand({ SecretId: name, ResourcePolicy: "{" })),
      );
    },
    expected: "MalformedPolicyDocumentException",
  },
  {
    id: "a public policy is refused when it is to be blocked",
    run: async (world) => {
      const name = await world.secret();
      return refusalType(world, () =>
        world.client.send(
          new PutResourcePolicyCommand({
            SecretId: name,
            ResourcePolicy: policyFor("*"),
            BlockPublicPolicy: true,
          }),
        ),
      );
    },
    expected: "PublicPolicyException",
  },
  {
    id: "a policy can be validated without being attached",
    run: (world) =>
      world.attempt(async () => {
        const found = await world.client.send(
          new ValidateResourcePolicyCommand({ ResourcePolicy: rootPolicy }),
        );
        return found.PolicyValidationPassed;
      }),
    expected: true,
  },
  {
    id: "a list shows a secret by the beginning of its name",
    run: async (world) => {
      const name = await world.secret("canary-1");
      const found = await world.client.send(
        new ListSecretsCommand({ Filters: [{ Key: "name", Values: [name] }] }),
      );
      return found.SecretList?.map((entry) => entry.Name === name);
    },
    expected: [true],
  },
  {
    id: "a secret that was read says on which day",
    run: async (world) => {
      const name = await world.secret("canary-1");
      await world.value(name);
      const found = await world.client.send(new DescribeSecretCommand({ SecretId: name }));
      return found.LastAccessedDate instanceof Date;
    },
    expected: true,
  },
];
