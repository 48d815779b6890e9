// What another generation means for an OAuth client: another client, or the same one (pure).

/** The generations that a client is recorded or declared with. */
export interface ClientGenerations {
  /** The slot's own: the last generation that it owned. */
  readonly generation?: number;
  /** There where rotations keep the client: the generation of the credential. */
  readonly rotation?: { readonly generation: number };
  readonly state?: string;
}

/** `raised` is a rotation; `kept` one that keeps the client; `lowered` takes rotations back. */
export type GenerationChange = "none" | "raised" | "kept" | "lowered";

/**
 * A raised generation is another client, unless rotations keep it and this is the next one: further ahead is an emergency, after which no
 * client of before survives. A client that was recorded without the credential's generation cannot tell the two apart: it is replaced.
 */
export function generationChange(recorded: ClientGenerations, declared: ClientGenerations): GenerationChange {
  const step = (declared.generation ?? 0) - (recorded.generation ?? 0);
  if (step <= 0) {
    return step === 0 ? "none" : "lowered";
  }
  const [before, now] = [recorded.rotation?.generation, declared.rotation?.generation];
  const isNext = before !== undefined && now !== undefined && now - before <= 1;
  // A deactivated client would come back with the secret that was ended, until the new one is made.
  return isNext && recorded.state !== "inactive" ? "kept" : "raised";
}
