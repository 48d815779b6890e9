// One line of the doctor's answer: what was looked at, how it is, and what to do about it.

/** The parts of the world that are looked at, in the order in which they are told. */
export const areas = ["toolchain", "stack file", "environment", "Genesys", "AWS", "Pulumi"] as const;

/** One of {@link areas}. */
export type Area = (typeof areas)[number];

/** `fail`: the next `pulumi up` would be refused or do harm. `warn`: it works, and somebody should look. */
export type Status = "pass" | "warn" | "fail";

/** What a line is about. */
export interface Subject {
  readonly area: Area;
  /** Stable name of the check, for programs: `clock-skew`. */
  readonly check: string;
  /** The thing itself, in people's words: a variable, a setting, an object with its id. */
  readonly place: string;
}

/** One line. */
export interface Line extends Subject {
  readonly status: Status;
  /** What was found there. */
  readonly found: string;
  /** What to do; absent where all is well. */
  readonly remedy?: string;
  /** False where something else has to be put right before this can be looked at. */
  readonly isChecked: boolean;
}

/** All is well. */
export function pass(subject: Subject, found: string): Line {
  return { ...subject, status: "pass", found, isChecked: true };
}

/** Somebody should look. */
export function warn(subject: Subject, found: string, remedy: string): Line {
  return { ...subject, status: "warn", found, remedy, isChecked: true };
}

/** Must be put right. */
export function fail(subject: Subject, found: string, remedy: string): Line {
  return { ...subject, status: "fail", found, remedy, isChecked: true };
}

/** @param reason A clause: `the sign-in failed`. */
export function notChecked(subject: Subject, reason: string): Line {
  return { ...subject, status: "warn", found: `not checked, since ${reason}`, isChecked: false };
}
