// Markers in descriptions: written, read back, and what they tell of an OAuth client's slot.
import { slotOwning } from "../../../common/slot";
import {
  describeWithMarker,
  descriptionWithoutMarker,
  newMarker,
  isMadeBy,
  mayBeMadeBy,
  parseMarker,
  renewedMarker,
  slotOf,
} from "../../../genesys/marker";

const owner = "genesys-credentials/dev/nightly-report";
const identity = "0123456789abcdef";
const maker = { identity, owner };

test.each([0, 1, 2, 7, 999_999_999_999_999])(
  "generation %p is read back, and its slot with it",
  (generation) => {
    const marker = newMarker(maker, generation);
    const description = describeWithMarker("Nightly report", marker);
    expect(parseMarker(description)).toMatchObject({ identity, owner, generation });
    expect(descriptionWithoutMarker(description, marker)).toBe("Nightly report");
    expect(slotOf({ generation })).toBe(slotOwning(generation));
  },
);

test("every generation of a slot is of that slot", () => {
  expect([0, 2, 4, 100].map((generation) => slotOf({ generation }))).toEqual(["a", "a", "a", "a"]);
  expect([1, 3, 5, 101].map((generation) => slotOf({ generation }))).toEqual(["b", "b", "b", "b"]);
});

test("no two makings have one marker", () => {
  expect(newMarker(maker, 1)).not.toBe(newMarker(maker, 1));
});

describe("a marker of before stacks had an identity", () => {
  const former = `[pulumi:${owner}#4:00c0ffee0000]`;

  it("is read", () => {
    expect(parseMarker(`Nightly report ${former}`)).toEqual({ owner, generation: 4, nonce: "00c0ffee0000" });
  });

  it("tells by its names whose it may be, and never whose it is", () => {
    expect(isMadeBy(parseMarker(former), maker)).toBe(false);
    expect(mayBeMadeBy(parseMarker(former), maker)).toBe(true);
    expect(
      mayBeMadeBy(parseMarker(former), { identity, owner: "genesys-credentials/prod/nightly-report" }),
    ).toBe(false);
  });

  it("gets the identity and keeps its making", () => {
    expect(renewedMarker(former, maker, 0)).toBe(`[pulumi:${identity}/${owner}#4:00c0ffee0000]`);
  });
});

test("names follow renames, and the identity decides", () => {
  const marker = newMarker(maker, 2);
  const renamed = { identity, owner: "genesys-credentials/prod/nightly-report" };
  expect(isMadeBy(parseMarker(marker), renamed)).toBe(true);
  expect(isMadeBy(parseMarker(marker), { identity: "fedcba9876543210", owner })).toBe(false);
  expect(isMadeBy(parseMarker(marker), { identity, owner: "genesys-credentials/dev/other" })).toBe(false);
  expect(parseMarker(renewedMarker(marker, renamed, 0))).toEqual({
    ...parseMarker(marker),
    owner: renamed.owner,
  });
});

test("what cannot be read is replaced", () => {
  expect(parseMarker(renewedMarker("", maker, 3))).toMatchObject({ identity, owner, generation: 3 });
});
