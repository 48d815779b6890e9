// Asks AWS about the secrets of the live stacks.
import { type Environment } from "../../../common/environmentVariables";
import { groupBy } from "../../../common/groupBy";
import { type Redactor } from "../../../common/redact";
import { accountIn, sameAccount } from "../../../secrets/arn";
import { type SecretStore } from "../../../secrets/store";
import { openStore } from "../../world/awsEnvironment";
import { lookAtSecrets, type StoredSecret } from "../../world/secretLookup";
import { credentialId, type CredentialFacts, recordedArnOf } from "./auditFacts";
import { type NotChecked } from "../notChecked";

/** What AWS says of a secret; `otherAccount`: the state records it in another account than that of the keys. */
export type SecretAnswer = StoredSecret | { readonly kind: "otherAccount"; readonly arn: string };

/** The answers by {@link credentialId}. Never rejects: a way on which nobody answers is told. @param redactor Learns what is read. */
export async function readSecrets(
  credentials: readonly CredentialFacts[],
  environment: Environment,
  redactor: Redactor,
  notChecked: NotChecked,
): Promise<ReadonlyMap<string, SecretAnswer>> {
  const answers = new Map<string, SecretAnswer>();
  // Stacks that reach AWS alike are asked for together.
  for (const own of groupBy(credentials, ({ stack }) => JSON.stringify(stack.aws)).values()) {
    const store = openStore(own[0]?.stack.aws ?? {}, environment);
    try {
      const told = await askStore(own, store, redactor);
      if ("reason" in told) {
        for (const stack of new Set(own.map((facts) => facts.stack.stack))) {
          notChecked.add(stack, "stored secrets", told.reason, ["secret"]);
        }
        continue;
      }
      for (const facts of own) {
        answers.set(credentialId(facts.stack.stack, facts.credential.key), answerOf(facts, told));
      }
    } finally {
      store.close();
    }
  }
  return answers;
}

interface Told {
  readonly byName: ReadonlyMap<string, StoredSecret>;
  /** By the recorded ARN, of those that are not there by their name. */
  readonly byArn: ReadonlyMap<string, StoredSecret>;
}

/** By name first. What is not there by its name may be in another account, so its recorded ARN is asked for as well. */
async function askStore(
  credentials: readonly CredentialFacts[],
  store: SecretStore,
  redactor: Redactor,
): Promise<Told | { readonly reason: string }> {
  const byName = await lookAtSecrets(
    credentials.map(({ credential }) => credential.secret.name),
    store,
    redactor,
  );
  const unreachable = [...byName.values()].find((answer) => answer.kind === "unreachable");
  if (unreachable !== undefined) {
    return { reason: `AWS could not be asked: ${unreachable.reason}` };
  }
  const lost = credentials.flatMap((facts) =>
    byName.get(facts.credential.secret.name)?.kind === "missing" ? (recordedArnOf(facts) ?? []) : [],
  );
  return { byName, byArn: await lookAtSecrets(lost, store, redactor) };
}

function answerOf(facts: CredentialFacts, { byName, byArn }: Told): SecretAnswer {
  const arn = recordedArnOf(facts);
  const answer = byName.get(facts.credential.secret.name) ?? { kind: "missing" };
  if (arn === undefined) {
    return answer;
  }
  if (answer.kind === "found") {
    return sameAccount(arn, answer.arn) ? answer : { kind: "otherAccount", arn };
  }
  if (answer.kind !== "missing") {
    return answer;
  }
  const accounts = [...byName.values()].flatMap((one) =>
    one.kind === "found" ? (accountIn(one.arn) ?? []) : [],
  );
  const isOther = accounts.length > 0 && !accounts.includes(accountIn(arn) ?? "");
  return isOther ? { kind: "otherAccount", arn } : (byArn.get(arn) ?? answer);
}
