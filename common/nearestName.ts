// The nearest known names to a misspelt one, for "did you mean".

/** Names longer than this are not compared: no key or role name is that long, and the comparison is quadratic. */
const comparedLengthLimit = 128;

/** One edit is forgiven for each this many characters. */
const charactersPerEdit = 3;

/** A pair of short names may differ by this many edits at least (`id` and `di` differ by one). */
const leastEdits = 1;

/** A name this long that begins a candidate was cut short (`kmsKey` for `kmsKeyId`), however much is missing. */
const leastPrefixLength = 4;

/** Names that differ by more edits than the nearest one and this many are no help beside it. */
const toleratedSurplus = 1;

/**
 * The candidate that differs least from `name`, ignoring case, else the first that `name` is the beginning of;
 * undefined when none is near. Ties go to the earlier candidate.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const compared = [...candidates].filter((candidate) => candidate.length <= comparedLengthLimit);
  const [nearest] = nearestNames(name, compared, 1);
  if (nearest !== undefined || name.length < leastPrefixLength) {
    return nearest;
  }
  return compared.find((candidate) => candidate.toLowerCase().startsWith(name.toLowerCase()));
}

/** The candidates that differ least from `name`, ignoring case, nearest first, at most `count`; empty when none is near. */
export function nearestNames(name: string, candidates: Iterable<string>, count: number): readonly string[] {
  if (name.length > comparedLengthLimit) {
    return [];
  }
  const lower = name.toLowerCase();
  const mostEdits = Math.max(leastEdits, Math.floor(name.length / charactersPerEdit));
  const measured = [...candidates]
    .filter((candidate) => Math.abs(candidate.length - name.length) <= mostEdits)
    .map((candidate) => ({ candidate, distance: editDistance(lower, candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= mostEdits)
    .sort((a, b) => a.distance - b.distance);
  const least = measured[0]?.distance ?? 0;
  return measured
    .filter(({ distance }) => distance <= least + toleratedSurplus)
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

/** Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other. */
export function editDistance(from: string, to: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwap =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (isSame ? 0 : 1),
        isSwap ? at(beforePrevious, column - 2) + 1 : Infinity,
      );
    }
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
