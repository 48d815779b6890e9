// Asks AWS about secrets: whether each exists, is to be deleted, and can be read; and whom a refusal meets.
import { SecretsError, type SecretsErrorCode, secretsErrorOf } from "../../secrets/failure";
import { defined } from "../../common/defined";
import { type Redactor } from "../../common/redact";
import { currentLabel, type SecretStore } from "../../secrets/store";
import { contentOf, type StoredContent } from "./storedPair";

/** One secret as AWS tells of it. */
export type StoredSecret =
  | { readonly kind: "missing" }
  /** AWS does not let the deployer look at it. */
  | { readonly kind: "refused"; readonly reason: string }
  /** AWS answered with a failure that concerns this secret, or this moment. */
  | { readonly kind: "failed"; readonly reason: string }
  /** Whatever refuses this one refuses all: the keys, the account, or the way to AWS. */
  | { readonly kind: "unreachable"; readonly reason: string }
  | {
      readonly kind: "found";
      readonly arn: string;
      /** ISO instant that AWS calls DeletedDate, where a deletion is scheduled. */
      readonly deletedAt?: string;
      /** What AWSCURRENT holds; absent where it holds nothing or nobody can read it, with the reason where AWS refused. */
      readonly current?: CurrentVersion | { readonly refusal: string };
    };

/** The version under AWSCURRENT. */
export interface CurrentVersion {
  readonly content: StoredContent;
  /** ISO instant; absent where AWS does not say. */
  readonly writtenAt?: string;
}

/** Secrets asked for at a time. */
const concurrency = 4;

/** What a failure means for the other secrets; `failed` where nothing is said. */
const kinds: Readonly<Partial<Record<SecretsErrorCode, "refused" | "unreachable">>> = {
  AWS_ACCOUNT_REFUSED: "unreachable",
  AWS_CREDENTIALS: "unreachable",
  AWS_DENIED: "refused",
  AWS_KMS_DENIED: "refused",
  AWS_REGION_UNKNOWN: "unreachable",
  AWS_UNREACHABLE: "unreachable",
};

/**
 * Asks about several secrets, each once. Stops at a failure that meets all of them: what is not in the answer was not asked for.
 * @param secretIds Names or ARNs.
 * @param redactor Learns what is read.
 */
export async function lookAtSecrets(
  secretIds: readonly string[],
  store: SecretStore,
  redactor: Redactor,
): Promise<ReadonlyMap<string, StoredSecret>> {
  return askAboutEach(
    [...new Set(secretIds)],
    (id) => look(id, store, redactor),
    ({ kind }) => kind === "unreachable",
  );
}

/**
 * The answers about secrets, a few at a time. The first one alone: wrong keys are then told once, after one wait.
 * @param isLast Whether nothing is asked after such an answer.
 */
export async function askAboutEach<T, U>(
  secrets: readonly T[],
  ask: (secret: T) => Promise<U>,
  isLast: (answer: U) => boolean = () => false,
): Promise<ReadonlyMap<T, U>> {
  const found: (readonly [T, U])[] = [];
  while (found.length < secrets.length && !found.some(([, answer]) => isLast(answer))) {
    const batch = secrets.slice(found.length, found.length === 0 ? 1 : found.length + concurrency);
    found.push(...(await Promise.all(batch.map(async (one) => [one, await ask(one)] as const))));
  }
  return new Map(found);
}

async function look(secretId: string, store: SecretStore, redactor: Redactor): Promise<StoredSecret> {
  try {
    const found = await store.describe(secretId);
    if (found === undefined) {
      return { kind: "missing" };
    }
    const { arn, deletedAt } = found;
    if (deletedAt !== undefined) {
      return { kind: "found", arn, deletedAt };
    }
    const current = await store.value(secretId, { label: currentLabel }).then(
      (value) => value && { content: contentOf(value, redactor), ...defined({ writtenAt: value.writtenAt }) },
      (error: unknown) => ({ refusal: failureOf(error).reason }),
    );
    return { kind: "found", arn, ...defined({ current }) };
  } catch (error) {
    const { code, reason } = failureOf(error);
    return { kind: kinds[code] ?? "failed", reason };
  }
}

function failureOf(error: unknown): SecretsError {
  return error instanceof SecretsError ? error : secretsErrorOf("Asking AWS about a secret", error);
}
