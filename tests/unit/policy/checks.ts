// Calls a policy's own function with a resource made by hand, and gives back what it reports.
import {
  type PolicyResource,
  type ResourceValidationArgs,
  type ResourceValidationPolicy,
  type StackValidationArgs,
  type StackValidationPolicy,
} from "@pulumi/policy";

type Properties = Record<string, unknown>;

/** What a policy says about one resource. */
export function violationsOf(
  policy: ResourceValidationPolicy,
  type: string,
  props: Properties,
  config: object = {},
  opts: object = {},
): string[] {
  const said: string[] = [];
  const args = { type, props, opts, name: "nightly-report-a", urn: "urn", getConfig: () => config };
  const validate = [policy.validateResource].flat();
  for (const one of validate) {
    void one?.(args as unknown as ResourceValidationArgs, (message) => said.push(message));
  }
  return said;
}

/** What a policy says about a stack. */
export function stackViolationsOf(
  policy: StackValidationPolicy,
  resources: readonly Partial<PolicyResource>[],
  config: object = {},
): string[] {
  const said: string[] = [];
  const args = {
    resources: resources.map((resource) => ({ propertyDependencies: {}, props: {}, ...resource })),
    getConfig: () => config,
    notApplicable: (reason: string) => {
      throw new Error(`not applicable: ${reason}`);
    },
  };
  void policy.validateStack(args as unknown as StackValidationArgs, (message) => said.push(message));
  return said;
}
