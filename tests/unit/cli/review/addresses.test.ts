// What a review says of allowed addresses: wider and narrower by the addresses themselves, and whether anything enforces them yet.
import { clientInputs, linesOf, reviewOf, step } from "./planning";

const addresses = ["198.51.100.7", "203.0.113.0/24"];
const stored = { allowedAddresses: addresses };
const sent = { ...stored, allowedAddressesField: "allowedIps" };

const side = (changes: object | undefined): Record<string, unknown> | undefined =>
  changes === undefined ? undefined : { ...clientInputs, ...changes };

function reviewed(before: object | undefined, after: object | undefined) {
  const op = before === undefined ? "create" : after === undefined ? "delete" : "update";
  const review = reviewOf([step("client", "crm-sync-a", op, side(before), side(after))]);
  const lines = linesOf(review).filter((line) => /address|tokens may be asked/.test(line));
  const notes = review.notes.filter((note) => note.startsWith("Allowed addresses"));
  return { verdict: review.verdict, lines, notes };
}

const storedNote = expect.stringMatching(/stored and not sent.*nothing enforces them/) as string;
const sentNote = expect.stringMatching(/are sent to Genesys/) as string;

describe("a changed list", () => {
  it.each([
    [
      "an address more",
      addresses,
      [...addresses, "192.0.2.1"],
      "WIDENED",
      ["crm-sync wider: the allowed addresses gain 192.0.2.1"],
    ],
    [
      "an address less",
      addresses,
      ["203.0.113.0/24"],
      "NARROWED",
      ["crm-sync narrower: the allowed addresses lose 198.51.100.7"],
    ],
    [
      "one for another",
      ["198.51.100.7"],
      ["198.51.100.8"],
      "WIDENED",
      [
        "crm-sync wider: the allowed addresses gain 198.51.100.8",
        "crm-sync narrower: the allowed addresses lose 198.51.100.7",
      ],
    ],
    [
      "a part of a network",
      ["203.0.113.0/24"],
      ["203.0.113.0/25"],
      "NARROWED",
      ["crm-sync narrower: the allowed addresses lose 203.0.113.0/24"],
    ],
    [
      "the network around",
      ["203.0.113.0/25"],
      ["203.0.113.0/24"],
      "WIDENED",
      ["crm-sync wider: the allowed addresses gain 203.0.113.0/24"],
    ],
    [
      "two halves as one",
      ["203.0.113.0/25", "203.0.113.128/25"],
      ["203.0.113.0/24"],
      "NEUTRAL",
      ["crm-sync neutral: the allowed addresses are written otherwise and stay the same"],
    ],
  ])("%s", (_what, before, after, verdict, lines) => {
    const field = { allowedAddressesField: "allowedIps" };
    expect(reviewed({ allowedAddresses: before }, { allowedAddresses: after })).toEqual({
      verdict,
      lines,
      notes: [storedNote],
    });
    expect(reviewed({ allowedAddresses: before, ...field }, { allowedAddresses: after, ...field })).toEqual({
      verdict,
      lines,
      notes: [sentNote],
    });
  });

  it("the first list narrows", () => {
    expect(reviewed({}, stored)).toEqual({
      verdict: "NARROWED",
      lines: [
        "crm-sync narrower: first allowed addresses: 198.51.100.7, 203.0.113.0/24; before, every address was allowed",
      ],
      notes: [storedNote],
    });
    expect(reviewed({}, sent)).toMatchObject({ verdict: "NARROWED", notes: [sentNote] });
  });

  it.each([stored, sent])("no list any more widens", (before) => {
    expect(reviewed(before, {})).toEqual({
      verdict: "WIDENED",
      lines: [
        "crm-sync wider: the allowed addresses are removed (198.51.100.7, 203.0.113.0/24): every address is allowed",
      ],
      notes: [],
    });
  });
});

describe("the sending", () => {
  it("that begins narrows", () => {
    expect(reviewed(stored, sent)).toEqual({
      verdict: "NARROWED",
      lines: [
        "crm-sync narrower: the allowed addresses are sent to Genesys for the first time, as its field allowedIps",
      ],
      notes: [sentNote],
    });
  });

  it("that ends widens", () => {
    expect(reviewed(sent, stored)).toEqual({
      verdict: "WIDENED",
      lines: ["crm-sync wider: the allowed addresses are not sent to Genesys any more"],
      notes: [storedNote],
    });
  });

  it("in another field is neither", () => {
    expect(reviewed(sent, { ...stored, allowedAddressesField: "other" })).toMatchObject({
      verdict: "NEUTRAL",
      lines: [
        "crm-sync neutral: the allowed addresses are sent to Genesys as its field other instead of allowedIps",
      ],
    });
  });
});

describe("a credential", () => {
  it("that is new tells its addresses beside its permissions", () => {
    expect(reviewed(undefined, stored)).toEqual({
      verdict: "WIDENED",
      lines: ["crm-sync neutral: its tokens may be asked for from 198.51.100.7, 203.0.113.0/24 only"],
      notes: [storedNote],
    });
  });

  it.each([
    ["unchanged", stored, { ...stored, description: "new" }],
    ["absent", {}, { description: "new" }],
    ["of a deleted credential", stored, undefined],
  ])("whose addresses are %s says nothing of them", (_what, before, after) => {
    expect(reviewed(before, after)).toMatchObject({ lines: [], notes: [] });
  });

  it("of two clients allows what either allows, and everything while one has no list", () => {
    const both = (before: object, after: object): string[] =>
      linesOf(
        reviewOf([
          step(
            "client",
            "crm-sync-a",
            "update",
            side({ generation: 2, ...stored }),
            side({ generation: 2, ...sent }),
          ),
          step(
            "client",
            "crm-sync-b",
            "update",
            side({ generation: 1, ...before }),
            side({ generation: 1, ...after }),
          ),
        ]),
      );
    expect(both(stored, sent)).toEqual([
      "crm-sync narrower: the allowed addresses are sent to Genesys for the first time, as its field allowedIps",
    ]);
    expect(both({}, { allowedAddresses: ["192.0.2.1"] })).toContain(
      "crm-sync narrower: first allowed addresses: 198.51.100.7, 203.0.113.0/24, 192.0.2.1; before, every address was allowed",
    );
  });

  it("a list that cannot be read limits nothing", () => {
    expect(reviewed(stored, { allowedAddresses: "203.0.113.0/24" })).toMatchObject({ verdict: "WIDENED" });
  });
});
