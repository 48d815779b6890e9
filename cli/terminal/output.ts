// Where commands say things: results on standard output, notes on standard error, both without secrets.
import { type Redactor } from "../../common/redact";
import { withoutSecrets } from "./withoutSecrets";

/** Takes text as it is to appear, line end included. */
export type Sink = (text: string) => void;

/** Back to the beginning of the terminal's line, and the line emptied. */
const emptyLine = "\r\u001b[K";

/** The only way out for a command's words. */
export class Output {
  private hasProgress = false;

  constructor(
    private readonly redactor: Redactor,
    private readonly standardOutput: Sink,
    private readonly standardError: Sink,
    /** Whether results may be coloured. */
    readonly isColoured: boolean = false,
    /** Whether somebody watches standard error on a terminal: never in CI, whose logs keep every line. */
    private readonly isWatched: boolean = false,
  ) {}

  /** A result for people: one or more lines. */
  print(text: string): void {
    this.endProgress();
    this.standardOutput(this.redactor.redact(`${text}\n`));
  }

  /** A result for programs. */
  printJson(value: unknown): void {
    this.endProgress();
    const plain: unknown = JSON.parse(JSON.stringify(value));
    this.standardOutput(`${JSON.stringify(withoutSecrets(this.redactor, plain), undefined, 2)}\n`);
  }

  /** What is not part of the result: warnings, waits, errors. */
  note(text: string): void {
    this.endProgress();
    this.standardError(this.redactor.redact(`${text}\n`));
  }

  /** How far long work has come: one line that is written over, where somebody watches. */
  progress(text: string): void {
    if (this.isWatched) {
      this.standardError(`${emptyLine}${this.redactor.redact(text)}`);
      this.hasProgress = true;
    }
  }

  /** Takes the line of {@link progress} away. */
  endProgress(): void {
    if (this.hasProgress) {
      this.standardError(emptyLine);
      this.hasProgress = false;
    }
  }
}
