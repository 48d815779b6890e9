// The stacks of an audit: which ones, what each declares, and what its state records.
import { type AwsSettings } from "../../../common/awsSettings";
import { type Environment } from "../../../common/environmentVariables";
import { type ResolvedDeclarations } from "../../../declarations/resolve";
import { settingsIn } from "../../world/awsEnvironment";
import { askForState } from "../../world/stackState";
import { UsageError } from "../../terminal/cliError";
import { type Known } from "../../../common/known";
import { type AskPulumi } from "../../terminal/pulumiProcess";
import { declarationsForCalls } from "../../stackFile/stackDeclarations";
import { StackFile } from "../../stackFile/stackFile";
import { parseRecordedStack, type RecordedStack } from "./recordedStack";

/** A stack as its file tells of it. */
export interface DeclaredStack {
  readonly stack: string;
  readonly fileName: string;
  /** The name in Pulumi.yaml. */
  readonly project: string;
  /** As Pulumi takes it: `dev`, or `organisation/project/dev`. */
  readonly pulumiName: string;
  readonly declarations: ResolvedDeclarations;
  /** As whom and where AWS is asked. */
  readonly aws: AwsSettings;
}

/** A stack with its state. */
export interface StackFacts extends DeclaredStack {
  readonly recorded: Known<RecordedStack>;
}

/** What the state records; nothing where it is not known. */
export function recordedIn({ recorded }: Pick<StackFacts, "recorded">): Partial<RecordedStack> {
  return "value" in recorded ? recorded.value : {};
}

/** Of the clients or the roles, those that the states record, whoever made them. */
export function recordedIds(stacks: readonly StackFacts[], what: "clients" | "roles"): ReadonlySet<string> {
  return new Set(stacks.flatMap((stack) => recordedIn(stack)[what]?.map(({ id }) => id) ?? []));
}

/**
 * Reads the files of the stacks that are meant, each once.
 * @throws UsageError when it is not clear which are meant; ConfigError with every mistake of the first file that has some.
 */
export function readDeclaredStacks(
  folder: string,
  choice: { readonly stack?: readonly string[]; readonly allStacks?: boolean },
  environment: Environment,
): readonly DeclaredStack[] {
  const files = new Map(chosenFiles(folder, choice).map((chosen) => [chosen.file.stack, chosen]));
  return [...files.values()]
    .sort((left, right) => (left.file.stack < right.file.stack ? -1 : 1))
    .map(({ file, pulumiName }) => {
      const document = file.read(environment);
      const declarations = declarationsForCalls(document, file.stack, environment);
      return {
        stack: file.stack,
        fileName: file.fileName,
        project: file.project.name,
        pulumiName,
        declarations,
        aws: settingsIn(declarations.aws, environment),
      };
    });
}

/** The states, one after the other: Pulumi holds a whole state in memory. */
export async function readStates(
  stacks: readonly DeclaredStack[],
  pulumi: AskPulumi,
): Promise<readonly StackFacts[]> {
  const facts: StackFacts[] = [];
  for (const stack of stacks) {
    facts.push({ ...stack, recorded: await askForState(pulumi, stack.pulumiName, parseRecordedStack) });
  }
  return facts;
}

function chosenFiles(
  folder: string,
  { stack = [], allStacks = false }: { readonly stack?: readonly string[]; readonly allStacks?: boolean },
): readonly { readonly file: StackFile; readonly pulumiName: string }[] {
  if (allStacks && stack.length > 0) {
    throw new UsageError("Choosing the stacks: --all-stacks and --stack are both given; write one of them.");
  }
  if (stack.length > 0) {
    return stack.map((name) => ({ file: StackFile.find(folder, name), pulumiName: name }));
  }
  const every = StackFile.all(folder);
  if (!allStacks && every.length > 1) {
    const names = every.map(({ stack: name }) => `--stack ${name}`).join(" ");
    throw new UsageError(
      `Choosing the stacks: there are ${every.map(({ fileName }) => fileName).join(", ")}; write ${names} or --all-stacks.`,
    );
  }
  const files = every.length === 0 ? [StackFile.find(folder, undefined)] : every;
  return files.map((file) => ({ file, pulumiName: file.stack }));
}
