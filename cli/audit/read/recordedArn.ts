// The ARN of a credential's secret as the state records it (pure).
import { resourceNames } from "../../../declarations/naming";
import { keysOf } from "../../world/recordOf";
import { type CredentialFacts } from "./auditFacts";

/** Undefined where the state has none, or is not known. */
export function recordedArnOf({ credential, stack }: CredentialFacts): string | undefined {
  const secrets = "value" in stack.recorded ? stack.recorded.value.secrets : [];
  const names = keysOf(credential).map((key) => resourceNames(key).secret);
  return secrets.find(({ key }) => names.includes(key))?.arn;
}
