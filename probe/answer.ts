// What Genesys answered, and its words in the expectations.
import { httpStatus } from "../genesys/httpStatus";
import { NotSettled } from "./settling";

/** Success or refusal. */
export interface Answer {
  readonly status: number;
  /** Genesys's own code, or OAuth's; empty for a success. */
  readonly code: string;
  readonly message: string;
  readonly body: unknown;
}

/** Codes of refusals that are for want of a permission. */
const lacksPermission: ReadonlySet<string> = new Set(["missing.permissions", "missing.any.permissions"]);

/** An answer as the expectations say it: `200`, `400 cannot.delete.client`. */
export function inWords({ status, code }: Answer): string {
  return code === "" ? String(status) : `${status} ${code}`;
}

/** The same where the refusal could be for want of a permission of the deployer, which settles nothing. @throws NotSettled */
export function unlessLacking(answer: Answer): string {
  if (lacksPermission.has(answer.code)) {
    throw new NotSettled(`the deployer may not ask it: ${refusalWords(answer)}`);
  }
  return inWords(answer);
}

/** What a GET found; undefined where Genesys does not know it. @throws NotSettled for any other refusal, which says nothing about the object */
export function found(answer: Answer): Answer | undefined {
  if (answer.status === httpStatus.notFound) {
    return undefined;
  }
  if (!isSuccess(answer)) {
    throw new NotSettled(`it could not be read: ${refusalWords(answer)}`);
  }
  return answer;
}

export function refusalWords(answer: Answer): string {
  return answer.message === "" ? inWords(answer) : `${inWords(answer)} (${answer.message})`;
}

export function isSuccess({ status }: Answer): boolean {
  return status < httpStatus.badRequest;
}
