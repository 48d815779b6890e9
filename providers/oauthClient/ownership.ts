// Which OAuth clients the state of this stack holds, as far as one run is told: what is on record is no leftover, and nobody deletes it.
import { defined } from "../../common/defined";
import { slotOwning } from "../../common/slot";
import { isEnded } from "../../genesys/knowledge/clientLife";
import { type Maker, mayBeMadeBy, parseMarker } from "../../genesys/marker";
import type { OAuthClientEntity } from "../../genesys/wire";
import type { Inputs } from "../engine/checked";

/** Whose client it is. */
interface Owned {
  readonly owner?: string;
  readonly generation?: number;
  readonly marker?: string;
}

/** The engine tells a provider of pending deletions only when they are due: what is not noted here may still be on record. */
export class Ownership {
  /** Owner and generation of what state holds: should it be replaced with the same ones, the live client is no leftover. */
  private readonly makings = new Set<string>();
  /** Owner and generation of what is made in the place of a recorded client: by a rotation, or since that is gone. */
  private readonly rotations = new Set<string>();
  private readonly ids = new Set<string>();
  private readonly markers = new Set<string>();
  /** The client that each slot has once this run is over, as far as nobody takes it away, and the marker on record. */
  private readonly alive = new Map<string, { readonly id: string; readonly marker: string | undefined }>();
  /** Former clients that a slot gets back, by owner and generation. */
  private readonly returning = new Map<string, OAuthClientEntity>();

  /** @param olds Inputs of state; empty where the engine tells none. @param owner As declared now: names may have changed. */
  noteInputs({ generation }: Inputs, owner: unknown): void {
    if (typeof owner === "string" && typeof generation === "number") {
      this.makings.add(makingOf({ owner, generation }));
    }
  }

  noteRecord(id: string, { marker }: Owned): void {
    this.ids.add(id);
    if (marker !== undefined) {
      this.markers.add(marker);
    }
  }

  noteRotation(making: Owned): void {
    this.rotations.add(makingOf(making));
  }

  noteAlive(id: string, { owner = "", generation = 0, marker }: Owned): void {
    this.noteRecord(id, defined({ marker }));
    this.alive.set(`${owner}#${slotOwning(generation)}`, { id, marker });
  }

  noteReturning(making: Owned, client: OAuthClientEntity): void {
    this.returning.set(makingOf(making), client);
  }

  /**
   * Whether a record to be deleted is an old one of a client that lives on: whoever takes a client back gives it another marker. A client
   * that was looked at in this run, by a refresh say, and is then taken away has the marker on record.
   */
  isFormerRecord(id: string, { marker }: Owned): boolean {
    return [...this.alive.values()].some((kept) => kept.id === id && kept.marker !== marker);
  }

  hasRecord(making: Owned): boolean {
    return this.makings.has(makingOf(making));
  }

  isRotation(making: Owned): boolean {
    return this.rotations.has(makingOf(making));
  }

  returningTo(making: Owned): OAuthClientEntity | undefined {
    return this.returning.get(makingOf(making));
  }

  /** Whether state holds the client, as far as this run was told. */
  isRecorded({ id, description }: OAuthClientEntity): boolean {
    return this.ids.has(id) || [...this.markers].some((marker) => description?.includes(marker) === true);
  }

  /** The former client of a slot whose generation is lowered, the youngest where there are several. @param id The client of the record. */
  formerClient(
    clients: readonly OAuthClientEntity[],
    id: string,
    claim: Maker & { readonly generation: number },
  ): OAuthClientEntity | undefined {
    return clients
      .map((client) => ({ client, made: parseMarker(client.description) }))
      .filter(({ client, made }) => mayBeMadeBy(made, claim) && client.id !== id)
      .filter(
        ({ client }) => !isEnded(client) && client.dateToDelete === undefined && !this.isRecorded(client),
      )
      .filter(({ made }) => made !== undefined && isInSlot(made.generation, claim.generation))
      .sort((one, other) => (other.made?.generation ?? 0) - (one.made?.generation ?? 0))[0]?.client;
  }
}

/** One making of a client, whatever the identity of the stack. */
export function makingOf({ owner = "", generation = 0 }: Owned): string {
  return `${owner}#${generation}`;
}

/** Made for this generation of the slot, or for an earlier one: a client that rotations keep carries the generation of its making. */
function isInSlot(made: number, generation: number): boolean {
  return made <= generation && slotOwning(made) === slotOwning(generation);
}
