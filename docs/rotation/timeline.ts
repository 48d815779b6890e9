// What happens to clients, staging labels and copies over a row of generations, worked out by the rules that are in force.
import { type RotationInput, type SlotName, slotsOf } from "../../declarations/rotation";
import { currentLabel, labelsAfterPut, previousLabel } from "../../sandbox/secretsmanager/labels";

/** A stretch of periods: period n is the time from the n-th update to the next one. `to` is not part of it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Generation of the OAuth client that it is about. */
  readonly generation: number;
}

/** The story of one credential. */
export interface Timeline {
  /** The generation that each update declares. */
  readonly generations: readonly number[];
  /** The lives of OAuth clients by slot. */
  readonly lives: Readonly<Record<SlotName, readonly Stretch[]>>;
  /** On which client's version the labels stand. */
  readonly labels: Readonly<Record<"AWSCURRENT" | "AWSPREVIOUS", readonly Stretch[]>>;
  /** For the copy that is read in each period: how long its client can sign in. */
  readonly copies: readonly Stretch[];
}

/** @param generations The generation that each update declares, as `[0, 1, 2]`. */
export function timelineOf(
  generations: readonly number[],
  settings: Omit<RotationInput, "generation">,
): Timeline {
  const declared = generations.map((generation) => slotsOf({ ...settings, generation }));
  const isAlive = (period: number, generation: number): boolean =>
    declared[period]?.some((slot) => slot.generation === generation && slot.state === "active") === true;
  const slotLife = (name: SlotName): readonly Stretch[] =>
    stretches(declared.map((slots) => slots.find(({ slot }) => slot === name)?.generation));

  // One PutSecretValue an update, of the version that names the current client.
  const versions = generations.map((generation) => `version-of-${generation}`);
  const labelled = versions.map((_version, period) =>
    versions
      .slice(0, period + 1)
      .reduce<Record<string, string>>((labels, version) => labelsAfterPut(labels, version, undefined), {}),
  );
  const standsOn = (label: string): readonly Stretch[] =>
    stretches(labelled.map((labels) => generations[versions.indexOf(labels[label] ?? "")]));

  return {
    generations,
    lives: { a: slotLife("a"), b: slotLife("b") },
    labels: { AWSCURRENT: standsOn(currentLabel), AWSPREVIOUS: standsOn(previousLabel) },
    copies: generations.map((generation, period) => {
      const dead = generations.findIndex((_other, later) => later > period && !isAlive(later, generation));
      return { from: period, to: dead === -1 ? generations.length : dead, generation };
    }),
  };
}

/** Neighbouring periods of the same generation as one stretch; undefined leaves a gap. */
function stretches(byPeriod: readonly (number | undefined)[]): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const [period, generation] of byPeriod.entries()) {
    const last = found.at(-1);
    if (generation === undefined) {
      continue;
    }
    if (last?.generation === generation && last.to === period) {
      found[found.length - 1] = { ...last, to: period + 1 };
    } else {
      found.push({ from: period, to: period + 1, generation });
    }
  }
  return found;
}
