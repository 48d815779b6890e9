// Clients that rotations keep, or that a revert left where they were: an audit knows them by their slot, and calls none of them an orphan.
import { type AuditFacts, credentialId } from "../../../../cli/audit/read/auditFacts";
import { clientDrift } from "../../../../cli/audit/judge/clientDrift";
import { unownedFindings } from "../../../../cli/audit/judge/findings/unowned";
import { isUnusedCredential } from "../../../../cli/audit/judge/idleness";
import { managedClientsOf } from "../../../../cli/audit/read/managedClients";
import { type RecordedClient } from "../../../../cli/audit/read/recordedStack";
import { type ResolvedCredential } from "../../../../declarations/resolve";
import { type OAuthClientEntity } from "../../../../genesys/wire";
import { parse } from "../../declarations/declaring";

const owner = "genesys-credentials/dev/report";
const nowMs = Date.UTC(2026, 10, 1, 9);

function credentialWith(rotation: object): ResolvedCredential {
  return parse({ credentials: { report: { roles: [{ existing: "employee" }], rotation } } }).credentials[0]!;
}

/** @param made The generation in its marker. */
function live(id: string, made: number, more: object = {}): OAuthClientEntity {
  const description = `[pulumi:${owner}#${made}:0a1b]`;
  return { id, name: id, description, state: "active", ...more } as OAuthClientEntity;
}

function recorded(id: string, generation: number): RecordedClient {
  const urn = `urn:pulumi:dev::p::t::report-${generation % 2 === 0 ? "a" : "b"}`;
  return { id, urn, key: "report", owner, generation, state: "active", isPendingDeletion: false };
}

type Recorded = readonly RecordedClient[] | undefined;

function stackWith(clients: Recorded, credential: ResolvedCredential) {
  return {
    stack: "dev",
    project: "genesys-credentials",
    declarations: { credentials: [credential], roles: [] },
    recorded: clients === undefined ? { reason: "no state" } : { value: { clients, roles: [], secrets: [] } },
  } as unknown as Parameters<typeof managedClientsOf>[1];
}

/** As `id slot generation`, the current one first and starred. */
function managed(rotation: object, everyClient: readonly OAuthClientEntity[], state: Recorded): string[] {
  const credential = credentialWith(rotation);
  return managedClientsOf(credential, stackWith(state, credential), everyClient).map(
    ({ clientId, slot, generation, isCurrent }) =>
      `${clientId ?? "planned"} ${slot}${generation}${isCurrent ? "*" : ""}`,
  );
}

function orphans(
  rotation: object,
  everyClient: readonly OAuthClientEntity[],
  state: Recorded,
  namedId?: string,
): { clientId: string | null; remedy: string }[] {
  const credential = credentialWith(rotation);
  const verdict = { state: "ours", writtenAt: null, ...(namedId === undefined ? {} : { namedId }) };
  return unownedFindings({
    nowMs,
    stacks: [stackWith(state, credential)],
    liveStacks: new Set(["dev"]),
    organization: { clients: everyClient },
    credentials: [],
    secrets: new Map([[credentialId("dev", "report"), verdict]]),
  } as unknown as AuditFacts).map(({ clientId, remedy }) => ({ clientId, remedy }));
}

const keep = (generation: number): object => ({ clients: "keep", generation });
const pair = [live("one", 1), live("zero", 0)];

describe("the clients of a credential", () => {
  test.each<[string, object, readonly OAuthClientEntity[], Recorded, readonly string[]]>([
    ["kept, by the state", keep(9), pair, [recorded("one", 9), recorded("zero", 8)], ["one b9*", "zero a8"]],
    ["kept, by their markers", keep(9), pair, undefined, ["one b9*", "zero a8"]],
    ["kept, in the other slot", keep(8), pair, undefined, ["zero a8*", "one b7"]],
    [
      "kept, and a rotation declared: nothing is yet to be made",
      keep(10),
      pair,
      [recorded("one", 9), recorded("zero", 8)],
      ["one b9*", "zero a8"],
    ],
    [
      "kept, and an emergency declared: both are made anew",
      keep(11),
      pair,
      [recorded("one", 9), recorded("zero", 8)],
      ["one b9*", "zero a8", "planned b11", "planned a10"],
    ],
    [
      "after a revert, by the state",
      { generation: 4 },
      [live("five", 5), live("four", 4)],
      [recorded("four", 4), recorded("five", 3)],
      ["four a4*", "five b3"],
    ],
    [
      "after a revert, by their markers",
      { generation: 4 },
      [live("five", 5), live("four", 4)],
      undefined,
      ["four a4*", "five b3"],
    ],
    [
      "before a revert is deployed",
      { generation: 4 },
      [live("five", 5), live("four", 4)],
      [recorded("five", 5), recorded("four", 4)],
      ["five b5*", "four a4"],
    ],
    [
      "replaced, and a rotation declared",
      { generation: 4 },
      [live("three", 3), live("two", 2)],
      undefined,
      ["three b3*", "two a2", "planned a4"],
    ],
  ])("%s", (_name, rotation, everyClient, state, expected) => {
    expect(managed(rotation, everyClient, state)).toEqual(expected);
  });
});

describe("an orphan", () => {
  test.each<[string, object, readonly OAuthClientEntity[], Recorded, string | undefined]>([
    ["kept ones in state", keep(9), pair, [recorded("one", 9), recorded("zero", 8)], "one"],
    ["kept ones without the state", keep(9), pair, undefined, "one"],
    ["those after a revert", { generation: 4 }, [live("five", 5), live("four", 4)], undefined, "four"],
    ["kept ones where rotations replace again", { generation: 9 }, pair, undefined, "one"],
  ])("are not %s", (_name, rotation, everyClient, state, namedId) => {
    expect(orphans(rotation, everyClient, state, namedId)).toEqual([]);
  });

  test("is the second one of a slot that is in no state", () => {
    const state = [recorded("one", 9), recorded("zero", 8)];
    expect(orphans(keep(9), [...pair, live("late", 9)], state)).toEqual([
      { clientId: "late", remedy: expect.stringMatching(/^set the client inactive and delete it/) },
    ]);
    const interrupted = [recorded("one", 7), recorded("zero", 6)];
    expect(orphans(keep(9), [...pair, live("late", 9)], interrupted)).toEqual([
      { clientId: "late", remedy: expect.stringContaining("which takes it over") },
    ]);
  });

  test("without the state is what the secret of a slot does not name, where it was made for a generation to come", () => {
    const everyClient = [live("five", 5), live("three", 3), live("two", 2)];
    const idsOf = (namedId?: string) =>
      orphans({ generation: 3 }, everyClient, undefined, namedId).map(({ clientId }) => clientId);
    expect(idsOf("three")).toEqual(["five"]);
    expect(idsOf()).toEqual([]);
  });

  test("that a state has lost is not to be deleted while it is the client of its slot", () => {
    const remedies = orphans(keep(9), pair, []).map(({ remedy }) => remedy);
    expect(remedies).toEqual([
      expect.stringMatching(/^delete nothing: /),
      expect.stringMatching(/^delete nothing: /),
    ]);
  });
});

test("a kept client is compared with the slot that it is going to have", () => {
  const credential = credentialWith({ ...keep(10), previous: "revoked" });
  const [one, zero] = managedClientsOf(
    credential,
    stackWith([recorded("one", 9), recorded("zero", 8)], credential),
    pair,
  );
  const statesOf = (state: string) => [
    clientDrift(credential, "dev", one!, live("one", 1, { name: undefined, state })).concernsSignIn,
    clientDrift(credential, "dev", zero!, live("zero", 0, { name: undefined, state })).concernsSignIn,
  ];
  expect(statesOf("active")).toEqual([false, false]);
  expect(statesOf("inactive")).toEqual([false, true]); // the former one is about to be deactivated
});

test("silence counts from the turn of a client that is kept, not from its making", () => {
  const isUnused = (rotation: object): boolean => {
    const credential = credentialWith({ rotatedAt: "2026-10-25T09:00:00Z", ...rotation });
    const state = [recorded("one", 9), recorded("zero", 8)];
    const everyClient = pair.map((client) => ({ ...client, dateCreated: "2026-01-01T00:00:00Z" }));
    const stack = stackWith(state, credential);
    const clients = managedClientsOf(credential, stack, everyClient);
    return isUnusedCredential({ stack, isLive: true, credential, clients }, {
      usage: new Map([["one", { total: 0 }]]),
      window: { from: "2026-10-01T00:00:00Z" },
    } as unknown as AuditFacts);
  };
  expect(isUnused(keep(9))).toBe(false);
  expect(isUnused({ ...keep(9), rotatedAt: "2026-09-01T09:00:00Z" })).toBe(true);
  expect(isUnused({ generation: 9 })).toBe(true);
});
