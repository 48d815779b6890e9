// What the ARN of a secret tells: account and region (pure).

const arnPattern = /^arn:[^:]*:secretsmanager:([^:]*):(\d*):/;

/** The account of an ARN; undefined where the text is none. */
export function accountIn(arn: string | undefined): string | undefined {
  const account = arnPattern.exec(arn ?? "")?.[2];
  return account === "" ? undefined : account;
}

/** Whether two secrets can be the same one: of one account and region. */
export function sameAccount(left: string, right: string): boolean {
  const parts = (arn: string): string => (arnPattern.exec(arn) ?? []).slice(1).join(":");
  return parts(left) === parts(right);
}
