// What a plan means for the place of one credential's stored secret: where it is, and how it is kept (pure).
import { groupBy } from "../../../common/groupBy";
import { type Finding, linesOn } from "./finding";
import { phrase, type Phrase, shownName } from "./phrase";
import { type Planned } from "../plan/plannedResources";
import { type SecretState } from "../plan/secretStates";
import { secretEnd } from "./retirement";
import { type CredentialPlan } from "../plan/stackPlan";
import { copiesEnd } from "./stopping";
import { tagChanges } from "./tagChanges";
import { presentClient, turnOf } from "./turn";

/** @param key The credential's. */
export function* secretFindings(key: string, plan: CredentialPlan): Generator<Finding> {
  const { secrets, pairs } = plan;
  // A new secret is made first, gets the pair, and then the former one is deleted.
  const isCarried = pairs.some((pair) => pair.isUpdated && !pair.isReplaced);
  for (const secret of secrets) {
    yield* oneSecret(key, secret, isCarried, copiesLife(plan));
  }
}

/** Tags that the stack gives to everything: the same change once, for all secrets that have no other change of their tags. */
export function defaultTagFindings(plans: readonly CredentialPlan[]): Finding[] {
  const changed = plans.flatMap(({ key, secrets }) =>
    secrets.flatMap(({ before, after, isReplaced, differences }) =>
      isReplaced || before === undefined || before.tags !== after?.tags || !differences.includes("tagsAll")
        ? []
        : [{ key, what: tagChanges(before.allTags, after.allTags) }],
    ),
  );
  return [...groupBy(changed, ({ what }) => JSON.stringify(what)).values()].map((some) => {
    const [first] = some;
    const isOne = some.length === 1;
    const of = isOne ? phrase`the secret` : phrase`${some.length} secrets`;
    const line = linesOn(isOne ? first?.key : undefined)("DEFAULT_TAGS");
    return first?.what === undefined
      ? line`tags of ${of} change, by aws:defaultTags`
      : line`tags of ${of}, by aws:defaultTags: ${first.what}`;
  });
}

/** How long the pair works that consumers hold of a secret which they do not find any more. */
function copiesLife(plan: CredentialPlan): Phrase {
  const present = presentClient(plan);
  if (present !== undefined && copiesEnd(present)) {
    return phrase``;
  }
  return turnOf(plan) === undefined
    ? phrase`: the pair that it has goes on working until the second rotation, or the first one without an overlap`
    : phrase`: the pair that it has goes on working until the next rotation`;
}

function* oneSecret(
  key: string,
  secret: Planned<SecretState>,
  isCarried: boolean,
  life: Phrase,
): Generator<Finding> {
  const line = linesOn(key);
  const { before, after, isReplaced, isRetained } = secret;
  if (before === undefined) {
    yield* after === undefined ? [] : [line("SECRET_CREATED")`secret ${shownName(after.name)} is created`];
    return;
  }
  if (secret.isGone) {
    yield line("SECRET_REMADE")`secret ${shownName(before.name)} is gone from AWS and is made anew`;
    return;
  }
  const isGone = after === undefined || isReplaced;
  if (isRetained && isGone) {
    yield line("SECRET_LET_GO")`secret ${shownName(before.name)} is left alone: Pulumi lets go of it`;
    return;
  }
  if (after !== undefined && isReplaced) {
    const pair = isCarried ? phrase`, with the same pair` : phrase``;
    yield movedSecret(key, before, after, pair, life);
  }
  if (isGone) {
    const end = secretEnd(before.recoveryWindowInDays);
    const worth = after === undefined ? phrase`, but names clients that this update deletes` : phrase``;
    yield end.isIrreversible
      ? line("SECRET_DELETED_FOR_GOOD")`secret ${shownName(before.name)} is ${end.phrase}`
      : line("SECRET_DELETED")`secret ${shownName(before.name)} is deleted; it ${end.phrase}${worth}`;
  }
  if (after !== undefined) {
    yield* keepingFindings(key, secret, before, after);
  }
}

/** Another name, another region, or another ARN under the same name. */
function movedSecret(
  key: string,
  before: SecretState,
  after: SecretState,
  pair: Phrase,
  life: Phrase,
): Finding {
  const [was, is] = [shownName(before.name), shownName(after.name)];
  const [from, to] = [before.region ?? "", after.region ?? ""];
  const isOtherRegion = from !== to && from !== "" && to !== "";
  const isRenamed = was !== is;
  const breakage = {
    who: isRenamed
      ? phrase`every consumer that reads secret ${was}`
      : isOtherRegion
        ? phrase`every consumer that reads secret ${was} in ${from}`
        : phrase`every consumer that reads secret ${was} by its ARN`,
    when: phrase`from its next read after this update${life}`,
    wayBack: wayBackOf(before),
  };
  const place = isOtherRegion ? phrase` in region ${from} -> ${to}` : phrase``;
  const line = linesOn(key);
  return isRenamed
    ? line("SECRET_RENAMED", { breakage })`secret ${was} -> ${is}${place}${pair}`
    : isOtherRegion
      ? line("SECRET_REGION_MOVED", { breakage })`secret ${was}: region ${from} -> ${to}${pair}`
      : line("SECRET_MADE_ANEW", { breakage })`secret ${was} is made anew, with another ARN${pair}`;
}

function wayBackOf({ name, recoveryWindowInDays: days }: SecretState): Phrase {
  return days === 0
    ? phrase`a revert makes secret ${shownName(name)} again, with the same pair; until then let consumers read the new place`
    : phrase`let consumers read the new place; for a revert the deleted ${shownName(name)} has to go for good first, as its preview says`;
}

function* keepingFindings(
  key: string,
  { isRepaired }: Planned<SecretState>,
  before: SecretState,
  after: SecretState,
): Generator<Finding> {
  const line = linesOn(key);
  const [was, is] = [before.recoveryWindowInDays, after.recoveryWindowInDays];
  if (was !== undefined && is !== undefined && was !== is) {
    const words = phrase`recovery window of the secret ${was} -> ${is} days`;
    yield is === 0
      ? line("RECOVERY_WINDOW_NONE")`${words}: a later deletion is for good`
      : line("RECOVERY_WINDOW_CHANGED")`${words}`;
  }
  if (before.kmsKeyId !== after.kmsKeyId) {
    const breakage = {
      who: phrase`consumers of secret ${shownName(before.name)} that may not decrypt with ${after.kmsKeyId ?? ""}`,
      when: phrase`from their next read after this update`,
      wayBack:
        before.kmsKeyId === undefined
          ? phrase`give them the right to use the key; a revert is refused with SECRET_KEY_STAYS, which says how to take the key off`
          : phrase`give them the right to use the key, or revert`,
    };
    yield after.kmsKeyId === undefined
      ? line(
          "ENCRYPTION_KEY_CHANGED",
        )`encryption key ${before.kmsKeyId ?? ""} is not declared any more; AWS keeps it until it is taken off there (SECRET_KEY_STAYS in docs/errors.md)`
      : line("ENCRYPTION_KEY_SET", {
          breakage,
        })`encryption key ${before.kmsKeyId ?? "of the account"} -> ${after.kmsKeyId}: whoever reads the secret needs the right to use it`;
  }
  if (before.tags !== after.tags) {
    const changes = tagChanges(before.tags, after.tags);
    yield changes === undefined
      ? line("SECRET_TAGS")`tags of the secret change`
      : line("SECRET_TAGS")`tags of the secret: ${changes}`;
  }
  if (isRepaired) {
    yield line(
      "UPDATE_REPAIRED",
    )`the last update of secret ${shownName(before.name)} failed, and state may hold what AWS refused: \`pulumi up --refresh\` finishes it, this update by itself may not`;
  }
}
