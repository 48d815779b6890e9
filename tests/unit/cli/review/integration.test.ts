// The review of integration credentials: where a credential's key goes inside Genesys is told, and what Pulumi only suspects is not.
import { clientInputs, linesOf, reviewOf, step } from "./planning";

const inputs = { name: "Data actions: CRM" };
const clientUrn = (slot: string): string =>
  `urn:pulumi:dev::genesys-credentials::pulumi-nodejs:dynamic/genesys:OAuthClient::crm-sync-${slot}`;
const holds = (slot: string, more: object = {}): object => ({
  parent: "urn:pulumi:dev::genesys-credentials::genesys-credentials:index:Credential::crm-sync",
  propertyDependencies: { clientId: [clientUrn(slot)] },
  ...more,
});
const client = (slot: string, op: string, before: object | undefined = clientInputs): object =>
  step("client", `crm-sync-${slot}`, op, before as typeof clientInputs, clientInputs);
const integration = (
  op: string,
  before: object | undefined,
  after: object | undefined,
  more: object = holds("a"),
): object =>
  step("integration", "crm-sync", op, before as typeof inputs, after as typeof inputs, more as typeof inputs);
const review = (...steps: readonly object[]): string[] => linesOf(reviewOf(steps));

test("a new one is wider: another place from which the key can be used", () => {
  const result = reviewOf([client("a", "same"), integration("create", undefined, inputs)]);
  expect(result.verdict).toBe("WIDENED");
  expect(linesOf(result)).toEqual([
    "crm-sync wider: its key also goes to a new integration credential, Data actions: CRM: " +
      "whoever may edit data actions in Genesys can act with its permissions",
  ]);
});

test("one that is taken over is told by its id, and that what it holds is replaced", () => {
  const [line] = review(
    client("a", "same"),
    integration("create", undefined, { ...inputs, existingId: "1c-1" }),
  );
  expect(line).toMatch(
    /wider: its key also goes to the integration credential 1c-1, now Data actions: CRM, and replaces/,
  );
});

test("a removed one is lost, and stops data actions", () => {
  expect(review(client("a", "same"), integration("delete", inputs, undefined))).toEqual([
    "crm-sync breaks: integration credential Data actions: CRM is deleted for good [irreversible]",
  ]);
});

test.each([
  ["by its record", inputs, { outputs: { isTakenOver: true } }],
  ["by its declaration", { ...inputs, existingId: "1c-1" }, {}],
])("a removed one that was taken over (%s) stays", (_name, before, more) => {
  expect(review(client("a", "same"), integration("delete", before, undefined, holds("a", more)))).toEqual([
    "crm-sync neutral: integration credential Data actions: CRM stays in Genesys with its last key: it was taken over, not made here",
  ]);
});

test("another id is an end and a beginning", () => {
  const lines = review(
    client("a", "same"),
    integration("replace", inputs, { ...inputs, existingId: "1c-1" }),
  );
  expect(lines).toEqual([
    expect.stringContaining("breaks: integration"),
    expect.stringContaining("wider: its key"),
  ]);
});

test("a rename is told", () => {
  expect(review(client("a", "same"), integration("update", inputs, { name: "CRM" }))).toEqual([
    "crm-sync neutral: integration credential Data actions: CRM -> CRM",
  ]);
});

test("a rotation moves it, which is told beside the rotation", () => {
  const replaced = step("client", "crm-sync-a", "replace", clientInputs, { ...clientInputs, generation: 2 });
  const lines = review(replaced, integration("update", inputs, inputs));
  expect(lines).toContain(
    "crm-sync neutral: integration credential Data actions: CRM gets the key of the new client in the same update",
  );
});

test("what Pulumi shows as updated because its client is, says nothing", () => {
  const shorter = step("client", "crm-sync-a", "update", clientInputs, { ...clientInputs, description: "x" });
  const lines = review(shorter, integration("update", inputs, inputs));
  expect(lines).toEqual(["crm-sync neutral: description of the client (none) -> x"]);
});

test("it is never called another resource", () => {
  expect(review(integration("update", inputs, inputs)).join()).not.toContain("another resource");
});
