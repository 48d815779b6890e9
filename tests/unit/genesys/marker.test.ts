// Markers in descriptions: written, read back, and what they tell of an OAuth client's slot.
import { slotOwning } from "../../../common/slot";
import {
  describeWithMarker,
  descriptionWithoutMarker,
  newMarker,
  parseMarker,
  slotOf,
} from "../../../genesys/marker";

const owner = "genesys-credentials/dev/nightly-report";

test.each([0, 1, 2, 7, 999_999_999_999_999])(
  "generation %p is read back, and its slot with it",
  (generation) => {
    const marker = newMarker(owner, generation);
    const description = describeWithMarker("Nightly report", marker);
    expect(parseMarker(description)).toMatchObject({ owner, generation });
    expect(descriptionWithoutMarker(description, marker)).toBe("Nightly report");
    expect(slotOf({ generation })).toBe(slotOwning(generation));
  },
);

test("every generation of a slot is of that slot", () => {
  expect([0, 2, 4, 100].map((generation) => slotOf({ generation }))).toEqual(["a", "a", "a", "a"]);
  expect([1, 3, 5, 101].map((generation) => slotOf({ generation }))).toEqual(["b", "b", "b", "b"]);
});

test("no two makings have one marker", () => {
  expect(newMarker(owner, 1)).not.toBe(newMarker(owner, 1));
});
