// What the audit and the doctor make of clients that wait for their deletion, have no dates, or do not exist yet.
import { clientFindings } from "../../../../cli/audit/judge/findings/clients";
import { rotationFindings } from "../../../../cli/audit/judge/findings/rotation";
import { unownedFindings } from "../../../../cli/audit/judge/findings/unowned";
import { isUnusedCredential } from "../../../../cli/audit/judge/idleness";
import { checkOrphanClients } from "../../../../cli/doctor/orphans";
import { type OAuthClientEntity } from "../../../../genesys/wire";
import { credentialOf, current, factsOf, rotation, stack } from "./oddFacts";

const deleted = { state: "inactive", dateToDelete: "2026-11-05T09:00:00Z" };
const marked = {
  id: "c9",
  name: "job-dev-a",
  description: "Job [pulumi:genesys-credentials/dev/job#0:0a1b]",
};
const handMade = { id: "c8", name: "CRM" };

const entity = (value: object): OAuthClientEntity => value as OAuthClientEntity;

it.each([
  ["a former client of a rotation", marked, "orphan-client"],
  ["a hand-made client", handMade, "unmanaged-client"],
])("%s that Genesys keeps until the date of its deletion is nothing to see to", (_name, client, kind) => {
  const kindsOf = (live: object): string[] =>
    unownedFindings(factsOf({ organization: { clients: [entity(live)] } })).map((one) => one.kind);
  expect(kindsOf({ ...client, ...deleted })).toEqual([]);
  expect(kindsOf({ ...client, state: "inactive" })).toEqual([kind]);
  expect(kindsOf({ ...client, ...deleted, state: "active" })).toEqual([kind]);
});

it.each([
  ["hibernating", 1],
  ["active", 1],
  ["inactive", 1],
  [undefined, 1],
  ["disabled", 0],
  ["deleted", 0],
])("a client that no stack manages, in the state %p, is in %d findings", (state, count) => {
  const organization = { clients: [entity({ ...handMade, state })] };
  expect(unownedFindings(factsOf({ organization }))).toHaveLength(count);
});

it.each([
  [false, "is in state and does not exist in Genesys: consumers cannot sign in"],
  [
    true,
    "is in state and not among what could be read of Genesys's lists; if it does not exist, consumers cannot sign in",
  ],
])(
  "a client that is not in the list (which lacks entries: %p) is said to be no more than was seen",
  (isIncomplete, problem) => {
    const clients = [{ ...current, clientId: "c1", recorded: { id: "c1" } }];
    const facts = factsOf({
      organization: { clients: [], isIncomplete },
      credentials: [credentialOf(clients)],
    });
    expect(clientFindings(facts)).toMatchObject([{ kind: "missing-client", problem }]);
  },
);

it("the doctor does not ask for the deletion of a client that is deleted already", () => {
  const declarations = { value: { credentials: [] } } as unknown as Parameters<typeof checkOrphanClients>[3];
  const state = { value: { resources: [] } } as unknown as Parameters<typeof checkOrphanClients>[2];
  const own = { stack: "dev", marks: { ownerPrefix: "genesys-credentials/dev/" } };
  const results = (live: object): string[] =>
    checkOrphanClients([entity(live)], own, state, declarations).map((line) => line.status);
  expect(results({ ...marked, ...deleted })).toEqual(["pass"]);
  expect(results({ ...marked, state: "inactive" })).toEqual(["fail"]);
});

it("a credential that the next update makes is not overdue", () => {
  const planned = [{ ...current, clientId: null }];
  expect(rotationFindings(factsOf({ credentials: [credentialOf(planned)] }))).toEqual([]);
  const unknown = { stack: { ...stack, recorded: { reason: "no access" } } };
  expect(rotationFindings(factsOf({ credentials: [credentialOf(planned, unknown)] }))).toMatchObject([
    { kind: "rotation-unknown", problem: expect.stringContaining("the age of its secret is not known") },
  ]);
});

it("a rotation on a day that is still to come is told, with what to correct", () => {
  const clients = [{ ...current, clientId: "c1", live: { id: "c1" } }];
  const credential = {
    key: "job",
    revoked: false,
    rotation: { ...rotation, rotatedAt: "2062-11-01T09:00:00Z" },
  };
  expect(rotationFindings(factsOf({ credentials: [credentialOf(clients, { credential })] }))).toMatchObject([
    {
      kind: "rotation-unknown",
      problem: expect.stringContaining("2062-11-01T09:00:00Z is still to come"),
      remedy: expect.stringMatching(/^write as rotation\.rotatedAt/),
    },
  ]);
});

it.each(["", "yesterday", "0000-00-00"])(
  "a date of a client that cannot be read, as %p, is no date",
  (dateCreated) => {
    const clients = [{ ...current, clientId: "c1", live: { id: "c1", dateCreated } }];
    expect(rotationFindings(factsOf({ credentials: [credentialOf(clients)] }))).toMatchObject([
      { kind: "rotation-unknown", problem: expect.stringContaining("the age of its secret is not known") },
    ]);
  },
);

it.each<[string, object, object]>([
  ["the state", { recorded: { dateCreated: "2026-10-31T09:00:00Z" } }, {}],
  ["its rotation", {}, { rotatedAt: "2026-10-31T09:00:00Z" }],
])(
  "a client whose age Genesys does not tell, and %s does, is not called unused while it is young",
  (_name, of, rotated) => {
    const facts = factsOf({
      usage: new Map([["c1", { daily: [], total: 0, lastUsedOn: null }]]),
      window: { days: 30, from: "2026-10-03T00:00:00.000Z", to: "2026-11-01T09:00:00.000Z" },
    });
    const unused = (more: object, declared: object): boolean =>
      isUnusedCredential(
        credentialOf([{ ...current, clientId: "c1", live: { id: "c1" }, ...more }], {
          credential: { key: "job", revoked: false, rotation: { ...rotation, ...declared } },
        }),
        facts,
      );
    expect(unused(of, rotated)).toBe(false);
    expect(unused({}, {})).toBe(true);
  },
);

it("an adoption that made a new secret counts as the last rotation; one that kept it does not", () => {
  const live = { id: "c1", dateCreated: "2023-01-01T00:00:00Z" };
  const recorded = { recordedAt: "2026-10-31T09:00:00.25Z", dateCreated: live.dateCreated };
  const kinds = (secret: string): string[] =>
    rotationFindings(
      factsOf({
        credentials: [
          credentialOf([{ ...current, clientId: "c1", live, recorded }], {
            credential: { key: "job", revoked: false, rotation, adopt: { clientId: "c1", secret } },
          }),
        ],
      }),
    ).map(({ kind }) => kind);
  expect(kinds("regenerate")).toEqual([]);
  expect(kinds("keep")).toEqual(["rotation-overdue"]);
});

it("a client that is about to be adopted is looked after, however Genesys spells its id", () => {
  const id = "cc000000-0000-4000-8000-000000000001";
  const declared = credentialOf([], {
    credential: { key: "crm", rotation, adopt: { clientId: id, secret: "keep" } },
  });
  const live = entity({ ...handMade, id: id.toUpperCase(), state: "active" });
  const organization = { clients: [live] };
  expect(unownedFindings(factsOf({ organization, credentials: [declared] }))).toEqual([]);
  expect(unownedFindings(factsOf({ organization }))).toHaveLength(1);
});

it("an adopted client that is gone is not promised to be made again while `adopt` asks for it", () => {
  const gone = [{ ...current, clientId: "c1", recorded: { id: "c1" } }];
  const remedies = (adopt: object): (string | undefined)[] =>
    clientFindings(
      factsOf({
        organization: { clients: [] },
        credentials: [credentialOf(gone, { credential: { key: "job", rotation, ...adopt } })],
      }),
    ).map(({ remedy }) => remedy);
  const plain = "run `pulumi up --refresh --stack dev`, which makes it again";
  expect(remedies({})).toEqual([plain]);
  expect(remedies({ adopt: { clientId: "c1", secret: "keep" } })).toEqual([
    `take \`adopt\` out of credentials.job, then ${plain}`,
  ]);
});
