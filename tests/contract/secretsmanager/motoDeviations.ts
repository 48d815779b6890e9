// Where moto_server 5.2 is known to differ from AWS: scenario id -> what moto answers instead. One table for all tests.
import { type Failure } from "./scenario";

const notFoundStatus = 404;
const badRequestStatus = 400;
const internalErrorStatus = 500;

/** moto sends "not found" with HTTP 404; AWS sends every refusal with 400. */
const notFound = (message: string): Failure => ({
  error: "ResourceNotFoundException",
  status: notFoundStatus,
  message,
});
const secretNotFound = notFound("Secrets Manager can't find the specified secret.");

/** moto does what AWS refuses. */
const accepted = "done";

/** The answer of moto to scenarios that it does not pass. When moto is corrected, the scenario fails here and says so. */
export const motoDeviations: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  // A read without a label goes to the version that was put last, not to the one that holds AWSCURRENT.
  ["moving AWSCURRENT back swaps the labels", ["canary-2", "canary-2"]],
  // The label is removed outright, and nothing is current.
  ["AWSCURRENT cannot be removed", accepted],
  // The label ends up on both versions.
  ["moving a custom label has to name its holder", [accepted, false]],
  ["AWSPREVIOUS can be removed from its holder", [secretNotFound, "canary-1"]],
  [
    "version and label that do not belong together are refused",
    {
      error: "InvalidRequestException",
      status: notFoundStatus,
      message: "You provided a VersionStage that is not associated to the provided VersionId.",
    },
  ],
  // The refusal speaks of the secret, which exists, instead of the label.
  ["an unknown label is named in the refusal", secretNotFound],
  // Unlabelled versions are always listed, on one page, under the name in place of the ARN.
  [
    "unlabelled versions are listed only when asked for, in pages",
    { labelled: 4, pages: [4], hasArn: false },
  ],
  ["a version keeps at most 20 labels, and so does its secret", undefined],
  [
    "a secret without a value has no version",
    [notFound("Secrets Manager can't find the specified secret value for staging label: AWSCURRENT"), 0],
  ],
  ["a missing secret is not found with HTTP 400", secretNotFound],
  ["text and bytes together are refused", accepted],
  // Another text than the one that tools look for ("because it was marked for deletion"), with padding inside.
  [
    "a scheduled secret cannot be read",
    {
      error: "InvalidRequestException",
      status: badRequestStatus,
      message:
        "An error occurred (InvalidRequestException) when calling the GetSecretValue operation: You tried to                 perform the operation on a secret that's currently marked deleted.",
    },
  ],
  ["a scheduled secret cannot be written", accepted],
  ["a scheduled secret keeps its labels where they are", accepted],
  ["a scheduled secret cannot be tagged", accepted],
  ["the versions of a scheduled secret cannot be listed", accepted],
  ["the policy of a scheduled secret cannot be read", accepted],
  // Another type and text: a retry that waits for "scheduled for deletion" gives up at once.
  [
    "the name of a scheduled secret is taken",
    {
      error: "ResourceExistsException",
      status: badRequestStatus,
      message: "The operation failed because the secret contract/<id> already exists.",
    },
  ],
  ["a value of 65,537 bytes is refused", accepted],
  ["a name with a space is refused", accepted],
  ["a name of 513 characters is refused", accepted],
  ["51 tags are refused", accepted],
  ["tags of AWS's own are refused", accepted],
  ["a policy that is not JSON is refused", accepted],
  ["a public policy is refused when it is to be blocked", accepted],
  [
    "a policy can be validated without being attached",
    { error: "not an AWS answer", status: internalErrorStatus, message: "" },
  ],
  ["a secret that was read says on which day", false],
]);
