// The resource types of the plugin, and the one answer to every other type.
import { AwsFailure } from "./awsFailure";
import { type ResourceType } from "./resourceType";
import { secret } from "./secret";
import { secretPolicy } from "./secretPolicy";

const resourceTypes: ReadonlyMap<string, ResourceType> = new Map<string, ResourceType>([
  ["aws:secretsmanager/secret:Secret", secret],
  ["aws:secretsmanager/secretPolicy:SecretPolicy", secretPolicy],
]);

/** The refusal of anything that only the real plugin can do. */
export function notInStandIn(what: string): AwsFailure {
  return new AwsFailure(
    `The sandbox's stand-in for the AWS plugin does not know ${what}; it knows ${[...resourceTypes.keys()].join(", ")}. Run the sandbox with \`--aws real\` for the real plugin.`,
  );
}

/** The resource type of this name. @throws AwsFailure when the plugin does not know it. */
export function resourceTypeOf(type: string): ResourceType {
  const found = resourceTypes.get(type);
  if (found === undefined) {
    throw notInStandIn(`the resource type ${type}`);
  }
  return found;
}
