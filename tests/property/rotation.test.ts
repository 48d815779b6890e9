// Rotation for every generation and setting: what is replaced, what is left alone, what the secret names.
import fc from "fast-check";
import {
  type ClientTurn,
  clientTurns,
  type RotationInput,
  type Slot,
  slotsOf,
} from "../../declarations/rotation/slots";
import { type ClientGenerations, generationChange } from "../../providers/oauthClient/generations";

const generation = fc.integer({ min: 0, max: 1_000_000 });
const rotation = fc.record<RotationInput>({
  generation,
  overlap: fc.constantFrom("previous", "none"),
  previous: fc.constantFrom("keep", "revoked"),
  revoked: fc.boolean(),
});
const overlapping = rotation.map((input): RotationInput => ({ ...input, overlap: "previous" }));

const turn = fc.constantFrom(...clientTurns);

/** The replacement trigger of each slot. */
function triggers(slots: readonly Slot[]): Readonly<Record<string, number>> {
  return Object.fromEntries(slots.map(({ slot, generation: trigger }) => [slot, trigger]));
}

function currentOf(input: RotationInput): Slot {
  return slotsOf(input).find(({ isCurrent }) => isCurrent)!;
}

/** The slots of `before` whose client does not survive the change to `after`. */
function replaced(before: RotationInput, after: RotationInput): readonly string[] {
  const then = triggers(slotsOf(after));
  return Object.entries(triggers(slotsOf(before)))
    .filter(([slot, trigger]) => then[slot] !== trigger)
    .map(([slot]) => slot)
    .sort();
}

const advance = (input: RotationInput, by: number): RotationInput => ({
  ...input,
  generation: input.generation + by,
});

function holds<Ts extends [unknown, ...unknown[]]>(property: fc.IPropertyWithHooks<Ts>): void {
  fc.assert(property, { verbose: fc.VerbosityLevel.Verbose });
}

test("exactly one current slot, first, of the declared generation; slots are distinct", () => {
  holds(
    fc.property(rotation, (input) => {
      const slots = slotsOf(input);
      expect(slots.map(({ isCurrent }) => isCurrent)).toEqual(slots.length === 1 ? [true] : [true, false]);
      expect(slots[0]?.generation).toBe(input.generation);
      expect(new Set(slots.map(({ slot }) => slot)).size).toBe(slots.length);
    }),
  );
});

test("one step replaces only the idle slot; the former current client stays, and stays where it was", () => {
  holds(
    fc.property(overlapping, (input) => {
      const idle = currentOf(input).slot === "a" ? "b" : "a";
      expect(replaced(input, advance(input, 1))).toEqual(input.generation === 0 ? [] : [idle]);
      expect(currentOf(advance(input, 1)).slot).toBe(idle);
      expect(slotsOf(advance(input, 1))[1]).toMatchObject({
        slot: currentOf(input).slot,
        generation: input.generation,
      });
    }),
  );
});

test("two steps replace both slots", () => {
  holds(
    fc.property(overlapping, (input) => {
      expect(replaced(input, advance(input, 2))).toEqual(input.generation === 0 ? ["a"] : ["a", "b"]);
    }),
  );
});

test("back by one leaves the client that was current before untouched, and makes it current", () => {
  holds(
    fc.property(overlapping, (input) => {
      const forward = advance(input, 1);
      expect(triggers(slotsOf(forward))[currentOf(input).slot]).toBe(input.generation);
      expect(triggers(slotsOf(input))[currentOf(input).slot]).toBe(input.generation);
      expect(replaced(forward, input)).not.toContain(currentOf(input).slot);
    }),
  );
});

test("no change of overlap, previous or revoked touches the current client's slot or trigger", () => {
  holds(
    fc.property(rotation, rotation, (before, settings) => {
      const after = { ...settings, generation: before.generation };
      expect(replaced(before, after)).not.toContain(currentOf(before).slot);
      expect(currentOf(after)).toMatchObject({
        slot: currentOf(before).slot,
        generation: currentOf(before).generation,
      });
    }),
  );
});

test("a slot's trigger is a generation that the slot owned", () => {
  holds(
    fc.property(rotation, (input) => {
      for (const { slot, generation: trigger } of slotsOf(input)) {
        expect(currentOf({ ...input, generation: trigger }).slot).toBe(slot);
      }
    }),
  );
});

test("applying twice changes nothing; revoked leaves nothing active; previous closes only the former slot", () => {
  holds(
    fc.property(rotation, (input) => {
      expect(slotsOf(input)).toEqual(slotsOf({ ...input }));
      const active = slotsOf(input).filter(({ state }) => state === "active");
      const expected = input.revoked ? 0 : input.previous === "revoked" ? 1 : slotsOf(input).length;
      expect(active).toHaveLength(expected);
      expect(currentOf(input).state === "active").toBe(!input.revoked);
    }),
  );
});

describe("what becomes of the clients, as the provider sees it", () => {
  /** What is recorded or declared of the client in each slot. */
  const clientsOf = (input: RotationInput, clients: ClientTurn): ReadonlyMap<string, ClientGenerations> =>
    new Map(
      slotsOf(input).map(({ slot, generation: own }) => [
        slot,
        { generation: own, ...(clients === "keep" ? { rotation: { generation: input.generation } } : {}) },
      ]),
    );
  /** The change of each slot that both have. */
  const changes = (
    before: ReadonlyMap<string, ClientGenerations>,
    after: ReadonlyMap<string, ClientGenerations>,
  ): Readonly<Record<string, string>> =>
    Object.fromEntries(
      [...before].flatMap(([slot, recorded]) => {
        const declared = after.get(slot);
        return declared === undefined ? [] : [[slot, generationChange(recorded, declared)]];
      }),
    );

  test("a rotation by one leaves the current client alone, and keeps or replaces the idle one as declared", () => {
    holds(
      fc.property(overlapping, turn, (input, clients) => {
        const { slot } = currentOf(input);
        const idle = slot === "a" ? "b" : "a";
        expect(changes(clientsOf(input, clients), clientsOf(advance(input, 1), clients))).toEqual({
          [slot]: "none",
          ...(input.generation === 0 ? {} : { [idle]: clients === "keep" ? "kept" : "raised" }),
        });
      }),
    );
  });

  test("by two or more no client survives, in either mode", () => {
    holds(
      fc.property(overlapping, turn, turn, fc.integer({ min: 2, max: 50 }), (input, was, is, steps) => {
        const found = changes(clientsOf(input, was), clientsOf(advance(input, steps), is));
        expect(Object.keys(found)).toHaveLength(slotsOf(input).length);
        expect(new Set(Object.values(found))).toEqual(new Set(["raised"]));
      }),
    );
  });

  test("lowering replaces nobody, however far, in either mode", () => {
    holds(
      fc.property(rotation, rotation, turn, turn, (one, other, was, is) => {
        fc.pre(one.generation !== other.generation);
        const [low, high] = one.generation < other.generation ? [one, other] : [other, one];
        for (const change of Object.values(changes(clientsOf(high, was), clientsOf(low, is)))) {
          expect(["lowered", "none"]).toContain(change);
        }
      }),
    );
  });

  test("a rotation and its revert leave every client where it was where clients are kept", () => {
    holds(
      fc.property(overlapping, (input) => {
        const [here, there] = [clientsOf(input, "keep"), clientsOf(advance(input, 1), "keep")];
        const all = [...Object.values(changes(here, there)), ...Object.values(changes(there, here))];
        expect(all).not.toContain("raised");
        expect(Object.values(changes(here, here)).every((change) => change === "none")).toBe(true);
      }),
    );
  });

  test("changing `clients` alone, or overlap, previous and revoked with it, changes no client", () => {
    holds(
      fc.property(rotation, rotation, turn, turn, (before, settings, was, is) => {
        const after = { ...settings, generation: before.generation };
        for (const change of Object.values(changes(clientsOf(before, was), clientsOf(after, is)))) {
          expect(change).toBe("none");
        }
      }),
    );
  });

  test("a client that was recorded before rotations kept it is replaced by the first one, if that comes in the same update", () => {
    holds(
      fc.property(overlapping, (input) => {
        const found = changes(clientsOf(input, "replace"), clientsOf(advance(input, 1), "keep"));
        expect(Object.values(found)).not.toContain("kept");
      }),
    );
  });
});
