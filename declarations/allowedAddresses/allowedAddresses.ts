// The setting `allowedAddresses`: the IP addresses and networks from which a credential's tokens may be asked for.
import { z } from "zod";
import {
  canonicalAddresses,
  containsRange,
  exceededPrefixLength,
  mappedIpv4,
  parseAddressRange,
  writtenAddress,
} from "../../common/addressRange";
import { field, text } from "../field";
import { publicAddressRule } from "./publicAddresses";
import { type Mistake } from "../textRules";

/** Longest text of an address: 39 characters of IPv6, or 45 with an IPv4 part, and a prefix length. */
const addressLengthLimit = 64;

const ipv4PartCount = 4;

const entryRemedy =
  "write an IPv4 or IPv6 address or network, as 198.51.100.7, 203.0.113.0/24 or 2001:db8::/32";

/** What the editor can check of an entry; the program knows more. */
const entryPattern = "^[0-9A-Fa-f:.]+(/[0-9]{1,3})?$";

/** The setting; absent where every address is allowed. */
export const allowedAddressesSchema = field(
  z
    .array(
      field(text(addressRule), "A public IPv4 or IPv6 address, or a network in CIDR notation.", entryRemedy, {
        pattern: entryPattern,
      }),
    )
    .min(1)
    .superRefine(noteRepetitions)
    .overwrite(canonicalAddresses),
  "The public IP addresses and networks (CIDR) from which tokens may be asked for; the order does not matter. Only for `CLIENT-CREDENTIALS`. " +
    "Genesys has announced such a list and not yet published its field: it is checked and stored, and sent once " +
    "`GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD` names the field (docs/security.md).",
  "write a list of addresses and networks, as [203.0.113.0/24, 2001:db8::/32], or leave it out to allow every address",
);

/** The rule of one entry. */
function addressRule(entry: string): Mistake | undefined {
  const range = parseAddressRange(entry);
  if (range === undefined) {
    return unreadable(entry);
  }
  const mapped = mappedIpv4(range);
  if (mapped !== undefined) {
    return {
      problem: "is an IPv4 address written as IPv6 (IPv4-mapped)",
      remedy: `write ${mapped.text}`,
    };
  }
  const mistake = publicAddressRule(range);
  if (mistake !== undefined || range.written === range.first) {
    return mistake;
  }
  return {
    problem: `names an address within the network ${range.text} (host bits are set)`,
    remedy: `write ${range.text} for the network, or ${writtenAddress(range)} for the one address`,
  };
}

/** Why a text is no address: the usual mistakes by name. */
function unreadable(entry: string): Mistake {
  if (entry.length > addressLengthLimit) {
    return { problem: "is not an IP address" };
  }
  if (entry.trim() === "") {
    return { problem: "is blank" };
  }
  if (/^[\d.]+\s*-\s*[\d.]+$/.test(entry)) {
    return {
      problem: "is a range from one address to another",
      remedy: "write the networks that it consists of, as 203.0.113.0/25",
    };
  }
  if (/[\s,;]/.test(entry)) {
    return {
      problem: "holds white space or a comma",
      remedy: "write each address as an entry of its own, without spaces",
    };
  }
  if (entry.includes("%")) {
    return {
      problem: "has a zone (%), which has a meaning on its own computer only",
      remedy: "write the public address, without a zone",
    };
  }
  const longest = exceededPrefixLength(entry);
  if (longest !== undefined) {
    return { problem: `has a prefix longer than the address`, remedy: `write at most /${longest}` };
  }
  return shapeMistake(entry) ?? { problem: "is not an IP address or network" };
}

function shapeMistake(entry: string): Mistake | undefined {
  const [address = "", prefix] = entry.split("/");
  if (/^\d+(\.\d+)*$/.test(address)) {
    return ipv4Mistake(address.split(".")) ?? prefixMistake(prefix);
  }
  if (/^\d+(\.\d+)*(\.\*)+$/.test(address)) {
    return {
      problem: "holds a wildcard",
      remedy: "write the network with its prefix length, as 203.0.113.0/24",
    };
  }
  if (/^[\d.]+:\d+$/.test(entry) || /^\[.*\](:\d+)?$/.test(entry)) {
    return { problem: "has a port or brackets", remedy: "write the address alone" };
  }
  if (parseAddressRange(address) !== undefined) {
    return prefixMistake(prefix);
  }
  return /[g-z]/i.test(entry)
    ? {
        problem: "is not an IP address; names are not looked up",
        remedy: "write the addresses that the name stands for",
      }
    : undefined;
}

function ipv4Mistake(parts: readonly string[]): Mistake | undefined {
  if (parts.length !== ipv4PartCount) {
    const count = parts.length === 1 ? "1 part" : `${parts.length} parts`;
    return {
      problem: `has ${count} instead of ${ipv4PartCount}`,
      remedy: "write all four parts of the address",
    };
  }
  return parts.some((part) => /^0\d/.test(part))
    ? {
        problem: "has a part with leading zeros, which some programs read as octal",
        remedy: "write the parts without leading zeros",
      }
    : undefined;
}

function prefixMistake(prefix: string | undefined): Mistake | undefined {
  if (prefix === undefined) {
    return undefined;
  }
  return parseAddressRange(prefix) === undefined
    ? {
        problem: `has no prefix length after the slash`,
        remedy: "write the number of bits of the network without leading zeros, as /24",
      }
    : {
        problem: "has a netmask in place of a prefix length",
        remedy: "write the number of bits of the network, as /24",
      };
}

/** Entries that another one already allows, each at its own place; entries with a mistake of their own are passed over. */
function noteRepetitions(entries: readonly string[], context: z.RefinementCtx): void {
  const faultless = entries.flatMap((entry, index) => {
    const range = addressRule(entry) === undefined ? parseAddressRange(entry) : undefined;
    return range === undefined ? [] : [{ entry, index, range }];
  });
  for (const { index, range } of faultless) {
    // Of two that are the same, only the later one is a repetition.
    const around = faultless.find(
      (other) =>
        other.index !== index &&
        containsRange(other.range, range) &&
        (other.index < index || other.range.text !== range.text),
    );
    if (around === undefined) {
      continue;
    }
    const words = around.range.text === range.text ? "is the same as" : "lies within";
    context.addIssue({
      code: "custom",
      path: [index],
      message: `${words} ${around.entry}, which is allowedAddresses[${around.index}]`,
      params: { remedy: "remove one of the two" },
    });
  }
}
