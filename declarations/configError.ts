// The error that lists every mistake in a stack's declarations.

/** One mistake: where it is, what is wrong there, and what to write instead. */
export interface Problem {
  /** As people see it in the file, `genesys-credentials:credentials.nightly-report.roles[1]`; or an environment variable's name. */
  readonly path: string;
  /** What is wrong, with the offending value shown shortly unless it looks like a secret. */
  readonly problem: string;
  /** What to write instead. */
  readonly remedy: string;
}

/** Problems printed in the message; a file that is wrong throughout would otherwise fill the terminal. */
const printedProblemLimit = 50;

/** Thrown when the declarations of a stack cannot be used; nothing was read from or written to the outside world. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  /** Stable code, explained in docs/errors.md. */
  readonly code = "CONFIG_INVALID";

  /** @param where the file that people edit, `Pulumi.<stack>.yaml`. */
  constructor(
    readonly where: string,
    /** Every problem found, also those that the message leaves out for length. */
    readonly problems: readonly Problem[],
  ) {
    super(renderProblems(where, problems));
  }
}

/** Whether an error of unknown origin is a {@link ConfigError}. */
export function isConfigError(error: unknown): error is ConfigError {
  return error instanceof ConfigError;
}

/** No file is to blame for an environment variable. */
const variablePattern = /^[A-Z][A-Z0-9_]+$/;

function renderProblems(file: string, problems: readonly Problem[]): string {
  const ofEnvironment = problems.filter(({ path }) => variablePattern.test(path));
  const ofFile = problems.filter((problem) => !ofEnvironment.includes(problem));
  return [...renderedOf("The environment", ofEnvironment), ...renderedOf(file, ofFile)].join("\n");
}

function renderedOf(where: string, problems: readonly Problem[]): readonly string[] {
  if (problems.length === 0) {
    return [];
  }
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const lines = problems
    .slice(0, printedProblemLimit)
    .map(({ path, problem, remedy }) => `  ${path}: ${problem}; ${remedy}`);
  const left = problems.length - lines.length;
  return [`${where}: ${count}`, ...lines, ...(left > 0 ? [`  and ${left} more`] : [])];
}
