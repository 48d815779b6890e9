// `doctor` names each misconfiguration of AWS and of the stored secrets.
import { namesEach } from "./doctorPlanted";
import { healthyStackFile, secretName } from "./doctorWorld";

const recoveryWindowDays = 7;

/** The stack file with one more setting of AWS. */
const withAws = (setting: string): string =>
  healthyStackFile.replace("  aws:region: eu-west-1\n", `$&  ${setting}\n`);

namesEach([
  {
    name: "no AWS region",
    plant: ({ world }) => {
      world.write(healthyStackFile.replace(/ *aws:region.*\n/, ""));
    },
    lines: ["aws-region fail", "aws-identity warn", "secret warn"],
    told: /neither aws:region in the stack file nor AWS_REGION is set/,
  },
  {
    name: "keys that AWS does not accept",
    plant: ({ world }) => {
      const error = { code: "UnrecognizedClientException", message: "The security token is invalid." };
      world.secretsManager.faults.arm({ kind: "error", error, times: 99 });
    },
    lines: ["aws-identity fail", "secret warn"],
    told: /UnrecognizedClientException: The security token is invalid\. -> check AWS_PROFILE/,
  },
  {
    name: "an account that is not an allowed one",
    plant: ({ world }) => {
      world.write(withAws('aws:allowedAccountIds: ["222222222222"]'));
    },
    lines: ["aws-identity fail", "secret warn"],
    told: /identity: The AWS account is 123456789012, and aws:allowedAccountIds names 222222222222 -> sign in to the right account.*secrets: not checked, since the AWS account is not an allowed one/s,
  },
  {
    name: "an account that is a forbidden one",
    plant: ({ world }) => {
      world.write(withAws('aws:forbiddenAccountIds: ["123456789012"]'));
    },
    lines: ["aws-identity fail", "secret warn"],
    told: /The AWS account is 123456789012, and aws:forbiddenAccountIds names it/,
  },
  {
    name: "an STS that does not tell the account",
    plant: ({ world, environment }) => {
      world.write(withAws('aws:allowedAccountIds: ["123456789012"]'));
      environment["AWS_ENDPOINT_URL_STS"] = "http://127.0.0.1:9";
    },
    lines: ["aws-identity fail", "secret warn"],
    told: /AWS did not say whose keys these are: connect ECONNREFUSED.* -> check AWS_PROFILE/,
  },
  {
    name: "a role that may not be assumed",
    plant: ({ world }) => {
      world.write(withAws("aws:assumeRoles: [{ roleArn: 'arn:aws:iam::210987654321:role/deployer' }]"));
      world.secretsManager.faults.arm({ kind: "accessDenied", operation: "AssumeRole", times: 99 });
    },
    lines: ["aws-identity fail", "secret warn"],
    told: /AWS did not answer a question about a secret: AccessDenied.* -> check AWS_PROFILE .*aws:assumeRoles/,
  },
  {
    name: "a secret that is scheduled for deletion",
    plant: ({ world }) =>
      world.secretsManager.vault.delete("eu-west-1", secretName, recoveryWindowDays, false),
    lines: ["secret fail"],
    told: /is scheduled for deletion .* -> `aws secretsmanager restore-secret/,
  },
  {
    name: "a secret that may not be read",
    plant: ({ world }) => {
      world.secretsManager.faults.arm({ kind: "accessDenied", operation: "GetSecretValue", times: 99 });
    },
    lines: ["secret fail"],
    told: /cannot be read: .*AccessDenied.* -> allow secretsmanager:GetSecretValue/,
  },
  {
    name: "a secret that may not be looked at",
    plant: ({ world }) => {
      world.secretsManager.faults.arm({ kind: "accessDenied", operation: "DescribeSecret", times: 99 });
    },
    lines: ["secret fail"],
    told: /may not look at it: .*AccessDenied.* -> allow secretsmanager:DescribeSecret/,
  },
  {
    name: "a name that AWS does not take",
    plant: ({ world }) => {
      const error = { code: "InvalidParameterException", message: "Invalid name." };
      world.secretsManager.faults.arm({ kind: "error", error, operation: "DescribeSecret", times: 99 });
    },
    lines: ["secret fail"],
    told: /AWS cannot tell of it: InvalidParameterException: Invalid name\. -> check secret\.name/,
  },
  {
    name: "an AWS that cannot be reached",
    plant: ({ environment }) => (environment["AWS_ENDPOINT_URL_SECRETS_MANAGER"] = "http://127.0.0.1:9"),
    lines: ["aws-identity fail", "secret warn"],
    told: /ECONNREFUSED.* -> check AWS_PROFILE/,
  },
  {
    name: "a secret that is gone",
    plant: ({ world }) => world.secretsManager.vault.delete("eu-west-1", secretName, 0, true),
    lines: ["secret fail"],
    told: /does not exist, although the credential's OAuth client does.* -> run `pulumi up --refresh`/,
  },
  {
    name: "a secret that is gone while a rotation waits to be deployed",
    plant: ({ world }) => {
      world.secretsManager.vault.delete("eu-west-1", secretName, 0, true);
      world.write(healthyStackFile.replace("generation: 1", "generation: 2"));
    },
    lines: ["secret fail"],
    told: /does not exist, although it is in this stack's state.* -> run `pulumi up --refresh`/,
  },
  {
    name: "a secret that names a foreign client",
    plant: ({ world }) => world.store(secretName, "client-of-nobody", "canary-secret-of-nobody"),
    lines: ["secret fail"],
    told: /AWSCURRENT names client-of-nobody, which is no live OAuth client of this credential/,
  },
  {
    name: "a secret of another form",
    plant: ({ world }) => world.store(secretName, "", "canary-secret-of-nobody"),
    lines: ["secret fail"],
    told: /AWSCURRENT is a foreign version/,
  },
  {
    name: "a secret that another stack made",
    plant: ({ pulumi }) => pulumi.deployment.resources.pop(),
    lines: ["secret fail"],
    told: /is not in this stack's state.* -> where the state was lost, `.*recover --stack dev`; else declare another secret\.name, or delete that secret in AWS/,
  },
]);
