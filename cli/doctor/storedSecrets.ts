// Whether each declared secret is there, can be read, and names a live OAuth client of its credential.
import { slotOwning } from "../../common/slot";
import { type Known } from "../../common/known";
import { isSecretKept } from "../../declarations/adoption";
import { canonicalId } from "../../declarations/canonicalId";
import { type Endpoints } from "../../declarations/endpoints";
import { type ResolvedCredential } from "../../declarations/resolve";
import { type OAuthClientEntity } from "../../genesys/wire";
import { secretNameIn } from "../../secrets/arn";
import { currentLabel } from "../../secrets/store";
import { provenClients } from "../world/credentialClients";
import { clientsInSlot, isOfEarlierGeneration, type LiveClient } from "../world/liveClients";
import { type StoredSecret } from "../world/secretLookup";
import { type StackState } from "../world/stackState";
import { type StoredPair } from "../world/storedPair";
import { otherHostsProblem, standingOfPair, standingOfSecret } from "../world/storedSecret";
import { type Line, linesOn, type LinesOn } from "./line";

/** What the secrets are compared with. */
export interface SecretSurroundings {
  readonly everyClient: Known<readonly OAuthClientEntity[]>;
  readonly endpoints: Known<Endpoints>;
  readonly stack: string;
  readonly state: Known<StackState>;
  /** Every credential of the stack. */
  readonly declared: readonly ResolvedCredential[];
  /** ARNs of the secrets in this stack's state. */
  readonly arnsInState: Known<ReadonlySet<string>>;
}

/** One line for one credential's secret. @param stored Undefined where it was not asked for, since AWS did not answer before. */
export function checkStoredSecret(
  credential: ResolvedCredential,
  stored: StoredSecret | undefined,
  around: SecretSurroundings,
): Line {
  const { name } = credential.secret;
  const lines = linesOn("AWS", "secret", `secret ${name}`);
  const { pass, warn, fail, notChecked } = lines;
  const recover = `\`npm run credentials -- recover --stack ${around.stack}\``;
  if (stored === undefined) {
    return notChecked("AWS does not answer");
  }
  const standing = standingOfSecret(stored, around.arnsInState, around.endpoints);
  if (isSecretKept(credential) && standing.kind !== "scheduled" && "arn" in standing) {
    return fail(
      "exists, although nothing is stored for an adopted client whose secret is kept: the first rotation cannot make it",
      "see who made it and delete it, or write another secret.name",
    );
  }
  switch (standing.kind) {
    case "unreachable":
      return notChecked("AWS does not answer");
    case "refused":
      return fail(
        `the deployer may not look at it: ${standing.reason}`,
        "allow secretsmanager:DescribeSecret on it (docs/security.md has the whole policy)",
      );
    case "failed":
      return fail(
        `AWS cannot tell of it: ${standing.reason}`,
        "check secret.name and the region; where AWS is busy, run this again",
      );
    case "missing":
      return isSecretKept(credential)
        ? pass("nothing stored before the first rotation: the client was adopted with its secret kept")
        : missingLine(lines, credential, around);
    case "scheduled":
      return standing.isElsewhere
        ? fail(
            `is scheduled for deletion (DeletedDate ${standing.deletedAt}) and is not in this stack's state: its name is taken`,
            `${recover}, which brings it back; or wait for the deletion, or write another secret.name`,
          )
        : fail(
            `is scheduled for deletion (DeletedDate ${standing.deletedAt}): nobody can read or write it`,
            `\`aws secretsmanager restore-secret --secret-id ${name}\`, or wait for the deletion and run \`pulumi up --refresh\``,
          );
    case "elsewhere":
      return fail(
        "exists, and is not in this stack's state: somebody else made it, or another stack writes it",
        `where the state was lost, ${recover}; else declare another secret.name, or delete that secret in AWS if nobody reads it`,
      );
    case "empty":
      return warn(
        "holds no value under AWSCURRENT",
        "run `pulumi up --refresh`, which stores the credential's pair",
      );
    case "unreadable":
      return fail(
        `its value cannot be read: ${standing.reason}`,
        "allow secretsmanager:GetSecretValue on it, and kms:Decrypt on a key of your own (docs/security.md)",
      );
    case "strange":
      return fail(
        "AWSCURRENT is a foreign version: no client id, client secret and both hosts in it",
        foreignRemedy,
      );
    case "otherHosts":
      return fail(
        otherHostsProblem(standing.pair, standing.expected),
        "correct the region, or run `pulumi up --refresh`, which stores the pair anew",
      );
    case "pair":
      return pairLine(lines, credential, standing.pair, around);
  }
}

const foreignRemedy =
  "see who wrote it; `pulumi up --refresh` gives AWSCURRENT back to the credential's own version";

function missingLine(
  { pass, fail, notChecked }: LinesOn,
  credential: ResolvedCredential,
  around: SecretSurroundings,
): Line {
  if (!("value" in around.everyClient)) {
    return notChecked(`it does not exist, and whether it should is not known: ${around.everyClient.reason}`);
  }
  const { rotation } = credential;
  const live = clientsIn(around, credential, around.everyClient.value);
  const [own] = clientsInSlot(live, slotOwning(rotation.generation));
  const hasClient = own !== undefined && !isOfEarlierGeneration(own, rotation.generation, rotation);
  // A rotation that is declared and not deployed hides no loss: the state knows the secret.
  const arns = "value" in around.arnsInState ? [...around.arnsInState.value] : [];
  const isRecorded = arns.some((arn) => secretNameIn(arn) === credential.secret.name);
  return hasClient || isRecorded
    ? fail(
        `does not exist, although ${hasClient ? "the credential's OAuth client does" : "it is in this stack's state"}: consumers have nothing to read`,
        "run `pulumi up --refresh`, which makes it again; check the AWS account and region if it should be there",
      )
    : pass("does not exist yet; the next update makes it");
}

function pairLine(
  { pass, warn, fail, notChecked }: LinesOn,
  credential: ResolvedCredential,
  pair: StoredPair,
  around: SecretSurroundings,
): Line {
  const { everyClient } = around;
  const { clientId } = pair;
  const { rotation } = credential;
  if (!("value" in everyClient)) {
    return notChecked(`it is readable, and whose client it names is not known: ${everyClient.reason}`);
  }
  const live = clientsIn(around, credential, everyClient.value, clientId);
  const { named, slot, behind } = standingOfPair(pair, live, rotation);
  if (named === undefined) {
    return fail(
      `AWSCURRENT names ${clientId}, which is no live OAuth client of this credential`,
      foreignRemedy,
    );
  }
  const found = `readable; AWSCURRENT names ${clientId}, in slot ${named.slot}`;
  const late =
    named.slot === slot ? behind : `and generation ${rotation.generation}, of slot ${slot}, is declared`;
  return late === undefined
    ? pass(found)
    : warn(
        `${found}, ${late}`,
        "run `pulumi up --refresh`, which brings the secret to the declared generation",
      );
}

/** @param clientId That AWSCURRENT names: it may be the credential's although its description was edited. */
function clientsIn(
  { stack, state, declared }: SecretSurroundings,
  credential: ResolvedCredential,
  everyClient: readonly OAuthClientEntity[],
  clientId?: string,
): readonly LiveClient[] {
  const clients = clientId === undefined ? [] : [{ clientId: canonicalId(clientId), labels: [currentLabel] }];
  return provenClients({ credential, stack, declared }, { everyClient, state, named: { clients } }).clients;
}
