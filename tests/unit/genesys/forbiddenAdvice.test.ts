// What is said of a 403: a permission, a role, and the policies that can deny a client what its roles allow.
import { messageOf } from "../../../common/known";
import { Redactor } from "../../../common/redact";
import { forbiddenAdvice, GenesysApiError } from "../../../genesys/errors";
import { explain } from "../../../providers/engine/providerError";

function answered(status: number, apiCode: string, path = "/api/v2/oauth/clients"): GenesysApiError {
  return new GenesysApiError({
    method: "GET",
    path,
    status,
    apiCode,
    apiMessage: "You are missing the following permission(s): oauth:client:view",
    correlationId: "one",
    retryAfterSeconds: undefined,
  });
}

it("names the kind of policy and where it is looked at", () => {
  expect(forbiddenAdvice).toBe(
    "where the roles suffice, an attribute-based access policy that applies to clients may deny it " +
      "(Admin > Authorization policies; GET /api/v2/authorization/policies)",
  );
});

it.each(["missing.permissions", "missing.any.permissions", "not.authorized", ""])(
  "a command that passes on 403 %s passes it on, too, within one line",
  (apiCode) => {
    expect(messageOf(answered(403, apiCode))).toMatch(/ was answered 403 .*oauth:client:view.*/);
    expect(messageOf(answered(403, apiCode)).endsWith(forbiddenAdvice)).toBe(true);
  },
);

it("a provider says first what is likely, and each thing once", () => {
  const { message } = explain("Creating it", answered(403, "missing.permissions"), new Redactor());
  expect(message).toMatch(
    /^Creating it: GET .* was answered 403 .*; the deployer lacks a permission, or a role that it is to hand out; .*; where the roles suffice/,
  );
  expect(message.split(forbiddenAdvice)).toHaveLength(2);
});

it.each([
  [404, "not.found", "/api/v2/oauth/clients"],
  [400, "bad.request", "/api/v2/oauth/clients"],
  [403, "access_denied", "/oauth/token"],
])("%d %s of %s has nothing to do with it", (status, apiCode, path) => {
  expect(messageOf(answered(status, apiCode, path))).not.toContain("attribute-based");
});

it("a refusal without any words may be a proxy's, and a policy's all the same", () => {
  const { details } = answered(403, "");
  const { message } = new GenesysApiError({ ...details, apiMessage: "" });
  expect(message).toMatch(
    / was answered 403 \[correlation id one\]; perhaps by a proxy or a firewall; where /,
  );
  expect(message.endsWith(forbiddenAdvice)).toBe(true);
});
