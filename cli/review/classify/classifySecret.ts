// What a plan means for the place of one credential's stored secret: where it is, and how it is kept (pure).
import { type Finding, linesOn } from "./finding";
import { phrase, shownName } from "./phrase";
import { type Planned } from "../plan/plannedResources";
import { type SecretState } from "../plan/secretStates";
import { secretEnd } from "./retirement";
import { type CredentialPlan } from "../plan/stackPlan";

/** @param key The credential's. */
export function* secretFindings(key: string, { secrets, pairs }: CredentialPlan): Generator<Finding> {
  // A new secret is made first, gets the pair, and then the former one is deleted.
  const isCarried = pairs.some((pair) => pair.isUpdated && !pair.isReplaced);
  for (const secret of secrets) {
    yield* oneSecret(key, secret, isCarried);
  }
}

function* oneSecret(key: string, secret: Planned<SecretState>, isCarried: boolean): Generator<Finding> {
  const { neutral, gone } = linesOn(key);
  const { before, after, isReplaced, isRetained } = secret;
  if (before === undefined) {
    yield* after === undefined ? [] : [neutral`secret ${shownName(after.name)} is created`];
    return;
  }
  if (secret.isGone) {
    yield neutral`secret ${shownName(before.name)} is gone from AWS and is made anew`;
    return;
  }
  const isGone = after === undefined || isReplaced;
  if (isRetained && isGone) {
    yield neutral`secret ${shownName(before.name)} is left alone: Pulumi lets go of it`;
    return;
  }
  if (after !== undefined && isReplaced) {
    const pair = isCarried ? phrase` with the same pair` : phrase``;
    yield before.name === after.name
      ? neutral`secret ${shownName(before.name)} is made anew${pair}`
      : neutral`secret moves to ${shownName(after.name)}${pair}: consumers of ${shownName(before.name)} must read it there`;
  }
  if (isGone) {
    const end = secretEnd(before.recoveryWindowInDays);
    yield end.isIrreversible
      ? gone`secret ${shownName(before.name)} is ${end.phrase}`
      : neutral`secret ${shownName(before.name)} is deleted; it ${end.phrase}`;
  }
  if (after !== undefined) {
    yield* keepingFindings(key, secret, before, after);
  }
}

function* keepingFindings(
  key: string,
  { isRepaired, differences }: Planned<SecretState>,
  before: SecretState,
  after: SecretState,
): Generator<Finding> {
  const { neutral, narrower, atRisk } = linesOn(key);
  const [was, is] = [before.recoveryWindowInDays, after.recoveryWindowInDays];
  if (was !== undefined && is !== undefined && was !== is) {
    const words = phrase`recovery window of the secret ${was} -> ${is} days`;
    yield is === 0 ? atRisk`${words}: a later deletion is for good` : neutral`${words}`;
  }
  if (before.kmsKeyId !== after.kmsKeyId) {
    yield after.kmsKeyId === undefined
      ? neutral`encryption key ${before.kmsKeyId ?? ""} is not declared any more; AWS keeps it until the command that SECRET_KEY_STAYS names has been run`
      : before.kmsKeyId === undefined
        ? narrower`encryption key ${"of the account"} -> ${after.kmsKeyId}`
        : neutral`encryption key ${before.kmsKeyId} -> ${after.kmsKeyId}`;
  }
  if (before.tags !== after.tags) {
    yield neutral`tags of the secret ${before.tags} -> ${after.tags}`;
  } else if (differences.includes("tagsAll")) {
    yield neutral`tags that every resource gets (aws:defaultTags) change`;
  }
  if (isRepaired) {
    yield neutral`the last update of secret ${shownName(before.name)} failed, and state may hold what AWS refused: \`pulumi up --refresh\` finishes it, this update by itself may not`;
  }
}
