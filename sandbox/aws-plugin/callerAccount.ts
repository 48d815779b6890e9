// The question that every command begins with: whose credentials are these, and may that account be touched?
import { type AwsConnection } from "./awsConnection";
import { AwsFailure, awsFailure } from "./awsFailure";
import { type ProviderConfig } from "./providerConfig";

/** How often the real provider asks: it validates the credentials, then looks for the account id. */
function questions({ accounts, endpoints }: ProviderConfig): number {
  if (endpoints.sts === undefined && endpoints.secretsManager !== undefined) {
    // A double of Secrets Manager without an STS: the real one knows nothing of its keys, and is not asked.
    return 0;
  }
  return Number(!accounts.skipsValidation) + Number(!accounts.skipsAccountId);
}

/** @throws AwsFailure when STS refuses the credentials, or their account is not allowed. */
export async function checkCallerAccount(
  config: ProviderConfig,
  connection: AwsConnection,
  signal: AbortSignal,
): Promise<void> {
  let account = "";
  try {
    for (let left = questions(config); left > 0; left -= 1) {
      account = await connection.callerAccount(signal);
    }
  } catch (error) {
    const action = "Configuring the AWS plugin: validating provider credentials";
    throw awsFailure(action, error, config.endpoints, {}, "sts");
  }
  const { allowed, forbidden } = config.accounts;
  // An account that nobody asked for is not among the allowed ones either.
  if (forbidden.includes(account) || (allowed.length > 0 && !allowed.includes(account))) {
    throw new AwsFailure(`AWS account ID not allowed: ${account}`);
  }
}
