// The setting `allowedAddresses`: every mistake at its place with what to write instead, and one form of what is right.
import Ajv from "ajv";
import { renderEditorSchema } from "../../../schemas/generate";
import { parse, problemsOf, stackWith } from "./declaring";

const path = ["credentials", "report", "allowedAddresses"] as const;
const named = "genesys-credentials:credentials.report.allowedAddresses";

const declaring = (value: unknown) => stackWith(path, value);
const resolved = (value: unknown) =>
  parse(declaring(value)).credentials.find(({ key }) => key === "report")?.allowedAddresses;

describe("what is right", () => {
  it("is canonical and in one order, whatever the order it was written in", () => {
    const canonical = ["198.51.100.7", "203.0.113.0/24", "2001:db8::/32", "2001:db9::1"];
    expect(resolved(["203.0.113.0/24", "198.51.100.7/32", "2001:DB9:0::1/128", "2001:db8::/32"])).toEqual(
      canonical,
    );
    expect(resolved(["2001:db9::1", "2001:DB8:0:0::/32", "198.51.100.7", "203.0.113.0/24"])).toEqual(
      canonical,
    );
  });

  it("is absent where it is not declared", () => {
    for (const credential of parse(stackWith(path, undefined)).credentials) {
      expect(credential).not.toHaveProperty("allowedAddresses");
    }
  });

  it.each([
    "8.0.0.0/8",
    "8.8.8.8",
    "2001::/16",
    "2a00::/16",
    "172.32.0.0/16",
    "192.0.2.0/24",
    "223.255.255.255",
  ])("%s", (entry) => {
    expect(problemsOf(declaring([entry]))).toEqual([]);
  });
});

/** Entry, words of the problem, words of the remedy. */
const wrongEntries: readonly (readonly [entry: unknown, problem: RegExp, remedy: RegExp])[] = [
  [5, /is not text/, /as 198\.51\.100\.7/],
  [203.113, /is not text/, /as 198\.51\.100\.7/],
  ["", /blank/, /as 198/],
  ["office", /names are not looked up/, /addresses that the name stands for/],
  ["https://198.51.100.7", /not an IP address/, /./],
  ["ab", /is not an IP address or network/, /as 198/],
  ["x".repeat(5000), /is not an IP address/, /./],
  ["198.51.100", /3 parts instead of 4/, /all four parts/],
  ["198", /1 part instead of 4/, /all four parts/],
  ["198.51.100.7.9", /5 parts instead of 4/, /all four parts/],
  ["198.51.100.256", /is not an IP address/, /as 198/],
  ["198.51.100.07", /leading zeros/, /without leading zeros/],
  ["0198.51.100.7/32", /leading zeros/, /without leading zeros/],
  ["198.51.100.0/33", /prefix longer than the address/, /at most \/32/],
  ["2001:db8::/129", /prefix longer than the address/, /at most \/128/],
  ["198.51.100.0/", /no prefix length/, /as \/24/],
  ["198.51.100.0/024", /no prefix length/, /without leading zeros/],
  ["198.51.100.0/255.255.255.0", /netmask/, /number of bits/],
  ["198.51.100.7/24", /host bits.*/, /198\.51\.100\.0\/24 for the network, or 198\.51\.100\.7/],
  ["2001:db8::1/32", /within the network 2001:db8::\/32/, /2001:db8::\/32 for the network, or 2001:db8::1/],
  ["2001:db8::1%eth0", /zone/, /without a zone/],
  ["::ffff:198.51.100.7", /IPv4-mapped/, /write 198\.51\.100\.7$/],
  ["::ffff:c633:6407", /IPv4-mapped/, /write 198\.51\.100\.7$/],
  ["::ffff:198.51.100.0/120", /IPv4-mapped/, /write 198\.51\.100\.0\/24$/],
  ["0.0.0.0/0", /allows every address/, /leave the line out/],
  ["::/0", /allows every address/, /leave the line out/],
  ["1.2.3.4/0", /allows every address/, /leave the line out/],
  ["128.0.0.0/1", /wider than a \/8/, /name the networks/],
  ["2000::/3", /wider than a \/16/, /name the networks/],
  ["10.1.2.3", /private \(10\.0\.0\.0\/8\)/, /NAT gateway/],
  ["10.1.2.3/24", /private/, /NAT gateway/],
  ["172.16.0.0/12", /private/, /NAT gateway/],
  ["192.168.1.0/24", /private/, /NAT gateway/],
  ["100.64.1.1", /carrier/, /NAT gateway/],
  ["127.0.0.1", /loopback/, /NAT gateway/],
  ["169.254.169.254", /link-local/, /NAT gateway/],
  ["224.0.0.1", /multicast/, /NAT gateway/],
  ["255.255.255.255", /reserved/, /NAT gateway/],
  ["0.0.0.0", /this network/, /NAT gateway/],
  ["192.0.0.0/8", /holds 192\.0\.0\.0\/24/, /public networks in it/],
  ["::1", /loopback/, /NAT gateway/],
  ["::", /unspecified/, /NAT gateway/],
  ["fe80::1", /link-local/, /NAT gateway/],
  ["fd00::/16", /unique local/, /NAT gateway/],
  ["ff02::1", /multicast/, /NAT gateway/],
  ["64:ff9b::c633:6407", /translated IPv4/, /NAT gateway/],
  ["4000::/16", /not a public IPv6 address/, /NAT gateway/],
  ["198.51.100.*", /wildcard/, /198|203/],
  ["198.51.100.7:443", /port or brackets/, /address alone/],
  ["[2001:db8::1]", /port or brackets/, /address alone/],
  ["[2001:db8::1]:443", /port or brackets/, /address alone/],
  ["198.51.100.1-198.51.100.9", /range/, /networks that it consists of/],
  ["198.51.100.1 - 198.51.100.9", /range/, /networks that it consists of/],
  ["198.51.100.7, 198.51.100.8", /white space or a comma/, /entry of its own/],
  ["198.51.100.7,198.51.100.8", /white space or a comma/, /entry of its own/],
  [" 198.51.100.7", /white space/, /without spaces/],
  ["198.51.100.7\n", /white space/, /without spaces/],
];

test.each(wrongEntries)("%j is one mistake, at its place", (entry, problem, remedy) => {
  expect(problemsOf(declaring(["203.0.113.0/24", entry]))).toEqual([
    {
      path: `${named}[1]`,
      problem: expect.stringMatching(problem) as string,
      remedy: expect.stringMatching(remedy) as string,
    },
  ]);
});

describe("the list", () => {
  it.each([
    [[], /the list is empty/],
    ["203.0.113.0/24", /is not a list/],
    [null, /is not a list/],
    [{}, /is not a list/],
  ])("%j", (value, problem) => {
    expect(problemsOf(declaring(value))).toEqual([
      {
        path: named,
        problem: expect.stringMatching(problem) as string,
        remedy: expect.stringMatching(/leave it out/) as string,
      },
    ]);
  });

  it("the same address twice names both, at the later one", () => {
    expect(problemsOf(declaring(["2001:DB8::1", "198.51.100.7", "2001:db8:0::1/128"]))).toEqual([
      {
        path: `${named}[2]`,
        problem: '"2001:db8:0::1/128" is the same as 2001:DB8::1, which is allowedAddresses[0]',
        remedy: "remove one of the two",
      },
    ]);
  });

  it("an entry inside another one names both, wherever it stands", () => {
    const problems = problemsOf(declaring(["203.0.113.7", "203.0.113.0/24", "203.0.113.128/25"]));
    expect(problems.map(({ path: place, problem }) => [place, problem])).toEqual([
      [`${named}[0]`, '"203.0.113.7" lies within 203.0.113.0/24, which is allowedAddresses[1]'],
      [`${named}[2]`, '"203.0.113.128/25" lies within 203.0.113.0/24, which is allowedAddresses[1]'],
    ]);
  });

  it("all mistakes are told at once", () => {
    expect(problemsOf(declaring(["10.0.0.1", "203.0.113.0/24", "203.0.113.9", "no"]))).toHaveLength(3);
  });

  it("what everything lies within is one mistake, not one for each entry", () => {
    expect(problemsOf(declaring(["0.0.0.0/0", "198.51.100.7", "203.0.113.9"]))).toHaveLength(1);
  });
});

it.each(["CODE", "SAML2-BEARER", "PASSWORD"])("has no meaning for %s", (grantType) => {
  const stack = stackWith(["credentials", "portal"], {
    grantType,
    redirectUris: ["https://portal.example.com/callback"],
    allowedAddresses: ["203.0.113.0/24"],
  });
  expect(problemsOf(stack)).toEqual([
    {
      path: "genesys-credentials:credentials.portal.allowedAddresses",
      problem: expect.stringContaining(`no meaning for the grant type ${grantType}`) as string,
      remedy: "remove it",
    },
  ]);
});

describe("the editor", () => {
  const isRight = new Ajv({ strict: false }).compile(JSON.parse(renderEditorSchema()) as object);
  const file = (credential: object) => ({ config: { "genesys-credentials:credentials": { x: credential } } });

  it.each([
    [{ roles: ["r"], allowedAddresses: ["203.0.113.0/24", "2001:DB8::1"] }, true],
    [{ roles: ["r"], allowedAddresses: [] }, false],
    [{ roles: ["r"], allowedAddresses: ["office"] }, false],
    [{ roles: ["r"], allowedAddresses: "203.0.113.0/24" }, false],
    [{ grantType: "PASSWORD" }, true],
    [{ grantType: "PASSWORD", allowedAddresses: ["203.0.113.0/24"] }, false],
  ])("%j: %s", (credential, expected) => {
    expect(isRight(file(credential))).toBe(expected);
  });
});
