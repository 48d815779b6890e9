// `list`: the credentials of a stack, as declared and as they live in Genesys.
import Table from "cli-table3";
import pc from "picocolors";
import { slotOwning } from "../common/slot";
import { adoptionIn, isSecretKept } from "../declarations/adoption";
import { normalizeInstant } from "../declarations/instants";
import { type ResolvedCredential, type ResolvedDeclarations } from "../declarations/resolve";
import { type ClientTurn, dueAt, isDue } from "../declarations/rotation";
import { OAuthClients } from "../genesys/oauthClients";
import { type OAuthClientEntity } from "../genesys/wire";
import { ageText } from "./ageText";
import { type ExitCode, exitCodes, OutsideError } from "./cliError";
import { connectDeployer } from "./deployer";
import { clientsInSlot, clientsOf, isOfEarlierGeneration } from "./liveClients";
import { declarationsForCalls, declarationsInFile } from "./stackDeclarations";
import { StackFile } from "./stackFile/stackFile";
import { type Surroundings } from "./surroundings";

/** What people write behind `list`. */
export interface ListOptions {
  readonly stack?: string;
  /** Do not ask Genesys. */
  readonly offline?: boolean;
  readonly json?: boolean;
}

/** One credential as it is listed; null where it is not known. */
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
  /**
   * `active`, `inactive` or `disabled` as Genesys says; `missing`, or `to be adopted`, before the next update; `revoked` as declared.
   */
  readonly state: string | null;
  readonly isRevoked: boolean;
  readonly roles: readonly string[];
  /** Null where nothing is stored: the client was adopted with its secret kept, and was not rotated yet. */
  readonly secretName: string | null;
}

const msPerSecond = 1000;
const unknownText = "-";
const keptText = "not stored yet (kept)";

/** @throws UsageError, ConfigError, OutsideError. */
export async function list(options: ListOptions, surroundings: Surroundings): Promise<ExitCode> {
  const { output, clock } = surroundings;
  const file = StackFile.find(surroundings.folder, options.stack);
  const document = file.read();
  const missing = missingDeployer(surroundings);
  const isOffline = options.offline === true || missing !== undefined;
  const declarations = isOffline
    ? declarationsInFile(document, file.stack)
    : declarationsForCalls(document, file.stack, surroundings.environment);
  if (options.offline !== true && missing !== undefined) {
    output.note(`${missing} is not set, so Genesys was not asked: only what ${file.fileName} says is shown.`);
  }
  const everyClient = isOffline ? undefined : await liveClients(declarations, surroundings);
  const listed = declarations.credentials.map((credential) => describe(credential, everyClient, clock.now()));
  if (options.json === true) {
    output.printJson({ stack: file.stack, isLive: !isOffline, credentials: listed });
  } else if (listed.length === 0) {
    output.print(`${file.fileName} declares no credentials.`);
  } else {
    output.print(renderTable(listed, output.isColoured));
  }
  return exitCodes.fine;
}

function missingDeployer({ environment }: Surroundings): string | undefined {
  return ["GENESYSCLOUD_OAUTHCLIENT_ID", "GENESYSCLOUD_OAUTHCLIENT_SECRET"].find(
    (name) => (environment[name] ?? "").trim() === "",
  );
}

async function liveClients(
  declarations: ResolvedDeclarations,
  surroundings: Surroundings,
): Promise<readonly OAuthClientEntity[]> {
  try {
    return await new OAuthClients(connectDeployer(declarations, surroundings)).list();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OutsideError(`Listing the OAuth clients: ${reason}; \`--offline\` shows what the file says.`);
  }
}

function describe(
  credential: ResolvedCredential,
  everyClient: readonly OAuthClientEntity[] | undefined,
  nowMs: number,
): ListedCredential {
  const { rotation, revoked } = credential;
  const slot = slotOwning(rotation.generation);
  const current = everyClient && clientsInSlot(clientsOf(credential.owner, everyClient), slot);
  const live = current?.[0];
  const adopt = adoptionIn(credential, rotation);
  const isToAdopt = adopt !== undefined && current?.length === 0;
  const since = rotation.rotatedAt ?? normalizeInstant(live?.entity.dateCreated ?? "") ?? null;
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
    nextDueAt: dueAt(rotation) ?? null,
    isDue: !revoked && isDue(rotation, nowMs),
    state: stateOf(
      current === undefined
        ? undefined
        : (live?.entity.state ?? (live !== undefined ? "active" : isToAdopt ? "to be adopted" : "missing")),
      revoked,
    ),
    isRevoked: revoked,
    roles: credential.roleDivisions.map(
      ({ roleKey, roleName, division }) => `${roleKey ?? roleName ?? ""} (${division})`,
    ),
    secretName: isSecretKept(credential) ? null : credential.secret.name,
  };
}

/** Declared and live state in one word or two; null where nothing is known. */
function stateOf(live: string | undefined, isRevoked: boolean): string | null {
  if (!isRevoked) {
    return live ?? null;
  }
  return live === "active" ? "revoked, still active: run pulumi up" : "revoked";
}

/** A client that rotations replace and that is older than the declared generation is told: it is not rotated yet, or was kept until now. */
function stateText(one: ListedCredential, emphasise: (text: string) => string): string {
  const { state, clientsMode: clients, madeForGeneration: made, generation } = one;
  if (state === null) {
    return unknownText;
  }
  const isOlder = made !== null && isOfEarlierGeneration({ generation: made }, generation, { clients });
  const words = isOlder ? `${state} (made for generation ${made})` : state;
  return words === "active" ? words : emphasise(words);
}

function renderTable(credentials: readonly ListedCredential[], isColoured: boolean): string {
  const colours = pc.createColors(isColoured);
  const plain = {
    top: "",
    "top-mid": "",
    "top-left": "",
    "top-right": "",
    bottom: "",
    "bottom-mid": "",
    "bottom-left": "",
    "bottom-right": "",
    left: "",
    "left-mid": "",
    mid: "",
    "mid-mid": "",
    right: "",
    "right-mid": "",
    middle: "  ",
  };
  const table = new Table({
    head: ["NAME", "CLIENT ID", "SLOT", "GEN", "AGE", "NEXT DUE", "STATE", "ROLES", "SECRET"],
    chars: plain,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  for (const one of credentials) {
    const count = one.clientCount !== null && one.clientCount > 1 ? ` (1 of ${one.clientCount})` : "";
    const due = one.nextDueAt ?? (one.isDue ? "never rotated" : unknownText);
    table.push([
      one.credential,
      one.clientId === null ? unknownText : `${one.clientId}${count}`,
      one.slot,
      one.clientsMode === "keep" ? `${one.generation} (keep)` : one.generation,
      one.ageSeconds === null ? unknownText : ageText(one.ageSeconds * msPerSecond),
      one.isDue ? colours.red(`${due} overdue`) : due,
      stateText(one, colours.yellow),
      one.roles.join(", "),
      one.secretName ?? keptText,
    ]);
  }
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
