// Regions and origins: what people write, where it leads, and that no token ever goes out in plain text.
import * as fc from "fast-check";

import { normalizeRegion, originsOfRegion, parseOrigin, regionNames } from "../../../common/regions";

const publicRegions = 18;

it("knows all 18 public regions, each with its own domain", () => {
  expect(regionNames).toHaveLength(publicRegions);
  expect(new Set(regionNames.map((name) => originsOfRegion(name).apiUrl)).size).toBe(publicRegions);
});

it.each([
  ["eu-west-1", "eu-west-1"],
  ["eu_west_1", "eu-west-1"],
  [" EU-West-1 ", "eu-west-1"],
  ["mypurecloud.ie", "eu-west-1"],
  ["https://login.mypurecloud.ie/", "eu-west-1"],
  ["use2.us-gov-pure.cloud", "us-east-2"],
  ["new1.pure.cloud", "new1.pure.cloud"],
  ["", undefined],
  ["eu-west-9", undefined],
  ["evil.example/path", undefined],
  ["user@evil.example", undefined],
  ["evil.example:8080", undefined],
  ["http://mypurecloud.ie", undefined],
  ["__proto__", undefined],
  ["constructor", undefined],
])("the region %j is %j", (text, region) => {
  expect(normalizeRegion(text)).toBe(region);
});

it("every text that is a region leads to https and to a host of its own", () => {
  fc.assert(
    fc.property(fc.oneof(fc.webUrl(), fc.domain(), fc.string()), (text) => {
      const region = normalizeRegion(text);
      if (region !== undefined) {
        const { apiUrl, loginUrl } = originsOfRegion(region);
        expect([new URL(apiUrl).origin, new URL(loginUrl).origin]).toEqual([apiUrl, loginUrl]);
        expect([new URL(apiUrl).protocol, new URL(loginUrl).protocol]).toEqual(["https:", "https:"]);
      }
    }),
  );
});

describe("an origin in the environment", () => {
  it.each([
    ["https://api.mypurecloud.ie", "https://api.mypurecloud.ie"],
    ["https://api.mypurecloud.ie/", "https://api.mypurecloud.ie"],
    ["http://127.0.0.1:4711", "http://127.0.0.1:4711"],
    ["http://localhost:4711", "http://localhost:4711"],
    ["http://[::1]:4711", "http://[::1]:4711"],
  ])("%s is accepted", (text, origin) => {
    expect(parseOrigin(text)).toEqual({ origin });
  });

  it.each([
    ["plain http to a host", "http://api.mypurecloud.ie"],
    ["plain http to a name that only begins like loopback", "http://127.0.0.1.evil.example"],
    ["plain http to a name that only begins like localhost", "http://localhost.evil.example"],
    ["plain http to a private address", "http://10.0.0.1"],
    ["a path", "https://api.mypurecloud.ie/api"],
    ["a user name", "https://user@api.mypurecloud.ie"],
    ["another protocol", "ftp://api.mypurecloud.ie"],
    ["a file", "file:///etc/passwd"],
    ["no URL", "api.mypurecloud.ie"],
  ])("%s is refused", (_name, text) => {
    expect(parseOrigin(text)).toEqual({ problem: expect.any(String) });
  });
});
