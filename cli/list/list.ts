// `list`: the credentials of a stack, as declared and as they live in Genesys.
import { msPerSecond } from "../../common/clock";
import pc from "picocolors";
import { slotOwning } from "../../common/slot";
import { adoptionIn, isSecretKept } from "../../declarations/adoption";
import { type ResolvedCredential } from "../../declarations/resolve";
import { dueAt, isAgeUnknown, isDue } from "../../declarations/rotation/schedule";
import { type ClientTurn } from "../../declarations/rotation/slots";
import { ageText } from "../terminal/ageText";
import { type ExitCode, exitCodes } from "../terminal/exitCode";
import { type ListedClients, listedClients } from "./listedClients";
import { clientsInSlot, isOfEarlierGeneration } from "../world/liveClients";
import { type AskPulumi } from "../terminal/pulumiProcess";
import { rotationSince } from "../world/rotationSince";
import { describeStranger } from "../world/strangers";
import { recordedAndLost, revokedState, unknownState } from "./revokedState";
import { declarationsForCalls, declarationsInFile } from "../stackFile/stackDeclarations";
import { StackFile } from "../stackFile/stackFile";
import { stateOf } from "../world/stackState";
import { type Surroundings } from "../terminal/surroundings";
import { table } from "../terminal/table";

/** What people write behind `list`. */
export interface ListOptions {
  readonly stack?: string;
  /** Do not ask Genesys. */
  readonly offline?: boolean;
  readonly json?: boolean;
}

/** One credential as it is listed: what is not known is null. */
interface ListedCredential {
  readonly credential: string;
  /** The client in the slot of the declared generation. */
  readonly clientId: string | null;
  readonly slot: string;
  readonly generation: number;
  /** What rotations do with the idle client. */
  readonly clientsMode: ClientTurn;
  /** The generation that the client was made for: a lower one where rotations keep it, or where the declared one is yet to be deployed. */
  readonly madeForGeneration: number | null;
  /** Clients in the slot; more than one is one too many. */
  readonly clientCount: number | null;
  /** ISO instant of the last rotation, or of the client's creation. */
  readonly since: string | null;
  readonly ageSeconds: number | null;
  readonly nextDueAt: string | null;
  readonly isDue: boolean;
  /** Whether it has a schedule, and nobody told what that counts from. */
  readonly isAgeUnknown: boolean;
  /**
   * `active`, `inactive` or `disabled` as Genesys says; `missing`, or `to be adopted`, before the next update. Where it is declared
   * revoked: `revoked` if each of its clients was seen so, else what is the case, or `unknown`.
   */
  readonly state: string | null;
  /** Clients that the state knows and Genesys does not show. */
  readonly lostClients: readonly { readonly id: string; readonly isGone: boolean }[];
  readonly isRevoked: boolean;
  readonly roles: readonly string[];
  /** Null where nothing is stored: the client was adopted with its secret kept, and was not rotated yet. */
  readonly secretName: string | null;
}

const unknownText = "-";
const keptText = "not stored yet (kept)";

/**
 * @returns 1 where the state knows clients that Genesys does not show, or shows some in a form that cannot be read; else 0.
 * @throws UsageError, ConfigError, OutsideError.
 */
export async function list(
  options: ListOptions,
  surroundings: Surroundings,
  pulumi: AskPulumi,
): Promise<ExitCode> {
  const { output, clock } = surroundings;
  const file = StackFile.find(surroundings.folder, options.stack);
  const document = file.read(surroundings.environment);
  const missing = missingDeployer(surroundings);
  const isOffline = options.offline === true || missing !== undefined;
  const declarations = isOffline
    ? declarationsInFile(document, file.stack)
    : declarationsForCalls(document, file.stack, surroundings.environment);
  if (options.offline !== true && missing !== undefined) {
    output.note(`${missing} is not set, so Genesys was not asked: only what ${file.fileName} says is shown.`);
  }
  const live = isOffline
    ? undefined
    : await listedClients(declarations, file.stack, stateOf(pulumi, file.pulumiName), surroundings);
  const listed = declarations.credentials.map((credential) => describe(credential, live, clock.now()));
  if (options.json === true) {
    output.printJson({ stack: file.stack, isLive: !isOffline, credentials: listed });
  } else if (listed.length === 0) {
    output.print(`${file.fileName} declares no credentials.`);
  } else {
    output.print(renderTable(listed, output.isColoured));
  }
  return live === undefined ? exitCodes.fine : tellDoubts(live, file.stack, options, output);
}

function missingDeployer({ environment }: Surroundings): string | undefined {
  return ["GENESYSCLOUD_OAUTHCLIENT_ID", "GENESYSCLOUD_OAUTHCLIENT_SECRET"].find(
    (name) => (environment[name] ?? "").trim() === "",
  );
}

function describe(
  credential: ResolvedCredential,
  listed: ListedClients | undefined,
  nowMs: number,
): ListedCredential {
  const found = listed?.found.get(credential.key);
  const { rotation, revoked } = credential;
  const slot = slotOwning(rotation.generation);
  const current = found && clientsInSlot(found.clients, slot);
  const live = current?.[0];
  const adopt = adoptionIn(credential, rotation);
  const isToAdopt = adopt !== undefined && current?.length === 0;
  const since =
    rotationSince(credential, {
      current: live && {
        slot,
        generation: rotation.generation,
        recordedAt: listed?.recordedAt.get(live.id),
        dateCreated: [live.entity.dateCreated],
      },
    }) ?? null;
  const schedule = { ...rotation, ...(since === null ? {} : { rotatedAt: since }) };
  return {
    credential: credential.key,
    clientId: live?.id ?? (isToAdopt ? adopt.clientId : null),
    slot,
    generation: rotation.generation,
    clientsMode: rotation.clients,
    madeForGeneration: live?.generation ?? null,
    clientCount: current?.length ?? null,
    since,
    ageSeconds: since === null ? null : Math.max(0, Math.floor((nowMs - Date.parse(since)) / msPerSecond)),
    nextDueAt: dueAt(schedule) ?? null,
    isDue: !revoked && isDue(schedule, nowMs),
    isAgeUnknown: isAgeUnknown(schedule),
    state: revoked
      ? revokedState(found)
      : current === undefined
        ? null
        : (live?.entity.state ?? (live !== undefined ? "active" : isToAdopt ? "to be adopted" : "missing")),
    lostClients: (found === undefined ? [] : recordedAndLost(found)).map(({ id, fate }) => ({
      id,
      isGone: fate === "gone",
    })),
    isRevoked: revoked,
    roles: credential.roleDivisions.map(
      ({ roleKey, roleName, division }) => `${roleKey ?? roleName ?? ""} (${division})`,
    ),
    secretName: isSecretKept(credential) ? null : credential.secret.name,
  };
}

/** What the table has no room for. Standard output may be the JSON that another program reads. */
function tellDoubts(
  { found, stateReason, isIncomplete }: ListedClients,
  stack: string,
  { json }: ListOptions,
  output: Surroundings["output"],
): ExitCode {
  if (stateReason !== undefined) {
    output.note(
      `Pulumi's state could not be read (${stateReason}): clients whose description was edited are not seen, and none is called revoked.`,
    );
  }
  const lost = [...found].flatMap(([key, own]) => recordedAndLost(own).map((one) => ({ key, ...one })));
  for (const { key, id, fate } of lost) {
    const what =
      fate === "gone"
        ? "does not exist in Genesys: `pulumi up --refresh` makes another one"
        : `is not shown by Genesys: ${fate.reason}`;
    output[json === true ? "note" : "print"](`${key}: OAuth client ${id} is on record and ${what}.`);
  }
  for (const [key, { strangers }] of found) {
    for (const { entity, why } of strangers.filter((one) => one.why === "otherIdentity")) {
      output.note(describeStranger(key, stack, { entity, why }));
    }
  }
  return lost.length > 0 || isIncomplete ? exitCodes.findings : exitCodes.fine;
}

/** A client that rotations replace and that is older than the declared generation is told: it is not rotated yet, or was kept until now. */
function stateText(one: ListedCredential, emphasise: (text: string) => string): string {
  const { state, clientsMode: clients, madeForGeneration: made, generation } = one;
  if (state === null) {
    return unknownText;
  }
  const isOlder = made !== null && isOfEarlierGeneration({ generation: made }, generation, { clients });
  if (state === unknownState) {
    return emphasise("unknown (declared revoked)");
  }
  const words = isOlder ? `${state} (made for generation ${made})` : state;
  return words === "active" ? words : emphasise(words);
}

function renderTable(credentials: readonly ListedCredential[], isColoured: boolean): string {
  const colours = pc.createColors(isColoured);
  const rows = credentials.map((one) => {
    const count = one.clientCount !== null && one.clientCount > 1 ? ` (1 of ${one.clientCount})` : "";
    const due = one.nextDueAt ?? (one.isAgeUnknown ? "age unknown" : unknownText);
    return [
      one.credential,
      one.clientId === null ? unknownText : `${one.clientId}${count}`,
      one.slot,
      `${one.generation}${one.clientsMode === "keep" ? " (keep)" : ""}`,
      one.ageSeconds === null ? unknownText : ageText(one.ageSeconds * msPerSecond),
      one.isDue ? colours.red(`${due} overdue`) : due,
      stateText(one, colours.yellow),
      one.roles.join(", "),
      one.secretName ?? keptText,
    ];
  });
  return table([
    ["NAME", "CLIENT ID", "SLOT", "GEN", "AGE", "NEXT DUE", "STATE", "ROLES", "SECRET"],
    ...rows,
  ]);
}
