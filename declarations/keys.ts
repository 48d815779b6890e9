// The keys of roles and credentials, and `formerly`: the key that one had before it was renamed, so that it stays the same object.
import { configNamespace, defaultSecretName } from "./naming";
import { field, text } from "./field";
import { type Notes } from "./notes";
import { mapsIn, settingIn } from "./plainValue";
import { keyPattern, keyRemedy, keyRule } from "./textRules";

/** The rule for keys, which the editor checks; the program does in {@link checkKey}. */
export const keyHints = { propertyNames: { pattern: keyPattern.source } };

export const formerKeySchema = field(
  text(keyRule),
  "The key that this entry had before it was renamed: the role or credential stays what it is, with its OAuth clients and its secret. " +
    "May be taken out once every stack was updated.",
  keyRemedy,
);

/** The keys that people choose are checked so: in the schema, a wrong key would hide the mistakes below it. */
export function checkKey(path: readonly [string, string], { note, show }: Notes): void {
  const [, key] = path;
  const mistake = keyRule(key);
  if (mistake !== undefined) {
    note(path, `the key ${show(key)} ${mistake.problem}`, mistake.remedy ?? keyRemedy);
  }
}

/** Notes former keys of raw entries that are declared as well or named twice, and secrets that would not follow. */
export function checkFormerKeys(
  kind: "roles" | "credentials",
  entries: unknown,
  stack: string,
  { note, show }: Notes,
): void {
  const keysByFormer = new Map<string, string>();
  for (const [key, entry] of mapsIn(entries)) {
    const former = entry["formerly"];
    if (typeof former !== "string" || keyRule(former) !== undefined) {
      continue;
    }
    const path = [kind, key, "formerly"];
    const other = keysByFormer.get(former);
    if (settingIn(entries, former) !== undefined) {
      note(
        path,
        `${show(former)} is declared as well`,
        `remove formerly, or the entry ${configNamespace}:${kind}.${former}`,
      );
    } else if (other !== undefined) {
      note(
        path,
        `${show(other)} and ${show(key)} both name ${show(former)}`,
        "name it where it belongs, once",
      );
    }
    keysByFormer.set(former, key);
    if (kind === "credentials" && settingIn(entry["secret"], "name") === undefined) {
      note(
        path,
        "needs secret.name: a secret that follows its key would be another one under the new key",
        `write secret.name: ${defaultSecretName(stack, former)}, the name that it has`,
      );
    }
  }
}
