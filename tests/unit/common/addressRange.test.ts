// Addresses and networks: read, written in one form, compared.
import {
  addressesBeyond,
  canonicalAddresses,
  compareRanges,
  containsRange,
  exceededPrefixLength,
  parseAddressRange,
  rangesOverlap,
  writtenAddress,
} from "../../../common/addressRange";

describe("parseAddressRange", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"],
    ["203.0.113.7/32", "203.0.113.7"],
    ["203.0.113.0/24", "203.0.113.0/24"],
    ["203.0.113.77/24", "203.0.113.0/24"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["255.255.255.255", "255.255.255.255"],
    ["2001:DB8::/32", "2001:db8::/32"],
    ["2001:0db8:0000:0000:0000:0000:0000:0001/128", "2001:db8::1"],
    ["2001:db8:0:0:1:0:0:0", "2001:db8:0:0:1::"],
    ["2001:db8:0:1:0:0:0:1", "2001:db8:0:1::1"],
    ["2001:db8::ffff/64", "2001:db8::/64"],
    ["::/0", "::/0"],
    ["::1", "::1"],
  ])("%s is %s", (text, canonical) => {
    expect(parseAddressRange(text)?.text).toBe(canonical);
  });

  it.each([
    "",
    "/24",
    "203.0.113",
    "203.0.113.7.1",
    "203.0.113.256",
    "203.0.113.07",
    "0x7f.0.0.1",
    "3405803783",
    "203.0.113.0/33",
    "203.0.113.0/024",
    "203.0.113.0/-1",
    "203.0.113.0/+24",
    "203.0.113.0/24/24",
    "203.0.113.0/255.255.255.0",
    "203.0.113.0/",
    " 203.0.113.7",
    "203.0.113.7\n",
    "2001:db8::/129",
    "2001:db8::1%eth0",
    "2001:db8:::1",
    "2001:db8::1::2",
    "12345::",
    "1:2:3:4:5:6:7:8:9",
    "[2001:db8::1]",
    "example.com",
    "２０３.0.113.7",
  ])("%j is none", (text) => {
    expect(parseAddressRange(text)).toBeUndefined();
  });

  it("knows the first and last address, and the one that was written", () => {
    const range = parseAddressRange("203.0.113.77/30")!;
    expect(range.last - range.first).toBe(3n);
    expect(range.written - range.first).toBe(1n);
    expect(writtenAddress(range)).toBe("203.0.113.77");
  });
});

it("a prefix that is too long is told from other mistakes", () => {
  expect(exceededPrefixLength("203.0.113.0/33")).toBe(32);
  expect(exceededPrefixLength("2001:db8::/129")).toBe(128);
  expect(exceededPrefixLength("203.0.113.0/32")).toBeUndefined();
  expect(exceededPrefixLength("203.0.113/33")).toBeUndefined();
});

describe("comparison", () => {
  const range = (text: string) => parseAddressRange(text)!;

  it("a network contains what is inside, of its own family", () => {
    expect(containsRange(range("203.0.113.0/24"), range("203.0.113.255"))).toBe(true);
    expect(containsRange(range("203.0.113.0/24"), range("203.0.114.0"))).toBe(false);
    expect(containsRange(range("203.0.113.0/25"), range("203.0.113.0/24"))).toBe(false);
    expect(containsRange(range("::/0"), range("203.0.113.7"))).toBe(false);
  });

  it("networks overlap exactly when one contains the other", () => {
    expect(rangesOverlap(range("10.0.0.0/8"), range("8.0.0.0/6"))).toBe(true);
    expect(rangesOverlap(range("10.0.0.0/8"), range("11.0.0.0/8"))).toBe(false);
    expect(rangesOverlap(range("::/0"), range("0.0.0.0/0"))).toBe(false);
  });

  it("the order is by number, not by text", () => {
    const sorted = ["2001:db8::", "10.0.0.1", "9.0.0.1", "9.0.0.0/8"].map(range).sort(compareRanges);
    expect(sorted.map(({ text }) => text)).toEqual(["9.0.0.0/8", "9.0.0.1", "10.0.0.1", "2001:db8::"]);
  });
});

it("a canonical list has each address once; what is no address stays, at its end", () => {
  expect(canonicalAddresses(["any", "203.0.113.7/32", "2001:DB8::1", " 203.0.113.7", "9.0.0.1"])).toEqual([
    "9.0.0.1",
    "203.0.113.7",
    "2001:db8::1",
    "any",
  ]);
});

describe("addressesBeyond", () => {
  it.each([
    ["an address more", ["203.0.113.7", "203.0.113.8"], ["203.0.113.7"], ["203.0.113.8"]],
    ["a part of a network", ["203.0.113.0/25"], ["203.0.113.0/24"], []],
    ["a wider network", ["203.0.113.0/24"], ["203.0.113.0/25"], ["203.0.113.0/24"]],
    ["two halves of one network", ["203.0.113.0/24"], ["203.0.113.128/25", "203.0.113.0/25"], []],
    ["the other family", ["2001:db8::1"], ["203.0.113.0/24"], ["2001:db8::1"]],
    ["what is no address", ["any", "some"], ["any"], ["some"]],
    ["nothing there", ["203.0.113.7"], [], ["203.0.113.7"]],
  ])("%s", (_what, texts, others, beyond) => {
    expect(addressesBeyond(texts, others)).toEqual(beyond);
  });
});
