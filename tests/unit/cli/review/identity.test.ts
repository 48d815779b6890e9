// What a review says of marks, renamed keys and roles that others hold: one line each, however many objects are concerned.
import { classify } from "../../../../cli/review/classify/classify";
import { defaultSettings } from "../../../../cli/review/classify/exclusions";
import { parsePreview } from "../../../../cli/review/plan/preview";
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
    "crm-export neutral: was crm-sync: the same OAuth clients, secret or role under another key",
  );
});

test.each([
  [
    "who loses a role",
    'the role "x" is no longer declared and will be deleted; who else loses it: 2 people (Ms Example, Mr Other).',
  ],
  ["that it cannot be known", "x will be deleted, and who else holds it could not be known: 403"],
])("the provider's word on %s counts as lost", (_what, words) => {
  const diagnostics = [{ message: `Warning: ${words}\n`, severity: "info#err" }];
  const review = classify(
    planOf(parsePreview(JSON.stringify({ steps: [], diagnostics }), "test")),
    defaultSettings,
    nowMs,
  );
  expect(linesOf(review)).toEqual([`- lost: ${words}`]);
});
