// The setting `secret` of a credential: where AWS Secrets Manager stores it, and how.
import { z } from "zod";
import { defined } from "../common/defined";
import { payloadSpellings } from "../common/payloadSpelling";
import { field, mistakes, text } from "./field";
import { defaultSecretName } from "./naming";
import { earlierHolder, type Notes } from "./notes";
import { entriesByKey } from "./order";
import { settingIn } from "./plainValue";
import { lineRule, matching, type Mistake, type TextRule } from "./textRules";

/** AWS's limits, in characters. Source: Secrets Manager API reference, CreateSecret and Tag. */
const secretNameLengthLimit = 512;
const keyIdLengthLimit = 2048;
const tagKeyLengthLimit = 128;
const tagValueLengthLimit = 256;

/** AWS's limit of tags on one secret. */
const tagCountLimit = 50;

/** AWS's recovery window, in days; 0 deletes at once. Source: DeleteSecret, RecoveryWindowInDays. */
const shortestRecoveryDays = 7;
const longestRecoveryDays = 30;

const secretNamePattern = /^[A-Za-z0-9/_+=.@-]+$/;
const keyIdPattern = /^[A-Za-z0-9:/_-]+$/;

/** What AWS allows in tags: letters, digits and spaces of any script, and `_.:/=+-@`. */
const tagCharacters = matching(
  /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u,
  "holds a character that AWS does not allow in tags",
);

/** Tags that begin so belong to AWS itself. */
const reservedTagPattern = /^aws:/i;

/** The name of a secret. */
const secretNameSchema = field(
  text(patternRule(secretNameLengthLimit, secretNamePattern, "letters, digits and /_+=.@-")),
  "The secret's name in AWS Secrets Manager, unique in the stack. Default: `genesys/<stack>/<credential>`. " +
    "AWS advises against a hyphen followed by six characters at the end.",
  `write 1 to ${secretNameLengthLimit} letters, digits or /_+=.@-, or leave it out for genesys/<stack>/<credential>`,
  { pattern: secretNamePattern.source, minLength: 1, maxLength: secretNameLengthLimit },
);

const tagsSchema = field(
  z
    .record(
      field(
        text(tagKeyRule),
        "A tag's key.",
        `write 1 to ${tagKeyLengthLimit} letters, digits, spaces or _.:/=+-@ that do not begin with aws:`,
        { minLength: 1, maxLength: tagKeyLengthLimit },
      ),
      field(
        text(tagValueRule),
        "A tag's value.",
        `write 1 to ${tagValueLengthLimit} letters, digits, spaces or _.:/=+-@, in quotes where YAML would read a number`,
        { minLength: 1, maxLength: tagValueLengthLimit },
      ),
    )
    .superRefine(mistakes(tagCountRule))
    .overwrite((tags) => Object.fromEntries(entriesByKey(tags))),
  "Tags of the secret, text to text.",
  `write a map of text to text with at most ${tagCountLimit} entries`,
);

/** What people write about the stored secret. */
export const secretSchema = field(
  z.strictObject({
    name: secretNameSchema.exactOptional(),
    recoveryWindowInDays: field(
      z.int().superRefine(mistakes(recoveryWindowRule)),
      "Days for which AWS keeps the secret after its deletion; 0 deletes it at once.",
      `write 0, or a whole number of days from ${shortestRecoveryDays} to ${longestRecoveryDays}`,
      { anyOf: [{ const: 0 }, { minimum: shortestRecoveryDays, maximum: longestRecoveryDays }] },
    ).default(longestRecoveryDays),
    kmsKeyId: field(
      text(patternRule(keyIdLengthLimit, keyIdPattern, "letters, digits and :/_-")),
      "The key that encrypts the secret: id, ARN or alias. Default: the account's key for Secrets Manager.",
      "write the id, ARN or alias of a KMS key, or leave it out for the account's default key",
      { pattern: keyIdPattern.source, minLength: 1, maxLength: keyIdLengthLimit },
    ).exactOptional(),
    keys: field(
      z.enum(payloadSpellings),
      "The spelling of the keys in the stored JSON: `camel` (clientId), `snake` (client_id) or `environment` (GENESYSCLOUD_OAUTHCLIENT_ID).",
      `write ${payloadSpellings.join(", ")}, or leave it out for camel`,
    ).default("camel"),
    tags: tagsSchema.prefault({}),
  }),
  "Where the credential is stored in AWS Secrets Manager. The value itself is never written here.",
  "write a map, as { name: genesys/dev/nightly-report }, or leave it out",
);

/** The stored secret of a credential; without `kmsKeyId`, the account's own key encrypts it. */
export type ResolvedSecret = Readonly<z.output<typeof secretSchema>> & { readonly name: string };

/** What was written about a credential's secret, with its defaults. */
export function resolveSecret(
  { name, kmsKeyId, ...others }: z.output<typeof secretSchema>,
  stack: string,
  credentialKey: string,
): ResolvedSecret {
  return {
    ...others,
    name: name ?? defaultSecretName(stack, credentialKey),
    ...defined({ kmsKeyId: kmsKeyId === undefined || isAccountKey(kmsKeyId) ? undefined : kmsKeyId }),
  };
}

/** Notes a secret that two raw credentials share; `keysBySecret` remembers the credentials before this one. */
export function checkSecretName(
  key: string,
  secret: unknown,
  stack: string,
  keysBySecret: Map<string, string>,
  { note, show }: Notes,
): void {
  const written = settingIn(secret, "name");
  const name = secretNameSchema.safeParse(
    written === undefined ? defaultSecretName(stack, key) : written,
  ).data;
  const other = name === undefined ? undefined : earlierHolder(keysBySecret, name, key);
  if (other !== undefined) {
    note(
      ["credentials", key, "secret", "name"],
      `the credentials ${show(other)} and ${show(key)} have the same secret name ${show(name)}`,
      "give each credential its own secret",
    );
  }
}

/**
 * Whether a key is the account's own key for Secrets Manager, which is used where none is named. AWS does not tell it of a secret, so
 * that declaring it would show as a change for ever.
 */
function isAccountKey(kmsKeyId: string): boolean {
  return /^(arn:[^:]+:kms:[^:]*:[^:]*:)?alias\/aws\/secretsmanager$/.test(kmsKeyId);
}

function patternRule(limit: number, pattern: RegExp, allowed: string): TextRule {
  return (value) => {
    if (value === "") {
      return { problem: "is blank" };
    }
    if (value.length > limit) {
      return { problem: `is longer than ${limit} characters` };
    }
    return matching(pattern, `holds other characters than ${allowed}`)(value);
  };
}

function recoveryWindowRule(days: number): Mistake | undefined {
  return days === 0 || (days >= shortestRecoveryDays && days <= longestRecoveryDays)
    ? undefined
    : { problem: `is neither 0 nor from ${shortestRecoveryDays} to ${longestRecoveryDays}` };
}

function tagKeyRule(key: string): Mistake | undefined {
  if (reservedTagPattern.test(key)) {
    return { problem: "begins with aws:, which is reserved" };
  }
  return lineRule(tagKeyLengthLimit)(key) ?? tagCharacters(key);
}

function tagValueRule(value: string): Mistake | undefined {
  return value === ""
    ? { problem: "is empty, which Pulumi's AWS provider needs two updates for" }
    : (lineRule(tagValueLengthLimit)(value) ?? tagCharacters(value));
}

function tagCountRule(tags: Readonly<Record<string, string>>): Mistake | undefined {
  const count = Object.keys(tags).length;
  return count > tagCountLimit
    ? { problem: `has ${count} entries, above AWS's limit of ${tagCountLimit}` }
    : undefined;
}
