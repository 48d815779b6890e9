// Whether AWS can be asked at all: the region, whose keys they are, and the secrets that it tells of.
import { type Environment } from "../../declarations/endpoints";
import { type StackDocument } from "../stackFile/stackDocument";
import { type Known } from "../known";
import { fail, type Line, notChecked, pass, type Subject, warn } from "./line";
import { type StoredSecret } from "../secretLookup";

/** What is known of the region, and the line about it. */
export interface RegionResult {
  readonly region: Known<string>;
  readonly lines: readonly Line[];
}

/** The region of the stack file, else of the environment. */
export function findRegion(document: Known<StackDocument>, environment: Environment): RegionResult {
  const subject: Subject = { area: "AWS", check: "aws-region", place: "region" };
  const written = "value" in document ? document.value.configValue("aws:region") : undefined;
  if (typeof written === "string" && written !== "") {
    return { region: { value: written }, lines: [pass(subject, `${written}, by aws:region`)] };
  }
  for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION"]) {
    const value = environment[name] ?? "";
    if (value !== "") {
      return { region: { value }, lines: [pass(subject, `${value}, by ${name}`)] };
    }
  }
  const remedy = "write `aws:region: eu-west-1` (or yours) in the stack file";
  const profile = environment["AWS_PROFILE"] ?? "";
  return {
    region: { reason: "no AWS region is known" },
    lines: [
      profile === ""
        ? fail(subject, "neither aws:region in the stack file nor AWS_REGION is set", remedy)
        : warn(subject, `only the profile ${profile} may tell it, which the commands do not read`, remedy),
    ],
  };
}

/** Whose keys they are, as far as the answers tell: an ARN holds the account, a refusal names the caller. */
export function checkIdentity(secrets: ReadonlyMap<string, StoredSecret>): readonly Line[] {
  const subject: Subject = { area: "AWS", check: "aws-identity", place: "identity" };
  const answers = [...secrets.values()];
  if (answers.length === 0) {
    return [notChecked(subject, "the stack has no secret to ask for")];
  }
  for (const answer of answers) {
    if (answer.kind === "unreachable") {
      const remedy =
        "check AWS_PROFILE or the keys in the environment (expired?), the region, and the network; `aws sts get-caller-identity` tells who you are";
      return [fail(subject, `AWS did not answer a question about a secret: ${answer.reason}`, remedy)];
    }
  }
  const accounts = new Set(
    answers.flatMap((answer) => (answer.kind === "found" ? accountIn(answer.arn) : [])),
  );
  const callers = answers.flatMap((answer) =>
    answer.kind === "refused" ? (callerPattern.exec(answer.reason)?.[1] ?? []) : [],
  );
  const [caller] = callers;
  if (caller !== undefined) {
    return [pass(subject, caller)];
  }
  return [
    pass(
      subject,
      accounts.size === 0
        ? "the keys are accepted"
        : `the keys are accepted by account ${[...accounts].join(", ")}`,
    ),
  ];
}

/** `User: arn:aws:iam::123456789012:user/deployer is not authorized to perform …` */
const callerPattern = /\bUser: (arn:[^\s]+)/;

function accountIn(arn: string): readonly string[] {
  const account = /^arn:[^:]*:secretsmanager:[^:]*:(\d+):/.exec(arn)?.[1];
  return account === undefined ? [] : [account];
}
