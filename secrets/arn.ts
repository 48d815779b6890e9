// What the ARN of a secret tells: account and region (pure).

const arnPattern = /^arn:[^:]*:secretsmanager:([^:]*):(\d*):/;

/** The account of an ARN; undefined where the text is none. */
export function accountIn(arn: string | undefined): string | undefined {
  const account = arnPattern.exec(arn ?? "")?.[2];
  return account === "" ? undefined : account;
}

/** AWS ends the ARN of a secret with a hyphen and six random characters. */
const namePattern = /:secret:(.+)-[A-Za-z0-9]{6}$/;

/** The name of the secret; undefined where the text is no ARN of one. */
export function secretNameIn(arn: string): string | undefined {
  return namePattern.exec(arn)?.[1];
}

/** Whether two secrets can be the same one: of one account and region. */
export function sameAccount(left: string, right: string): boolean {
  const parts = (arn: string): string => (arnPattern.exec(arn) ?? []).slice(1).join(":");
  return parts(left) === parts(right);
}
