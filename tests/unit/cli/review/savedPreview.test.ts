// What `review --save` keeps: valid JSON without a secret, that the next `--file` reads.
import { Redactor } from "../../../../common/redact";
import { parsePreview } from "../../../../cli/review/plan/preview";
import { savedPreview } from "../../../../cli/review/plan/savedPreview";
import { readPreview } from "../../../golden/previewFixture";

const previewedAt = "2026-11-28T09:00:00.000Z";

/** The names under which an integration credential holds its pair. */
const integration = {
  op: "update",
  urn: "urn:pulumi:dev::genesys-credentials::pulumi-nodejs:dynamic/genesys:IntegrationCredential::report",
  newState: {
    urn: "urn:pulumi:dev::genesys-credentials::pulumi-nodejs:dynamic/genesys:IntegrationCredential::report",
    type: "pulumi-nodejs:dynamic/genesys:IntegrationCredential",
    inputs: { clientSecret: "canary-in-clear", note: 'with canary-known"quote' },
    propertyDependencies: { clientSecret: ["urn:pulumi:dev::genesys-credentials::x::report"] },
  },
};

test("a stack with an integration credential is saved as JSON, and holds no secret", () => {
  const redactor = new Redactor();
  redactor.add('canary-known"quote');
  const text = savedPreview({ steps: [integration] }, { previewedAt, stack: "dev" }, redactor);
  expect(text).not.toContain("canary-");
  expect(JSON.parse(text)).toEqual({
    savedForm: 1,
    previewedAt,
    stack: "dev",
    steps: [
      {
        ...integration,
        newState: {
          ...integration.newState,
          inputs: { clientSecret: "[secret]", note: "with [secret]" },
        },
      },
    ],
  });
});

test.each([
  "03-permission-added",
  "24-integration-credential",
  "34-integration-rotation",
  "32-upgrade-and-rotation",
])("%s: what is read again is what was previewed", (name) => {
  const printed = readPreview(name);
  const saved = savedPreview(JSON.parse(printed), { previewedAt, stack: "dev" }, new Redactor());
  const { previewedAt: at, ...again } = parsePreview(saved, name);
  expect(again).toEqual(parsePreview(printed, name));
  expect(at).toBe(previewedAt);
});
