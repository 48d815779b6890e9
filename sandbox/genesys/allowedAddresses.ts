// The announced list of addresses from which a client's tokens may be asked for: field, obligation and effect are guesses behind a switch.
import { BlockList, isIPv4, isIPv6 } from "node:net";
import { type Body, optionalTexts } from "./bodyFields";
import { badRequest, TokenRefusal } from "./simulatorError";
import { type Switches } from "./switches";

/** Bits of an address. */
const addressBits = { ipv4: 32, ipv6: 128 } as const;

/** An IPv4 address as a socket for both families shows it. */
const mappedPrefix = /^::ffff:(?=\d+\.)/i;

/** The list in a request's body; undefined where it is left out, or the organisation has no such field. @throws SimulatorError 400 */
export function readAllowedAddresses(body: Body, { allowedAddresses }: Switches): string[] | undefined {
  if (allowedAddresses === null) {
    return undefined;
  }
  const texts = optionalTexts(body, allowedAddresses.field);
  const wrong = texts?.find((text) => networkOf(text) === undefined);
  if (wrong !== undefined) {
    throw badRequest("invalid.value", `Value [${wrong}] is not a valid IP address or CIDR.`);
  }
  return texts;
}

/** Whether a caller may ask for a token; a client without a list may be used from everywhere. @throws TokenRefusal */
export function requireAdmitted(
  allowedAddresses: readonly string[] | undefined,
  address: string | undefined,
  { allowedAddresses: setting, refusedAddressStatus }: Switches,
): void {
  const list = allowedAddresses ?? [];
  if (setting?.enforced === true && list.length > 0 && address !== undefined && !admits(list, address)) {
    throw new TokenRefusal(
      refusedAddressStatus,
      "unauthorized_client",
      "request from an address that is not allowed",
    );
  }
}

function admits(list: readonly string[], caller: string): boolean {
  const networks = new BlockList();
  for (const network of list.flatMap((text) => networkOf(text) ?? [])) {
    networks.addSubnet(network.address, network.prefixLength, network.family);
  }
  const address = caller.replace(mappedPrefix, "");
  return networks.check(address, familyOf(address) ?? "ipv4");
}

/** An address, and the length of the network's prefix. */
function networkOf(text: string) {
  const [address = "", prefix, ...more] = text.split("/");
  const family = familyOf(address);
  const bits = addressBits[family ?? "ipv4"];
  const prefixLength = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : bits + 1;
  return family === undefined || more.length > 0 || prefixLength > bits
    ? undefined
    : { address, family, prefixLength };
}

function familyOf(address: string): "ipv4" | "ipv6" | undefined {
  return isIPv4(address) ? "ipv4" : isIPv6(address) ? "ipv6" : undefined;
}
