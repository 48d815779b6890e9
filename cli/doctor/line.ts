// One line of the doctor's answer: what was looked at, how it is, and what to do about it.
import { defined } from "../../common/defined";
import { type Known } from "../../common/known";

/** The parts of the world that are looked at, in the order in which they are told. */
export const areas = ["toolchain", "stack file", "environment", "Genesys", "AWS", "Pulumi"] as const;

/** What the client and the keys that are looked at are for. */
export type Purpose = "deployment" | "preview";

/** Whose client that is, in front of a thing of its. */
export const whose: Readonly<Record<Purpose, string>> = {
  deployment: "the deployer's",
  preview: "the preview's",
};

/** One of {@link areas}. */
export type Area = (typeof areas)[number];

/** `fail`: the next `pulumi up` would be refused or do harm. `warn`: it works, and somebody should look. */
export type Status = "pass" | "warn" | "fail";

/** One line. */
export interface Line {
  readonly area: Area;
  /** Stable name of the check, for programs: `clock-skew`. */
  readonly check: string;
  /** The thing itself, in people's words: a variable, a setting, an object with its id. */
  readonly place: string;
  readonly status: Status;
  /** What was found there. */
  readonly found: string;
  /** What to do; absent where all is well. */
  readonly remedy?: string;
  /** False where something else has to be put right before this can be looked at. */
  readonly isChecked: boolean;
}

/** What can be said of one thing that is looked at. */
export type LinesOn = ReturnType<typeof linesOn>;

/** The lines about one thing: a function for each status. */
export function linesOn(area: Area, check: string, place: string) {
  const line = (status: Status, found: string, remedy?: string): Line => ({
    area,
    check,
    place,
    status,
    found,
    ...defined({ remedy }),
    isChecked: true,
  });
  const notChecked = (reason: string): Line => ({
    ...line("warn", `not checked, since ${reason}`),
    isChecked: false,
  });
  return {
    /** All is well. */
    pass: (found: string): Line => line("pass", found),
    /** Somebody should look. */
    warn: (found: string, remedy: string): Line => line("warn", found, remedy),
    /** Must be put right. */
    fail: (found: string, remedy: string): Line => line("fail", found, remedy),
    /** @param reason A clause: `the sign-in failed`. */
    notChecked,
    /** The lines of a check that needs a fact; one line that names the reason where the fact is not known. */
    whenKnown: <T>(fact: Known<T>, judge: (value: T) => Line | readonly Line[]): readonly Line[] =>
      ["value" in fact ? judge(fact.value) : notChecked(fact.reason)].flat(),
  };
}
