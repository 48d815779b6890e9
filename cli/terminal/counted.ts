// A number of things in words (pure).

/** `1 credential`, `12 credentials`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
