// `verify`: proves from outside that the stored secrets work and hold what is declared.
import { messageOf } from "../../common/known";
import { isSecretKept } from "../../declarations/adoption";
import { type ResolvedCredential } from "../../declarations/resolve";
import { OAuthClients } from "../../genesys/oauthClients";
import { hasSecretsCode } from "../../secrets/failure";
import { type SecretStore } from "../../secrets/store";
import { openStore } from "../world/awsEnvironment";
import { OutsideError, UsageError } from "../terminal/cliError";
import { type ExitCode, exitCodes } from "../terminal/exitCode";
import { counted } from "../terminal/counted";
import { checkCredential, type CheckContext } from "./credentialCheck";
import { type CredentialResult } from "./credentialResult";
import { readOrganizationNames } from "../world/declaredGrants";
import { askOrganization, connectDeployer } from "../world/deployer";
import { chooseCredentials, declarationsForCalls } from "../stackFile/stackDeclarations";
import { type AskPulumi } from "../terminal/pulumiProcess";
import { StackFile } from "../stackFile/stackFile";
import { stateOf } from "../world/stackState";
import { type Surroundings } from "../terminal/surroundings";

/** What people write behind `verify`. */
export interface VerifyOptions {
  readonly stack?: string;
  readonly json?: boolean;
}

/** A credential about which nothing can be said. */
interface Unreachable {
  readonly credential: string;
  readonly failure: string;
}

/** Credentials checked at a time: enough to be quick, few enough not to be a burst of sign-ins. */
const concurrency = 4;

/** @throws UsageError, ConfigError, OutsideError. */
export async function verify(
  names: readonly string[],
  options: VerifyOptions,
  surroundings: Surroundings,
  pulumi: AskPulumi,
): Promise<ExitCode> {
  const { folder, environment } = surroundings;
  const file = StackFile.find(folder, options.stack);
  const declarations = declarationsForCalls(file.read(environment), file.stack, environment);
  const credentials = verifiable(chooseCredentials(declarations, names, file.fileName), surroundings);
  const secrets = openStore(declarations.aws, environment);
  const client = connectDeployer(declarations, surroundings);
  try {
    await enterAws(secrets);
    const [[everyClient, organizationNames], state] = await Promise.all([
      askOrganization(
        client,
        declarations,
        "Verifying",
        () => Promise.all([new OAuthClients(client).list(), readOrganizationNames(client, credentials)]),
        (reason) => `Verifying: ${reason}; nothing was verified.`,
      ),
      stateOf(pulumi, file.pulumiName),
    ]);
    const context: CheckContext = {
      declarations,
      client,
      secrets,
      everyClient,
      stack: file.stack,
      state,
      names: { ...organizationNames, recorded: "value" in state ? state.value.names : undefined },
    };
    const results = await checkAll(credentials, context);
    report(results, file.stack, options, surroundings);
    return exitCodeOf(results);
  } finally {
    secrets.close();
  }
}

/** Nothing is asked of Genesys where the region or the account of the secrets is not the right one. */
async function enterAws(secrets: SecretStore): Promise<void> {
  try {
    await secrets.open();
  } catch (error) {
    const message = `Verifying: ${messageOf(error)}; nothing was verified.`;
    throw hasSecretsCode(error, "AWS_REGION_UNKNOWN") || hasSecretsCode(error, "AWS_ACCOUNT_REFUSED")
      ? new UsageError(message)
      : new OutsideError(message);
  }
}

/**
 * A pair of another grant type signs in on behalf of a person only, and of an adopted client whose secret is kept nothing is stored:
 * there is nothing that could be tried here.
 */
function verifiable(
  chosen: readonly ResolvedCredential[],
  { output }: Pick<Surroundings, "output">,
): readonly ResolvedCredential[] {
  return chosen.filter((credential) => {
    const reason = unverifiableReason(credential);
    if (reason !== undefined) {
      output.note(`${credential.key}: not verified: ${reason}`);
    }
    return reason === undefined;
  });
}

function unverifiableReason(credential: ResolvedCredential): string | undefined {
  const { authorizedGrantType } = credential;
  if (authorizedGrantType !== "CLIENT-CREDENTIALS") {
    return `grant type ${authorizedGrantType} needs a person to sign in`;
  }
  return isSecretKept(credential)
    ? "its client was adopted with its secret kept, so nothing is stored before the first rotation"
    : undefined;
}

async function checkAll(
  credentials: readonly ResolvedCredential[],
  context: CheckContext,
): Promise<readonly (CredentialResult | Unreachable)[]> {
  const results: (CredentialResult | Unreachable)[] = [];
  for (let start = 0; start < credentials.length; start += concurrency) {
    const batch = credentials.slice(start, start + concurrency);
    results.push(...(await Promise.all(batch.map((credential) => checkOrTell(credential, context)))));
  }
  return results;
}

async function checkOrTell(
  credential: ResolvedCredential,
  context: CheckContext,
): Promise<CredentialResult | Unreachable> {
  try {
    return await checkCredential(credential, context);
  } catch (error) {
    return { credential: credential.key, failure: messageOf(error) };
  }
}

function exitCodeOf(results: readonly (CredentialResult | Unreachable)[]): ExitCode {
  if (results.some((result) => "failure" in result)) {
    return exitCodes.outside;
  }
  const hasFindings = results.some((result) => "findings" in result && result.findings.length > 0);
  return hasFindings ? exitCodes.findings : exitCodes.fine;
}

function report(
  results: readonly (CredentialResult | Unreachable)[],
  stack: string,
  { json }: VerifyOptions,
  { output }: Pick<Surroundings, "output">,
): void {
  if (json === true) {
    output.printJson({ stack, credentials: results });
    return;
  }
  if (results.length === 0) {
    output.print(`Stack ${stack} declares no credential that can be verified.`);
  }
  for (const result of results) {
    if ("failure" in result) {
      output.note(`${result.credential}: not verified: ${result.failure}`);
      continue;
    }
    output.print(headline(result));
    for (const finding of result.findings) {
      output.print(`  ${finding}`);
    }
    for (const warning of result.warnings) {
      output.print(`  note: ${warning}`);
    }
  }
}

function headline({ credential, findings, isRevoked, labels }: CredentialResult): string {
  if (findings.length > 0) {
    return `${credential}: ${counted(findings.length, "finding")}`;
  }
  if (isRevoked) {
    return `${credential}: revoked, and nobody can sign in with it`;
  }
  const works = labels.filter(({ canSignIn }) => canSignIn === true).map(({ label }) => label);
  return `${credential}: verified (${works.join(" and ")} can sign in)`;
}
