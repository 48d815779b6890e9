// The declarations of a stack as its file says them, with what the file is merged with.
import { type Environment } from "../../common/environmentVariables";
import { configNamespace } from "../../declarations/naming";
import { parseDeclarations, type RawDeclarations } from "../../declarations/parse";
import { inNamespace, rawDeclarationsOf } from "../../declarations/rawDeclarations";
import { type ResolvedCredential, type ResolvedDeclarations } from "../../declarations/resolve";
import { nearestName } from "../../common/nearestName";
import { UsageError } from "../terminal/cliError";
import { type StackDocument } from "./stackDocument";

/** Stands in where no call is made: a stack may leave its region to the environment of the deployment. */
const anyRegion: Environment = { GENESYSCLOUD_REGION: "us-east-1" };

/**
 * What the file declares, for commands that call nobody: the environment is not looked at, `apiUrl` and `tokenUrl` mean nothing.
 * @throws ConfigError with every mistake; OutsideError where imported environments are not known.
 */
export function declarationsInFile(document: StackDocument, stack: string): ResolvedDeclarations {
  return parse(document, stack, anyRegion, false);
}

/** The same of settings that stand in no file. @throws ConfigError with every mistake. */
export function declarationsIn(raw: RawDeclarations, project: string, stack: string): ResolvedDeclarations {
  return parseDeclarations(raw, { project, stack, environment: anyRegion }, { requireDeployer: false });
}

/**
 * What the file declares together with the environment, for commands that call Genesys.
 * @throws ConfigError with every mistake, a missing deployer included; OutsideError where imported environments are not known.
 */
export function declarationsForCalls(
  document: StackDocument,
  stack: string,
  environment: Environment,
): ResolvedDeclarations {
  return parse(document, stack, environment, true);
}

/**
 * The credentials of these names, each once, in the order of the declarations; all of them when no name is given.
 * @throws UsageError naming every unknown name with the nearest one.
 */
export function chooseCredentials(
  declarations: ResolvedDeclarations,
  names: readonly string[],
  fileName: string,
): readonly ResolvedCredential[] {
  const known = declarations.credentials.map(({ key }) => key);
  const wrong = names.filter((name) => !known.includes(name));
  if (wrong.length > 0) {
    const problems = [...new Set(wrong)].map((name) => {
      const nearest = nearestName(name, known);
      return `"${name}" is not declared${nearest === undefined ? "" : `, did you mean ${nearest}?`}`;
    });
    const list = known.length === 0 ? "it declares none" : `it declares ${known.join(", ")}`;
    throw new UsageError(
      `Looking for credentials in ${fileName}: ${problems.join("; ")} (${list}); nothing was done.`,
    );
  }
  return declarations.credentials.filter(({ key }) => names.length === 0 || names.includes(key));
}

/** The only credential of a command that takes one. @throws UsageError as {@link chooseCredentials}. */
export function chooseCredential(
  declarations: ResolvedDeclarations,
  name: string,
  fileName: string,
): ResolvedCredential {
  const [credential] = chooseCredentials(declarations, [name], fileName);
  if (credential === undefined) {
    throw new UsageError(`Looking for credentials in ${fileName}: "${name}" is not declared.`);
  }
  return credential;
}

/** Where the settings of a credential are in the file. */
export function credentialPath(key: string): readonly string[] {
  return ["config", `${configNamespace}:credentials`, key];
}

function parse(
  document: StackDocument,
  stack: string,
  environment: Environment,
  requireDeployer: boolean,
): ResolvedDeclarations {
  const { place, projectName: project } = document;
  const config = document.wholeConfig();
  return parseDeclarations(
    rawDeclarationsOf(config),
    { project, stack, environment, aws: inNamespace("aws", config) },
    { requireDeployer, place },
  );
}
