// Asks AWS about the secrets of the live stacks, and has each answer judged.
import { type Environment } from "../../../declarations/endpoints";
import { type Redactor } from "../../../common/redact";
import { accountIn } from "../../../secrets/arn";
import { type SecretStore } from "../../../secrets/store";
import { openStore } from "../../world/awsEnvironment";
import { lookAtSecrets, type StoredSecret } from "../../world/secretLookup";
import { credentialId, type CredentialFacts, type SecretVerdict } from "./auditFacts";
import { type NotChecked } from "../notChecked";
import { recordedArnOf } from "./recordedArn";
import { secretVerdict } from "../judge/secretVerdict";

type Answers = ReadonlyMap<string, StoredSecret>;

/** The verdicts by {@link credentialId}. Never rejects: what could not be asked is told. */
export async function readSecrets(
  credentials: readonly CredentialFacts[],
  environment: Environment,
  redactor: Redactor,
  notChecked: NotChecked,
): Promise<ReadonlyMap<string, SecretVerdict>> {
  const verdicts = new Map<string, SecretVerdict>();
  for (const own of byWay(credentials)) {
    const answers = await ask(own, environment);
    if ("reason" in answers) {
      for (const stack of new Set(own.map((facts) => facts.stack.stack))) {
        notChecked.add(stack, "stored secrets", answers.reason, ["secret"]);
      }
      continue;
    }
    const unread: Unread[] = [];
    for (const facts of own) {
      const verdict = verdictOf(facts, answers, redactor);
      verdicts.set(credentialId(facts.stack.stack, facts.credential.key), verdict);
      if (verdict.notChecked !== undefined) {
        unread.push({
          stack: facts.stack.stack,
          name: facts.credential.secret.name,
          reason: verdict.notChecked,
        });
      }
    }
    tellUnread(unread, own, notChecked);
  }
  return verdicts;
}

interface Unread {
  readonly stack: string;
  readonly name: string;
  readonly reason: string;
}

/** One entry for a stack of which no secret could be read: what refuses all of them is told once. */
function tellUnread(
  unread: readonly Unread[],
  credentials: readonly CredentialFacts[],
  notChecked: NotChecked,
): void {
  for (const stack of new Set(unread.map((one) => one.stack))) {
    const own = unread.filter((one) => one.stack === stack);
    const total = credentials.filter((facts) => facts.stack.stack === stack).length;
    const [first] = own;
    if (first !== undefined && own.length === total) {
      notChecked.add(stack, `stored secrets (${total})`, `${first.name}: ${first.reason}`, ["secret"]);
      continue;
    }
    for (const { name, reason } of own) {
      notChecked.add(stack, `secret ${name}`, reason);
    }
  }
}

/** Stacks that reach AWS alike are asked for together. */
function byWay(credentials: readonly CredentialFacts[]): readonly (readonly CredentialFacts[])[] {
  const ways = new Map<string, CredentialFacts[]>();
  for (const facts of credentials) {
    const way = JSON.stringify(facts.stack.aws);
    ways.set(way, [...(ways.get(way) ?? []), facts]);
  }
  return [...ways.values()];
}

interface Told {
  readonly byName: Answers;
  /** By the recorded ARN, of those that are not there by their name. */
  readonly byArn: Answers;
}

async function ask(
  credentials: readonly CredentialFacts[],
  environment: Environment,
): Promise<Told | { readonly reason: string }> {
  const store = openStore(credentials[0]?.stack.aws ?? {}, environment);
  try {
    return await askStore(credentials, store);
  } finally {
    store.close();
  }
}

/** By name first. What is not there by its name may be in another account, so its recorded ARN is asked for as well. */
async function askStore(
  credentials: readonly CredentialFacts[],
  store: SecretStore,
): Promise<Told | { readonly reason: string }> {
  const byName = await lookAtSecrets(
    credentials.map(({ credential }) => credential.secret.name),
    store,
  );
  const unreachable = [...byName.values()].find((answer) => answer.kind === "unreachable");
  if (unreachable !== undefined) {
    return { reason: `AWS could not be asked: ${unreachable.reason}` };
  }
  const lost = credentials.flatMap((facts) =>
    byName.get(facts.credential.secret.name)?.kind === "missing" ? (recordedArnOf(facts) ?? []) : [],
  );
  return { byName, byArn: await lookAtSecrets(lost, store) };
}

function verdictOf(facts: CredentialFacts, { byName, byArn }: Told, redactor: Redactor): SecretVerdict {
  const arn = recordedArnOf(facts);
  const answer = byName.get(facts.credential.secret.name) ?? { kind: "missing" as const };
  if (answer.kind !== "missing" || arn === undefined) {
    return secretVerdict(facts, answer, redactor);
  }
  const accounts = [...byName.values()].flatMap((one) =>
    one.kind === "found" ? (accountIn(one.arn) ?? []) : [],
  );
  if (accounts.length > 0 && !accounts.includes(accountIn(arn) ?? "")) {
    const notChecked = `it is in another AWS account than the keys (${arn})`;
    return { state: null, writtenAt: null, notChecked };
  }
  return secretVerdict(facts, byArn.get(arn) ?? answer, redactor);
}
