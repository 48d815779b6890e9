// Whether AWS can be asked at all: the region, and whose keys they are.
import { type AwsSettings } from "../../common/awsSettings";
import { type Environment } from "../../common/environmentVariables";
import { accountIn } from "../../secrets/arn";
import { type SecretsError } from "../../secrets/failure";
import { filled } from "../world/awsEnvironment";
import { type Known } from "../../common/known";
import { type StoredSecret } from "../world/secretLookup";
import { type StackDocument } from "../stackFile/stackDocument";
import { type Line, linesOn } from "./line";

/** What opening the way to AWS came to: the region, or why there is no way. Not known where the declarations are not. */
export type Opened = Known<{ readonly region: string } | { readonly refusal: SecretsError }>;

/** The region of the stack file, of the environment, or of AWS's own configuration files. */
export function regionLine(document: Known<StackDocument>, opened: Opened, environment: Environment): Line {
  const { pass, fail, notChecked } = linesOn("AWS", "aws-region", "region");
  const written = "value" in document ? document.value.wholeConfig()["aws:region"] : undefined;
  if (typeof written === "string" && written !== "") {
    return pass(`${written}, by aws:region`);
  }
  for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION"]) {
    const value = filled(environment, name);
    if (value !== undefined) {
      return pass(`${value}, by ${name}`);
    }
  }
  if ("reason" in opened) {
    return notChecked(opened.reason);
  }
  if ("region" in opened.value) {
    return pass(`${opened.value.region}, by the AWS profile`);
  }
  return opened.value.refusal.code === "AWS_REGION_UNKNOWN"
    ? fail(
        "neither aws:region in the stack file nor AWS_REGION is set",
        "write `aws:region: eu-west-1` (or yours) in the stack file",
      )
    : pass("by the AWS profile");
}

/** Whose keys they are, as far as the answers tell: an ARN holds the account, a refusal names the caller. */
export function identityLine(
  opened: Opened,
  secrets: Known<ReadonlyMap<string, StoredSecret>>,
  { allowedAccountIds = [] }: AwsSettings,
): Line {
  const { pass, fail, notChecked } = linesOn("AWS", "aws-identity", "identity");
  const unreachableRemedy =
    "check AWS_PROFILE or the keys in the environment (expired?), aws:profile and aws:assumeRoles, the region, and the network; `aws sts get-caller-identity` tells who you are";
  if ("value" in opened && "refusal" in opened.value) {
    const { refusal } = opened.value;
    return refusal.code === "AWS_REGION_UNKNOWN"
      ? notChecked(regionUnknown)
      : refusal.code === "AWS_ACCOUNT_REFUSED"
        ? fail(refusal.reason, "sign in to the right account, or correct the setting")
        : fail(`AWS did not say whose keys these are: ${refusal.reason}`, unreachableRemedy);
  }
  if ("reason" in secrets) {
    return notChecked(secrets.reason);
  }
  const answers = [...secrets.value.values()];
  if (answers.length === 0) {
    return allowedAccountIds.length === 0
      ? notChecked("the stack has no secret to ask for")
      : pass("the keys are those of an allowed account");
  }
  const unreachable = answers.find((answer) => answer.kind === "unreachable");
  if (unreachable !== undefined) {
    return fail(`AWS did not answer a question about a secret: ${unreachable.reason}`, unreachableRemedy);
  }
  const accounts = new Set(
    answers.flatMap((answer) => (answer.kind === "found" ? (accountIn(answer.arn) ?? []) : [])),
  );
  const [caller] = answers.flatMap((answer) =>
    answer.kind === "refused" ? (callerPattern.exec(answer.reason)?.[1] ?? []) : [],
  );
  return pass(
    caller ??
      (accounts.size === 0
        ? "the keys are accepted"
        : `the keys are accepted by account ${[...accounts].join(", ")}`),
  );
}

/** Why nothing is asked where AWS has no region. */
export const regionUnknown = "no AWS region is known";

/** `User: arn:aws:iam::123456789012:user/deployer is not authorized to perform …` */
const callerPattern = /\bUser: (arn:[^\s]+)/;
