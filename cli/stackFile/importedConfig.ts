// Asks Pulumi for the config of a stack whose file imports environments of Pulumi ESC: no file holds what they say.
import { z } from "zod";
import { jsonOf } from "../../common/jsonOf";
import { configNamespace } from "../../declarations/naming";
import { type Environment } from "../../common/environmentVariables";
import { type Known } from "../../common/known";
import { askPulumiAtOnce } from "../terminal/pulumiProcess";
import { type StackConfig } from "./configKey";

const answerSchema = z.record(
  z.string(),
  z.object({ value: z.string().nullish(), objectValue: z.unknown().optional(), secret: z.boolean() }),
);

const readNamespaces = ["aws", configNamespace] as const;
/** Stands in Pulumi's answer for values that only an opened environment has. */
const unknownValue = "[unknown]";
/** Stands for a secret, as `secure` does in a file. */
const secretValue = { secure: "" } as const;

/** @param stack As Pulumi takes it: `dev`, or `organisation/project/dev`. */
export function importedConfig(folder: string, stack: string, environment: Environment): Known<StackConfig> {
  const question = ["config", "--json", "--non-interactive", "--stack", stack];
  const printed = askPulumiAtOnce(folder, environment, question);
  if (!("value" in printed)) {
    return printed;
  }
  const parsed = answerSchema.safeParse(jsonOf(printed.value));
  if (!parsed.success) {
    return { reason: "`pulumi config` printed something else than settings" };
  }
  const entries = Object.entries(parsed.data).map(
    ([key, { value, objectValue, secret }]) =>
      [key, secret ? secretValue : (objectValue ?? value ?? undefined)] as const,
  );
  for (const [key, value] of entries) {
    if (value === secretValue && key.startsWith(`${configNamespace}:`)) {
      return { reason: `${key} holds a secret, which is not asked for; declarations need none` };
    }
    if (readNamespaces.some((one) => key.startsWith(`${one}:`)) && isUnknownIn(value)) {
      return { reason: `${key} holds a value that is known during a deployment only` };
    }
  }
  return { value: Object.fromEntries(entries) };
}

function isUnknownIn(value: unknown): boolean {
  return typeof value === "object" && value !== null
    ? Object.values(value).some(isUnknownIn)
    : value === unknownValue;
}
