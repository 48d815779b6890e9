// `formerly`: the key that a role or credential had before it was renamed, so that it stays the same object.
import { configNamespace, defaultSecretName } from "./naming";
import { field, text } from "./field";
import { type Notes } from "./notes";
import { isPlainMap } from "./plainValue";
import { keyRemedy, keyRule } from "./textRules";

export const formerKeySchema = field(
  text(keyRule),
  "The key that this entry had before it was renamed: the role or credential stays what it is, with its OAuth clients and its secret. " +
    "May be taken out once every stack was updated.",
  keyRemedy,
);

/** Looks at raw entries of one kind; what has the wrong shape is passed over, the schema reports it. */
export function checkFormerKeys(
  kind: "roles" | "credentials",
  entries: unknown,
  stack: string,
  { note, show }: Notes,
): void {
  if (!isPlainMap(entries)) {
    return;
  }
  const keysByFormer = new Map<string, string>();
  for (const [key, entry] of Object.entries(entries)) {
    const former = isPlainMap(entry) ? entry["formerly"] : undefined;
    if (!isPlainMap(entry) || typeof former !== "string" || keyRule(former) !== undefined) {
      continue;
    }
    const path = [kind, key, "formerly"];
    const other = keysByFormer.get(former);
    if (entries[former] !== undefined) {
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
    if (kind === "credentials" && !isSecretNamed(entry["secret"])) {
      note(
        path,
        "needs secret.name: a secret that follows its key would be another one under the new key",
        `write secret.name: ${defaultSecretName(stack, former)}, the name that it has`,
      );
    }
  }
}

function isSecretNamed(secret: unknown): boolean {
  return isPlainMap(secret) && secret["name"] !== undefined;
}
