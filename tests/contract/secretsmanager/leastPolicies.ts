// The IAM policies that docs/security.md tells people to use, read from the page, and AWS's rule of what such a policy allows.
import { z } from "zod";
import { documentText } from "../../unit/docs/sourceFiles";

/** Who and where the placeholders of the page stand for. The account is the one that moto_server plays. */
export const account = "123456789012";
export const region = "eu-west-1";

/** Strict: a `Condition` or a `Deny` on the page would need more than {@link allows} knows. */
const statementSchema = z.strictObject({
  Sid: z.string(),
  Effect: z.literal("Allow"),
  Action: z.union([z.string(), z.array(z.string()).min(1)]),
  Resource: z.string(),
});
const policySchema = z.strictObject({
  Version: z.literal("2012-10-17"),
  Statement: z.tuple([statementSchema]),
});

/** A policy of one statement, as IAM takes it. */
export interface LeastPolicy {
  /** With the prefix of the service, as `secretsmanager:GetSecretValue`. */
  readonly actions: readonly string[];
  /** An ARN in which `*` stands for any characters and `?` for one. */
  readonly resource: string;
}

function readPolicy(sid: string): LeastPolicy {
  const blocks = [...documentText("docs/security.md").matchAll(/^```json\n([\s\S]*?)^```$/gm)];
  const policies = blocks.map(([, text = ""]) => policySchema.parse(JSON.parse(text)));
  const found = policies.filter(({ Statement: [{ Sid }] }) => Sid === sid);
  const [policy] = found;
  if (policy === undefined || found.length > 1) {
    throw new Error(`Reading docs/security.md: ${found.length} policies have the Sid ${sid}; one is needed`);
  }
  const [{ Action, Resource }] = policy.Statement;
  return {
    actions: typeof Action === "string" ? [Action] : Action,
    resource: Resource.replace("REGION", region).replace("ACCOUNT", account),
  };
}

/** Of the deployer: every secret below `genesys/prod/`. */
export const deployerPolicy = readPolicy("OwnSecrets");
/** Of a preview: the same secrets, never a value. */
export const previewPolicy = readPolicy("PreviewSecrets");
/** Of the commands that look at what is stored. */
export const commandsPolicy = readPolicy("CheckSecrets");
/** Of one consumer: the secret `genesys/prod/nightly-report`. */
export const consumerPolicy = readPolicy("OneCredential");

/** What the page adds to the deployer's policy where secrets have a resource policy. */
export const resourcePolicyActions: readonly string[] = (
  /With a resource policy on the secret add `(\w+)` and\s`(\w+)`/.exec(documentText("docs/security.md")) ?? []
)
  .slice(1)
  .map((action) => `secretsmanager:${action}`);

/** Whether AWS allows the action on the resource: source, IAM's page on the elements of a policy (wildcards). */
export function allows({ actions, resource }: LeastPolicy, action: string, arn: string): boolean {
  const pattern = resource
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return actions.includes(action) && new RegExp(`^${pattern}$`).test(arn);
}
