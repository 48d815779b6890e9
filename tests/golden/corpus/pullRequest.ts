// The form of the corpus: a proposed change of a stack file, and what a reviewer must know of it after twenty seconds.

/** Text of a stack file and what takes its place, in order. */
export type Edits = readonly (readonly [string | RegExp, string])[];

/** By credential or role, as the comment names it: for each line of that kind a part of its words. */
export type Lines = Readonly<Record<string, readonly string[]>>;

/** Consumers that stop: the line, and a part of what stands below it. */
export interface Stop {
  readonly line: string;
  readonly who: string;
  readonly when: string;
  readonly wayBack: string;
}

/** What cannot be deployed, and what to do about it. */
export interface Block {
  readonly what: string;
  readonly remedy: string;
}

/**
 * Written before there is an output. A reader of only the comment must answer by it: what gets wider, who stops and when, can it be undone.
 * Each list names every line of its kind: what is not here must not be in the comment.
 */
export interface MustKnow {
  /** As one would tell a colleague. */
  readonly inWords: string;
  /** Who may do more. */
  readonly wider?: Lines;
  /** Who stops, when, and the way back. */
  readonly stops?: Readonly<Record<string, readonly Stop[]>>;
  /** What nobody gets back: lines that say so. Where nothing is named, a revert undoes all of it. */
  readonly forGood?: Lines;
  /** What cannot be deployed as it is. */
  readonly blocked?: Readonly<Record<string, readonly Block[]>>;
  /** Who may do less. */
  readonly narrower?: Lines;
  /** Whose stored secret goes to another client or gets another secret. */
  readonly rotated?: Lines;
  /** What must be readable besides. */
  readonly says?: readonly string[];
  /** What would mislead. */
  readonly saysNot?: readonly string[];
}

/** One proposed change. */
export interface PullRequest {
  /** Name of its fixture and golden files. */
  readonly name: string;
  /** What the person who proposes it would write as its title. */
  readonly title: string;
  /** What it does to the deployed stack file. */
  readonly edits: Edits;
  /** The first line of the comment, without markup. */
  readonly firstLine: string;
  readonly mustKnow: MustKnow;
  /** What is deployed, where it is not the first stack; see ./deployedStacks.ts. */
  readonly deployed?: "rotated" | "kept" | "keptAndRotated" | "encrypted" | "roleAdopted" | "prod";
  /** Whether it is one to the stack of version 0.1.0, as that was left (`former`) or after an update by today's program (`upgraded`). */
  readonly fixture?: "former" | "upgraded";
  /** Options of `pulumi preview` besides `--json`. */
  readonly options?: readonly string[];
  /** The environment of the preview, where it is not that of the deployment; undefined takes a variable away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** A division that has another name in Genesys by then. */
  readonly renamedDivision?: { readonly id: string; readonly from: string; readonly to: string };
  /** Whether nothing is deployed yet. */
  readonly isFirst?: true;
}

/** Makes the edits; each of them has to find its text. */
export function edited(before: string, edits: Edits): string {
  let text = before;
  for (const [former, next] of edits) {
    const now = text.replace(former, next);
    if (now === text) {
      throw new Error(`Editing the stack file: ${String(former)} is not in it.`);
    }
    text = now;
  }
  return text;
}
