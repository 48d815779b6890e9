// The life of an OAuth client: which one is still there, and which state may follow which (pure).

/** What of a client tells its life; both are absent where Genesys does not say. */
interface Life {
  readonly state?: string | undefined;
  readonly dateToDelete?: string | undefined;
}

/** From the most to the least that a client may do: `inactive` gets no new tokens, `disabled` keeps none either (docs/genesys-api.md 3.3). */
export const states = ["active", "inactive", "disabled"] as const;

/**
 * Whether a client is deleted, although it may still be shown: Genesys keeps one that is older than 30 days for a week, inactive and
 * with the date of its end (docs/genesys-api.md 3.7). It is never brought back.
 */
export function isEnded({ state, dateToDelete }: Life): boolean {
  return state === "deleted" || (dateToDelete !== undefined && state !== undefined && state !== "active");
}

/** Whether a client may get tokens, now or as soon as somebody activates it by mistake: nobody takes such a one over. */
export function isActive({ state, dateToDelete }: Life): boolean {
  return state === "active" && dateToDelete === undefined;
}

/**
 * The state that a write sends. What a person or Genesys has lowered stays lowered, unless the record knew of it: then the change was
 * shown in the preview. `disabled` is never weakened to `inactive`.
 */
export function stateToSend(
  live: string | undefined,
  declared: string,
  recorded: string | undefined,
): string {
  const isRaised = recorded !== undefined && recorded !== declared && declared === "active";
  return live === undefined || isRaised || rank(live) < rank(declared) ? declared : live;
}

/** Whether a live state is lower than the recorded one: a person's doing, or Genesys's. */
export function isLowered(live: string | undefined, recorded: string): boolean {
  return live !== undefined && rank(live) > rank(recorded);
}

/** A state that is not known is left as it is: it ranks lowest. */
function rank(state: string): number {
  const known: readonly string[] = states;
  return known.includes(state) ? known.indexOf(state) : known.length;
}
