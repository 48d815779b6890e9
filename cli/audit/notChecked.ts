// What an audit could not look at, and which gates cannot be decided without it.
import { type AuditReport } from "./auditReport";
import { findingCategories, type FindingCategory } from "./findingKinds";

/** One entry of the report. */
export type NotCheckedEntry = AuditReport["notChecked"][number];

/** Collects the entries. */
export class NotChecked {
  private readonly collected: NotCheckedEntry[] = [];
  private readonly blocked = new Set<FindingCategory>();

  /** The entries, each once, in the order of the stacks and of their discovery. */
  get entries(): readonly NotCheckedEntry[] {
    return [...new Map(this.collected.map((entry) => [JSON.stringify(entry), entry])).values()];
  }

  /** Categories of which nothing at all can be said. */
  get undecided(): readonly FindingCategory[] {
    return findingCategories.filter((category) => this.blocked.has(category));
  }

  /**
   * @param what The thing, as `usage of OAuth client x`.
   * @param reason A clause or a sentence without its stop.
   * @param blocks The categories that are wholly unknown without it; none for a single object.
   */
  add(stack: string | null, what: string, reason: string, blocks: readonly FindingCategory[] = []): void {
    this.collected.push({ stack, what, reason });
    for (const category of blocks) {
      this.blocked.add(category);
    }
  }
}
