// The two places of a credential's OAuth clients, and which generation lives in which: the one rule by which generations take turns.

/** The place of one of the two OAuth clients behind a credential. */
export type SlotName = "a" | "b";

/** The number of slots that take turns. */
const slotCount = 2;

/** The slot that a generation lives in: even ones in slot a, odd ones in slot b. */
export function slotOwning(generation: number): SlotName {
  return generation % slotCount === 0 ? "a" : "b";
}
