// What a plan means for the place of one credential's stored secret: where it is, and how it is kept (pure).
import { type Finding, finding } from "./finding";
import { phrase } from "./phrase";
import { type Planned } from "../plan/plannedResources";
import { type SecretState } from "../plan/resourceStates";
import { secretEnd } from "./retirement";
import { type CredentialPlan } from "../plan/stackPlan";

/** @param key The credential's. */
export function secretFindings(key: string, plan: CredentialPlan): Finding[] {
  return plan.secrets.flatMap((secret) => oneSecret(key, secret, plan));
}

function oneSecret(key: string, secret: Planned<SecretState>, { pairs }: CredentialPlan): Finding[] {
  const { before, after, isReplaced, isRetained } = secret;
  if (before === undefined) {
    return after === undefined ? [] : [finding(key, "neutral", phrase`secret ${nameOf(after)} is created`)];
  }
  if (secret.isGone) {
    return [finding(key, "neutral", phrase`secret ${nameOf(before)} is gone from AWS and is made anew`)];
  }
  const isGone = after === undefined || isReplaced;
  if (isRetained && isGone) {
    return [finding(key, "neutral", phrase`secret ${nameOf(before)} is left alone: Pulumi lets go of it`)];
  }
  const end = isGone ? secretEnd(before.recoveryWindowInDays) : undefined;
  const endFinding =
    end === undefined
      ? []
      : [
          finding(
            key,
            end.isIrreversible ? "lost" : "neutral",
            phrase`secret ${nameOf(before)} is ${end.isIrreversible ? end.phrase : phrase`deleted; it ${end.phrase}`}`,
            { risks: end.isIrreversible ? ["irreversible"] : [] },
          ),
        ];
  if (after === undefined) {
    return endFinding;
  }
  // It is made first, gets the pair, and then the former one is deleted.
  const isCarried = pairs.some((pair) => pair.isUpdated && !pair.isReplaced);
  const pair = isCarried ? phrase` with the same pair` : phrase``;
  const move = isReplaced
    ? [
        finding(
          key,
          "neutral",
          before.name === after.name
            ? phrase`secret ${nameOf(before)} is made anew${pair}`
            : phrase`secret moves to ${nameOf(after)}${pair}: consumers of ${nameOf(before)} must read it there`,
        ),
      ]
    : [];
  return [...move, ...endFinding, ...keepingFindings(key, secret, before, after)];
}

function keepingFindings(
  key: string,
  { isRepaired, differences }: Planned<SecretState>,
  before: SecretState,
  after: SecretState,
): Finding[] {
  const findings: Finding[] = [];
  const [was, is] = [before.recoveryWindowInDays, after.recoveryWindowInDays];
  if (was !== undefined && is !== undefined && was !== is) {
    const words = phrase`recovery window of the secret ${was} -> ${is} days`;
    findings.push(
      is === 0
        ? finding(key, "neutral", phrase`${words}: a later deletion is for good`, { risks: ["irreversible"] })
        : finding(key, "neutral", words),
    );
  }
  if (before.kmsKeyId !== after.kmsKeyId) {
    findings.push(
      after.kmsKeyId === undefined
        ? finding(
            key,
            "neutral",
            phrase`encryption key ${before.kmsKeyId ?? ""} is not declared any more; AWS keeps it until the command that SECRET_KEY_STAYS names has been run`,
          )
        : finding(
            key,
            before.kmsKeyId === undefined ? "narrower" : "neutral",
            phrase`encryption key ${before.kmsKeyId ?? "of the account"} -> ${after.kmsKeyId}`,
          ),
    );
  }
  if (before.tags !== after.tags) {
    findings.push(finding(key, "neutral", phrase`tags of the secret ${before.tags} -> ${after.tags}`));
  } else if (differences.includes("tagsAll")) {
    findings.push(finding(key, "neutral", phrase`tags that every resource gets (aws:defaultTags) change`));
  }
  if (isRepaired) {
    findings.push(
      finding(
        key,
        "neutral",
        phrase`the last update of secret ${nameOf(before)} failed, and state may hold what AWS refused: \`pulumi up --refresh\` finishes it, this update by itself may not`,
      ),
    );
  }
  return findings;
}

function nameOf(secret: SecretState | undefined): string {
  return secret?.name ?? "with a name that the preview does not show";
}
