// What an error advises fits what happened.
import { Redactor } from "../../../common/redact";
import { GenesysApiError, GenesysAuthenticationError } from "../../../genesys/errors";
import { explain, ProviderError } from "../../../providers/engine/providerError";

const secret = "canary-secret-in-a-name";
const redactor = new Redactor();
redactor.add(secret);

function told(error: unknown): string {
  return explain('Creating role "x"', error, redactor).message;
}

function refusal(description: string): GenesysAuthenticationError {
  return new GenesysAuthenticationError(
    400,
    "invalid_request",
    description,
    "https://login.example",
    undefined,
  );
}

function apiError(status: number): GenesysApiError {
  const details = { method: "GET", path: "/x", apiCode: "", apiMessage: "", correlationId: undefined };
  return new GenesysApiError({ ...details, status, retryAfterSeconds: undefined });
}

it("a token rate limit says nothing about the pair", () => {
  expect(told(refusal("rate limit exceeded; later"))).toMatch(/wait a minute/);
  expect(told(refusal("rate limit exceeded; later"))).not.toMatch(/OAUTHCLIENT_SECRET/);
  expect(told(refusal("client not found"))).toMatch(/GENESYSCLOUD_OAUTHCLIENT_SECRET.*region/);
});

it("407 is the proxy's", () => {
  expect(told(apiError(407))).toMatch(/HTTPS_PROXY/);
  expect(told(apiError(500))).not.toMatch(/HTTPS_PROXY/);
});

it("our own words, too, are redacted and kept on one line: they may quote a name", () => {
  const error = new ProviderError("ORGANIZATION_MISMATCH", `belongs to "${secret}"\r\n\u001b[31mforged`);
  expect(told(error)).toBe('belongs to "[secret]" [31mforged [ORGANIZATION_MISMATCH]');
});

it("a name without an end is cut, and the code stays at the end", () => {
  const longestMessage = 4100;
  const message = told(new ProviderError("ROLE_GONE", "x".repeat(longestMessage * 2)));
  expect(message.length).toBeLessThan(longestMessage);
  expect(message).toMatch(/… \[ROLE_GONE\]$/);
});
