// What the audit says of a client that lacks a role in a division, where the role or the division no longer exists.
import { clientFindings } from "../../../../cli/audit/judge/findings/clients";
import { credentialOf, current, factsOf, rotation, stack } from "./oddFacts";

it.each<[string, object, string, RegExp]>([
  [
    "is deleted and still declared",
    {},
    "was changed outside of Pulumi: it lacks the role Reader in division Sales (no longer exists)",
    /^correct credentials\.job\.roles: .*Sales.* \[UNKNOWN_ROLE_OR_DIVISION\]/,
  ],
  [
    "is deleted and not declared any more",
    { declared: [] },
    "was changed outside of Pulumi: it lacks the role Reader in division Sales (no longer exists)",
    /^`pulumi preview --refresh/,
  ],
  [
    "is perhaps among what could not be read",
    { isIncomplete: true },
    "was changed outside of Pulumi: it lacks the role Reader in division Sales",
    /^`pulumi preview --refresh/,
  ],
  [
    "is there",
    { divisionIds: new Map([["Sales", ["d1"]]]) },
    "was changed outside of Pulumi: it lacks the role Reader in division Sales",
    /^`pulumi preview --refresh/,
  ],
  [
    "is deleted, and so is the role",
    { roles: [] },
    "was changed outside of Pulumi: it lacks the role Reader (no longer exists) in division Sales (no longer exists)",
    /^correct credentials\.job\.roles: take the role "Reader" and the division "Sales" out .* \[UNKNOWN_ROLE_OR_DIVISION\]/,
  ],
  [
    "is there, and the role is deleted",
    { roles: [], divisionIds: new Map([["Sales", ["d1"]]]) },
    "was changed outside of Pulumi: it lacks the role Reader (no longer exists) in division Sales",
    /^correct credentials\.job\.roles: take the role "Reader" out .* \[UNKNOWN_ROLE_OR_DIVISION\]/,
  ],
  [
    "is there, and the role is perhaps among what could not be read",
    { roles: [], isIncomplete: true, divisionIds: new Map([["Sales", ["d1"]]]) },
    "was changed outside of Pulumi: it lacks the role Reader in division Sales",
    /^`pulumi preview --refresh/,
  ],
])("a role is lacked in a division that %s", (_name, more, problem, remedy) => {
  const {
    declared = [{ roleName: "Reader", division: "Sales" }],
    isIncomplete = false,
    divisionIds = new Map<string, readonly string[]>(),
    roles = [{ id: "r1", name: "Reader" }],
  } = more as {
    declared?: object[];
    isIncomplete?: boolean;
    divisionIds?: Map<string, string[]>;
    roles?: object[];
  };
  const names = { divisions: new Map([["Sales", "d1"]]), existingRoles: new Map([["Reader", "r1"]]) };
  const live = { id: "c1", name: "n", state: "active", roleDivisions: [] };
  const recorded = { id: "c1", name: "n", resolvedRoleDivisions: [{ roleId: "r1", divisionId: "d1" }] };
  const one = credentialOf([{ ...current, clientId: "c1", live, recorded }], {
    stack: { ...stack, declarations: { roles: [], credentials: [] }, recorded: { value: { names } } },
    credential: {
      key: "job",
      rotation,
      slots: [],
      roleDivisions: declared,
      authorizedGrantType: "CLIENT-CREDENTIALS",
    },
  });
  const facts = factsOf({
    organization: {
      clients: [live],
      isIncomplete,
      names: { roles, divisionIds, homeDivisionId: "home" },
    },
    roles: [],
    subjectGrants: new Map(),
    credentials: [one],
  });
  expect(clientFindings(facts)).toEqual([
    expect.objectContaining({
      kind: "client-drift",
      problem,
      remedy: expect.stringMatching(remedy) as string,
    }),
  ]);
});
