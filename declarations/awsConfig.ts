// The `aws:` settings of a stack, as far as the stored secrets need them: which account, Region and role, and where AWS is.
import { z } from "zod";
import { assumedRoleSchema, type AwsSettings } from "../common/awsSettings";
import { defined } from "../common/defined";
import { jsonOf } from "../common/jsonOf";
import type { Problem } from "./configError";

/** Values of the `aws` namespace, keys without it; structured ones as values or as JSON text. */
export type RawAwsConfig = Readonly<Record<string, unknown>>;

const text = z.string().min(1);
const accountIdLength = 12;
/** YAML reads an account id without quotes as a number. */
const accountIds = z.array(
  z
    .union([z.string(), z.number().transform((id) => String(id).padStart(accountIdLength, "0"))])
    .pipe(z.string().regex(/^\d{12}$/)),
);

const endpoint = z.url({ protocol: /^https?$/ });

/** The settings that are read, each with what to write. */
const settings = {
  region: [text, "write a Region such as eu-west-1"],
  profile: [text, "write the name of a profile"],
  assumeRoles: [
    z.array(assumedRoleSchema).min(1),
    "write a list of roles, as - roleArn: arn:aws:iam::111111111111:role/deploy",
  ],
  assumeRole: [assumedRoleSchema, "write aws:assumeRoles, a list of roles, instead"],
  allowedAccountIds: [accountIds, 'write a list of account ids of 12 digits, as ["111111111111"]'],
  forbiddenAccountIds: [accountIds, 'write a list of account ids of 12 digits, as ["111111111111"]'],
  endpoints: [
    z
      .array(z.looseObject({ secretsmanager: endpoint.exactOptional(), sts: endpoint.exactOptional() }))
      .max(1),
    "write a list of one map, as - secretsmanager: http://127.0.0.1:5000",
  ],
  maxRetries: [
    z.union([z.string().regex(/^\d+$/).transform(Number), z.number()]).pipe(z.int().min(0)),
    "write a whole number, 0 or more",
  ],
} as const satisfies Readonly<Record<string, readonly [z.ZodType, string]>>;

/** Settings of who asks, and by which way, that only the AWS plugin would get: the stored secrets would be written otherwise. */
const refused: Readonly<Record<string, string>> = {
  accessKey:
    "remove it, and set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, or write aws:profile",
  secretKey:
    "remove it, and set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, or write aws:profile",
  token: "remove it, and set AWS_SESSION_TOKEN in the environment, or write aws:profile",
  assumeRoleWithWebIdentity:
    "remove it, and set AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE in the environment",
  httpProxy: "remove it, and set HTTPS_PROXY in the environment",
  httpsProxy: "remove it, and set HTTPS_PROXY in the environment",
  noProxy: "remove it, and set NO_PROXY in the environment",
  insecure: "remove it; certificates are always checked",
  customCaBundle: "remove it, and set AWS_CA_BUNDLE and NODE_EXTRA_CA_CERTS in the environment",
  sharedConfigFiles: "remove it, and set AWS_CONFIG_FILE in the environment",
  sharedCredentialsFiles: "remove it, and set AWS_SHARED_CREDENTIALS_FILE in the environment",
};

/** Reads the settings; adds every mistake to `problems`. The value of a refused setting is never shown. */
export function readAwsConfig(raw: RawAwsConfig, problems: Problem[]): AwsSettings {
  const values: Partial<Record<keyof typeof settings, unknown>> = {};
  for (const [key, remedy] of Object.entries(refused)) {
    if (![undefined, "", false, "false"].some((nothing) => nothing === raw[key])) {
      const problem =
        "does not reach the process that writes the secrets, which would ask AWS in another way";
      problems.push({ path: `aws:${key}`, problem, remedy });
    }
  }
  for (const key of Object.keys(settings) as (keyof typeof settings)[]) {
    const [schema, remedy] = settings[key];
    if (raw[key] === undefined || raw[key] === "") {
      continue;
    }
    const parsed = schema.safeParse(structured(raw[key]));
    if (parsed.success) {
      values[key] = parsed.data;
    } else {
      problems.push({ path: `aws:${key}`, problem: "cannot be used as it is written", remedy });
    }
  }
  const { assumeRole, endpoints, ...others } = values;
  const [{ secretsmanager, sts } = {}] = (endpoints ?? []) as AwsSettings["endpoints"][];
  const named = defined({ secretsmanager, sts });
  return defined({
    assumeRoles: assumeRole === undefined ? undefined : [assumeRole],
    endpoints: Object.keys(named).length === 0 ? undefined : named,
    ...others,
  }) as AwsSettings;
}

/** Pulumi hands over lists and maps as JSON text. */
function structured(value: unknown): unknown {
  return typeof value === "string" && /^\s*[[{]/.test(value) ? (jsonOf(value) ?? value) : value;
}
