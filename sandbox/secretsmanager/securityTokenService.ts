// STS as far as AWS tools need it before Secrets Manager: who is calling, and keys of a role. Query protocol: form in, XML out.
import { msPerSecond } from "../../common/clock";
import { httpStatus } from "../server/httpStatus";
import { type Caller, type Callers } from "./callers";
import { ServiceError } from "./serviceError";

/** What a request to STS is answered with. */
export interface StsAnswer {
  readonly status: number;
  readonly xml: string;
  /** Error type of a refusal, as the request log names it. */
  readonly error?: string;
}

const deniedCode = "AccessDenied";
const rolePattern = /^arn:aws:iam::(\d{12}):role\/(?:[\w+=,.@/-]*\/)?([\w+=,.@-]{1,64})$/;
const sessionNamePattern = /^[\w+=,.@-]{2,64}$/;
/** Seconds that temporary keys live, where the request does not say. Source: the API's documentation. */
const defaultDurationSeconds = 3600;

const invalid = (message: string): ServiceError => new ServiceError("ValidationError", message);

function callerIdentity({ arn, userId, account }: Caller): string {
  return `<Arn>${arn}</Arn><UserId>${userId}</UserId><Account>${account}</Account>`;
}

function assumeRole(form: URLSearchParams, callers: Callers, nowMs: number): string {
  const [, account, role] = rolePattern.exec(form.get("RoleArn") ?? "") ?? [];
  if (account === undefined || role === undefined) {
    throw invalid("RoleArn is not the ARN of a role");
  }
  const sessionName = form.get("RoleSessionName") ?? "";
  if (!sessionNamePattern.test(sessionName)) {
    throw invalid("RoleSessionName must have 2 to 64 characters of A-Z a-z 0-9 _ + = , . @ -");
  }
  const { accessKeyId, secretAccessKey, sessionToken, holder } = callers.lend(account, role, sessionName);
  const seconds = Number(form.get("DurationSeconds") ?? defaultDurationSeconds);
  // SDKs hold the end against the time of their computer, which the emulator's may be behind.
  const endMs = Math.max(nowMs, Date.now()) + seconds * msPerSecond;
  return [
    `<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey>`,
    `<SessionToken>${sessionToken}</SessionToken><Expiration>${new Date(endMs).toISOString()}</Expiration></Credentials>`,
    `<AssumedRoleUser><Arn>${holder.arn}</Arn><AssumedRoleId>${holder.userId}</AssumedRoleId></AssumedRoleUser>`,
  ].join("");
}

/** The answer to a request; `fault` is what it is refused with instead. */
export function answerSts(
  form: URLSearchParams,
  caller: Caller,
  callers: Callers,
  nowMs: number,
  requestId: string,
  fault?: ServiceError,
): StsAnswer {
  const action = form.get("Action") ?? "";
  try {
    if (fault !== undefined) {
      throw fault;
    }
    if (action !== "GetCallerIdentity" && action !== "AssumeRole") {
      throw new ServiceError(
        "InvalidAction",
        "The sandbox's STS answers GetCallerIdentity and AssumeRole only.",
      );
    }
    const result = action === "AssumeRole" ? assumeRole(form, callers, nowMs) : callerIdentity(caller);
    const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
    return {
      status: httpStatus.ok,
      xml: `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${result}</${action}Result>${metadata}</${action}Response>`,
    };
  } catch (error) {
    return refusedBySts(error, requestId);
  }
}

/** A refusal in XML. Error types of STS do not end in `Exception`. */
export function refusedBySts(error: unknown, requestId: string): StsAnswer {
  if (!(error instanceof ServiceError)) {
    throw error;
  }
  const code = error.code.replace(/Exception$/, "");
  const status = code === deniedCode ? httpStatus.forbidden : error.status;
  return {
    status,
    error: code,
    xml: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${error.message}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  };
}
