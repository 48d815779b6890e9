// Whose a stored secret is: what AWS says of it against what the stack records and which clients its credential has (pure).
import { isSecretKept } from "../../../declarations/adoption";
import { isSameId } from "../../../declarations/canonicalId";
import { sameAccount } from "../../../secrets/arn";
import { parseSecretPayload } from "../../../secrets/payload";
import { type Redactor } from "../../../common/redact";
import { type StoredSecret } from "../../world/secretLookup";
import { type CredentialFacts, type SecretVerdict } from "../read/auditFacts";
import { recordedArnOf } from "../read/recordedArn";

type Found = Extract<StoredSecret, { kind: "found" }>;

/** What every verdict begins as. */
const unknown = { state: null, writtenAt: null } as const;

/** @param redactor Learns what is read. */
export function secretVerdict(
  facts: CredentialFacts,
  stored: StoredSecret,
  redactor: Redactor,
): SecretVerdict {
  switch (stored.kind) {
    case "refused":
      return { ...unknown, notChecked: `AWS does not let the deployer look at it: ${stored.reason}` };
    case "failed":
    case "unreachable":
      return { ...unknown, notChecked: `AWS could not be asked: ${stored.reason}` };
    case "missing":
      return missingVerdict(facts, "does not exist");
    case "found":
      return foundVerdict(facts, stored, redactor);
  }
}

function missingVerdict(facts: CredentialFacts, words: string): SecretVerdict {
  const { credential, clients } = facts;
  if (isSecretKept(credential)) {
    return { ...unknown, state: "unpublished" };
  }
  const current = clients.find(({ isCurrent }) => isCurrent);
  // Where the current client is gone as well, that is told, and one update makes both again.
  return current?.live === undefined
    ? { ...unknown, state: "missing" }
    : {
        ...unknown,
        state: "missing",
        problem: {
          kind: "missing-secret",
          problem: `${words}, although the credential's OAuth client lives: consumers have nothing to read`,
        },
      };
}

function foundVerdict(facts: CredentialFacts, stored: Found, redactor: Redactor): SecretVerdict {
  const { recorded } = facts.stack;
  const own = recordedArnOf(facts);
  if (own !== undefined && !sameAccount(own, stored.arn)) {
    return { ...unknown, notChecked: `it is in another AWS account than the keys (${own})` };
  }
  if (stored.deletedAt !== undefined) {
    const verdict = missingVerdict(facts, `is scheduled for deletion (DeletedDate ${stored.deletedAt})`);
    return { ...verdict, arn: stored.arn };
  }
  if ("value" in recorded && !recorded.value.secrets.some(({ arn }) => arn === stored.arn)) {
    const problem =
      own === undefined
        ? "exists already and is not in this stack's state: somebody else made it, or another stack writes it"
        : `is not the one in this stack's state (${own}): somebody else made it anew, or another stack writes it`;
    return {
      ...unknown,
      arn: stored.arn,
      state: "foreign",
      problem: { kind: "shared-secret", problem: `${problem}; AWS has ${stored.arn}` },
    };
  }
  return { ...currentVerdict(facts, stored, redactor), arn: stored.arn };
}

function currentVerdict(facts: CredentialFacts, { current }: Found, redactor: Redactor): SecretVerdict {
  if (current === undefined) {
    return missingVerdict(facts, "holds no value under AWSCURRENT");
  }
  if ("refusal" in current) {
    return { ...unknown, notChecked: `its value cannot be read: ${current.refusal}` };
  }
  const writtenAt = current.writtenAt ?? null;
  if (current.text === undefined) {
    return foreign("AWSCURRENT holds bytes instead of the text that this program writes", writtenAt);
  }
  const payload = parseSecretPayload(current.text);
  if (payload === undefined) {
    redactor.add(current.text);
    return foreign("AWSCURRENT is not what this program writes: somebody else wrote it", writtenAt);
  }
  redactor.addClientCredentials(payload.clientId, payload.clientSecret);
  const named = facts.clients.find(({ clientId }) => isSameId(clientId, payload.clientId));
  const current_ = facts.clients.find(({ isCurrent }) => isCurrent);
  // Of two in one slot that no state tells apart, the one that the secret names is the slot's.
  const isOfSlot = named !== undefined && named.recorded === undefined && named.slot === current_?.slot;
  if (named?.isCurrent === true || isOfSlot) {
    return { state: "ours", writtenAt, namedId: payload.clientId };
  }
  const instead = current_?.clientId == null ? "" : ` instead of the current one, ${current_.clientId}`;
  const problem =
    named === undefined
      ? `AWSCURRENT names OAuth client ${payload.clientId}, which is none of this credential${instead}`
      : `AWSCURRENT names the former OAuth client ${payload.clientId} (generation ${named.generation})${instead}`;
  return { ...foreign(problem, writtenAt), namedId: payload.clientId };
}

function foreign(problem: string, writtenAt: string | null): SecretVerdict {
  return { state: "foreign", writtenAt, problem: { kind: "foreign-secret", problem } };
}
