// `recover`: takes back into Pulumi's state what it has lost: roles, clients and secrets that are live and this stack's.
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { openStore } from "../world/awsEnvironment";
import { UsageError } from "../terminal/cliError";
import { type ExitCode, exitCodes } from "../terminal/exitCode";
import { connectDeployer } from "../world/deployer";
import { type AskPulumi } from "../terminal/pulumiProcess";
import { declarationsForCalls } from "../stackFile/stackDeclarations";
import { StackFile } from "../stackFile/stackFile";
import { type Surroundings } from "../terminal/surroundings";
import { chooseIdentity, identityEvidence } from "./lostIdentity";
import { hasWork, planRecovery, type RecoveryPlan } from "./plan";
import { evidenceLines, hasRefusals, planLines } from "./planText";
import { readWorld, type RecoverySources, type RecoveryWorld } from "./readWorld";
import { stackUrns } from "./stackUrns";
import { StateAccess } from "./stateWriting";
import { carryOut } from "./carryOut";

/** What people write behind `recover`. */
export interface RecoverOptions {
  readonly stack?: string;
  /** The identity whose objects are taken back, where several fit. */
  readonly identity?: string;
  /** Say what would be done, and do nothing. */
  readonly dryRun?: boolean;
  /** Do not ask. */
  readonly yes?: boolean;
}

/** Pulumi reads each secret that it takes into a state; after this long something hangs. Milliseconds. */
export const recoverTimeoutMs = 600_000;

/** @throws UsageError, ConfigError, OutsideError; nothing was done then, or the message says what was. */
export async function recover(
  options: RecoverOptions,
  surroundings: Surroundings,
  pulumi: AskPulumi,
): Promise<ExitCode> {
  const { environment, output } = surroundings;
  const file = StackFile.find(surroundings.folder, options.stack);
  const declarations = declarationsForCalls(file.read(environment), file.stack, environment);
  const { stack, pulumiName: stackName } = file;
  const access = new StateAccess(pulumi, stackName);
  const genesys = connectDeployer(declarations, surroundings);
  const urns = stackUrns(file.project.name, stack);
  const store = openStore(declarations.aws, environment);
  try {
    const sources: RecoverySources = { declarations, genesys, store, access, stack, stackName, urns };
    const world = await readWorld(sources, surroundings);
    const plan = planOf(world, declarations, stack, options);
    for (const line of planLines(plan)) {
      output.print(line);
    }
    const result = hasRefusals(plan) ? exitCodes.findings : exitCodes.fine;
    if (!hasWork(plan)) {
      output.print(`Nothing to recover: the state of stack ${stack} holds everything of it that lives.`);
      return result;
    }
    if (options.dryRun === true) {
      output.print("Nothing was done (--dry-run).");
      return result;
    }
    await confirm(stack, options, surroundings);
    const isWhole = await carryOut(plan, world, sources, surroundings);
    return isWhole ? result : exitCodes.findings;
  } finally {
    store.close();
  }
}

function planOf(
  { exported, facts }: RecoveryWorld,
  declarations: ResolvedDeclarations,
  stack: string,
  { identity }: RecoverOptions,
): RecoveryPlan {
  const evidence = identityEvidence(declarations, facts);
  const known = evidence.map((one) => one.identity);
  const list = evidenceLines(evidence).join("\n");
  if (identity !== undefined && identity !== facts.recordedIdentity && !known.includes(identity)) {
    const there = list === "" ? "there are none" : `there are\n${list}`;
    throw new UsageError(
      `Recovering: no object of identity ${identity} has the names of this stack and is missing in its state; ${there}\nNothing was done.`,
    );
  }
  const belonging = chooseIdentity(evidence, facts.recordedIdentity, identity);
  if (belonging === undefined) {
    throw new UsageError(
      `Recovering: objects of several identities have the names of this stack:\n${list}\n` +
        "Each was made by another state; choose the one that is lost with --identity. Nothing was done.",
    );
  }
  return planRecovery(declarations, stack, exported.state, facts, belonging);
}

async function confirm(stack: string, { yes }: RecoverOptions, { ask }: Surroundings): Promise<void> {
  if (yes === true) {
    return;
  }
  if (ask === undefined) {
    throw new UsageError(
      "Recovering: there is no terminal to confirm it on; write --yes, or --dry-run to see the plan alone. Nothing was done.",
    );
  }
  const answer = await ask(`This writes the state of stack ${stack}. Type the stack's name to go on: `);
  if (answer?.trim() !== stack) {
    throw new UsageError("Recovering: the stack's name was not typed again; nothing was done.");
  }
}
