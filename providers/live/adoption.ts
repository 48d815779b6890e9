// Refusing to take over a live object: reason by reason in a preview, all of them at once before the write.
import { ProviderError } from "../engine/providerError";
import type { Session } from "../run/session";

/** A reason may quote names and descriptions of the organisation. */
const longestReason = 1000;

export function adoptionReasons({ redactor }: Session, reasons: readonly string[]): string[] {
  return reasons.map((reason) => `${redactor.line(reason, longestReason)} [ADOPTION_REFUSED]`);
}

/** The live object where nothing is against taking it over. @param what As `role "reader"`. @throws ProviderError ADOPTION_REFUSED */
export function requireAdoptable<T>(what: string, live: T | undefined, reasons: readonly string[]): T {
  if (live === undefined || reasons.length > 0) {
    throw new ProviderError(
      "ADOPTION_REFUSED",
      `Adopting ${what}: ${reasons.join("; ")}; nothing was written`,
    );
  }
  return live;
}
