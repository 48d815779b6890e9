// The ARN of a credential's secret as the state records it (pure).
import { resourceNames } from "../../declarations/naming";
import { type CredentialFacts } from "./auditFacts";

/** Undefined where the state has none, or is not known. */
export function recordedArnOf({ credential, stack }: CredentialFacts): string | undefined {
  const secrets = "value" in stack.recorded ? stack.recorded.value.secrets : [];
  return secrets.find(({ key }) => key === resourceNames(credential.key).secret)?.arn;
}
