// Secrets that more than one credential writes: one name in one region and account (pure).
import { groupBy } from "../../../common/groupBy";
import { accountIn } from "../../../secrets/arn";
import { credentialId, type CredentialFacts, recordedArnOf } from "../read/auditFacts";

/** One secret and those who write it. */
export interface SharedSecret {
  readonly name: string;
  readonly region: string | undefined;
  /** Two or more. */
  readonly writers: readonly CredentialFacts[];
}

/** @param told ARNs as AWS told them, by {@link credentialId}. */
export function sharedSecrets(
  credentials: readonly CredentialFacts[],
  told: ReadonlyMap<string, { readonly arn?: string }>,
): readonly SharedSecret[] {
  const byName = groupBy(credentials, ({ credential, stack }) =>
    JSON.stringify([credential.secret.name, stack.aws.region ?? null]),
  );
  return [...byName.values()]
    .flatMap((writers) => byAccount(writers, told))
    .flatMap((writers) => {
      const [first, second] = writers;
      return first === undefined || second === undefined
        ? []
        : [{ name: first.credential.secret.name, region: first.stack.aws.region, writers }];
    });
}

/** An account that is not known may be any one, unless there are several to choose from. */
function byAccount(
  writers: readonly CredentialFacts[],
  told: ReadonlyMap<string, { readonly arn?: string }>,
): readonly (readonly CredentialFacts[])[] {
  const accountOf = (facts: CredentialFacts): string | undefined =>
    accountIn(recordedArnOf(facts)) ??
    accountIn(told.get(credentialId(facts.stack.stack, facts.credential.key))?.arn);
  const accounts = [...new Set(writers.flatMap((facts) => accountOf(facts) ?? []))];
  return accounts.length < 2
    ? [writers]
    : [...accounts, undefined].map((account) => writers.filter((facts) => accountOf(facts) === account));
}
