// Accepted risks and forbidden grants: what they take off a review, what they add, and when they end.
import { isIrreversible } from "../../../../cli/review/classify/classify";
import { parseReviewSettings } from "../../../../cli/review/classify/exclusions";
import { clientInputs, linesOf, reviewOf, step } from "./planning";

const settings = (yaml: string): ReturnType<typeof parseReviewSettings> =>
  parseReviewSettings(yaml, "review.yaml");
const deleted = [step("client", "crm-sync-a", "delete", clientInputs, undefined)];
const added = (roleDivisions: object[], policies: object[] = []): object[] => [
  step(
    "role",
    "reader",
    "same",
    { permissionPolicies: policies },
    { permissionPolicies: policies },
    { id: "role-id" },
  ),
  step("client", "crm-sync-a", "create", undefined, { ...clientInputs, roleDivisions }),
];
const everywhere = added(
  [{ roleId: "role-id", division: "*" }],
  [{ domain: "oauth", entityName: "client", actionSet: ["edit"] }],
);

describe("exclusions", () => {
  const accepted = (more: string, expiresOn = "2026-11-01"): string =>
    `exclusions: [{ credential: crm-sync, reason: agreed in OPS-7, expiresOn: ${expiresOn}${more} }]`;

  it("take the risk off until the end of their last day", () => {
    expect(isIrreversible(reviewOf(deleted))).toBe(true);
    expect(isIrreversible(reviewOf(deleted, settings(accepted(""))))).toBe(false);
    expect(isIrreversible(reviewOf(deleted, settings(accepted(", risk: irreversible"))))).toBe(false);
  });

  it("take what cannot be undone off a line after which consumers stop, and not that they do", () => {
    const integration = [
      step("client", "crm-sync-a", "same", clientInputs, clientInputs),
      step("integration", "crm-sync", "delete", { name: "Data actions" }, undefined),
    ];
    const [before, after] = [reviewOf(integration), reviewOf(integration, settings(accepted("")))];
    expect([before, after].map(isIrreversible)).toEqual([true, false]);
    expect([before.verdict, after.verdict]).toEqual(["BREAKS", "BREAKS"]);
    expect(after.findings[0]?.accepted?.reason).toBe("agreed in OPS-7");
  });

  it.each([
    ["another credential", "exclusions: [{ credential: other, reason: x, expiresOn: 2027-01-01 }]"],
    ["another risk", accepted(", risk: data export")],
    ["one that has expired", accepted("", "2026-10-31")],
  ])("leave it for %s", (_what, yaml) => {
    expect(isIrreversible(reviewOf(deleted, settings(yaml)))).toBe(true);
  });

  it("are findings themselves once they have expired", () => {
    expect(reviewOf(deleted, settings(accepted("", "2026-10-31"))).expired).toHaveLength(1);
  });

  it("take a risk off one permission only, and never the verdict", () => {
    const review = reviewOf(everywhere, settings(accepted(", permission: oauth:client:*")));
    expect(review.verdict).toBe("WIDENED");
    expect(linesOf(review)).toContain("crm-sync wider: oauth:client:edit in every division");
    expect(linesOf(reviewOf(everywhere, settings(accepted(", permission: oauth:token:*"))))).toContain(
      "crm-sync wider: oauth:client:edit in every division [privilege escalation]",
    );
  });
});

describe("forbidden grants", () => {
  it("block what is new", () => {
    expect(reviewOf(everywhere, settings("forbid: { allDivisions: true }")).verdict).toBe("BLOCKED");
    const wildcard = added(
      [{ roleId: "role-id", division: "home" }],
      [{ domain: "routing", entityName: "queue", actionSet: ["*"] }],
    );
    expect(reviewOf(wildcard, settings("forbid: { wildcards: true }")).verdict).toBe("BLOCKED");
    expect(reviewOf(wildcard, settings("forbid: { allDivisions: true }")).verdict).toBe("WIDENED");
  });
  it("but not what somebody has accepted", () => {
    const yaml = `forbid: { allDivisions: true }
exclusions: [{ credential: crm-sync, permission: "oauth:*:*", reason: agreed, expiresOn: 2027-01-01 }]`;
    expect(reviewOf(everywhere, settings(yaml)).verdict).toBe("WIDENED");
  });
});

describe("a review file with mistakes", () => {
  it("tells all of them at once", () => {
    const yaml = `exclusions:
  - { credential: crm-sync, reason: " ", expiresOn: 2027-02-30 }
  - { credential: crm-sync, risk: fire }
unknown: 1`;
    expect(() => settings(yaml)).toThrow(
      /exclusions\.0\.reason: must say why[\s\S]*exclusions\.0\.expiresOn: is no day[\s\S]*exclusions\.1\.risk[\s\S]*exclusions\.1\.reason[\s\S]*exclusions\.1\.expiresOn[\s\S]*unknown/,
    );
  });
  it("tells all mistakes of its YAML at once", () => {
    expect(() => settings('forbid: { a: 1, a: 2 }\nexclusions: [}\nx: "')).toThrow(
      /^Reading review\.yaml: [3-9] problem\(s\) in its YAML; correct them\.\n {2}Map keys must be unique[\s\S]*\n {2}\S/,
    );
  });
  it("refuses settings that every object inherits", () => {
    expect(() => settings("__proto__: { exclusions: [] }\nconstructor: 1")).toThrow(
      /"__proto__", "constructor"/,
    );
    expect(() => settings("forbid: { toString: true }")).toThrow(/forbid: .*toString/);
  });
  it.each(["exclusions: [", "- a list", "exclusions: 7"])("refuses %j", (yaml) => {
    expect(() => settings(yaml)).toThrow(/^Reading review\.yaml: /);
  });
  it("accepts an empty file", () => {
    expect(settings("")).toEqual({ exclusions: [], forbidWildcards: false, forbidAllDivisions: false });
  });
});
