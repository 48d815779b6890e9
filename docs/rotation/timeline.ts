// What happens to clients, staging labels and copies over a row of generations, worked out by the rules that are in force.
import { type SlotName } from "../../common/slot";
import { type ClientTurn, type RotationInput, slotsOf } from "../../declarations/rotation/slots";
import { generationChange } from "../../providers/oauthClient/generations";
import {
  currentLabel,
  labelsAfterMove,
  labelsAfterPut,
  previousLabel,
} from "../../sandbox/secretsmanager/labels";

/** A stretch of periods: period n is the time from the n-th update to the next one. `to` is not part of it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** The generation whose secret it is about. */
  readonly generation: number;
  /** The generation that the OAuth client was made for. */
  readonly client: number;
}

/** The story of one credential. */
export interface Timeline {
  /** The generation that each update declares. */
  readonly generations: readonly number[];
  /** The secrets of the OAuth clients by slot. */
  readonly lives: Readonly<Record<SlotName, readonly Stretch[]>>;
  /** On which secret's version the labels stand. */
  readonly labels: Readonly<Record<"AWSCURRENT" | "AWSPREVIOUS", readonly Stretch[]>>;
  /** For the copy that is read in each period: how long one can sign in with it. */
  readonly copies: readonly Stretch[];
}

/** One OAuth client as it is after an update. */
interface Life extends Pick<Stretch, "generation" | "client"> {
  readonly isActive: boolean;
  /** As the provider has recorded it. */
  readonly recorded: { readonly generation: number; readonly rotation?: { readonly generation: number } };
}
type Lives = ReadonlyMap<SlotName, Life>;

type Settings = Omit<RotationInput, "generation"> & { readonly clients: ClientTurn };

/** @param generations The generation that each update declares, as `[0, 1, 2]`. */
export function timelineOf(generations: readonly number[], settings: Settings): Timeline {
  const periods = generations.reduce<readonly Lives[]>(
    (before, generation) => [...before, livesAfter(before.at(-1), { ...settings, generation })],
    [],
  );
  const stored = periods.map(
    (lives, period) => lives.get(currentSlot(generations[period] ?? 0, settings)) ?? unknownLife,
  );
  const labelled = labelsOver(stored.map(versionOf));
  const standsOn = (label: string): readonly Stretch[] =>
    stretches(labelled.map((labels) => stored.find((life) => versionOf(life) === labels[label])));
  const slotLife = (name: SlotName): readonly Stretch[] => stretches(periods.map((lives) => lives.get(name)));
  const worksIn = (period: number, life: Life): boolean =>
    [...(periods[period]?.values() ?? [])].some((one) => one.isActive && versionOf(one) === versionOf(life));
  return {
    generations,
    lives: { a: slotLife("a"), b: slotLife("b") },
    labels: { AWSCURRENT: standsOn(currentLabel), AWSPREVIOUS: standsOn(previousLabel) },
    copies: stored.map((life, period) => {
      const dead = generations.findIndex((_one, later) => later > period && !worksIn(later, life));
      const { generation, client } = life;
      return { from: period, to: dead === -1 ? generations.length : dead, generation, client };
    }),
  };
}

const unknownLife: Life = { generation: 0, client: 0, isActive: false, recorded: { generation: 0 } };

function currentSlot(generation: number, settings: Settings): SlotName {
  return slotsOf({ ...settings, generation })[0]?.slot ?? "a";
}

/** One update: a client is made, keeps its secret, or gets a new one; what is not declared any more is deleted. */
function livesAfter(before: Lives | undefined, rotation: RotationInput & Settings): Lives {
  return new Map(
    slotsOf(rotation).map(({ slot, generation, state }) => {
      const recorded = {
        generation,
        ...(rotation.clients === "keep" ? { rotation: { generation: rotation.generation } } : {}),
      };
      const former = before?.get(slot);
      const change = former === undefined ? "raised" : generationChange(former.recorded, recorded);
      const isActive = state === "active";
      if (former === undefined || change === "raised") {
        return [slot, { generation, client: generation, isActive, recorded }];
      }
      return [slot, { ...former, ...(change === "kept" ? { generation } : {}), isActive, recorded }];
    }),
  );
}

/** Each secret has a version of its own, written once; a secret that is stored already gets the label back. */
function versionOf({ generation, client }: Pick<Life, "generation" | "client">): string {
  return `secret-${generation}-of-client-${client}`;
}

function labelsOver(versions: readonly string[]): readonly Readonly<Record<string, string>>[] {
  return versions.reduce<readonly Record<string, string>[]>((all, version, period) => {
    const before = all.at(-1) ?? {};
    const isStored = versions.slice(0, period).includes(version);
    const removeFrom = before[currentLabel];
    const after = isStored
      ? labelsAfterMove(before, { label: currentLabel, removeFrom, moveTo: version })
      : labelsAfterPut(before, version, undefined);
    return [...all, after];
  }, []);
}

/** Neighbouring periods of the same secret as one stretch; undefined leaves a gap. */
function stretches(
  byPeriod: readonly (Pick<Life, "generation" | "client"> | undefined)[],
): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const [period, life] of byPeriod.entries()) {
    const last = found.at(-1);
    if (life === undefined) {
      continue;
    }
    const { generation, client } = life;
    if (last?.generation === generation && last.client === client && last.to === period) {
      found[found.length - 1] = { ...last, to: period + 1 };
    } else {
      found.push({ from: period, to: period + 1, generation, client });
    }
  }
  return found;
}
