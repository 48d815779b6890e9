// STS GetCallerIdentity, the one call that AWS tools make before Secrets Manager. Query protocol: form in, XML out.
import { accountId } from "./secretIds";

/** The XML answer, or undefined when the form asks for another action. */
export function answerCallerIdentity(form: string, requestId: string): string | undefined {
  if (new URLSearchParams(form).get("Action") !== "GetCallerIdentity") {
    return undefined;
  }
  return [
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">',
    "<GetCallerIdentityResult>",
    `<Arn>arn:aws:iam::${accountId}:user/sandbox</Arn><UserId>AIDASANDBOX</UserId><Account>${accountId}</Account>`,
    "</GetCallerIdentityResult>",
    `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`,
    "</GetCallerIdentityResponse>",
  ].join("");
}

/** The XML error for any other action. */
export function unknownAction(requestId: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>The sandbox answers GetCallerIdentity only.</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}
