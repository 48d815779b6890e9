// The rotations of one stack: what is due, what stands against it, and what is written into its file.
import { type ResolvedCredential, type ResolvedDeclarations } from "../../declarations/resolve";
import { isDue } from "../../declarations/rotation/schedule";
import { chooseCredentials, credentialPath } from "../stackFile/stackDeclarations";
import { type SettingEdit } from "../stackFile/settingEdit";
import { type StackFile } from "../stackFile/stackFile";
import { type StackDocument, valueAt } from "../stackFile/stackDocument";
import { type AskPulumi } from "../terminal/pulumiProcess";
import { type Surroundings } from "../terminal/surroundings";
import { type Ages, readAges } from "./ages";
import { type Deployed, deployedOf } from "./deployed";
import { readEvidence } from "./evidenceFolder";
import { cutsOff, isWaiting, type NotRotated, type Obstacle, obstacleOf } from "./obstacle";
import { readRingOrder, type RingOrder } from "./ringOrder";
import { type RotateOptions } from "./rotateOptions";
import { planRotation, type RotationPlan } from "./rotationPlan";

/** What was decided for one stack. */
export interface StackRotation {
  readonly stack: string;
  readonly fileName: string;
  /** ISO instant that is written with each rotation. */
  readonly rotatedAt: string;
  readonly rotations: readonly RotationPlan[];
  /** Due, and rotated later without anybody's doing. */
  readonly waiting: readonly NotRotated[];
  /** Due, and a person has to do something first. */
  readonly skipped: readonly NotRotated[];
  /** Nobody knows whether they are due. */
  readonly unknown: readonly NotRotated[];
  /** What tells that the stack was never deployed; undefined where it was, or nobody asked. */
  readonly neverDeployed: string | undefined;
  /** Those of the rotations that cut consumers off. */
  readonly gaps: readonly string[];
}

/** A stack as its file tells of it. */
export interface DeclaredStack {
  readonly file: StackFile;
  readonly declarations: ResolvedDeclarations;
  /** A stack that has to go before, or before that one, and of which nothing is known. */
  readonly waitsForUnread?: string;
}

type Surrounded = Pick<Surroundings, "folder" | "environment" | "clock" | "output">;

const millisecondsPattern = /\.\d{3}Z$/;

/**
 * Decides, and writes what is to be rotated. Without `due` nothing is written as long as anything stands against one of the names.
 * @throws UsageError, ConfigError, OutsideError; nothing is written then.
 */
export async function rotateStack(
  stack: DeclaredStack,
  names: readonly string[],
  options: RotateOptions,
  surroundings: Surrounded,
  pulumi: AskPulumi,
): Promise<StackRotation> {
  const { file, declarations } = stack;
  const isByDate = options.due === true;
  const evidence = once(() => readEvidence(options.evidence, file.project.name, surroundings));
  const named = chooseCredentials(declarations, names, file.fileName);
  const nowMs = surroundings.clock.now();
  const ages: Ages = isByDate
    ? await readAges(named, declarations, file, evidence, pulumi, nowMs)
    : { byKey: new Map() };
  const chosen = isByDate ? named.filter((credential) => isToBeRotated(credential, ages, nowMs)) : named;
  const ringOrder: RingOrder =
    chosen.length === 0 || options.emergency === true
      ? () => undefined
      : stack.waitsForUnread === undefined
        ? readRingOrder(declarations, file.stack, evidence(), surroundings)
        : waitingFor(stack.waitsForUnread);
  const deployed = (credential: ResolvedCredential): Deployed =>
    options.emergency === true ? {} : deployedOf(credential, file.stack, evidence());
  const judged = chosen.map((credential) => ({
    credential,
    obstacle: obstacleOf(credential, options, ringOrder, deployed(credential), nowMs),
  }));
  const against = judged.flatMap(({ credential: { key }, obstacle }): readonly NotRotated[] =>
    obstacle === undefined ? [] : [{ credential: key, ...obstacle }],
  );
  const rotatedAt = new Date(nowMs).toISOString().replace(millisecondsPattern, "Z");
  const going =
    !isByDate && against.length > 0
      ? []
      : judged.flatMap(({ credential, obstacle }) => (obstacle === undefined ? [credential] : []));
  const rotations = going.map((one) => planRotation(one, file.stack, rotatedAt, options.emergency === true));
  write(file, rotations, rotatedAt, options.dryRun === true);
  return {
    stack: file.stack,
    fileName: file.fileName,
    rotatedAt,
    rotations,
    waiting: against.filter(isWaiting),
    skipped: against.filter((one) => !isWaiting(one)),
    unknown: [...ages.byKey].flatMap(([credential, age]) =>
      "unknownBecause" in age ? [{ credential, reason: age.unknownBecause }] : [],
    ),
    neverDeployed: ages.neverDeployed,
    gaps: going.filter(cutsOff).map(({ key }) => key),
  };
}

/** By its age. A revoked one that was rotated at a known time, and is due, is told: somebody has to restore it first. */
function isToBeRotated({ key, rotation, revoked }: ResolvedCredential, ages: Ages, nowMs: number): boolean {
  const age = ages.byKey.get(key);
  if (age !== undefined && "since" in age) {
    return isDue({ ...rotation, rotatedAt: age.since }, nowMs);
  }
  return revoked && isDue(rotation, nowMs);
}

function waitingFor(unread: string): RingOrder {
  const obstacle: Obstacle = {
    reason: `the settings of ${unread}, which goes before, have mistakes or could not be read; correct them first`,
    waitsFor: unread,
  };
  return () => obstacle;
}

function write(file: StackFile, plans: readonly RotationPlan[], rotatedAt: string, isDryRun: boolean): void {
  const change = (edit: SettingEdit, current: StackDocument): void => {
    for (const plan of plans) {
      applyPlan(plan, rotatedAt, edit, current);
    }
  };
  if (isDryRun) {
    file.tryEdit(change); // a place that cannot be edited is told now, not at the real run
  } else if (plans.length > 0) {
    file.edit(change);
  }
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

/** Asked at most once, and only where it is needed. */
function once<T>(ask: () => T): () => T {
  let answer: { readonly value: T } | undefined;
  return () => (answer ??= { value: ask() }).value;
}
