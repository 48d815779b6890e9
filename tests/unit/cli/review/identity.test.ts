// What a review says of marks, renamed keys and roles that others hold: one line each, however many objects are concerned.
import { type PlanNotice, planNoticeLine } from "../../../../common/planNotice";
import { classify, type StackReview } from "../../../../cli/review/classify/classify";
import { defaultSettings } from "../../../../cli/review/classify/exclusions";
import { parsePreview } from "../../../../cli/review/plan/preview";
import { plainOf } from "../../../../cli/review/render/markdownText";
import { renderText } from "../../../../cli/review/render/renderText";
import { planOf } from "../../../../cli/review/plan/stackPlan";
import { clientInputs, linesOf, nowMs, reviewOf, step } from "./planning";

const owner = "genesys-credentials/dev/crm-sync";
const identity = "0123456789abcdef";
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const before = { ...clientInputs, owner };

const identityStep = (op: string): object =>
  step("identity", "identity", op, {}, { roles: {}, credentials: {} });
const client = (slot: string, after: object): object =>
  step("client", `crm-sync-${slot}`, "update", before, { ...before, ...after });

test("a stack of before identities: one line for all its objects", () => {
  const review = reviewOf([
    identityStep("create"),
    client("a", { identity: unknown }),
    client("b", { identity: unknown }),
  ]);
  expect(review.verdict).toBe("NEUTRAL");
  expect(linesOf(review)).toEqual([
    "- neutral: the mark that says whose it is is written into the description of 2 OAuth clients and roles; nothing else of them changes by that",
  ]);
});

test("keys that come and go change the identity's record, which is told where nothing else is", () => {
  expect(linesOf(reviewOf([identityStep("update")]))).toEqual([
    "- neutral: update of the stack's identity identity: credentials, roles; nobody gains or loses anything by that",
  ]);
});

test("another identity is told", () => {
  expect(linesOf(reviewOf([identityStep("replace")]))).toEqual([
    "- neutral: the stack's identity is made anew: every object gets another mark",
  ]);
});

test("a renamed key is told as a rename", () => {
  const marked = { ...before, identity };
  const renamed = { ...marked, owner: "genesys-credentials/dev/crm-export" };
  const review = reviewOf([step("client", "crm-export-a", "update", marked, renamed)]);
  expect(review.verdict).toBe("NEUTRAL");
  expect(linesOf(review)).toContain(
    "crm-export neutral: was crm-sync: the same clients and secret under another key",
  );
});

const told = (notice: PlanNotice, severity = "info"): StackReview => {
  const diagnostics = [1, 2].map(() => ({ message: `${planNoticeLine(notice)}\n\n`, severity }));
  const urn = "urn:pulumi:dev::genesys-credentials::pulumi:pulumi:Stack::genesys-credentials-dev";
  const preview = parsePreview(JSON.stringify({ steps: [{ op: "same", urn }], diagnostics }), "test");
  return classify(planOf(preview), defaultSettings, nowMs);
};

test("who else loses a role stops, and is told once, however often the provider was asked", () => {
  const review = told({
    code: "ROLE_HOLDERS_LOST",
    role: "x",
    items: ["2 people (Ms Example, Mr Other)", "a"],
  });
  expect(linesOf(review)).toEqual([
    "role x breaks: the role goes, and others than this stack's clients hold it",
  ]);
  expect(review.verdict).toBe("BREAKS");
  expect(review.findings.map(({ breakage }) => breakage && plainOf(breakage.who))).toEqual([
    "2 people (Ms Example, Mr Other); a",
  ]);
  expect(renderText([review])).toMatch(/^BREAKS: .*: others lose 1 role$/m);
});

test("that it cannot be known who loses a role counts as lost", () => {
  expect(linesOf(told({ code: "ROLE_HOLDERS_UNKNOWN", role: "x", items: ["403"] }))).toEqual([
    "role x lost: the role goes, and who else holds it could not be known: 403",
  ]);
});

test("licences that new permissions need are told with the role", () => {
  expect(linesOf(told({ code: "LICENSES", role: "x", items: ["wem for quality:calibration:view"] }))).toEqual(
    ["role x neutral: what is new in it needs licences: wem for quality:calibration:view"],
  );
});

test("the words of an error are no notice, and an error that is printed twice is told once", () => {
  expect(linesOf(told({ code: "ROLE_HOLDERS_LOST", role: "x", items: ["a"] }, "error"))).toEqual([
    expect.stringMatching(/^- blocked: /),
  ]);
});

const role = { permissionPolicies: [] };
const roleStep = (key: string, before: object, after: object): object =>
  step("role", key, "update", { ...role, ...before }, { ...role, ...after }, { id: key });

test("what becomes of the deployer's own grants is one line for the stack", () => {
  const review = reviewOf([
    roleStep("reader", { deployerDivisions: ["Support", "home"] }, { deployerDivisions: ["*"] }),
    roleStep("writer", { grantToDeployer: true }, { grantToDeployer: false }),
    roleStep("giver", { grantToDeployer: false }, { grantToDeployer: true }),
    roleStep("none", { deployerDivisions: ["home"] }, { deployerDivisions: [] }),
  ]);
  expect(linesOf(review)).toEqual([
    "- neutral: what the deployer itself holds follows: giver is new; none in home -> no division; reader in Support, home -> every division; writer goes",
  ]);
  const many = Array.from({ length: 9 }, (_, index) =>
    roleStep(`role-${index}`, { deployerDivisions: ["home"] }, { deployerDivisions: ["*"] }),
  );
  expect(linesOf(reviewOf(many))).toEqual([
    expect.stringMatching(/role-5 in home -> every division; and 3 more$/),
  ]);
});

test("a resource of the stack itself is told beside other lines about the stack", () => {
  const provider = "urn:pulumi:dev::genesys-credentials::pulumi:providers:aws::ours";
  const state = (inputs: object): object => ({ urn: provider, type: "pulumi:providers:aws", inputs });
  const deployer = roleStep("writer", { grantToDeployer: true }, { grantToDeployer: false });
  const made = reviewOf([deployer, { op: "create", urn: provider, newState: state({ region: "a" }) }]);
  expect(linesOf(made)).toContain("- neutral: create of Pulumi's AWS provider ours");
  const [oldState, newState] = [{ region: "a", profile: "x" }, { region: "b" }].map(state);
  const changed = reviewOf([deployer, { op: "update", urn: provider, oldState, newState }]);
  expect(linesOf(changed)).toEqual([
    expect.stringContaining("what the deployer itself holds"),
    '- neutral: profile of Pulumi\'s AWS provider: "x" -> not set',
    '- neutral: region of Pulumi\'s AWS provider: "a" -> "b"',
  ]);
});
