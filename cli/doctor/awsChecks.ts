// Everything that AWS is asked, and the checks of its answers.
import { type Environment } from "../../declarations/endpoints";
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { type StackDocument } from "../stackFile/stackDocument";
import { checkIdentity, findRegion } from "./awsAccess";
import { ask, type Known } from "../known";
import { whenKnown } from "./whenKnown";
import { type Line, type Subject } from "./line";
import { lookAtSecrets, type StoredSecret } from "../secretLookup";
import { checkStoredSecret, type SecretSurroundings } from "./storedSecrets";

/** The answers of AWS, and the line about the region. */
export interface AwsAnswers {
  readonly secrets: Known<ReadonlyMap<string, StoredSecret>>;
  readonly regionLines: readonly Line[];
}

/** Asks about every declared secret. Never rejects. */
export async function askAws(
  document: Known<StackDocument>,
  declarations: Known<ResolvedDeclarations>,
  environment: Environment,
): Promise<AwsAnswers> {
  const { region, lines } = findRegion(document, environment);
  const asked: Known<string> = "reason" in declarations ? declarations : region;
  const credentials = "value" in declarations ? declarations.value.credentials : [];
  const secrets = await ask(asked, "AWS could not be asked", (chosen) =>
    lookAtSecrets(
      credentials.map(({ secret }) => secret.name),
      chosen,
      environment,
    ),
  );
  return { secrets, regionLines: lines };
}

/** The lines about AWS. */
export function checkAws(
  { secrets, regionLines }: AwsAnswers,
  declarations: Known<ResolvedDeclarations>,
  surroundings: SecretSurroundings,
): readonly Line[] {
  const credentials = "value" in declarations ? declarations.value.credentials : [];
  return [
    ...regionLines,
    ...whenKnown(secrets, at("aws-identity", "identity"), checkIdentity),
    ...whenKnown(secrets, at("secret", "secrets"), (stored) =>
      credentials.map((credential) =>
        checkStoredSecret(credential, stored.get(credential.secret.name), surroundings),
      ),
    ),
  ];
}

function at(check: string, place: string): Subject {
  return { area: "AWS", check, place };
}
