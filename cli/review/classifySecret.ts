// What a plan means for the stored secret of one credential: where it is, how it is kept, whether its value changes (pure).
import { type Finding, finding } from "./finding";
import { phrase } from "./phrase";
import { type Planned } from "./plannedResources";
import { type SecretState } from "./resourceStates";
import { secretEnd } from "./retirement";
import { type CredentialPlan } from "./stackPlan";

/** @param key The credential's. */
export function secretFindings(key: string, plan: CredentialPlan): Finding[] {
  return [...plan.secrets.flatMap((secret) => oneSecret(key, secret)), ...versionFindings(key, plan)];
}

function oneSecret(key: string, secret: Planned<SecretState>): Finding[] {
  const { before, after, isReplaced, isRetained } = secret;
  if (before === undefined) {
    return after === undefined ? [] : [finding(key, "neutral", phrase`secret ${nameOf(after)} is created`)];
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
  const move = isReplaced
    ? [
        finding(
          key,
          "neutral",
          before.name === after.name
            ? phrase`secret ${nameOf(before)} is made anew`
            : phrase`secret moves to ${nameOf(after)}: consumers of ${nameOf(before)} must read it there`,
        ),
      ]
    : [];
  return [...move, ...endFinding, ...keepingFindings(key, before, after)];
}

function keepingFindings(key: string, before: SecretState, after: SecretState): Finding[] {
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
        ? finding(key, "wider", phrase`encryption key ${before.kmsKeyId ?? ""} -> the account's own key`)
        : finding(
            key,
            before.kmsKeyId === undefined ? "narrower" : "neutral",
            phrase`encryption key ${before.kmsKeyId ?? "of the account"} -> ${after.kmsKeyId}`,
          ),
    );
  }
  if (before.tags !== after.tags) {
    findings.push(finding(key, "neutral", phrase`tags of the secret ${before.tags} -> ${after.tags}`));
  }
  return findings;
}

/**
 * Pulumi shows the version as replaced whenever its client is updated, because it cannot know that the secret stays. That is
 * noise: the value changes only when another client is named, or when the version changes with no change of its client.
 */
function versionFindings(key: string, { versions, clients, secrets }: CredentialPlan): Finding[] {
  return versions.flatMap(({ before, after, isReplaced }) => {
    if (before === undefined || after === undefined || !isReplaced) {
      return []; // made or removed together with its secret
    }
    const name = nameOf(secrets.map((secret) => secret.after ?? secret.before)[0]);
    const client = clients.find(({ urn }) => urn === after.clientUrn);
    const isOtherClient =
      before.clientUrn !== after.clientUrn || client?.isReplaced === true || client?.before === undefined;
    if (client !== undefined && isOtherClient) {
      return [
        finding(
          key,
          "neutral",
          phrase`secret ${name} gets a new version; consumers read it before the next rotation`,
        ),
      ];
    }
    return clients.some(({ isUpdated }) => isUpdated) || secrets.some((secret) => secret.isReplaced)
      ? []
      : [
          finding(
            key,
            "neutral",
            phrase`secret ${name} gets a new version for the same client: its keys are spelt, or its URLs are, in another way`,
          ),
        ];
  });
}

function nameOf(secret: SecretState | undefined): string {
  return secret?.name ?? "with a name that the preview does not show";
}
