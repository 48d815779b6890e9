// The settings of the environment: one reading for providers and commands.
import { readAllowedAddressesSwitch, readSettings } from "../../../genesys/settings";

const pair = { GENESYSCLOUD_OAUTHCLIENT_ID: "id", GENESYSCLOUD_OAUTHCLIENT_SECRET: "canary-secret" };

function read(environment: Record<string, string> = {}) {
  return readSettings({ ...pair, ...environment }, "eu-west-1");
}

it.each(["off", " off", "OFF\n", "0", "no", "false"])("a switch is off with %j", (text) => {
  expect(read({ GENESYSCLOUD_RECONCILE: text }).reconcile).toBe(false);
  expect(read({ GENESYSCLOUD_DEPLOYER_CHECK: text }).checksDeployer).toBe(false);
  expect(readAllowedAddressesSwitch({ GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD: text })).toEqual({ kind: "off" });
});

it.each(["on", "", " ", "yes"])("a switch is on with %j", (text) => {
  expect(read({ GENESYSCLOUD_RECONCILE: text }).reconcile).toBe(true);
});

it("every wrong value is told at once", () => {
  const wrong = { GENESYSCLOUD_WAIT_SECONDS: "long", GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD: "state" };
  expect(() => read(wrong)).toThrow(
    "Connecting to Genesys Cloud: GENESYSCLOUD_WAIT_SECONDS must be a number above 0; " +
      'GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD is "state", which is another field of OAuth clients; ' +
      "set the deployer's environment and run again",
  );
});

it.each([
  [undefined, 1],
  ["", 1],
  [" 5 ", 5],
  ["10", 10],
])("a pool size of %j means %i", (text, size) => {
  expect(read(text === undefined ? {} : { GENESYSCLOUD_TOKEN_POOL_SIZE: text }).tokenPoolSize).toBe(size);
});

it.each(["0", "11", "2.5", "-1", "five", "1e1", "0x2"])(
  "a pool size of %j is refused, with whatever else is wrong",
  (text) => {
    const wrong = { GENESYSCLOUD_TOKEN_POOL_SIZE: text, GENESYSCLOUD_TIMEOUT_SECONDS: "0" };
    expect(() => read(wrong)).toThrow(
      "Connecting to Genesys Cloud: GENESYSCLOUD_TOKEN_POOL_SIZE must be a whole number from 1 to 10; " +
        "GENESYSCLOUD_TIMEOUT_SECONDS must be a number above 0; set the deployer's environment and run again",
    );
  },
);

it("the address of the API is the region's, unless it is given", () => {
  expect(read().origins).toMatchObject({ apiUrl: "https://api.mypurecloud.ie" });
  expect(read({ GENESYSCLOUD_API_URL: " http://127.0.0.1:1 " }).origins.apiUrl).toBe("http://127.0.0.1:1");
});
