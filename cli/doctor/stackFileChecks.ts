// Whether the stack file can be used: every mistake in it, and what should be in it.
import { normalizeRegion } from "../../common/regions";
import { isConfigError } from "../../declarations/configError";
import { type Environment } from "../../common/environmentVariables";
import { configNamespace } from "../../declarations/naming";
import { isPlainMap } from "../../declarations/plainValue";
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { OutsideError } from "../terminal/cliError";
import { declarationsInFile } from "../stackFile/stackDeclarations";
import { type StackDocument } from "../stackFile/stackDocument";
import { type StackFile } from "../stackFile/stackFile";
import { type Known, messageOf } from "../../common/known";
import { checkConfigSize } from "./configSize";
import { type Line, linesOn } from "./line";
import { counted } from "../terminal/counted";

const organizationKey = `${configNamespace}:organization`;

/** What the file holds as far as it can be used, and the lines about it. */
export interface StackFileResult {
  readonly document: Known<StackDocument>;
  /** Without the environment: its endpoints mean nothing. */
  readonly declarations: Known<ResolvedDeclarations>;
  readonly lines: readonly Line[];
}

/**
 * Reads the file and checks all that it says.
 * @param environment With which Pulumi is asked for imported environments; nobody is asked without it.
 */
export function readStackFile(file: StackFile, environment: Environment | undefined): StackFileResult {
  const reason = `${file.fileName} has mistakes`;
  let document: StackDocument | undefined;
  try {
    document = file.read(environment);
    document.wholeConfig();
  } catch (error) {
    return error instanceof OutsideError && document?.importsEnvironments === true
      ? withoutEnvironments(file.fileName, error, environment !== undefined)
      : { document: { reason }, declarations: { reason }, lines: mistakeLines(file.fileName, error) };
  }
  try {
    const declarations = declarationsInFile(document, file.stack);
    const { credentials, roles } = declarations;
    const found = `${counted(credentials.length, "credential")} and ${counted(roles.length, "role")}, no mistakes`;
    return {
      document: { value: document },
      declarations: { value: declarations },
      lines: [
        linesOn("stack file", "declarations", file.fileName).pass(found),
        checkOrganizationId(declarations),
        ...checkConfigSize(document.wholeConfig(), file.fileName),
      ],
    };
  } catch (error) {
    const lines = mistakeLines(file.fileName, error);
    return { document: { value: document }, declarations: { reason }, lines };
  }
}

/** Nothing is taken from a file of whose settings some are not known. */
function withoutEnvironments(fileName: string, error: OutsideError, isAsked: boolean): StackFileResult {
  const reason = `the environments that ${fileName} imports are not known`;
  const { fail, notChecked } = linesOn("stack file", "declarations", fileName);
  const line = isAsked
    ? fail(messageOf(error), "put right what `pulumi config --json` complains about")
    : notChecked("it imports environments of Pulumi ESC, and Pulumi is not asked for them offline");
  return { document: { reason }, declarations: { reason }, lines: [line] };
}

/** The normalised region that the file names; undefined where it names none. Known even where other settings are wrong. */
export function declaredRegion(document: Known<StackDocument>): Known<string | undefined> {
  if (!("value" in document)) {
    return document;
  }
  const organization = document.value.wholeConfig()[organizationKey];
  const written = isPlainMap(organization) ? organization["region"] : undefined;
  const region = typeof written === "string" ? normalizeRegion(written) : undefined;
  return written === undefined || region !== undefined
    ? { value: region }
    : { reason: `${document.value.fileName} names no usable region` };
}

/** The organisation's id as it is written; undefined where the file names none. Known even where other settings are wrong. */
export function declaredOrganizationId(document: Known<StackDocument>): string | undefined {
  const organization = "value" in document ? document.value.wholeConfig()[organizationKey] : undefined;
  const id = isPlainMap(organization) ? organization["id"] : undefined;
  return typeof id === "string" ? id.trim() : undefined;
}

function mistakeLines(fileName: string, error: unknown): readonly Line[] {
  if (!isConfigError(error)) {
    const { fail } = linesOn("stack file", "declarations", fileName);
    return [fail(messageOf(error), "make the file readable, or name another one with --stack")];
  }
  return error.problems.map(({ path, problem, remedy }) =>
    linesOn("stack file", "declarations", `${error.where}, ${path}`).fail(problem, remedy),
  );
}

function checkOrganizationId({ organization }: ResolvedDeclarations): Line {
  const { pass, warn } = linesOn("stack file", "organization-id", `${organizationKey}.id`);
  return organization.id === undefined
    ? warn(
        "is not set, so the credentials of any organisation would be used",
        "write the id of the organisation; the line on the organisation below tells it",
      )
    : pass(organization.id);
}
