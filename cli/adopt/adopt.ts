// `adopt`: writes declarations for OAuth clients and roles that exist in Genesys already; the next `pulumi up` takes them over.
import { defined } from "../../common/defined";
import { canonicalId } from "../../declarations/canonicalId";
import { parseDuration } from "../../declarations/instants";
import { isConfigError } from "../../declarations/configError";
import { UsageError } from "../terminal/cliError";
import { type ExitCode, exitCodes } from "../terminal/exitCode";
import { type Known } from "../../common/known";
import { type AskPulumi } from "../terminal/pulumiProcess";
import { declarationsForCalls, declarationsInFile } from "../stackFile/stackDeclarations";
import { readProject } from "../stackFile/projectFile";
import { type StackDocument } from "../stackFile/stackDocument";
import { type SettingChange, StackFile } from "../stackFile/stackFile";
import { identityIn, idsOfType, recordedTypes, type StackState, stateOf } from "../world/stackState";
import { type Surroundings } from "../terminal/surroundings";
import { additionsOf, fragmentOf } from "./additions";
import { chooseAll, type Choice, chooseMatching } from "./choose";
import { type AdoptionChoices } from "./clientEntry";
import { type Inventory, readInventory } from "./inventory";
import { pick } from "./pick";
import { type AdoptionPlan, planAdoption } from "./plan";
import {
  adoptionJson,
  adoptionText,
  nextSteps,
  type Outcome,
  regenerationWarning,
  skippedLine,
} from "./report";
import { type HeldInState, StackEntries } from "./stackEntries";

/** What people write behind `adopt`. */
export interface AdoptOptions {
  readonly stack?: string;
  /** Ids, names, or patterns with `*`. */
  readonly match?: readonly string[];
  /** Everything that can be taken over. */
  readonly all?: boolean;
  /** What becomes of the clients' secrets; `keep` when absent. */
  readonly secret?: "keep" | "regenerate";
  /** How often the credentials are to be rotated, an ISO 8601 duration. */
  readonly every?: string;
  /** Print what would be added, write nothing. */
  readonly dryRun?: boolean;
  readonly json?: boolean;
  /** Do not ask before secrets are condemned. */
  readonly yes?: boolean;
}

/** @throws UsageError, ConfigError, OutsideError; nothing is written then. */
export async function adopt(
  options: AdoptOptions,
  surroundings: Surroundings,
  pulumi: AskPulumi,
): Promise<ExitCode> {
  requireSense(options, surroundings);
  const file = findFile(surroundings.folder, options.stack);
  const document = file.read(surroundings.environment);
  const declarations = declarationsForCalls(document, file.stack, surroundings.environment);
  const [live, state] = await Promise.all([
    readInventory(declarations, surroundings),
    stateOf(pulumi, file.pulumiName),
  ]);
  const inventory: Inventory = { ...live, recorded: "value" in state ? state.value.names : undefined };
  const names = { project: file.project.name, stack: file.stack };
  const entries = new StackEntries(names, declarations, heldIn(state, surroundings));
  const choices: AdoptionChoices = defined({ secret: options.secret ?? "keep", every: options.every });
  const planOf = (choice: Choice): AdoptionPlan => planAdoption(choice, entries, inventory, choices);
  const choice = await chosenBy(options, inventory, surroundings, () => planOf(chooseAll(inventory)));
  const plan = planOf(choice);
  refuseNamed(plan, choice);
  const isNew = plan.clients.length + plan.roles.length > 0;
  const isWritten = isNew && options.dryRun !== true;
  if (isWritten) {
    await confirm(plan, options, surroundings);
  }
  if (isNew) {
    write(plan, file, document, isWritten);
  }
  report({ stack: file.stack, fileName: file.fileName, plan, choices, isWritten }, options, surroundings);
  return exitCodes.fine;
}

/** A stack that was never deployed has no state: what others made for it is then known by their descriptions alone. */
function heldIn(state: Known<StackState>, { output }: Surroundings): HeldInState {
  if ("reason" in state) {
    output.note(
      `Pulumi's state could not be read (${state.reason}): what it holds is known by descriptions alone.`,
    );
    return { clientIds: new Set(), roleIds: new Set() };
  }
  const ids = (type: string): ReadonlySet<string> =>
    new Set([...idsOfType(state.value, type)].map((id) => canonicalId(id)));
  return {
    identity: identityIn(state.value),
    clientIds: ids(recordedTypes.client),
    roleIds: ids(recordedTypes.role),
  };
}

function requireSense({ match, all, every }: AdoptOptions, { ask }: Surroundings): void {
  if (match !== undefined && all === true) {
    throw new UsageError("Adopting: --match and --all exclude each other; write one of them.");
  }
  if (match === undefined && all !== true && ask === undefined) {
    throw new UsageError(
      "Adopting: nothing is chosen and there is no terminal to choose on; write --match with ids or names, or --all.",
    );
  }
  const duration = every === undefined ? undefined : parseDuration(every);
  if (every !== undefined && (duration === undefined || duration.toMillis() <= 0)) {
    throw new UsageError(
      "Adopting: --every is no ISO 8601 duration longer than nothing; write one as P90D or P3M.",
    );
  }
}

function findFile(folder: string, stack: string | undefined): StackFile {
  readProject(folder); // a stack more would not help where this fails
  try {
    return StackFile.find(folder, stack);
  } catch (error) {
    if (error instanceof UsageError) {
      const name = stack?.split("/").at(-1) ?? "<name>";
      throw new UsageError(`${error.message} A new stack is made by \`pulumi stack init ${name}\`.`);
    }
    throw error;
  }
}

async function chosenBy(
  { match, all }: AdoptOptions,
  inventory: Inventory,
  surroundings: Surroundings,
  everything: () => AdoptionPlan,
): Promise<Choice> {
  if (match !== undefined) {
    return chooseMatching(match, inventory);
  }
  return all === true || surroundings.ask === undefined
    ? chooseAll(inventory)
    : pick(everything(), surroundings, surroundings.ask);
}

/** What was named and cannot be taken over is a mistake, unless the stack manages it already. */
function refuseNamed({ skipped }: AdoptionPlan, { named }: Choice): void {
  const refused = skipped.filter(({ id, isDone }) => !isDone && named.has(id));
  if (refused.length > 0) {
    const reasons = refused.flatMap(skippedLine).join("; ");
    throw new UsageError(`Adopting: ${reasons}. Nothing was written.`);
  }
}

async function confirm(
  { clients }: AdoptionPlan,
  { secret, yes }: AdoptOptions,
  { ask }: Surroundings,
): Promise<void> {
  if (secret !== "regenerate" || clients.length === 0 || yes === true) {
    return;
  }
  const warning = regenerationWarning(clients.length);
  if (ask === undefined) {
    throw new UsageError(
      `Adopting: ${warning} There is no terminal to confirm it on; write --yes. Nothing was written.`,
    );
  }
  const answer = (await ask(`${warning} Write that? yes or no: `)) ?? "";
  if (!/^y(es)?$/i.test(answer.trim())) {
    throw new UsageError("Adopting: it was not confirmed; nothing was written.");
  }
}

/** Never writes, and never proposes, what a preview would refuse to read. */
function write(plan: AdoptionPlan, file: StackFile, document: StackDocument, isWritten: boolean): void {
  const check = (text: string): void => {
    try {
      declarationsInFile(document.withText(text), file.stack);
    } catch (error) {
      if (!isConfigError(error)) {
        throw error;
      }
      throw new UsageError(
        `Checking what would be added: ${error.message}\nNothing was written; choose less with --match.`,
      );
    }
  };
  const change: SettingChange = (edit) => {
    edit.add(additionsOf(plan));
  };
  if (isWritten) {
    file.edit(change, check);
  } else {
    check(file.tryEdit(change) ?? "");
  }
}

function report(outcome: Outcome, { json, dryRun }: AdoptOptions, { output }: Surroundings): void {
  const isNew = outcome.plan.clients.length + outcome.plan.roles.length > 0;
  const fragment = isNew ? fragmentOf(outcome.plan) : "";
  if (json === true) {
    output.printJson(adoptionJson(outcome, fragment));
    return;
  }
  if (dryRun === true) {
    if (isNew) {
      output.print(fragment);
    }
    output.note(adoptionText(outcome)); // what is printed is YAML alone
    return;
  }
  const steps = nextSteps(outcome);
  output.print(`${adoptionText(outcome)}${steps === "" ? "" : `\n\n${steps}`}`);
}
