// Whose a stored secret is: what AWS says of it against what the stack records and which clients its credential has (pure).
import { groupBy } from "../../../common/groupBy";
import { mapKnown } from "../../../common/known";
import { isSecretKept } from "../../../declarations/adoption";
import { isSameId } from "../../../declarations/canonicalId";
import { type StoredPair } from "../../world/storedPair";
import { otherHostsProblem, type SecretStanding, standingOfSecret } from "../../world/storedSecret";
import { type NotChecked } from "../notChecked";
import { credentialId, type CredentialFacts, recordedArnOf, type SecretVerdict } from "../read/auditFacts";
import { type SecretAnswer } from "../read/secretAnswers";

/** What every verdict begins as. */
const unknown = { state: null, writtenAt: null } as const;

/** The verdicts by {@link credentialId}, of the credentials whose secret was asked for; what could not be looked at is told. */
export function secretVerdicts(
  credentials: readonly CredentialFacts[],
  answers: ReadonlyMap<string, SecretAnswer>,
  notChecked: NotChecked,
): ReadonlyMap<string, SecretVerdict> {
  const judged = credentials.flatMap((facts) => {
    const id = credentialId(facts.stack.stack, facts.credential.key);
    const answer = answers.get(id);
    return answer === undefined ? [] : [{ id, facts, verdict: secretVerdict(facts, answer) }];
  });
  for (const [stack, own] of groupBy(judged, ({ facts }) => facts.stack.stack)) {
    const unread = own.flatMap(({ facts, verdict: { notChecked: reason } }) =>
      reason === undefined ? [] : [{ name: facts.credential.secret.name, reason }],
    );
    const [first] = unread;
    if (first !== undefined && unread.length === own.length) {
      // What refuses all of them is told once.
      notChecked.add(stack, `stored secrets (${own.length})`, `${first.name}: ${first.reason}`, ["secret"]);
      continue;
    }
    for (const { name, reason } of unread) {
      notChecked.add(stack, `secret ${name}`, reason);
    }
  }
  return new Map(judged.map(({ id, verdict }) => [id, verdict]));
}

export function secretVerdict(facts: CredentialFacts, answer: SecretAnswer): SecretVerdict {
  if (answer.kind === "otherAccount") {
    return { ...unknown, notChecked: `it is in another AWS account than the keys (${answer.arn})` };
  }
  const { recorded, declarations } = facts.stack;
  const arns = mapKnown(recorded, ({ secrets }) => new Set(secrets.map(({ arn }) => arn)));
  const standing = standingOfSecret(answer, arns, { value: declarations });
  const verdict = verdictOf(facts, standing);
  return "arn" in standing ? { ...verdict, arn: standing.arn } : verdict;
}

function verdictOf(facts: CredentialFacts, standing: SecretStanding): SecretVerdict {
  const writtenAt = ("writtenAt" in standing ? standing.writtenAt : undefined) ?? null;
  switch (standing.kind) {
    case "refused":
      return { ...unknown, notChecked: `AWS does not let the deployer look at it: ${standing.reason}` };
    case "failed":
    case "unreachable":
      return { ...unknown, notChecked: `AWS could not be asked: ${standing.reason}` };
    case "missing":
      return missingVerdict(facts, "does not exist");
    case "scheduled":
      return missingVerdict(facts, `is scheduled for deletion (DeletedDate ${standing.deletedAt})`);
    case "elsewhere": {
      const own = recordedArnOf(facts);
      const problem =
        own === undefined
          ? "exists already and is not in this stack's state: somebody else made it, or another stack writes it"
          : `is not the one in this stack's state (${own}): somebody else made it anew, or another stack writes it`;
      return {
        ...unknown,
        state: "foreign",
        problem: { kind: "shared-secret", problem: `${problem}; AWS has ${standing.arn}` },
      };
    }
    case "empty":
      return missingVerdict(facts, "holds no value under AWSCURRENT");
    case "unreadable":
      return { ...unknown, notChecked: `its value cannot be read: ${standing.reason}` };
    case "strange":
      return foreign(
        standing.isBytes
          ? "AWSCURRENT holds bytes instead of the text that this program writes"
          : "AWSCURRENT is not what this program writes: somebody else wrote it",
        writtenAt,
      );
    case "otherHosts":
      return foreign(otherHostsProblem(standing.pair, standing.expected), writtenAt);
    case "pair":
      return pairVerdict(facts, standing.pair, writtenAt);
  }
}

function missingVerdict(facts: CredentialFacts, words: string): SecretVerdict {
  const { credential, clients } = facts;
  if (isSecretKept(credential)) {
    return { ...unknown, state: "unpublished" };
  }
  const current = clients.find(({ isCurrent }) => isCurrent);
  const missing = { ...unknown, state: "missing" } as const;
  // Where the current client is gone as well, that is told, and one update makes both again.
  return current?.live === undefined
    ? missing
    : {
        ...missing,
        problem: {
          kind: "missing-secret",
          problem: `${words}, although the credential's OAuth client lives: consumers have nothing to read`,
        },
      };
}

function pairVerdict(
  { clients }: CredentialFacts,
  { clientId: namedId }: StoredPair,
  writtenAt: string | null,
): SecretVerdict {
  const named = clients.find(({ clientId }) => isSameId(clientId, namedId));
  const current = clients.find(({ isCurrent }) => isCurrent);
  // Of two in one slot that no state tells apart, the one that the secret names is the slot's.
  const isOfSlot = named !== undefined && named.recorded === undefined && named.slot === current?.slot;
  if (named?.isCurrent === true || isOfSlot) {
    return { state: "ours", writtenAt, namedId };
  }
  const instead = current?.clientId == null ? "" : ` instead of the current one, ${current.clientId}`;
  const problem =
    named === undefined
      ? `AWSCURRENT names OAuth client ${namedId}, which is none of this credential${instead}`
      : `AWSCURRENT names the former OAuth client ${namedId} (generation ${named.generation})${instead}`;
  return { ...foreign(problem, writtenAt), namedId };
}

function foreign(problem: string, writtenAt: string | null): SecretVerdict {
  return { state: "foreign", writtenAt, problem: { kind: "foreign-secret", problem } };
}
