// Names and ARNs of secrets: how they are made, and how a SecretId finds its secret.
import { randomInt } from "node:crypto";
import { type SecretRecord } from "./secretRecord";

/** The account of the emulator's own user: the one that AWS uses in its examples. Roles may belong to others. */
export const accountId = "123456789012";

const suffixAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/** AWS appends a hyphen and six random characters to the name. */
const suffixLength = 6;
/** A partial ARN that ends like this is taken for a complete one, and so finds nothing. */
const suffixPattern = /-[A-Za-z0-9]{6}$/;

/** The part of an ARN before the name. */
export function arnPrefix(region: string, account: string): string {
  return `arn:aws:secretsmanager:${region}:${account}:secret:`;
}

/** The account in an ARN; undefined for a name. */
export function accountOf(secretId: string): string | undefined {
  return /^arn:[\w-]+:secretsmanager:[\w-]+:(\d{12}):/.exec(secretId)?.[1];
}

/** A new ARN: recreating a secret under its old name gives another one. */
export function newArn(region: string, name: string, account: string = accountId): string {
  const suffix = Array.from({ length: suffixLength }, () =>
    suffixAlphabet.charAt(randomInt(suffixAlphabet.length)),
  );
  return `${arnPrefix(region, account)}${name}-${suffix.join("")}`;
}

/** True when `secretId` (a name, a complete ARN, or an ARN without its suffix) means this secret. */
export function isIdOf(secretId: string, secret: SecretRecord): boolean {
  if (!secretId.startsWith("arn:")) {
    return secretId === secret.name;
  }
  return (
    secretId === secret.arn ||
    (!suffixPattern.test(secretId) && secretId === secret.arn.replace(suffixPattern, ""))
  );
}
