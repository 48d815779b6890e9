// Everything that AWS is asked, and the checks of its answers.
import { type AwsSettings } from "../../common/awsSettings";
import { type Known } from "../../common/known";
import { type Redactor } from "../../common/redact";
import { canonicalId } from "../../declarations/canonicalId";
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { SecretsError } from "../../secrets/failure";
import { type SecretStore } from "../../secrets/store";
import { type Surroundings } from "../terminal/surroundings";
import { openStore } from "../world/awsEnvironment";
import { lookAtSecrets, type StoredSecret } from "../world/secretLookup";
import { type StackDocument } from "../stackFile/stackDocument";
import { identityLine, type Opened, regionLine, regionUnknown } from "./awsAccess";
import { type Line, linesOn, type Purpose } from "./line";
import { checkSecretsOfPreview } from "./previewChecks";
import { checkStoredSecret, type SecretSurroundings } from "./storedSecrets";

/** The answers of AWS about the secrets, and the lines about the way to it. */
export interface AwsAnswers {
  readonly secrets: Known<ReadonlyMap<string, StoredSecret>>;
  readonly accessLines: readonly Line[];
}

/** Asks about every declared secret. Never rejects. */
export async function askAws(
  document: Known<StackDocument>,
  declarations: Known<ResolvedDeclarations>,
  { environment, redactor }: Pick<Surroundings, "environment" | "redactor">,
): Promise<AwsAnswers> {
  const { opened, secrets } =
    "value" in declarations
      ? await askStore(declarations.value, openStore(declarations.value.aws, environment), redactor)
      : { opened: declarations, secrets: declarations };
  const aws: AwsSettings = "value" in declarations ? declarations.value.aws : {};
  return {
    secrets,
    accessLines: [regionLine(document, opened, environment), identityLine(opened, secrets, aws)],
  };
}

async function askStore(
  { credentials }: ResolvedDeclarations,
  store: SecretStore,
  redactor: Redactor,
): Promise<{ readonly opened: Opened; readonly secrets: AwsAnswers["secrets"] }> {
  try {
    const opened = await open(store);
    if ("refusal" in opened) {
      const reason = reasons[opened.refusal.code] ?? "AWS does not answer";
      return { opened: { value: opened }, secrets: { reason } };
    }
    const names = credentials.map(({ secret }) => secret.name);
    return { opened: { value: opened }, secrets: { value: await lookAtSecrets(names, store, redactor) } };
  } finally {
    store.close();
  }
}

async function open(
  store: SecretStore,
): Promise<{ readonly region: string } | { readonly refusal: SecretsError }> {
  try {
    return { region: await store.open() };
  } catch (error) {
    if (error instanceof SecretsError) {
      return { refusal: error };
    }
    throw error;
  }
}

/** Why no secret is asked for. */
const reasons: Readonly<Partial<Record<SecretsError["code"], string>>> = {
  AWS_REGION_UNKNOWN: regionUnknown,
  AWS_ACCOUNT_REFUSED: "the AWS account is not an allowed one",
};

/** The clients that the secrets name, in canonical form; of two in one slot, such a one is the slot's. Empty where AWS did not tell. */
export function clientsNamedBy({ secrets }: AwsAnswers): ReadonlySet<string> {
  const stored = "value" in secrets ? [...secrets.value.values()] : [];
  return new Set(
    stored.flatMap((secret) => {
      const current = secret.kind === "found" ? secret.current : undefined;
      const content = current !== undefined && "content" in current ? current.content : "strange";
      return typeof content === "string" ? [] : [canonicalId(content.clientId)];
    }),
  );
}

/** The lines about AWS. */
export function checkAws(
  { secrets, accessLines }: AwsAnswers,
  declarations: Known<ResolvedDeclarations>,
  purpose: Purpose,
  surroundings: SecretSurroundings,
): readonly Line[] {
  const credentials = "value" in declarations ? declarations.value.credentials : [];
  return [
    ...accessLines,
    ...linesOn("AWS", "secret", "secrets").whenKnown(secrets, (stored) =>
      purpose === "preview"
        ? checkSecretsOfPreview(credentials, stored)
        : credentials.map((credential) =>
            checkStoredSecret(credential, stored.get(credential.secret.name), surroundings),
          ),
    ),
  ];
}
