// What the names of divisions and existing roles stand for in this run: what the stack has on record of them, and what became of it.
import type { RecordedNames } from "../../genesys/knowledge/recordedNames";

/** The two kinds of objects that declarations name and the stack does not manage. */
export type NamedKind = keyof RecordedNames;

/** What people call one of a kind. */
export const kindWords: Readonly<Record<NamedKind, string>> = {
  divisions: "division",
  existingRoles: "role",
};

export class NameMemory {
  private readonly ids: Readonly<Record<NamedKind, Map<string, string>>> = {
    divisions: new Map(),
    existingRoles: new Map(),
  };
  private readonly problems: Readonly<Record<NamedKind, Map<string, string>>> = {
    divisions: new Map(),
    existingRoles: new Map(),
  };
  private readonly told = new Set<string>();

  /** What the identity of the stack says: it comes before every other resource, and counts for all of them. */
  learn({ divisions, existingRoles }: RecordedNames): void {
    divisions.forEach((id, name) => this.ids.divisions.set(name, id));
    existingRoles.forEach((id, name) => this.ids.existingRoles.set(name, id));
  }

  /** The same as a resource is told it: an update of some resources alone may leave the identity out. */
  learnTold({ divisions, existingRoles }: RecordedNames): void {
    divisions.forEach((id, name) => {
      this.learnName("divisions", name, id);
    });
    existingRoles.forEach((id, name) => {
      this.learnName("existingRoles", name, id);
    });
  }

  /** What one look-up, or the record of one client, says: it counts where the identity says nothing. */
  learnName(kind: NamedKind, name: string, id: string): void {
    if (!this.ids[kind].has(name)) {
      this.ids[kind].set(name, id);
    }
  }

  idOf(kind: NamedKind, name: string): string | undefined {
    return this.ids[kind].get(name);
  }

  /** Those of the names of which it is known what they stand for. */
  onRecord(kind: NamedKind, names: Iterable<string>): readonly string[] {
    return [...names].filter((name) => this.ids[kind].has(name));
  }

  /** Notes that what a name stands for exists no more. */
  noteProblem(kind: NamedKind, name: string, problem: string): void {
    this.problems[kind].set(name, problem);
  }

  /** What this run has found to be wrong with these names; nobody is asked. */
  problemsAmong(kind: NamedKind, names: Iterable<string>): readonly string[] {
    return [...names].flatMap((name) => this.problems[kind].get(name) ?? []);
  }

  /** Whether nothing was told of the name yet in this run; from now on it was. */
  beginTelling(kind: NamedKind, name: string): boolean {
    const key = JSON.stringify([kind, name]);
    const isFirst = !this.told.has(key);
    this.told.add(key);
    return isFirst;
  }
}
