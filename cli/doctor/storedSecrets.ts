// Whether each declared secret is there, can be read, and names a live OAuth client of its credential.
import { slotOwning } from "../../common/slot";
import { isSecretKept } from "../../declarations/adoption";
import { canonicalId, isSameId } from "../../declarations/canonicalId";
import { type Endpoints } from "../../declarations/endpoints";
import { type ResolvedCredential } from "../../declarations/resolve";
import { secretNameIn } from "../../secrets/arn";
import { parseSecretPayload } from "../../secrets/payload";
import { currentLabel, type StoredValue } from "../../secrets/store";
import { type Redactor } from "../../common/redact";
import { type OAuthClientEntity } from "../../genesys/wire";
import {
  type CredentialClient,
  credentialClients,
  provenClients,
  type Wanted,
} from "../world/credentialClients";
import { clientsInSlot, isOfEarlierGeneration } from "../world/liveClients";
import { type Known } from "../../common/known";
import { type StackState } from "../world/stackState";
import { fail, type Line, notChecked, pass, type Subject, warn } from "./line";
import { type StoredSecret } from "../world/secretLookup";
import { generationBehind } from "../world/storedGeneration";

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
  /** Learns what is read. */
  readonly redactor: Redactor;
}

type Found = Extract<StoredSecret, { kind: "found" }>;

/** One line for one credential's secret. @param stored Undefined where it was not asked for, since AWS did not answer before. */
export function checkStoredSecret(
  credential: ResolvedCredential,
  stored: StoredSecret | undefined,
  surroundings: SecretSurroundings,
): Line {
  const { name } = credential.secret;
  const subject: Subject = { area: "AWS", check: "secret", place: `secret ${name}` };
  if (stored === undefined || stored.kind === "unreachable") {
    return notChecked(subject, "AWS does not answer");
  }
  if (stored.kind === "refused") {
    const remedy = `allow secretsmanager:DescribeSecret on it (docs/security.md has the whole policy)`;
    return fail(subject, `the deployer may not look at it: ${stored.reason}`, remedy);
  }
  if (stored.kind === "failed") {
    const remedy = "check secret.name and the region; where AWS is busy, run this again";
    return fail(subject, `AWS cannot tell of it: ${stored.reason}`, remedy);
  }
  if (stored.kind === "missing") {
    return isSecretKept(credential)
      ? pass(subject, "nothing stored before the first rotation: the client was adopted with its secret kept")
      : missingLine(subject, credential, surroundings);
  }
  return foundLine(subject, credential, stored, surroundings);
}

function missingLine(subject: Subject, credential: ResolvedCredential, around: SecretSurroundings): Line {
  if (!("value" in around.everyClient)) {
    return notChecked(
      subject,
      `it does not exist, and whether it should is not known: ${around.everyClient.reason}`,
    );
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
        subject,
        `does not exist, although ${hasClient ? "the credential's OAuth client does" : "it is in this stack's state"}: consumers have nothing to read`,
        "run `pulumi up --refresh`, which makes it again; check the AWS account and region if it should be there",
      )
    : pass(subject, "does not exist yet; the next update makes it");
}

function foundLine(
  subject: Subject,
  credential: ResolvedCredential,
  { arn, deletedAt, current }: Found,
  around: SecretSurroundings,
): Line {
  const { name } = credential.secret;
  const isElsewhere = "value" in around.arnsInState && !around.arnsInState.value.has(arn);
  const recover = `\`npm run credentials -- recover --stack ${around.stack}\``;
  if (deletedAt !== undefined && isElsewhere) {
    return fail(
      subject,
      `is scheduled for deletion (DeletedDate ${deletedAt}) and is not in this stack's state: its name is taken`,
      `${recover}, which brings it back; or wait for the deletion, or write another secret.name`,
    );
  }
  if (deletedAt !== undefined) {
    const remedy = `\`aws secretsmanager restore-secret --secret-id ${name}\`, or wait for the deletion and run \`pulumi up --refresh\``;
    return fail(
      subject,
      `is scheduled for deletion (DeletedDate ${deletedAt}): nobody can read or write it`,
      remedy,
    );
  }
  if (isSecretKept(credential)) {
    return fail(
      subject,
      "exists, although nothing is stored for an adopted client whose secret is kept: the first rotation cannot make it",
      "see who made it and delete it, or write another secret.name",
    );
  }
  if (isElsewhere) {
    return fail(
      subject,
      "exists, and is not in this stack's state: somebody else made it, or another stack writes it",
      `where the state was lost, ${recover}; else declare another secret.name, or delete that secret in AWS if nobody reads it`,
    );
  }
  if (current === undefined) {
    return warn(
      subject,
      "holds no value under AWSCURRENT",
      "run `pulumi up --refresh`, which stores the credential's pair",
    );
  }
  if ("refusal" in current) {
    const remedy =
      "allow secretsmanager:GetSecretValue on it, and kms:Decrypt on a key of your own (docs/security.md)";
    return fail(subject, `its value cannot be read: ${current.refusal}`, remedy);
  }
  return valueLine(subject, credential, current, around);
}

function valueLine(
  subject: Subject,
  credential: ResolvedCredential,
  { text = "", versionId }: StoredValue,
  around: SecretSurroundings,
): Line {
  const { everyClient, endpoints, redactor } = around;
  const { rotation } = credential;
  const remedy =
    "see who wrote it; `pulumi up --refresh` gives AWSCURRENT back to the credential's own version";
  const payload = parseSecretPayload(text);
  if (payload === undefined) {
    redactor.add(text);
    return fail(
      subject,
      "AWSCURRENT is a foreign version: no client id, client secret and both hosts in it",
      remedy,
    );
  }
  const { clientId, clientSecret, tokenUrl, apiUrl } = payload;
  redactor.addClientCredentials(clientId, clientSecret);
  if ("value" in endpoints && (tokenUrl !== endpoints.value.tokenUrl || apiUrl !== endpoints.value.apiUrl)) {
    const found = `AWSCURRENT names other hosts (${apiUrl}, ${tokenUrl}) than the stack (${endpoints.value.apiUrl}, ${endpoints.value.tokenUrl})`;
    return fail(
      subject,
      found,
      "correct the region, or run `pulumi up --refresh`, which stores the pair anew",
    );
  }
  if (!("value" in everyClient)) {
    return notChecked(
      subject,
      `it is readable, and whose client it names is not known: ${everyClient.reason}`,
    );
  }
  const live = clientsIn(around, credential, everyClient.value, clientId);
  const named = live.find(({ id }) => isSameId(id, clientId));
  if (named === undefined) {
    return fail(
      subject,
      `AWSCURRENT names ${clientId}, which is no live OAuth client of this credential`,
      remedy,
    );
  }
  const found = `readable; AWSCURRENT names ${clientId}, in slot ${named.slot}`;
  const slot = slotOwning(rotation.generation);
  const behind =
    named.slot === slot
      ? generationBehind({ versionId, tokenUrl, apiUrl }, named, rotation)
      : `and generation ${rotation.generation}, of slot ${slot}, is declared`;
  return behind === undefined
    ? pass(subject, found)
    : warn(
        subject,
        `${found}, ${behind}`,
        "run `pulumi up --refresh`, which brings the secret to the declared generation",
      );
}

/** @param clientId That AWSCURRENT names: it may be the credential's although its description was edited. */
function clientsIn(
  { stack, state, declared }: SecretSurroundings,
  credential: ResolvedCredential,
  everyClient: readonly OAuthClientEntity[],
  clientId?: string,
): readonly CredentialClient[] {
  const wanted: Wanted = { credential, stack, declared };
  const clients = clientId === undefined ? [] : [{ clientId: canonicalId(clientId), labels: [currentLabel] }];
  return provenClients(
    credentialClients(wanted, { everyClient, state, named: { clients, reasons: [] } }),
    wanted,
  );
}
