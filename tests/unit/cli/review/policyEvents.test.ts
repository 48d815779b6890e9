// Violated policies from the event log: whom each concerns, and what earlier versions saved of them.
import { violationsIn } from "../../../../cli/review/plan/policyEvents";
import { savedPreview } from "../../../../cli/review/plan/savedPreview";
import { classify } from "../../../../cli/review/classify/classify";
import { defaultSettings } from "../../../../cli/review/classify/exclusions";
import { parsePreview } from "../../../../cli/review/plan/preview";
import { planOf } from "../../../../cli/review/plan/stackPlan";
import { Redactor } from "../../../../common/redact";
import { linesOf, nowMs } from "./planning";

const log = (resourceUrn: string): string =>
  JSON.stringify({
    policyEvent: {
      message: "<{%reset%}>What it asks for\nThe words of the rule<{%reset%}>\n",
      policyName: "rule",
      enforcementLevel: "mandatory",
      resourceUrn,
    },
  });
const urn = (type: string, name: string): string => `urn:pulumi:dev::genesys-credentials::${type}::${name}`;
const said = (policyViolations: ReturnType<typeof violationsIn>): string[] => {
  const saved = savedPreview(
    { steps: [] },
    { previewedAt: "2026-11-01T09:00:00Z", stack: "dev", policyViolations },
    new Redactor(),
  );
  return linesOf(classify(planOf(parsePreview(saved, "test")), defaultSettings, nowMs));
};

it.each([
  [
    "crm-sync-a",
    "genesys-credentials:index:Credential$pulumi-nodejs:dynamic/genesys:OAuthClient",
    "crm-sync",
  ],
  ["reader", "pulumi-nodejs:dynamic/genesys:Role", "role reader"],
  ["crm-sync", "genesys-credentials:index:Credential$aws:secretsmanager/secret:Secret", "crm-sync"],
  ["genesys-credentials-dev", "pulumi:pulumi:Stack", "-"],
])("of %s, a %s: %s", (name, type, subject) => {
  expect(said(violationsIn(`${log(urn(type, name))}\n${log(urn(type, name))}\nnoise`))).toEqual([
    `${subject} blocked: policy rule: The words of the rule`,
  ]);
});

it("of no resource, and as it was saved before: the stack's own", () => {
  expect(said(violationsIn(log("")))).toEqual(["- blocked: policy rule: The words of the rule"]);
  expect(said([{ policy: "rule", isMandatory: true, message: "crm-sync: words" }])).toEqual([
    "- blocked: policy rule: crm-sync: words",
  ]);
});
