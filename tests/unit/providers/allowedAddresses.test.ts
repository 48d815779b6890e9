// The switch for allowed addresses, the words by which a refusal is known, and live answers of any shape.
import { GenesysApiError } from "../../../genesys/errors";
import type { OAuthClientEntity } from "../../../genesys/wire";
import { addressesInBody } from "../../../providers/oauthClient/allowedAddresses";
import { shownAddresses } from "../../../genesys/knowledge/allowedAddressesField";
import { isAddressRefusal } from "../../../genesys/knowledge/addressRefusal";
import { explainAddresses } from "../../../providers/oauthClient/addressRefusal";
import { readAllowedAddressesSwitch, readSettings } from "../../../genesys/settings";

const variable = "GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD";
const right = {
  GENESYSCLOUD_OAUTHCLIENT_ID: "canary-id",
  GENESYSCLOUD_OAUTHCLIENT_SECRET: "canary-secret",
  GENESYSCLOUD_REGION: "eu-west-1",
};

describe("the switch", () => {
  it.each([
    [undefined, { kind: "unset" }],
    ["", { kind: "unset" }],
    [" ", { kind: "unset" }],
    ["off", { kind: "off" }],
    ["OFF", { kind: "off" }],
    ["allowedIps", { kind: "on", field: "allowedIps" }],
    ["ip_allow_list2", { kind: "on", field: "ip_allow_list2" }],
  ])("%j", (value, expected) => {
    expect(readAllowedAddressesSwitch({ [variable]: value })).toEqual(expected);
    expect(() => readSettings({ ...right, [variable]: value }, undefined)).not.toThrow();
  });

  it.each([
    ["9lives", /must be the name of a field/],
    ["allowed ips", /must be the name of a field/],
    ["allowed.ips", /must be the name of a field/],
    ["a".repeat(65), /must be the name of a field/],
    ["name", /another field of OAuth clients/],
    ["state", /another field of OAuth clients/],
    ["roleDivisions", /another field of OAuth clients/],
    ["secret", /another field of OAuth clients/],
    ["__proto__", /another field of OAuth clients/],
    ["constructor", /another field of OAuth clients/],
  ])("%j is refused, here and with the other settings", (value, problem) => {
    expect(() => readAllowedAddressesSwitch({ [variable]: value })).toThrow(problem);
    expect(() => readSettings({ ...right, [variable]: value }, undefined)).toThrow(problem);
  });

  it("is one problem among others", () => {
    expect(() => readSettings({ [variable]: "9" }, "eu-west-1")).toThrow(
      /OAUTHCLIENT_ID is not set; .*OAUTHCLIENT_SECRET is not set; .*name of a field.*set the deployer's environment/,
    );
  });
});

function refusal(apiCode: string, apiMessage: string, status = 400): GenesysApiError {
  return new GenesysApiError({
    method: "POST",
    path: "/api/v2/oauth/clients",
    status,
    apiCode,
    apiMessage,
    correlationId: "canary-correlation",
    retryAfterSeconds: undefined,
  });
}

describe("a refusal over addresses", () => {
  it.each([
    ["missing.client.ip.allowlist", ""],
    ["ip.allow.list.required", ""],
    ["allowedIpAddresses.required", ""],
    ["oauth.client.ip_address.missing", ""],
    ["client.ipAllowlist.empty", ""],
    ["bad.request", "allowedIPs must not be empty"],
    ["bad.request", "ipWhitelist must not be null"],
    ["constraint.validation", "At least one IP address is required for client credentials"],
    ["constraint.validation", "Clients must specify an allow-list of CIDRs"],
    ["invalid.value", "Value [] is not a valid CIDR block"],
    ["invalid.value", "allowedCidrs: 10.0.0.0/8 is private"],
    ["invalid.value", "The IPv4 range is too wide"],
    ["", "Allowed addresses are mandatory"],
    ["", "client IP restrictions must be configured"],
  ])("%s %s", (code, message) => {
    expect(isAddressRefusal(refusal(code, message))).toBe(true);
    expect(isAddressRefusal(refusal(code, message, 403))).toBe(false);
  });

  it.each([
    ["missing.client.roles", "A client of the grant type CLIENT-CREDENTIALS needs at least one role."],
    ["auth.too.many.clients", "Too many clients exist in this organization."],
    ["bad.grant.type", "The grant type X is not one of CODE."],
    ["invalid.value", "Value [299] is not valid for accessTokenValiditySeconds"],
    ["bad.request", "The request names an object that does not exist: role zip-list."],
    ["bad.request", "registeredRedirectUri: the address is not allowed"],
    ["", ""],
  ])("is none: %s %s", (code, message) => {
    expect(isAddressRefusal(refusal(code, message))).toBe(false);
  });

  it("is also known by the name of the field that was sent", () => {
    const sent = { allowedAddresses: ["203.0.113.7"], allowedAddressesField: "callerNetworks" };
    const error = refusal("invalid.value", "callerNetworks: too many entries");
    expect(explainAddresses("Updating x", error, sent)).toMatchObject({
      code: "ALLOWED_ADDRESSES_REFUSED",
      message: expect.stringMatching(
        /^Updating x: POST .*too many entries.*canary-correlation.*nothing was written.*"callerNetworks"/,
      ) as string,
    });
    expect(explainAddresses("Updating x", error, {})).toBe(error);
  });

  it("any other failure stays what it is", () => {
    const error = new Error("IP address");
    expect(explainAddresses("Updating x", error, {})).toBe(error);
  });
});

describe("a live answer", () => {
  const live = (value: unknown): OAuthClientEntity =>
    ({ id: "c1", list: value }) as unknown as OAuthClientEntity;

  it.each([
    [
      ["203.0.113.7/32", "2001:DB8::1"],
      ["203.0.113.7", "2001:db8::1"],
    ],
    [[], []],
    [["anywhere"], ["anywhere"]],
    [undefined, undefined],
    [null, undefined],
    ["203.0.113.7", undefined],
    [[5], undefined],
    [[{ cidr: "203.0.113.0/24" }], undefined],
    [{ length: 1 }, undefined],
  ])("%j", (value, expected) => {
    expect(shownAddresses(live(value), "list")).toEqual(expected);
  });

  it("without the field tells nothing, whatever objects inherit", () => {
    expect(shownAddresses(live([]), "toString")).toBeUndefined();
    expect(shownAddresses(live([]), "other")).toBeUndefined();
  });
});

it("a body holds the list only where its field is known, and an empty one where it is withdrawn", () => {
  expect(addressesInBody({})).toEqual({});
  expect(addressesInBody({ allowedAddresses: ["203.0.113.7"] })).toEqual({});
  expect(addressesInBody({ allowedAddresses: ["203.0.113.7"], allowedAddressesField: "list" })).toEqual({
    list: ["203.0.113.7"],
  });
  expect(addressesInBody({ allowedAddressesField: "list" })).toEqual({ list: [] });
});
