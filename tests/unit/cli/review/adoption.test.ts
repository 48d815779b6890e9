// What a review says of clients and roles that are taken over instead of made.
import { clientInputs, linesOf, reviewOf, step } from "./planning";

const clientId = "4b1c7e52-0a6f-4d0e-9a57-5e1f3c2b8d91";
const adopting = (secret: string, more: object = {}): Readonly<Record<string, unknown>> => ({
  ...clientInputs,
  adopt: { clientId, secret },
  ...more,
});
const present = `the present secret of client ${clientId}`;

describe("a credential that takes over a client", () => {
  it("keeping its secret says that nothing is stored yet, and what it may do", () => {
    const review = reviewOf([step("client", "report-a", "create", undefined, adopting("keep"))]);
    expect(review.verdict).toBe("WIDENED");
    expect(linesOf(review)).toEqual([
      `report wider: credential takes over client ${clientId}, its tokens are valid for 3600 s (1 hour)`,
      "report wider: all of the role employee, which is not managed here, in home",
      `report neutral: ${present} keeps working; nothing is stored before the first rotation`,
    ]);
  });

  it("making a new secret stops whoever uses it, which is told high up", () => {
    const review = reviewOf([step("client", "report-a", "create", undefined, adopting("regenerate"))]);
    expect(linesOf(review)).toContain(
      `report breaks: ${present} stops working: every copy of it; the new one is stored [irreversible]`,
    );
  });

  it("making a new secret later is told as well, and not again afterwards", () => {
    const later = reviewOf([step("client", "report-a", "update", adopting("keep"), adopting("regenerate"))]);
    expect(linesOf(later).join("\n")).toContain("stops working");
    const afterwards = adopting("regenerate", { description: "Other" });
    const other = reviewOf([step("client", "report-a", "update", adopting("regenerate"), afterwards)]);
    expect(linesOf(other).join("\n")).not.toContain("stops working");
  });

  it("in place of its present client says which", () => {
    const review = reviewOf([step("client", "report-a", "replace", clientInputs, adopting("regenerate"))]);
    expect(linesOf(review).join("\n")).toContain(`takes over client ${clientId} in place of the present one`);
    expect(linesOf(review).join("\n")).toContain("stops working");
  });

  it("a removed line changes nothing for anybody", () => {
    expect(linesOf(reviewOf([step("client", "report-a", "update", adopting("keep"), clientInputs)]))).toEqual(
      ["report neutral: update of the client report-a: adopt; nobody gains or loses anything by that"],
    );
  });
});

describe("a role that is taken over", () => {
  const policies = { permissionPolicies: [], deployerDivisions: ["home"] };

  it("is named, and concerns everybody who holds it", () => {
    const review = reviewOf([
      step("role", "reader", "create", undefined, { ...policies, adopt: { roleId: "role-1" } }),
    ]);
    expect(linesOf(review)).toContain(
      "role reader wider: takes over role role-1: everybody who holds it may do what is declared here from then on",
    );
  });

  it("in place of the present one is named too", () => {
    const review = reviewOf([
      step("role", "reader", "replace", policies, { ...policies, adopt: { roleId: "role-1" } }),
    ]);
    expect(linesOf(review)).toContain(
      "role reader wider: takes over role role-1 in place of the present one: everybody who holds it may do what is declared here from then on",
    );
  });
});
