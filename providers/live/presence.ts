// Whether an object is really gone: one 404 may come from a cache that does not know a young object yet, or from a proxy.
import { undefinedWhenNotFound } from "../../genesys/errors";
import { type Answer, eventually } from "../run/patience";
import type { Session } from "../run/session";

/** How an object is asked for. */
export interface Question<T extends { readonly id: string }> {
  /** As `OAuth client "nightly-report-dev-a"`, for the line that says what is waited for. */
  readonly what: string;
  readonly id: string;
  /** ISO 8601: a young object is waited for, since Genesys may need minutes to know it (docs/genesys-api.md 3.10). */
  readonly bornAt?: string | undefined;
  get(): Promise<T>;
  list(): Promise<T[]>;
}

/** The live object; undefined when neither GET nor the list knows it and it is old enough to be known. */
export async function findLive<T extends { readonly id: string }>(
  session: Session,
  question: Question<T>,
): Promise<T | undefined> {
  const patience = {
    clock: session.clock,
    notify: session.notify,
    waitMs: remainingYouthMs(session, question),
  };
  try {
    return await eventually(patience, `${question.what} to be known`, () => ask(question));
  } catch (error) {
    if (error instanceof UnknownObject) {
      return undefined;
    }
    throw error;
  }
}

/** Neither GET nor the list knows the object (yet). */
class UnknownObject extends Error {}

async function ask<T extends { readonly id: string }>(question: Question<T>): Promise<Answer<T | undefined>> {
  const found =
    (await question.get().catch(undefinedWhenNotFound)) ??
    (await question.list()).find(({ id }) => id === question.id);
  return found === undefined ? { notYet: new UnknownObject() } : { done: found };
}

/**
 * How long after its birth neither GET nor the list may know an object by right. Genesys speaks of minutes, but an object that was
 * verified is known already, and somebody who deletes a young client by hand should not make the next refresh wait for minutes. Should
 * a client reappear later, the next creation finds it by its marker and takes it over.
 */
const youthMs = 30_000;

/** How long the object may still be unknown by right; zero when its birth is not known. */
function remainingYouthMs(session: Session, { bornAt }: Pick<Question<never>, "bornAt">): number {
  const longestMs = Math.min(session.waitMs, youthMs);
  const bornAtMs = Date.parse(bornAt ?? "");
  return Number.isNaN(bornAtMs)
    ? 0
    : Math.min(longestMs, Math.max(0, bornAtMs + longestMs - session.clock.now()));
}
