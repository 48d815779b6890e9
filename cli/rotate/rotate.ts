// `rotate`: raises the generation of credentials in the stack file; the next `pulumi up` does the rest.
import { type ResolvedCredential } from "../../declarations/resolve";
import { earliestSafeRotationAt, isDue } from "../../declarations/rotation/schedule";
import { UsageError } from "../terminal/cliError";
import { type ExitCode, exitCodes } from "../terminal/exitCode";
import { type Obstacle } from "./ringGate";
import { readRingOrder, type RingOrder } from "./ringOrder";
import { describeRotation, endsKeptClient, planRotation, type RotationPlan } from "./rotationPlan";
import { chooseCredentials, credentialPath, declarationsInFile } from "../stackFile/stackDeclarations";
import { type SettingEdit } from "../stackFile/settingEdit";
import { StackFile } from "../stackFile/stackFile";
import { valueAt, type StackDocument } from "../stackFile/stackDocument";
import { type Surroundings } from "../terminal/surroundings";

/** What people write behind `rotate`. */
export interface RotateOptions {
  readonly stack?: string;
  /** Only those whose schedule says so. */
  readonly due?: boolean;
  /** Even when the last rotation is younger than the overlap that consumers need. */
  readonly force?: boolean;
  /** Replace both clients at once. */
  readonly emergency?: boolean;
  /** Folder with the evidence of the stack that goes before. */
  readonly evidence?: string;
  /** Say what would happen, write nothing. */
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** A credential that is not rotated, and why. */
interface Refused extends Obstacle {
  readonly credential: string;
}

const millisecondsPattern = /\.\d{3}Z$/;

/** @throws UsageError, ConfigError, OutsideError; nothing is written then. */
export function rotate(
  names: readonly string[],
  options: RotateOptions,
  surroundings: Pick<Surroundings, "folder" | "environment" | "clock" | "output">,
): ExitCode {
  requireSense(names, options);
  const file = StackFile.find(surroundings.folder, options.stack);
  const document = file.read(surroundings.environment);
  const declarations = declarationsInFile(document, file.stack);
  const nowMs = surroundings.clock.now();
  const chosen = chooseCredentials(declarations, names, file.fileName).filter(
    ({ rotation }) => options.due !== true || isDue(rotation, nowMs),
  );
  const isInOrder = chosen.length > 0 && options.emergency !== true;
  const ringOrder: RingOrder = isInOrder
    ? readRingOrder(declarations, file.stack, options.evidence, surroundings)
    : () => undefined;
  const obstacles = chosen.flatMap((credential): readonly Refused[] => {
    const obstacle = obstacleOf(credential, options, ringOrder, nowMs);
    return obstacle === undefined ? [] : [{ credential: credential.key, ...obstacle }];
  });
  const isStopped = obstacles.length > 0 && options.due !== true;
  const rotatedAt = new Date(nowMs).toISOString().replace(millisecondsPattern, "Z");
  const plans = isStopped
    ? []
    : chosen
        .filter(({ key }) => !obstacles.some(({ credential }) => credential === key))
        .map((credential) => planRotation(credential, file.stack, rotatedAt, options.emergency === true));
  const write = (edit: SettingEdit, current: StackDocument): void => {
    for (const plan of plans) {
      applyPlan(plan, rotatedAt, edit, current);
    }
  };
  if (options.dryRun === true) {
    file.tryEdit(write); // a place that cannot be edited is told now, not at the real run
  } else if (plans.length > 0) {
    file.edit(write);
  }
  report({ file, plans, obstacles, isStopped, rotatedAt, options }, surroundings);
  return isStopped ? exitCodes.findings : exitCodes.fine;
}

function requireSense(names: readonly string[], { due, emergency }: RotateOptions): void {
  if (names.length === 0 && due !== true) {
    throw new UsageError(
      "Rotating: neither names nor --due are given; write the names of credentials, or --due for those whose schedule says so.",
    );
  }
  if (emergency === true && due === true) {
    throw new UsageError(
      "Rotating: --emergency and --due exclude each other; name the credentials of the emergency.",
    );
  }
}

function obstacleOf(
  credential: ResolvedCredential,
  { force, emergency, due }: RotateOptions,
  ringOrder: RingOrder,
  nowMs: number,
): Obstacle | undefined {
  const { key, rotation, revoked, accessTokenValiditySeconds } = credential;
  if (revoked) {
    return { reason: `it is revoked; run \`npm run credentials -- restore ${key}\` first` };
  }
  const waiting = ringOrder(credential);
  if (waiting !== undefined || force === true || emergency === true) {
    return waiting;
  }
  if (endsKeptClient(credential, rotation.generation + 1)) {
    return { reason: keptClientReason(credential) };
  }
  const safeAt = earliestSafeRotationAt(rotation, accessTokenValiditySeconds);
  if (safeAt === undefined || Date.parse(safeAt) <= nowMs) {
    return undefined;
  }
  const remedy =
    due === true ? "" : "; wait, or write --force if no consumer holds the former client any more";
  return {
    reason:
      `its last rotation (${rotation.rotatedAt ?? ""}) is younger than the overlap that consumers need; ` +
      `it will be possible at ${safeAt}${remedy}`,
    possibleAt: safeAt,
  };
}

function keptClientReason({ rotation }: ResolvedCredential): string {
  if (rotation.clients === "keep") {
    return (
      "its idle client was adopted with its secret kept, and the rotation gives it a new one: consumers may still hold the hand-made copy " +
      "of the present one; when they read the stored secret, remove `adopt` or write --force"
    );
  }
  return rotation.generation === 0
    ? "its client was adopted with its secret kept and rotation.overlap: none would delete it in the update that stores a secret for the " +
        "first time; write overlap: previous, or --force if nobody uses the hand-made copy any more"
    : "its former client was adopted with its secret kept: consumers may still hold the hand-made copy; " +
        "when they read the stored secret, remove `adopt` or write --force";
}

function applyPlan(plan: RotationPlan, rotatedAt: string, edit: SettingEdit, document: StackDocument): void {
  const credential = credentialPath(plan.credential);
  const rotation = [...credential, "rotation"];
  const generation = plan.toGeneration;
  const written = valueAt(document.values, rotation);
  if (typeof written !== "object" || written === null || Object.keys(written).length === 0) {
    edit.set(rotation, { generation, rotatedAt }, ["accessTokenValiditySeconds", "roles"]);
    return;
  }
  edit.set([...rotation, "generation"], generation);
  edit.set([...rotation, "rotatedAt"], rotatedAt, ["generation"]);
  if (plan.reopensOverlap) {
    edit.set([...rotation, "previous"], "keep");
  }
}

interface RotationReport {
  readonly file: StackFile;
  readonly plans: readonly RotationPlan[];
  readonly obstacles: readonly Refused[];
  readonly isStopped: boolean;
  readonly rotatedAt: string;
  readonly options: RotateOptions;
}

function report(result: RotationReport, { output }: Pick<Surroundings, "output">): void {
  const { file, plans, obstacles, isStopped, rotatedAt, options } = result;
  const isDryRun = options.dryRun === true;
  for (const { credential, reason } of obstacles) {
    output.note(
      isStopped ? `Rotating ${credential}: refused: ${reason}.` : `Skipped ${credential}: ${reason}.`,
    );
  }
  if (options.json === true) {
    output.printJson({
      stack: file.stack,
      file: file.fileName,
      isWritten: plans.length > 0 && !isDryRun,
      ...(plans.length === 0 ? {} : { rotatedAt }),
      rotations: plans,
      [isStopped ? "refused" : "skipped"]: obstacles,
    });
    return;
  }
  if (isStopped) {
    output.note(`${file.fileName} was not changed.`);
    return;
  }
  if (plans.length === 0) {
    output.print(`Nothing is due; ${file.fileName} was not changed.`);
    return;
  }
  output.print(`The next \`pulumi up\` of stack ${file.stack}:\n`);
  output.print(plans.map((plan) => describeRotation(plan, options.emergency === true)).join("\n\n"));
  output.print(
    isDryRun
      ? `\nDry run: ${file.fileName} was not changed.`
      : `\n${file.fileName} was changed; review the difference and merge it.`,
  );
}
