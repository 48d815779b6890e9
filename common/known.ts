// Facts that may be unknown, and why: what lets one failure be told once and hide nothing else.
import { oneLine } from "./oneLine";

/** A fact, or the reason (a clause, as `the sign-in failed`) why it is not known. */
export type Known<T> = { readonly value: T } | { readonly reason: string };

/** What follows from a fact; the reason goes on where it is not known. */
export function mapKnown<T, U>(fact: Known<T>, map: (value: T) => U): Known<U> {
  return "value" in fact ? { value: map(fact.value) } : fact;
}

/** Asks for a fact that needs another one. @param failed What is the case when asking fails, as `the roles could not be read`. */
export async function ask<T, U>(
  needed: Known<T>,
  failed: string,
  question: (value: T) => Promise<U>,
): Promise<Known<U>> {
  if (!("value" in needed)) {
    return needed;
  }
  try {
    return { value: await question(needed.value) };
  } catch (error) {
    return { reason: `${failed}: ${messageOf(error)}` };
  }
}

/** An error's message on one line. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return oneLine(text);
}
