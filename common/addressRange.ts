// IP addresses and networks (CIDR): read from text, written in one form, compared as ranges of numbers.
import ipaddr from "ipaddr.js";

/** Bits of an address. Source: RFC 791 and RFC 8200. */
const addressBits = { IPv4: 32, IPv6: 128 } as const;

/** How IPv4-mapped addresses begin, `::ffff:0:0/96`. Source: RFC 4291, 2.5.5.2. */
const mappedPrefix = { length: 96, value: 0xffffn };

const bitsOfByte = 8n;

/** A prefix length in decimal, without leading zeros. */
const prefixLengthPattern = /^(0|[1-9]\d{0,3})$/;

/** Addresses without a gap. */
interface Stretch {
  readonly family: keyof typeof addressBits;
  /** The first and the last one, as numbers. */
  readonly first: bigint;
  readonly last: bigint;
}

/** One address, or all addresses of one network. */
export interface AddressRange extends Stretch {
  /** 0 to 32, or 0 to 128; the largest stands for a single address. */
  readonly prefixLength: number;
  /** The address before the slash, as a number; more than `first` where host bits are set. */
  readonly written: bigint;
  /** The canonical text: lower case, compressed (RFC 5952), host bits zero, a single address without a prefix length. */
  readonly text: string;
}

/** An address, and a prefix length which may be longer than the address; undefined without a slash. */
interface WrittenAddress {
  readonly family: keyof typeof addressBits;
  readonly bytes: readonly number[];
  readonly prefixLength: number | undefined;
}

/**
 * Reads an address or a network. IPv4 in four decimal parts without leading zeros, IPv6 in any spelling but with a zone.
 * @returns undefined for anything else
 */
export function parseAddressRange(text: string): AddressRange | undefined {
  const read = readAddress(text);
  if (read === undefined) {
    return undefined;
  }
  const bits = addressBits[read.family];
  const prefixLength = read.prefixLength ?? bits;
  return prefixLength > bits ? undefined : rangeOf(read.family, numberOf(read.bytes), prefixLength);
}

/** The longest prefix length, where a text is wrong for its longer one alone; else undefined. */
export function exceededPrefixLength(text: string): number | undefined {
  const read = readAddress(text);
  const bits = read === undefined ? undefined : addressBits[read.family];
  return bits !== undefined && (read?.prefixLength ?? 0) > bits ? bits : undefined;
}

/** Canonical text of the single address at the beginning of a range, as it was written. */
export function writtenAddress({ family, written }: AddressRange): string {
  return textOf(family, written);
}

/** The IPv4 address or network behind an IPv4-mapped one, IPv4 in the clothes of IPv6; undefined for any other. */
export function mappedIpv4({ family, first, prefixLength }: AddressRange): AddressRange | undefined {
  const bits = prefixLength - mappedPrefix.length;
  return family === "IPv6" && bits >= 0 && first >> BigInt(addressBits.IPv4) === mappedPrefix.value
    ? rangeOf("IPv4", BigInt.asUintN(addressBits.IPv4, first), bits)
    : undefined;
}

/** Whether every address of `inner` is in `outer`. */
export function containsRange(outer: Stretch, inner: Stretch): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether the two have an address in common. */
export function rangesOverlap(one: AddressRange, other: AddressRange): boolean {
  return one.family === other.family && one.first <= other.last && other.first <= one.last;
}

/** IPv4 before IPv6, by first address, wide before narrow: for `sort`. */
export function compareRanges(one: AddressRange, other: AddressRange): number {
  if (one.family !== other.family) {
    return one.family === "IPv4" ? -1 : 1;
  }
  if (one.first !== other.first) {
    return one.first < other.first ? -1 : 1;
  }
  return one.prefixLength - other.prefixLength;
}

/**
 * Addresses and networks in their canonical form, each once, in one order whatever the order they came in.
 * Texts that are none (only somebody else's list can hold such) are kept as they are, at the end.
 */
export function canonicalAddresses(texts: readonly string[]): string[] {
  const trimmed = texts.map((text) => text.trim());
  const ranges = trimmed.flatMap((text) => parseAddressRange(text) ?? []).sort(compareRanges);
  const others = trimmed.filter((text) => parseAddressRange(text) === undefined).sort();
  return [...new Set([...ranges.map(({ text }) => text), ...others])];
}

/**
 * Those of `texts` that allow an address which `others`, all taken together, do not.
 * Texts that are no addresses are compared as texts.
 */
export function addressesBeyond(texts: readonly string[], others: readonly string[]): string[] {
  const merged = mergedRanges(others.flatMap((text) => parseAddressRange(text) ?? []));
  return texts.filter((text) => {
    const range = parseAddressRange(text);
    return range === undefined
      ? !others.includes(text)
      : !merged.some((stretch) => containsRange(stretch, range));
  });
}

/** Ranges of which none touches another one. */
function mergedRanges(ranges: readonly AddressRange[]): Stretch[] {
  const merged: Stretch[] = [];
  for (const range of [...ranges].sort(compareRanges)) {
    const before = merged.at(-1);
    if (before?.family === range.family && range.first <= before.last + 1n) {
      merged[merged.length - 1] = { ...before, last: range.last > before.last ? range.last : before.last };
    } else {
      merged.push(range);
    }
  }
  return merged;
}

function readAddress(text: string): WrittenAddress | undefined {
  const [address = "", prefix, ...more] = text.split("/");
  if (more.length > 0 || (prefix !== undefined && !prefixLengthPattern.test(prefix))) {
    return undefined;
  }
  const prefixLength = prefix === undefined ? undefined : Number(prefix);
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) {
    return { family: "IPv4", bytes: ipaddr.IPv4.parse(address).toByteArray(), prefixLength };
  }
  return !address.includes("%") && ipaddr.IPv6.isValid(address)
    ? { family: "IPv6", bytes: ipaddr.IPv6.parse(address).toByteArray(), prefixLength }
    : undefined;
}

function rangeOf(family: AddressRange["family"], written: bigint, prefixLength: number): AddressRange {
  const bits = addressBits[family];
  const size = 1n << BigInt(bits - prefixLength);
  const first = (written / size) * size;
  const network = textOf(family, first);
  const text = prefixLength === bits ? network : `${network}/${prefixLength}`;
  return { family, prefixLength, written, first, last: first + size - 1n, text };
}

function numberOf(bytes: readonly number[]): bigint {
  return bytes.reduce((value, byte) => (value << bitsOfByte) | BigInt(byte), 0n);
}

function textOf(family: AddressRange["family"], value: bigint): string {
  const count = addressBits[family] / Number(bitsOfByte);
  const bytes = Array.from({ length: count }, (_, index) =>
    Number(BigInt.asUintN(Number(bitsOfByte), value >> (bitsOfByte * BigInt(count - 1 - index)))),
  );
  const address = ipaddr.fromByteArray(bytes);
  return address.kind() === "ipv6" ? (address as ipaddr.IPv6).toRFC5952String() : address.toString();
}
