// How many requests an audit may spend on single objects, so that one of a large organisation ends; what is left out is told.
import { type NotChecked } from "../notChecked";

/** Requests that are sent whatever comes: sign-in, lists, and polls of a job that works for long. */
const fixedRequests = 16;
/** Of the whole, the largest share that usage takes away from single objects: a long window must not hide roles that were given by hand. */
const largestShareOfUsage = 1 / 3;

/** Counts down. */
export class RequestAllowance {
  private left: number;
  private needed = 0;
  private readonly missing: { readonly what: string; readonly count: number }[] = [];

  /** @param most Of the whole audit, as `--requests` says. @param usage Those that usage is expected to cost. */
  constructor(
    private readonly most: number,
    private readonly usage: number,
  ) {
    this.left = Math.max(0, Math.floor(most - fixedRequests - Math.min(usage, most * largestShareOfUsage)));
  }

  /** Without a question: what is spent in any case. */
  spend(count: number): void {
    this.needed += count;
    this.left = Math.max(0, this.left - count);
  }

  /** The first of the items, as many as may be asked for, one request each. @param what The others, as `unused permissions of roles`. */
  take<T>(items: readonly T[], what: string): readonly T[] {
    const taken = items.slice(0, this.left);
    this.needed += items.length;
    this.left -= taken.length;
    const count = items.length - taken.length;
    if (count > 0) {
      this.missing.push({ what, count });
    }
    return taken;
  }

  /** Says once for each kind what was left out, and how to have it. */
  tell(notChecked: NotChecked): void {
    const enough = fixedRequests + this.usage + this.needed;
    for (const { what, count } of this.missing) {
      const reason = `left out, to keep the audit at about ${this.most} requests; --requests ${enough} asks for all`;
      notChecked.add(null, `${what} (${count} more)`, reason);
    }
  }
}
