// Which addresses a caller of Genesys can have: those of the public internet, and of that no more than anybody owns.
import {
  type AddressRange,
  containsRange,
  parseAddressRange,
  rangesOverlap,
} from "../../common/addressRange";
import { type Mistake } from "../textRules";

/**
 * Networks from which nothing arrives at Genesys, and what they are. The networks for documentation (203.0.113.0/24, 2001:db8::/32 ...)
 * are not among them, so that examples can be tried. Source: IANA's registries of special-purpose addresses (RFC 6890).
 */
const notPublic: readonly (readonly [network: AddressRange, what: string])[] = (
  [
    ["0.0.0.0/8", "this network"],
    ["10.0.0.0/8", "private"],
    ["100.64.0.0/10", "shared by a carrier's customers"],
    ["127.0.0.0/8", "loopback"],
    ["169.254.0.0/16", "link-local"],
    ["172.16.0.0/12", "private"],
    ["192.0.0.0/24", "reserved for protocols"],
    ["192.168.0.0/16", "private"],
    ["198.18.0.0/15", "for benchmarks"],
    ["224.0.0.0/4", "multicast"],
    ["240.0.0.0/4", "reserved"],
    ["::/128", "unspecified"],
    ["::1/128", "loopback"],
    ["64:ff9b::/96", "translated IPv4"],
    ["64:ff9b:1::/48", "translated IPv4"],
    ["100::/64", "discarded"],
    ["fc00::/7", "unique local (private)"],
    ["fe80::/10", "link-local"],
    ["fec0::/10", "site-local (private)"],
    ["ff00::/8", "multicast"],
  ] as const
).map(([network, what]) => [rangeOf(network), what]);

/** The part of IPv6 that is routed between networks. Source: IANA, IPv6 Address Space. */
const globalUnicast = rangeOf("2000::/3");

/** The widest networks that can belong to one organisation: IANA gave none out wider than a /8; IPv6 blocks of registries begin at /12. */
const widestPrefixLength = { IPv4: 8, IPv6: 16 } as const;

const publicRemedy =
  "write the public address from which the consumer reaches Genesys, as that of its NAT gateway or proxy";

/** What is wrong with an address or network that could be read; undefined when a caller can have it. */
export function publicAddressRule(range: AddressRange): Mistake | undefined {
  if (range.prefixLength === 0) {
    return {
      problem: "allows every address, which limits nothing",
      remedy: "leave the line out; without any allowedAddresses every address is allowed",
    };
  }
  const widest = widestPrefixLength[range.family];
  if (range.prefixLength < widest) {
    return {
      problem: `is wider than a /${widest}, more than belongs to any one organisation`,
      remedy: "name the networks from which the consumer calls",
    };
  }
  const around = notPublic.find(([network]) => containsRange(network, range));
  if (around !== undefined) {
    return {
      problem: `is ${around[1]} (${around[0].text}), and Genesys sees public addresses only`,
      remedy: publicRemedy,
    };
  }
  const within = notPublic.find(([network]) => rangesOverlap(network, range));
  if (within !== undefined) {
    return {
      problem: `holds ${within[0].text}, which is ${within[1]}, and Genesys sees public addresses only`,
      remedy: "name the public networks in it",
    };
  }
  return range.family === "IPv6" && !containsRange(globalUnicast, range)
    ? { problem: `is not a public IPv6 address (${globalUnicast.text})`, remedy: publicRemedy }
    : undefined;
}

function rangeOf(network: string): AddressRange {
  const range = parseAddressRange(network);
  if (range === undefined) {
    throw new Error(`the table of networks holds ${network}, which is none`);
  }
  return range;
}
