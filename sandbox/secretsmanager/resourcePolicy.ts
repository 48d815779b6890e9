// Resource policies: what makes one well formed, and what makes one public. Pure.
import { jsonOf } from "../../common/jsonOf";
import { ServiceError } from "./serviceError";

/** What ValidateResourcePolicy finds in a policy that lets everybody in. */
export const publicPolicyProblem = {
  CheckName: "PUBLIC_POLICY",
  ErrorMessage: "This resource policy grants broad access to your secret.",
};

const principalPattern =
  /^(\*|\d{12}|arn:aws[a-z-]*:(iam|sts)::(\d{12}):[A-Za-z0-9+=,.@_/-]+|AIDA[A-Z0-9]+|AROA[A-Z0-9]+)$/;

const malformed = (message: string): ServiceError =>
  new ServiceError("MalformedPolicyDocumentException", message);

interface Statement {
  readonly effect: string;
  readonly principals: readonly string[];
  readonly isConditional: boolean;
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value]);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readPrincipals(principal: unknown): string[] {
  if (typeof principal === "string") {
    return [principal];
  }
  if (!isRecord(principal)) {
    throw malformed("This resource policy contains a statement without a principal.");
  }
  return asList(principal["AWS"] ?? []).filter((entry): entry is string => typeof entry === "string");
}

function readStatement(value: unknown): Statement {
  if (!isRecord(value) || (value["Effect"] !== "Allow" && value["Effect"] !== "Deny")) {
    throw malformed("This resource policy contains a statement whose Effect is neither Allow nor Deny.");
  }
  if (value["Action"] === undefined && value["NotAction"] === undefined) {
    throw malformed("This resource policy contains a statement without an action.");
  }
  if (value["Resource"] === undefined && value["NotResource"] === undefined) {
    throw malformed("This resource policy contains a statement without a resource.");
  }
  const principals = readPrincipals(value["Principal"] ?? value["NotPrincipal"]);
  if (principals.some((principal) => !principalPattern.test(principal))) {
    throw malformed("This resource policy contains an unsupported principal.");
  }
  return { effect: value["Effect"], principals, isConditional: value["Condition"] !== undefined };
}

function readStatements(document: string): Statement[] {
  const parsed = jsonOf(document);
  if (parsed === undefined) {
    throw malformed("This resource policy contains invalid Json.");
  }
  if (!isRecord(parsed) || parsed["Statement"] === undefined) {
    throw malformed("This resource policy has no Statement.");
  }
  return asList(parsed["Statement"]).map(readStatement);
}

/**
 * Whether the policy lets everybody in.
 * @throws ServiceError (MalformedPolicyDocumentException) when the document cannot be a policy.
 */
export function isPublicPolicy(document: string): boolean {
  return readStatements(document).some(
    ({ effect, principals, isConditional }) =>
      effect === "Allow" && !isConditional && principals.includes("*"),
  );
}

/** @throws ServiceError when the policy is malformed, or is public and `blockPublicPolicy` is set. */
export function checkPolicy(document: string, blockPublicPolicy: boolean): void {
  if (isPublicPolicy(document) && blockPublicPolicy) {
    throw new ServiceError(
      "PublicPolicyException",
      "The resource policy can't be attached because it grants broad access to your secret and BlockPublicPolicy is set.",
    );
  }
}
