// Rotation for every generation and setting: what is replaced, what is left alone, what the secret names.
import fc from "fast-check";
import { type RotationInput, type Slot, slotsOf } from "../../declarations/rotation";

const generation = fc.integer({ min: 0, max: 1_000_000 });
const rotation = fc.record<RotationInput>({
  generation,
  overlap: fc.constantFrom("previous", "none"),
  previous: fc.constantFrom("keep", "revoked"),
  revoked: fc.boolean(),
});
const overlapping = rotation.map((input): RotationInput => ({ ...input, overlap: "previous" }));

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
