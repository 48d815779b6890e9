// The plan of a recovery: which live object is which, and what is refused.
import { chooseIdentity, identityEvidence } from "../../../../cli/recover/lostIdentity";
import type { RecoveryFacts } from "../../../../cli/recover/facts";
import { planRecovery, type RecoveryPlan } from "../../../../cli/recover/plan";
import { planLines } from "../../../../cli/recover/planText";
import type { StackState } from "../../../../cli/world/stackState";
import type { ResolvedDeclarations } from "../../../../declarations/resolve";
import {
  client,
  declare,
  declareNightly,
  emptyState,
  factsOf,
  identity,
  mark,
  otherIdentity,
  pair,
  role,
  stored,
} from "./recoveryFacts";

const key = "nightly-report";

function plan(
  declarations: ResolvedDeclarations,
  facts: RecoveryFacts,
  state: StackState = emptyState,
  wanted?: string,
): RecoveryPlan {
  const evidence = identityEvidence(declarations, facts);
  const belonging = chooseIdentity(evidence, facts.recordedIdentity, wanted);
  return planRecovery(declarations, "dev", state, facts, belonging!);
}

/** Slot, outcome, and the client with its generation. */
function slotsOf({ credentials }: RecoveryPlan): string[] {
  return credentials.flatMap(({ slots }) =>
    slots.map((one) =>
      one.outcome === "take"
        ? `${one.slot.slot}: ${one.client.entity.id}#${one.client.generation}`
        : `${one.slot.slot}: ${one.outcome}`,
    ),
  );
}
const reasonsOf = ({ credentials, roles }: RecoveryPlan): string =>
  [
    ...roles,
    ...credentials.flatMap(({ slots, secret }) => [...slots, ...(secret === undefined ? [] : [secret])]),
  ]
    .map((one) => ("reason" in one ? one.reason : ""))
    .join("\n");
const secretOf = ({ credentials: [only] }: RecoveryPlan): string | undefined => only?.secret?.outcome;
const withSecret = (...pairs: Parameters<typeof stored>): ReadonlyMap<string, ReturnType<typeof stored>> =>
  new Map([[key, stored(...pairs)]]);

describe("clients", () => {
  it("are found by their marks, those that a version names first", () => {
    const clients = [
      client("leftover", mark(key, 2)),
      client("current", mark(key, 2)),
      client("former", mark(key, 1)),
    ];
    const secrets = withSecret([pair("current", 2), pair("former", 1, ["AWSPREVIOUS"])]);
    const found = plan(declareNightly(2), factsOf({ clients, secrets }));
    expect(slotsOf(found)).toEqual(["a: current#2", "b: former#1"]);
    expect(found.credentials[0]?.leftOver.map(({ entity }) => entity.id)).toEqual(["leftover"]);
    expect(planLines(found).join("\n")).toContain(
      "OAuth client leftover (slot a, generation 2) carries its mark",
    );
  });

  it("that are about to be deleted are gone; inactive ones are taken, and told where they are declared active", () => {
    const clients = [
      client("waiting", mark(key, 0), { state: "inactive", dateToDelete: "2026-12-01T00:00:00.000Z" }),
      client("deleted", mark(key, 0), { state: "deleted" }),
    ];
    expect(slotsOf(plan(declareNightly(0), factsOf({ clients })))).toEqual(["a: new"]);
    const inactive = [client("lowered", mark(key, 0), { state: "inactive" })];
    const found = plan(declareNightly(0), factsOf({ clients: inactive }));
    expect(slotsOf(found)).toEqual(["a: lowered#0"]);
    expect(planLines(found).join("\n")).toContain("write `revoked: true` before");
    expect(
      planLines(plan(declareNightly(0, { revoked: true }), factsOf({ clients: inactive }))).join("\n"),
    ).not.toContain("revoked: true");
  });

  it("that rotations keep have the generation for which their pair was stored", () => {
    const keep = { rotation: { clients: "keep" } };
    const clients = [client("one", mark(key, 0)), client("two", mark(key, 1))];
    const secrets = withSecret([pair("one", 6), pair("two", 5, ["AWSPREVIOUS"])]);
    expect(slotsOf(plan(declareNightly(6, keep), factsOf({ clients, secrets })))).toEqual([
      "a: one#6",
      "b: two#5",
    ]);
    // Declared, and not deployed when the state was lost.
    expect(slotsOf(plan(declareNightly(7, keep), factsOf({ clients, secrets })))).toEqual([
      "b: two#5",
      "a: one#6",
    ]);
    const byHand = withSecret([pair("one", undefined)]);
    expect(slotsOf(plan(declareNightly(6, keep), factsOf({ clients, secrets: byHand })))).toEqual([
      "a: one#6",
      "b: two#5",
    ]);
  });

  it("whose description was edited are known by the version that this program wrote, or by version and name", () => {
    const edited = [client("edited", "Owner: Ms Example")];
    const written = withSecret([pair("edited", 1)]);
    expect(slotsOf(plan(declareNightly(1), factsOf({ clients: edited, secrets: written })))).toEqual([
      "b: edited#1",
      "a: new",
    ]);
    const byHand = withSecret([pair("edited", undefined)]);
    const foreign = plan(declareNightly(0), factsOf({ clients: edited, secrets: byHand }));
    expect(slotsOf(foreign)).toEqual(["a: new"]);
    expect(reasonsOf(foreign)).toContain("carries no mark of this stack");
    const named = [client("edited", "Owner: Ms Example", { name: "nightly-report-dev-a" })];
    expect(slotsOf(plan(declareNightly(0), factsOf({ clients: named, secrets: byHand })))).toEqual([
      "a: edited#0",
    ]);
    expect(reasonsOf(plan(declareNightly(0), factsOf({ clients: named })))).toContain(
      "adopt: { clientId: edited }",
    );
  });

  it("of another grant type are refused, and those in state are left alone", () => {
    const clients = [client("code", mark(key, 0), { authorizedGrantType: "CODE" })];
    expect(reasonsOf(plan(declareNightly(0), factsOf({ clients })))).toContain("has the grant type CODE");
    const recorded = factsOf({ clients, recordedIds: new Set(["code"]) });
    expect(slotsOf(plan(declareNightly(0), recorded))).toEqual(["a: new"]);
  });

  it("that are to be adopted again carry no mark; one of another state is refused", () => {
    const adopting = declareNightly(0, { adopt: { clientId: "hand-made", secret: "keep" } });
    expect(slotsOf(plan(adopting, factsOf({ clients: [client("hand-made", "By hand")] })))).toEqual([
      "a: adopted",
    ]);
    expect(slotsOf(plan(adopting, factsOf({ clients: [client("hand-made", mark(key, 0))] })))).toEqual([
      "a: hand-made#0",
    ]);
    const elsewhere = client("hand-made", mark("another", 0, otherIdentity));
    expect(reasonsOf(plan(adopting, factsOf({ clients: [elsewhere] })))).toContain(
      `identity ${otherIdentity}`,
    );
    expect(reasonsOf(plan(adopting, factsOf({})))).toContain("is gone");
  });

  it("under the key that a credential had before it was renamed", () => {
    const renamed = declare({
      credentials: {
        reports: {
          formerly: key,
          roles: [{ existing: "employee" }],
          secret: { name: "genesys/dev/nightly-report" },
        },
      },
    });
    expect(slotsOf(plan(renamed, factsOf({ clients: [client("old", mark(key, 0))] })))).toEqual(["a: old#0"]);
  });
});

describe("identities", () => {
  const clients = [client("ours", mark(key, 0)), client("theirs", mark(key, 0, otherIdentity))];

  it("are chosen by a person where several fit; the other one's objects stay", () => {
    const facts = factsOf({ clients });
    const evidence = identityEvidence(declareNightly(0), facts);
    expect(evidence).toMatchObject([
      { identity, clients: 1 },
      { identity: otherIdentity, clients: 1 },
    ]);
    expect(chooseIdentity(evidence, undefined, undefined)).toBeUndefined();
    expect(slotsOf(plan(declareNightly(0), facts, emptyState, otherIdentity))).toEqual(["a: theirs#0"]);
  });

  it("of a state stay; another one counts beside it where a stored secret names a client of it, or a person says so", () => {
    const [, theirs] = clients;
    const facts = factsOf({ clients: [theirs!], recordedIdentity: identity });
    const left = plan(declareNightly(0), facts);
    expect(left.belonging).toMatchObject({ lost: undefined, others: [{ identity: otherIdentity }] });
    expect(reasonsOf(left)).toContain(`--identity ${otherIdentity}`);
    const named = { ...facts, secrets: withSecret([pair("theirs", 0)]) };
    expect(slotsOf(plan(declareNightly(0), named))).toEqual(["a: theirs#0"]);
    expect(slotsOf(plan(declareNightly(0), facts, emptyState, otherIdentity))).toEqual(["a: theirs#0"]);
  });

  it("are not needed for marks of before there were any, and none is made up", () => {
    const found = plan(declareNightly(0), factsOf({ clients: [client("former", mark(key, 0, ""))] }));
    expect(slotsOf(found)).toEqual(["a: former#0"]);
    expect(found.belonging.lost).toBeUndefined();
  });

  it("decide after a renaming of the project: the stored secret tells which one it is", () => {
    const moved = mark(key, 0).replace("genesys-credentials", "former-project");
    const facts = factsOf({ clients: [client("moved", moved)] });
    expect(slotsOf(plan(declareNightly(0), facts))).toEqual(["a: new"]);
    const named = { ...facts, secrets: withSecret([pair("moved", 0)]) };
    expect(slotsOf(plan(declareNightly(0), named))).toEqual(["a: moved#0"]);
  });
});

describe("secrets", () => {
  const clients = [client("ours", mark(key, 0))];
  const secretFor = (...parameters: Parameters<typeof stored>): RecoveryPlan =>
    plan(declareNightly(0), factsOf({ clients, secrets: withSecret(...parameters) }));

  it("are the credential's where they name a client of it, are empty, or were written for clients that are gone", () => {
    expect(secretOf(secretFor([pair("ours", 0)]))).toBe("take");
    expect(secretOf(secretFor([pair("ours", undefined, ["AWSPREVIOUS"])]))).toBe("take");
    expect(secretOf(secretFor([]))).toBe("take");
    expect(secretOf(secretFor([], { deletedAt: "2026-12-01T00:00:00.000Z" }))).toBe("take");
    expect(secretOf(secretFor([pair("gone", 4)]))).toBe("take");
  });

  it("are refused otherwise, with the reason", () => {
    expect(reasonsOf(secretFor([pair("gone", undefined)]))).toContain("was not written by this program");
    expect(reasonsOf(secretFor([], { otherLabels: ["AWSCURRENT"] }))).toContain(
      "something else than the pair",
    );
    expect(reasonsOf(secretFor([], { primaryRegion: "eu-central-1" }))).toContain(
      "set aws:region to eu-central-1",
    );
    const elsewhere = { ...pair("ours", 0), apiUrl: "https://api.mypurecloud.de" };
    expect(reasonsOf(secretFor([elsewhere]))).toContain("this stack is for");
    const another = factsOf({
      clients: [client("another", mark("another", 0))],
      secrets: withSecret([pair("another", 0)]),
    });
    expect(reasonsOf(plan(declareNightly(0), another))).toContain("write `formerly` below nightly-report");
  });

  it("are not needed for an adopted client whose secret is kept", () => {
    const adopting = declareNightly(0, { adopt: { clientId: "ours", secret: "keep" } });
    expect(secretOf(plan(adopting, factsOf({ clients })))).toBeUndefined();
  });
});

describe("roles", () => {
  const declared = declare({
    roles: { reader: { permissions: ["routing:queue:view"] } },
    credentials: { [key]: { roles: ["reader"] } },
  });
  const outcomeOf = (...roles: ReturnType<typeof role>[]): RecoveryPlan["roles"][number] =>
    plan(declared, factsOf({ roles })).roles[0]!;

  it("are found by their marks, whatever their names are now", () => {
    expect(outcomeOf(role("r", "renamed by hand", mark("reader", 0)))).toMatchObject({ outcome: "take" });
    expect(outcomeOf()).toMatchObject({ outcome: "new" });
  });

  it("the YAML of a remedy can be copied, whatever the name of the role", () => {
    const named = declare({
      roles: { reader: { name: "Desk: north, # 1", permissions: ["routing:queue:view"] } },
    });
    const outcome = (description: string): RecoveryPlan["roles"][number] =>
      plan(named, factsOf({ roles: [role("r", "Desk: north, # 1", description)] })).roles[0]!;
    for (const description of ["", mark("other", 0, otherIdentity)]) {
      expect(outcome(description)).toMatchObject({
        reason: expect.stringContaining('`existing: "Desk: north, # 1"`'),
      });
    }
  });

  it("without one are refused by name, in whatever case; two with one are not told apart", () => {
    expect(outcomeOf(role("r", "Reader", ""))).toMatchObject({
      reason: expect.stringContaining("was not made by this stack: `adopt: { roleId: r }`"),
    });
    expect(outcomeOf(role("r", "x", mark("reader", 0)), role("s", "y", mark("reader", 0)))).toMatchObject({
      reason: expect.stringContaining("roles r, s all carry the mark"),
    });
    expect(
      outcomeOf(role("r", "x", mark("reader", 0)), role("s", "reader", mark("reader", 0))),
    ).toMatchObject({ entity: { id: "s" } });
  });
});
