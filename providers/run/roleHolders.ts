// Who holds a role, besides the clients that are given: in words, for somebody who is about to take it away.
import { listed } from "../../common/listed";
import { oneLine } from "../../common/oneLine";
import { GenesysError, isNotFound } from "../../genesys/errors";
import { isEnded } from "../../genesys/knowledge/clientLife";
import { type Marker, parseMarker } from "../../genesys/marker";
import { clientsHolding, type HolderKind, type RoleHolder } from "../../genesys/roleHolders";
import type { Session } from "./session";

/** Of more, the number is told only. */
const mostNames = 5;
/** A name of the organisation in a message. */
const longestName = 100;

/** One and several of a kind. OAuth clients are told one by one. */
const words: Readonly<Record<Exclude<HolderKind, "OAuth client">, readonly [string, string]>> = {
  person: ["person", "people"],
  group: ["group", "groups"],
  other: ["other holder", "other holders"],
};

/**
 * Such as `2 people (Ms Example, Mr Other)`, `1 group (Reporting)` and `OAuth client "by hand" (id)`. What Genesys does not tell is a
 * line of its own with the reason: it is no error, since nothing depends on it but a warning.
 * @param isOwn Whose clients are left out, besides the client of this session.
 * @param formerDeployerId The client that deployed before: a preview may be run by another one.
 * @throws GenesysError where it does not tell the clients
 */
export async function holdersOf(
  session: Session,
  roleId: string,
  isOwn: (marker: Marker) => boolean,
  formerDeployerId: string = session.deployerClientId,
): Promise<string[]> {
  const clients = await session.clientsAtStart();
  const unknown: string[] = [];
  let told: RoleHolder[] = []; // a role that is gone is held by nobody
  try {
    told = await session.roleHolders.of(roleId);
  } catch (error) {
    if (!(error instanceof GenesysError)) {
      throw error;
    }
    if (!isNotFound(error)) {
      unknown.push(`people and groups that cannot be known: ${oneLine(error.message)}`);
    }
  }
  const own = clients.filter(({ description }) => {
    const marker = parseMarker(description);
    return marker !== undefined && isOwn(marker);
  });
  const except = new Set(
    [session.deployerClientId, formerDeployerId, ...own.map(({ id }) => id)].map((id) => id.toLowerCase()),
  );
  const byId = new Map(clients.map((client) => [client.id.toLowerCase(), client]));
  const isClient = ({ id, kind }: RoleHolder): boolean =>
    kind === "OAuth client" || byId.has(id.toLowerCase());
  // The list of subjects may know of a grant that the client itself does not show (docs/genesys-api.md 4.6).
  const holding = [...clientsHolding(roleId, clients), ...told.filter(isClient)]
    .map(({ id, name }) => ({ id, name: byId.get(id.toLowerCase())?.name ?? name }))
    .filter(({ id }) => !except.has(id.toLowerCase()) && !isEnded(byId.get(id.toLowerCase()) ?? {}));
  const each = new Map(holding.map((one) => [one.id.toLowerCase(), one]));
  const others = told.filter((holder) => !isClient(holder));
  return [
    ...(["person", "group", "other"] as const).flatMap((kind) =>
      counted(
        words[kind],
        others.filter((holder) => holder.kind === kind),
      ),
    ),
    ...[...each.values()].map(({ id, name = "" }) => `OAuth client "${oneLine(name, longestName)}" (${id})`),
    ...unknown,
  ];
}

function counted([one, several]: readonly [string, string], holders: readonly RoleHolder[]): string[] {
  if (holders.length === 0) {
    return [];
  }
  const names = holders.map(({ id, name }) => oneLine(name ?? id, longestName));
  return [
    `${holders.length} ${holders.length === 1 ? one : several} (${listed(names, mostNames, ", and ")})`,
  ];
}
