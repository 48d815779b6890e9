// The frame of a policy about one type of resources: mandatory, with settings that have defaults.
import {
  type PolicyConfigSchema,
  type ReportViolation,
  type ResourceValidationArgs,
  type ResourceValidationPolicy,
} from "@pulumi/policy";

type SettingSchema = NonNullable<PolicyConfigSchema["properties"]>[string];

/** A policy that looks at the resources of one type, with the settings of the pack's configuration. */
export function policyOn<Settings extends object>(
  type: string,
  row: {
    readonly name: string;
    readonly description: string;
    readonly settings: { [Key in keyof Settings]: SettingSchema & { default: Settings[Key] } };
    readonly check: (args: ResourceValidationArgs, settings: Settings, report: ReportViolation) => void;
  },
): ResourceValidationPolicy {
  const { name, description, settings, check } = row;
  const defaults = Object.fromEntries(
    Object.entries<SettingSchema>(settings).map(([key, schema]) => [key, schema.default as unknown]),
  );
  return {
    name,
    description,
    enforcementLevel: "mandatory",
    configSchema: { properties: settings },
    validateResource: (args, report) => {
      if (args.type === type) {
        check(args, { ...defaults, ...args.getConfig<Settings>() }, report);
      }
    },
  };
}
