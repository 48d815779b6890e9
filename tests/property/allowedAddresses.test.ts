// Properties of address lists: one form whatever is written, and comparison by the addresses themselves.
import { isIP } from "node:net";
import fc from "fast-check";
import {
  addressesBeyond,
  canonicalAddresses,
  containsRange,
  parseAddressRange,
  rangesOverlap,
} from "../../common/addressRange";
import { parse, problemsOf, stackWith } from "../unit/declarations/declaring";

const ipv4 = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([ip, bits]) => `${ip}/${bits}`);
const ipv6 = fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })).map(([ip, bits]) => `${ip}/${bits}`);
const entry = fc.oneof(fc.ipV4(), fc.ipV6(), ipv4, ipv6);
const list = fc.array(entry, { minLength: 1, maxLength: 12 });

/** Networks of a tiny world, so that they meet often. */
const near = fc
  .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 28, max: 32 }))
  .map(([last, bits]) => `203.0.113.${last}/${bits}`);
const world = Array.from({ length: 16 }, (_, last) => `203.0.113.${last}`);

/** The addresses of the tiny world that a list allows, one by one. */
function allowed(entries: readonly string[]): string[] {
  const ranges = entries.map((one) => parseAddressRange(one)!);
  return world.filter((address) => ranges.some((range) => containsRange(range, parseAddressRange(address)!)));
}

/** Entries of a declaration: public addresses, each in a /24 of its own. */
const publicEntries = fc
  .uniqueArray(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 8 })
  .chain((thirds) =>
    fc.tuple(
      ...thirds.map((third) =>
        fc.constantFrom(
          `8.8.${third}.0/24`,
          `8.8.${third}.9`,
          `8.8.${third}.9/32`,
          `2001:DB8:${third}::/48`,
          `2001:0db8:${third}:0:0::1`,
        ),
      ),
    ),
  );

it("the canonical form of a canonical form is itself", () => {
  fc.assert(
    fc.property(list, (entries) => {
      const canonical = canonicalAddresses(entries);
      expect(canonicalAddresses(canonical)).toEqual(canonical);
    }),
  );
});

it("any order, and any repetition, is the same list", () => {
  fc.assert(
    fc.property(
      list.chain((entries) =>
        fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
      ),
      ([entries, shuffled]) => {
        expect(canonicalAddresses(shuffled)).toEqual(canonicalAddresses(entries));
        expect(canonicalAddresses([...entries, ...shuffled])).toEqual(canonicalAddresses(entries));
      },
    ),
  );
});

it("a canonical entry stands for the same addresses, and its own text is a valid address", () => {
  fc.assert(
    fc.property(entry, (text) => {
      const range = parseAddressRange(text);
      expect(range).toBeDefined();
      const again = parseAddressRange(range!.text)!;
      expect([again.first, again.last, again.family]).toEqual([range!.first, range!.last, range!.family]);
      expect(isIP(range!.text.split("/")[0]!)).not.toBe(0);
      expect(range!.text).toBe(range!.text.toLowerCase());
    }),
  );
});

it("nothing is taken for an address that Node does not take for one", () => {
  const characters = fc.constantFrom(..."0123456789abcdefABCDEF.:/%x -[]*".split(""));
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: characters, maxLength: 24 }), fc.string()), (text) => {
      if (parseAddressRange(text) !== undefined) {
        expect(isIP(text.split("/")[0]!)).not.toBe(0);
      }
    }),
    { numRuns: 2000 },
  );
});

it("two networks overlap exactly when they share an address, and one then contains the other", () => {
  fc.assert(
    fc.property(near, near, (one, other) => {
      const [a, b] = [parseAddressRange(one)!, parseAddressRange(other)!];
      const common = allowed([one]).filter((address) => allowed([other]).includes(address));
      expect(rangesOverlap(a, b)).toBe(common.length > 0);
      expect(rangesOverlap(a, b)).toBe(containsRange(a, b) || containsRange(b, a));
    }),
  );
});

it("what is beyond a list is told entry by entry, as counting the addresses tells it", () => {
  fc.assert(
    fc.property(fc.array(near, { maxLength: 6 }), fc.array(near, { maxLength: 6 }), (entries, others) => {
      const covered = new Set(allowed(others));
      const beyond = entries.filter((one) => allowed([one]).some((address) => !covered.has(address)));
      expect(addressesBeyond(entries, others)).toEqual(beyond);
    }),
    { numRuns: 500 },
  );
});

it("any order of a right declaration resolves to the same list, in which everything written is allowed", () => {
  fc.assert(
    fc.property(
      publicEntries.chain((entries) =>
        fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
      ),
      ([entries, shuffled]) => {
        const resolved = [entries, shuffled].map((written) => {
          const stack = stackWith(["credentials", "report", "allowedAddresses"], written);
          expect(problemsOf(stack)).toEqual([]);
          return parse(stack).credentials.find(({ key }) => key === "report")!.allowedAddresses!;
        });
        expect(resolved[1]).toEqual(resolved[0]);
        expect(addressesBeyond(entries, resolved[0]!)).toEqual([]);
        expect(addressesBeyond(resolved[0]!, entries)).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});

it("whatever is written, a problem has a place and a remedy, and nothing is thrown", () => {
  const anything = fc.oneof(entry, fc.string(), fc.integer(), fc.constant(null), fc.boolean());
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 4 }), (written) => {
      for (const problem of problemsOf(stackWith(["credentials", "report", "allowedAddresses"], written))) {
        expect(problem.path).toMatch(/^genesys-credentials:credentials\.report\.allowedAddresses/);
        expect(problem.remedy.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 60 },
  );
});
