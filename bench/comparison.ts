// Two series of measurements side by side, as medians and a ratio.
import { type Measurement } from "./measure";

/** The median run of a series. */
export interface Summary {
  readonly seconds: number;
  readonly programMegabytes: number;
  readonly providerMegabytes: number;
}

/** Medians of time, largest peaks of memory: a peak that is seen once is needed once. */
export function summarize(series: readonly Measurement[]): Summary {
  const seconds = series.map((measurement) => measurement.seconds).sort((a, b) => a - b);
  const half = 2;
  return {
    seconds: seconds[Math.floor(seconds.length / half)] ?? NaN,
    programMegabytes: Math.max(...series.map(({ peakMegabytes }) => peakMegabytes.program)),
    providerMegabytes: Math.max(...series.map(({ peakMegabytes }) => peakMegabytes.provider)),
  };
}

/** One line: `what   3.1 s : 2.6 s = 1.19   program 130 : 128 MB   provider 140 : 110 MB`. */
export function compare(what: string, ours: Summary, empty: Summary): string {
  const whatWidth = 58;
  const digits = 2;
  const memory = (name: string, left: number, right: number): string =>
    `${name} ${left.toFixed(0)} : ${right.toFixed(0)} MB`;
  return [
    what.padEnd(whatWidth),
    `${ours.seconds.toFixed(digits)} s : ${empty.seconds.toFixed(digits)} s = ${(ours.seconds / empty.seconds).toFixed(digits)}`,
    memory("program", ours.programMegabytes, empty.programMegabytes),
    memory("provider", ours.providerMegabytes, empty.providerMegabytes),
  ].join("   ");
}
