// Which OAuth clients the state of this stack holds, as far as one run is told: what is on record is no orphan, and nobody deletes it.
import { slotOwning } from "../../common/slot";
import { markerPrefix, parseMarker } from "../../genesys/marker";
import { isDeleted } from "../../genesys/oauthClients";
import type { OAuthClientEntity } from "../../genesys/wire";
import type { OrganizationInput } from "../engine/organization";
import { explain } from "../engine/providerError";
import type { Session } from "../run/session";
import type { SessionFinder } from "../run/sessions";

/** Whose client it is. */
interface Owned {
  readonly owner?: string;
  readonly generation?: number;
  readonly marker?: string;
}

/** The engine tells a provider of pending deletions only when they are due: what is not noted here may still be on record. */
export class Ownership {
  /** Owner and generation of what state holds: should it be replaced with the same ones, the live client is no orphan. */
  private readonly prefixes = new Set<string>();
  private readonly markers = new Set<string>();
  /** The client that each slot has once this run is over, as far as nobody takes it away, and the marker on record. */
  private readonly alive = new Map<string, { readonly id: string; readonly marker: string | undefined }>();
  /** Former clients that a slot gets back, by the marker's beginning that they will have. */
  private readonly returning = new Map<string, OAuthClientEntity>();

  noteInputs({ owner, generation }: Readonly<Record<string, unknown>>): void {
    if (typeof owner === "string" && typeof generation === "number") {
      this.prefixes.add(markerPrefix(owner, generation));
    }
  }

  noteRecord({ marker }: Owned): void {
    if (marker !== undefined) {
      this.markers.add(marker);
    }
  }

  noteAlive(id: string, { owner = "", generation = 0, marker }: Owned): void {
    this.noteRecord(marker === undefined ? {} : { marker });
    this.alive.set(`${owner}#${slotOwning(generation)}`, { id, marker });
  }

  /**
   * Whether a record to be deleted is an old one of a client that lives on: whoever takes a client back gives it another marker. A client
   * that was looked at in this run, by a refresh say, and is then taken away has the marker on record.
   */
  isFormerRecord(id: string, { marker }: Owned): boolean {
    return [...this.alive.values()].some((kept) => kept.id === id && kept.marker !== marker);
  }

  hasRecord(owner: string, generation: number): boolean {
    return this.prefixes.has(markerPrefix(owner, generation));
  }

  /** What an interrupted run left behind: clients of exactly this making that are on no record. */
  orphansIn(clients: readonly OAuthClientEntity[], owner: string, generation: number): OAuthClientEntity[] {
    const returning = this.returning.get(markerPrefix(owner, generation));
    return returning !== undefined
      ? [returning]
      : clients.filter(
          (client) =>
            client.description?.includes(markerPrefix(owner, generation)) === true && this.mayReturn(client),
        );
  }

  /**
   * The former client of a slot whose generation is lowered, where it still lives: a rotation that failed half-way has not come to its
   * deletion, and its secret may be in use.
   */
  async findReturning(
    sessionFor: SessionFinder,
    id: string,
    declared: Owned & { readonly organization?: OrganizationInput },
  ): Promise<OAuthClientEntity | undefined> {
    const { owner = "", generation = 0, organization } = declared;
    const session = sessionFor(organization);
    if (!session.reconcile) {
      return undefined;
    }
    const found = (await clientsNow(session, organization?.id))
      .map((client) => ({ client, made: parseMarker(client.description) }))
      .filter(({ client, made }) => made?.owner === owner && client.id !== id && this.mayReturn(client))
      .filter(({ made }) => made !== undefined && isInSlot(made.generation, generation))
      .sort((one, other) => (other.made?.generation ?? 0) - (one.made?.generation ?? 0))[0]?.client;
    if (found !== undefined) {
      this.returning.set(markerPrefix(owner, generation), found);
    }
    return found;
  }

  /** Alive, not waiting for its end, and not the client of another slot. */
  private mayReturn(client: OAuthClientEntity): boolean {
    return (
      !isDeleted(client) &&
      client.dateToDelete === undefined &&
      ![...this.alive.values()].some(({ id }) => id === client.id) &&
      ![...this.markers].some((marker) => client.description?.includes(marker) === true)
    );
  }
}

async function clientsNow(
  session: Session,
  organizationId: string | undefined,
): Promise<OAuthClientEntity[]> {
  const action = "Looking for the former OAuth client";
  await session.enter(action, organizationId);
  try {
    return await session.clientsAtStart();
  } catch (error) {
    throw explain(action, error, session.redactor);
  }
}

/** Made for this generation of the slot, or for an earlier one: a client that rotations keep carries the generation of its making. */
function isInSlot(made: number, generation: number): boolean {
  return made <= generation && slotOwning(made) === slotOwning(generation);
}

/** Whether a living client carries exactly this marker. */
export function isMarked(client: OAuthClientEntity, marker: string): boolean {
  return (client.description ?? "").includes(marker) && !isDeleted(client);
}

/** What a creation looks at before it makes anything. */
export async function orphansOf(
  session: Session,
  ownership: Ownership,
  { owner, generation }: { readonly owner: string; readonly generation: number },
): Promise<OAuthClientEntity[]> {
  return session.reconcile && !ownership.hasRecord(owner, generation)
    ? ownership.orphansIn(await session.clientsAtStart(), owner, generation)
    : [];
}
