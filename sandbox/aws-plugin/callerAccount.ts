// The question that every command begins with: whose credentials are these, and may that account be touched?
import { type AwsConnection } from "./awsConnection";
import { AwsFailure, awsFailure, isAnswered } from "./awsFailure";
import { type ProviderConfig } from "./providerConfig";

const action = "Configuring the AWS plugin: validating provider credentials";
/** The code with which the query protocol refuses an operation that a service does not have. */
const unknownOperation = "InvalidAction";

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
  const { allowed, forbidden } = config.accounts;
  const { sts } = config.endpoints;
  let account = "";
  try {
    for (let left = questions(config); left > 0; left -= 1) {
      account = await connection.callerAccount(signal);
    }
  } catch (error) {
    if (sts === undefined || !isNoAnswerOfSts(error)) {
      throw awsFailure(action, error, config.endpoints, "sts");
    }
    // A double that is no STS cannot know whose its keys are: where nobody depends on it, that is no reason to stop.
    if (allowed.length + forbidden.length > 0) {
      throw new AwsFailure(
        `${action}: the STS endpoint ${sts} does not answer as STS does, so nobody knows the account; leave out aws:allowedAccountIds and aws:forbiddenAccountIds, or let AWS_ENDPOINT_URL_STS name an STS`,
      );
    }
  }
  // An account that nobody asked for is not among the allowed ones either.
  if (forbidden.includes(account) || (allowed.length > 0 && !allowed.includes(account))) {
    throw new AwsFailure(`AWS account ID not allowed: ${account}`);
  }
}

/** True when something answered that is no STS: STS's own refusals have a code, and it knows what it was asked. */
function isNoAnswerOfSts(error: unknown): boolean {
  const { Code: code = unknownOperation } = error as { readonly Code?: unknown };
  return isAnswered(error) && code === unknownOperation;
}
