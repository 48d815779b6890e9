// The stored text: its exact form in each spelling, what is refused, what is recognised.
import { payloadSpellings } from "../../../common/payloadSpelling";
import { parseSecretPayload, renderSecretPayload } from "../../../secrets/payload";

const value = {
  apiUrl: "https://api.mypurecloud.ie",
  tokenUrl: "https://login.mypurecloud.ie/oauth/token",
  clientSecret: 'canary-"quoted"',
  clientId: "canary-id",
};

test.each([
  ["camel", ["clientId", "clientSecret", "tokenUrl", "apiUrl"]],
  ["snake", ["client_id", "client_secret", "token_url", "api_url"]],
  [
    "environment",
    [
      "GENESYSCLOUD_OAUTHCLIENT_ID",
      "GENESYSCLOUD_OAUTHCLIENT_SECRET",
      "GENESYSCLOUD_TOKEN_URL",
      "GENESYSCLOUD_API_URL",
    ],
  ],
] as const)(
  "%s has its keys in order, whatever the order of the input",
  (spelling, [id, secret, token, api]) => {
    expect(renderSecretPayload(spelling, value)).toBe(
      `{"${id}":"canary-id","${secret}":"canary-\\"quoted\\"","${token}":"https://login.mypurecloud.ie/oauth/token","${api}":"https://api.mypurecloud.ie"}`,
    );
  },
);

test.each(payloadSpellings)("%s is recognised", (spelling) => {
  const stored = JSON.parse(renderSecretPayload(spelling, value)) as object;
  expect(parseSecretPayload(JSON.stringify({ more: 1, ...stored }))).toEqual(value);
});

test.each(["clientId", "clientSecret"] as const)(
  "an empty %s is refused, and nothing of the pair is shown",
  (field) => {
    for (const empty of ["", "  ", undefined as unknown as string]) {
      const render = (): string => renderSecretPayload("camel", { ...value, [field]: empty });
      expect(render).toThrow(`the ${field} is empty`);
      expect(render).not.toThrow("canary");
    }
  },
);

test.each([
  "",
  "not JSON",
  "null",
  "[]",
  "5",
  "{}",
  '{"clientId":"a"}',
  '{"clientId":"a","clientSecret":"","tokenUrl":"b","apiUrl":"c"}',
  '{"clientId":"a","clientSecret":5,"tokenUrl":"b","apiUrl":"c"}',
  '{"clientId":"a","client_secret":"b","tokenUrl":"b","apiUrl":"c"}',
])("%j is no payload", (text) => {
  expect(parseSecretPayload(text)).toBeUndefined();
});
