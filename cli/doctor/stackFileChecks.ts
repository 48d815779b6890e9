// Whether the stack file can be used: every mistake in it, and what should be in it.
import { normalizeRegion } from "../../common/regions";
import { isConfigError } from "../../declarations/configError";
import { configNamespace } from "../../declarations/naming";
import { isPlainMap } from "../../declarations/plainValue";
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { declarationsInFile } from "../stackDeclarations";
import { type StackDocument } from "../stackFile/stackDocument";
import { type StackFile } from "../stackFile/stackFile";
import { type Known, messageOf } from "../known";
import { fail, type Line, pass, type Subject, warn } from "./line";

/** What the file holds as far as it can be used, and the lines about it. */
export interface StackFileResult {
  readonly document: Known<StackDocument>;
  /** Without the environment: its endpoints mean nothing. */
  readonly declarations: Known<ResolvedDeclarations>;
  readonly lines: readonly Line[];
}

/** Reads the file and checks all that it says. */
export function readStackFile(file: StackFile): StackFileResult {
  const reason = `${file.fileName} has mistakes`;
  let document: StackDocument;
  try {
    document = file.read();
  } catch (error) {
    return { document: { reason }, declarations: { reason }, lines: mistakeLines(file.fileName, error) };
  }
  try {
    const declarations = declarationsInFile(document, file.stack);
    const { credentials, roles } = declarations;
    const found = `${counted(credentials.length, "credential")} and ${counted(roles.length, "role")}, no mistakes`;
    return {
      document: { value: document },
      declarations: { value: declarations },
      lines: [
        pass({ area: "stack file", check: "declarations", place: file.fileName }, found),
        ...checkOrganizationId(declarations),
      ],
    };
  } catch (error) {
    const lines = mistakeLines(file.fileName, error);
    return { document: { value: document }, declarations: { reason }, lines };
  }
}

/** The normalised region that the file names; undefined where it names none. Known even where other settings are wrong. */
export function declaredRegion(document: Known<StackDocument>): Known<string | undefined> {
  if (!("value" in document)) {
    return document;
  }
  const organization = document.value.configValue(`${configNamespace}:organization`);
  const written = isPlainMap(organization) ? organization["region"] : undefined;
  const region = typeof written === "string" ? normalizeRegion(written) : undefined;
  return written === undefined || region !== undefined
    ? { value: region }
    : { reason: `${document.value.fileName} names no usable region` };
}

/** The organisation's id as it is written; undefined where the file names none. Known even where other settings are wrong. */
export function declaredOrganizationId(document: Known<StackDocument>): string | undefined {
  const organization =
    "value" in document ? document.value.configValue(`${configNamespace}:organization`) : undefined;
  const id = isPlainMap(organization) ? organization["id"] : undefined;
  return typeof id === "string" ? id.trim() : undefined;
}

function mistakeLines(fileName: string, error: unknown): readonly Line[] {
  if (!isConfigError(error)) {
    const subject: Subject = { area: "stack file", check: "declarations", place: fileName };
    return [fail(subject, messageOf(error), "make the file readable, or name another one with --stack")];
  }
  return error.problems.map(({ path, problem, remedy }) =>
    fail({ area: "stack file", check: "declarations", place: `${fileName}, ${path}` }, problem, remedy),
  );
}

function checkOrganizationId({ organization }: ResolvedDeclarations): readonly Line[] {
  const place = `${configNamespace}:organization.id`;
  const subject: Subject = { area: "stack file", check: "organization-id", place };
  return organization.id === undefined
    ? [
        warn(
          subject,
          "is not set, so the credentials of any organisation would be used",
          "write the id of the organisation; the line on the organisation below tells it",
        ),
      ]
    : [pass(subject, organization.id)];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
