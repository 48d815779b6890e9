// What people write behind `review`.

/** The forms in which a review is printed. */
export const formats = ["text", "markdown", "json", "sarif"] as const;

/** What may make the command fail. Every one of them also fails on BLOCKED: of a preview that failed, nothing is certain. */
export const gates = ["widened", "breaks", "irreversible", "blocked"] as const;

/** One of {@link gates}. */
export type Gate = (typeof gates)[number];

/** The options as the command line gives them. */
export interface ReviewOptions {
  readonly stack?: readonly string[];
  /** Paths of previews; `-` is standard input. */
  readonly file?: readonly string[];
  /** Stacks that are to be among the previews: one that is not is BLOCKED. */
  readonly expect?: readonly string[];
  readonly policyPack?: readonly string[];
  readonly policyPackConfig?: readonly string[];
  /** Writes the preview of the one stack there, for a later `--file`. */
  readonly save?: string;
  /** Path of the review file. */
  readonly exclusions?: string;
  readonly format?: (typeof formats)[number];
  readonly json?: boolean;
  readonly failOn?: readonly Gate[];
  readonly post?: boolean;
  readonly pullRequest?: string;
}
