// Which slots a credential has at a generation, and what replaces them.
import { type SlotName, slotOwning } from "../../common/slot";

/** One slot as it should be at a generation. */
export interface Slot {
  readonly slot: SlotName;
  /** The last generation that this slot owned; a change of it replaces the slot's client, unless rotations keep it. */
  readonly generation: number;
  /** Whether the stored secret names this slot's client. */
  readonly isCurrent: boolean;
  readonly state: "active" | "inactive";
}

/** What a rotation does with the idle client: a new one in its place, or the same one with a new secret. */
export const clientTurns = ["replace", "keep"] as const;

/** One of {@link clientTurns}. */
export type ClientTurn = (typeof clientTurns)[number];

/** What decides the slots. */
export interface RotationInput {
  /** Whole number, 0 or more. */
  readonly generation: number;
  readonly overlap: "previous" | "none";
  readonly previous: "keep" | "revoked";
  readonly revoked: boolean;
}

/**
 * The slots of a credential, current first. Generations take turns in them, so that going from one generation to the next changes only
 * the slot that is not current.
 * @throws RangeError when the generation is not a whole number of 0 or more.
 */
export function slotsOf(rotation: RotationInput): readonly Slot[] {
  const { generation, overlap, previous, revoked } = rotation;
  if (!Number.isSafeInteger(generation) || generation < 0) {
    throw new RangeError(
      `Choosing the slots of generation ${generation}: it is not a whole number of 0 or more.`,
    );
  }
  const current: Slot = {
    slot: slotOwning(generation),
    generation,
    isCurrent: true,
    state: revoked ? "inactive" : "active",
  };
  if (generation === 0 || overlap === "none") {
    return [current];
  }
  const former: Slot = {
    slot: slotOwning(generation - 1),
    generation: generation - 1,
    isCurrent: false,
    state: revoked || previous === "revoked" ? "inactive" : "active",
  };
  return [current, former];
}
