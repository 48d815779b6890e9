// The day of an instant in UTC (pure).

/** `YYYY-MM-DD`. */
const dateLength = 10;

/** The day of an ISO instant in UTC. */
export function dayOf(instant: string): string {
  return instant.slice(0, dateLength);
}
