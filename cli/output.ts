// Where commands say things: results on standard output, notes on standard error, both without secrets.
import { type Redactor } from "../common/redact";

/** Takes text as it is to appear, line end included. */
export type Sink = (text: string) => void;

/** The only way out for a command's words. */
export class Output {
  constructor(
    private readonly redactor: Redactor,
    private readonly standardOutput: Sink,
    private readonly standardError: Sink,
    /** Whether results may be coloured. */
    readonly isColoured: boolean = false,
  ) {}

  /** A result for people: one or more lines. */
  print(text: string): void {
    this.standardOutput(this.redactor.redact(`${text}\n`));
  }

  /** A result for programs. */
  printJson(value: unknown): void {
    this.print(JSON.stringify(value, undefined, 2));
  }

  /** What is not part of the result: warnings, waits, errors. */
  note(text: string): void {
    this.standardError(this.redactor.redact(`${text}\n`));
  }
}
