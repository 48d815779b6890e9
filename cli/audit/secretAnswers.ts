// Asks AWS about the secrets of the live stacks, and has each answer judged.
import { type Environment } from "../../declarations/endpoints";
import { type Redactor } from "../../common/redact";
import { messageOf } from "../known";
import { lookAtSecrets, type StoredSecret } from "../secretLookup";
import { credentialId, type CredentialFacts } from "./auditFacts";
import { type NotChecked } from "./notChecked";
import { accountIn, recordedArnOf } from "./secretArns";
import { secretVerdict, type SecretVerdict } from "./secretVerdict";

type Answers = ReadonlyMap<string, StoredSecret>;

/** The verdicts by {@link credentialId}. Never rejects: what could not be asked is told. */
export async function readSecrets(
  credentials: readonly CredentialFacts[],
  environment: Environment,
  redactor: Redactor,
  notChecked: NotChecked,
): Promise<ReadonlyMap<string, SecretVerdict>> {
  const verdicts = new Map<string, SecretVerdict>();
  const regions = [...new Set(credentials.map(({ stack }) => stack.awsRegion))];
  for (const region of regions) {
    const own = credentials.filter(({ stack }) => stack.awsRegion === region);
    const answers = await askRegion(own, region, environment);
    if (!("answers" in answers)) {
      for (const stack of new Set(own.map((facts) => facts.stack.stack))) {
        notChecked.add(stack, "stored secrets", answers.reason, ["secret"]);
      }
      continue;
    }
    const unread: Unread[] = [];
    for (const facts of own) {
      const verdict = answers.verdictOf(facts, redactor);
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

interface Region {
  readonly answers: Answers;
  verdictOf(facts: CredentialFacts, redactor: Redactor): SecretVerdict;
}

/** By name first. What is not there by its name may be in another account, so its recorded ARN is asked for as well. */
async function askRegion(
  credentials: readonly CredentialFacts[],
  region: string | undefined,
  environment: Environment,
): Promise<Region | { readonly reason: string }> {
  if (region === undefined) {
    return {
      reason: "no AWS region is known; write aws:region in the stack file, or set AWS_REGION",
    };
  }
  try {
    const names = credentials.map(({ credential }) => credential.secret.name);
    const answers = await lookAtSecrets(names, region, environment);
    const unreachable = [...answers.values()].find(({ kind }) => kind === "unreachable");
    if (unreachable?.kind === "unreachable") {
      return { reason: `AWS could not be asked: ${unreachable.reason}` };
    }
    const lost = credentials.flatMap((facts) =>
      answers.get(facts.credential.secret.name)?.kind === "missing" ? (recordedArnOf(facts) ?? []) : [],
    );
    const byArn =
      lost.length === 0 ? new Map<string, StoredSecret>() : await lookAtSecrets(lost, region, environment);
    return { answers, verdictOf: (facts, redactor) => verdictOf(facts, answers, byArn, redactor) };
  } catch (error) {
    return { reason: `AWS could not be asked: ${messageOf(error)}` };
  }
}

function verdictOf(
  facts: CredentialFacts,
  byName: Answers,
  byArn: Answers,
  redactor: Redactor,
): SecretVerdict {
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
