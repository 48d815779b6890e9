// How far the reading of usage has come, for somebody who watches: what is read, of how much, and how long it will take at this pace.
import { type Clock, msPerSecond } from "../../../common/clock";
import { type Output } from "../../terminal/output";

type ProgressLine = Pick<Output, "progress" | "endProgress">;

const secondsPerMinute = 60;
/** Longer than that is told in minutes. */
const longestInSeconds = 90;

/** One line that is written over; nothing where nobody watches. */
export class UsageProgress {
  private startedAtMs: number;

  constructor(
    private readonly output: ProgressLine,
    private readonly clock: Pick<Clock, "now">,
  ) {
    this.startedAtMs = clock.now();
  }

  /** Genesys has worked on a job for so long. */
  working(waitedMs: number): void {
    this.output.progress(`usage: Genesys is at work, ${spanText(waitedMs)} so far`);
    this.startedAtMs = this.clock.now(); // the pace of reading is that of the pages alone
  }

  /** @param done `page 3` of `about 9`. */
  read(noun: "page" | "client", done: number, total: number, isEstimate: boolean): void {
    const rest = Math.max(0, total - done);
    const leftMs = ((this.clock.now() - this.startedAtMs) / done) * rest;
    const of = done > total ? "" : ` of ${isEstimate ? "about " : ""}${total}`;
    const left = leftMs === 0 ? "" : `, about ${spanText(leftMs)} left`;
    this.output.progress(`usage: ${noun} ${done}${of}${left}`);
  }

  end(): void {
    this.output.endProgress();
  }
}

function spanText(durationMs: number): string {
  const seconds = Math.ceil(durationMs / msPerSecond);
  return seconds > longestInSeconds ? `${Math.ceil(seconds / secondsPerMinute)} min` : `${seconds} s`;
}
