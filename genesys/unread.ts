// What Genesys answered and nobody here could read: told once each, and known to whoever would say that all is well.
export class Unread {
  private readonly told = new Set<string>();
  private readonly missing = new Set<string>();

  /** @param notify One line for people. */
  constructor(private readonly notify: (line: string) => void) {}

  /** Everything that was told, sentences without their stop; empty where all answers could be read. */
  get sentences(): readonly string[] {
    return [...this.told];
  }

  /** Of lists that lack entries, what is the case: sentences without their stop. */
  get incomplete(): readonly string[] {
    return [...this.missing];
  }

  /** Lists and objects are asked for again and again: the same is told once. @param problem A sentence without its stop. */
  tell(problem: string): void {
    if (!this.told.has(problem)) {
      this.told.add(problem);
      this.notify(`Warning: ${problem}.`);
    }
  }

  /** The same of a list from which an object is missing. @param path Of the list. */
  tellIncomplete(problem: string, path: string): void {
    this.missing.add(problem);
    this.tell(`${problem} (GET ${path})`);
  }
}
