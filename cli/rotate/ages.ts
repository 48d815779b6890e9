// Since when the secrets of a stack's credentials are in use: from the stack file, the evidence, and the state, each asked only for what is not known.
import { type Known } from "../../common/known";
import { slotOwning } from "../../common/slot";
import { type ResolvedCredential, type ResolvedDeclarations } from "../../declarations/resolve";
import { isAgeUnknown, isToCome } from "../../declarations/rotation/schedule";
import { evidenceVariable } from "../../evidence/file";
import { type StackFile } from "../stackFile/stackFile";
import { type AskPulumi } from "../terminal/pulumiProcess";
import { isClientRecordOf } from "../world/recordOf";
import { type CurrentClient, publishedAt, rotationSince } from "../world/rotationSince";
import { type RecordedResource, recordedTypes, type StackState, stateOf } from "../world/stackState";
import { type EvidenceFolder, recordedIn } from "./evidenceFolder";

/** What is known of a credential's age; of one that the next update makes there is nothing to rotate. */
export type Age =
  { readonly since: string } | { readonly isYetToBeMade: true } | { readonly unknownBecause: string };

/** The ages of a stack's credentials. */
export interface Ages {
  /** By the credential's key: those that have a schedule and are not revoked. */
  readonly byKey: ReadonlyMap<string, Age>;
  /** What tells that the stack was never deployed; undefined where it was, or nobody asked. */
  readonly neverDeployed?: string;
}

/** Pulumi's words for a stack that its backend does not have. */
const noSuchStack = /\bno stack named\b/;

type Declared = Pick<ResolvedDeclarations, "credentials">;
type AskedFile = Pick<StackFile, "stack" | "pulumiName">;

/** @param chosen The credentials that are looked at. */
export async function readAges(
  chosen: readonly ResolvedCredential[],
  { credentials: declared }: Declared,
  file: AskedFile,
  evidence: () => EvidenceFolder | undefined,
  pulumi: AskPulumi,
  nowMs: number,
): Promise<Ages> {
  const scheduled = chosen.filter(({ rotation, revoked }) => rotation.every !== undefined && !revoked);
  const told = new Map<string, Age>();
  const note = ({ key }: ResolvedCredential, since: string | undefined): void => {
    if (since !== undefined && !isToCome(since, nowMs)) {
      told.set(key, { since });
    }
  };
  const isOpen = ({ key }: ResolvedCredential): boolean => !told.has(key);
  for (const credential of scheduled) {
    const { rotatedAt } = credential.rotation;
    note(credential, rotatedAt);
    if (rotatedAt !== undefined && isOpen(credential)) {
      told.set(credential.key, {
        unknownBecause: `rotation.rotatedAt (${rotatedAt}) is still to come: correct it`,
      });
    }
  }
  if (!scheduled.some(({ rotation }) => isAgeUnknown(rotation))) {
    return { byKey: told };
  }
  const folder = evidence();
  const recorded = recordedIn(folder);
  for (const credential of scheduled.filter(isOpen)) {
    note(credential, rotationSince(credential, { published: publishedAt(credential, file.stack, recorded) }));
  }
  if (!scheduled.some(isOpen)) {
    return { byKey: told };
  }
  const state = await stateOf(pulumi, file.pulumiName);
  const wasSeen =
    declared.some(({ rotation }) => rotation.rotatedAt !== undefined || rotation.generation > 0) ||
    recorded.some(({ stack }) => stack === file.stack);
  const neverDeployed = neverDeployedBecause(state, wasSeen);
  for (const credential of scheduled.filter(isOpen)) {
    const age = "value" in state ? ageInState(credential, declared, state.value) : undefined;
    told.set(
      credential.key,
      neverDeployed === undefined
        ? (age ?? { unknownBecause: unknownBecause(credential, file, folder, state, wasSeen) })
        : { isYetToBeMade: true },
    );
  }
  return { byKey: told, ...(neverDeployed === undefined ? {} : { neverDeployed }) };
}

/** Undefined where the stack was deployed, or nobody knows: that there is no evidence of it tells nothing, since it may be older than evidence. */
function neverDeployedBecause(state: Known<StackState>, wasSeen: boolean): string | undefined {
  if ("value" in state) {
    return clientsIn(state.value).length === 0 ? "its state holds no OAuth client" : undefined;
  }
  return !wasSeen && noSuchStack.test(state.reason) ? "Pulumi's backend has no such stack" : undefined;
}

/** Undefined where the state does not tell. */
function ageInState(
  credential: ResolvedCredential,
  declared: readonly ResolvedCredential[],
  state: StackState,
): Age | undefined {
  const [latest] = clientsIn(state)
    .filter((client) => isClientRecordOf(client, credential, declared))
    .sort((left, right) => (right.generation ?? 0) - (left.generation ?? 0));
  if (latest === undefined) {
    return { isYetToBeMade: true };
  }
  const { generation = 0, recordedAt, dateCreated } = latest;
  if (generation < credential.rotation.generation) {
    return undefined; // raised by hand and not deployed: another step would replace both clients at once
  }
  const current: CurrentClient = {
    slot: slotOwning(generation),
    generation,
    recordedAt,
    dateCreated: [dateCreated],
  };
  const since = rotationSince(credential, { current });
  return since === undefined ? undefined : { since };
}

function clientsIn({ resources }: StackState): readonly RecordedResource[] {
  return resources.filter(
    ({ type, id, isPendingDeletion }) =>
      type === recordedTypes.client && id !== undefined && !isPendingDeletion,
  );
}

function unknownBecause(
  { rotation: { generation } }: ResolvedCredential,
  { stack }: AskedFile,
  folder: EvidenceFolder | undefined,
  state: Known<StackState>,
  wasSeen: boolean,
): string {
  const evidence =
    folder === undefined
      ? `no folder with evidence is named (--evidence, ${evidenceVariable})`
      : "value" in folder.recorded
        ? `there is no evidence of its generation ${generation} in ${folder.named}`
        : `the evidence in ${folder.named} cannot be read (${folder.recorded.reason})`;
  const recorded =
    "value" in state
      ? `the state does not tell since when generation ${generation} is in use`
      : `the state could not be read: ${state.reason}`;
  return (
    `nobody knows since when its secret is in use: no rotation.rotatedAt is written, ${evidence}, and ${recorded}; ` +
    `where Genesys can be asked, \`npm run credentials -- list --stack ${stack} --json\` tells it (since): write that as rotation.rotatedAt` +
    ("value" in state || wasSeen
      ? ""
      : `; one of a stack that was never deployed is known after the first \`pulumi up\` with ${evidenceVariable}`)
  );
}
