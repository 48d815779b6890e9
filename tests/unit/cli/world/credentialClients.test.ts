// The join of state, stored secret and markers: whose a client is, who says so, and which slot it is in.
import {
  credentialClients,
  type Evidence,
  provenClients,
  unlistedIds,
} from "../../../../cli/world/credentialClients";
import { type RecordedResource } from "../../../../cli/world/stackState";
import { type OAuthClientEntity } from "../../../../genesys/wire";
import { parse } from "../../declarations/declaring";

const own = "0a1b2c3d4e5f6071";
const other = "f0e1d2c3b4a59687";
const declared = parse({
  credentials: {
    report: { roles: [{ existing: "employee" }], rotation: { generation: 3 } },
    "report-a": { roles: [{ existing: "employee" }] },
  },
}).credentials;
const wanted = { credential: declared.find(({ key }) => key === "report")!, stack: "dev", declared };

function live(id: string, description: string, more: object = {}): OAuthClientEntity {
  return { id, name: id, description, state: "active", ...more } as OAuthClientEntity;
}

function marked(id: string, identity: string | undefined, owner: string, generation = 3): OAuthClientEntity {
  return live(id, `[pulumi:${identity === undefined ? "" : `${identity}/`}${owner}#${generation}:0a1b]`);
}

const componentType = "genesys-credentials:index:Credential";
const clientType = "pulumi-nodejs:dynamic/genesys:OAuthClient";

function record(name: string, id: string, component?: string): RecordedResource {
  const prefix = "urn:pulumi:dev::p::";
  return {
    urn: `${prefix}${componentType}$${clientType}::${name}`,
    type: clientType,
    id,
    isPendingDeletion: false,
    ...(component === undefined ? {} : { parent: `${prefix}${componentType}::${component}` }),
  };
}

function stateOf(...resources: readonly RecordedResource[]): Evidence["state"] {
  const type = "pulumi-nodejs:dynamic/genesys:StackIdentity";
  const identity = { urn: `urn:pulumi:dev::p::${type}::identity`, type, id: own, isPendingDeletion: false };
  return { value: { resources: [identity, ...resources], pendingOperations: [] } };
}

/** As `id slot generation: ways`. */
function found(evidence: Partial<Evidence>): string[] {
  return credentialClients(wanted, { everyClient: [], state: stateOf(), ...evidence }).clients.map(
    ({ id, slot, generation, foundBy }) => `${id} ${slot}${generation}: ${foundBy.join(" ")}`,
  );
}

const named = (clientId: string, ...labels: string[]): Evidence["named"] => ({
  clients: [{ clientId, labels }],
  reasons: [],
});
const names = "genesys-credentials/dev/report";

test.each<[string, Partial<Evidence>, string[]]>([
  [
    "by all three",
    {
      everyClient: [marked("c", own, names)],
      state: stateOf(record("report-b", "c", "report")),
      named: named("c", "AWSCURRENT"),
    },
    ["c b3: state secret marker"],
  ],
  [
    "by the component in state, whatever the client is called there",
    { everyClient: [live("c", "")], state: stateOf(record("former-b", "c", "report")) },
    ["c b3: state"],
  ],
  [
    "by its name in state, where its component is that of no declared credential",
    { everyClient: [live("c", "")], state: stateOf(record("report-b", "c", "former")) },
    ["c b3: state"],
  ],
  [
    "not by a name that the component of another credential explains",
    { everyClient: [live("c", "")], state: stateOf(record("report-a", "c", "report-a")) },
    [],
  ],
  [
    "in the slot and of the generation that the state tells, where no marker does",
    { everyClient: [live("c", "")], state: stateOf({ ...record("report-a", "c", "report"), generation: 2 }) },
    ["c a2: state"],
  ],
  [
    "by AWSPREVIOUS alone, in the other slot",
    { everyClient: [live("c", "")], named: named("c", "AWSPREVIOUS") },
    ["c a2: secret"],
  ],
  [
    "whatever case an id is written in",
    {
      everyClient: [live("C1000000-0000-4000-8000-00000000AAAA", "")],
      named: named("c1000000-0000-4000-8000-00000000aaaa", "AWSCURRENT"),
    },
    ["C1000000-0000-4000-8000-00000000AAAA b3: secret"],
  ],
  [
    "by the identity, under former names",
    { everyClient: [marked("c", own, "old/prod/report")] },
    ["c b3: marker"],
  ],
  [
    "by the names, where the marker has no identity",
    { everyClient: [marked("c", undefined, names)] },
    ["c b3: marker"],
  ],
  ["not by the names under another identity", { everyClient: [marked("c", other, names)] }, []],
  [
    "by the names, where the state has no identity",
    { everyClient: [marked("c", other, names)], state: { value: { resources: [], pendingOperations: [] } } },
    ["c b3: marker"],
  ],
  [
    "without the state by the identity of what the secret names",
    {
      everyClient: [
        marked("c", own, names),
        marked("d", own, "old/dev/report", 2),
        marked("e", other, names),
      ],
      state: { reason: "not read" },
      named: named("c", "AWSCURRENT"),
    },
    ["c b3: secret marker", "d a2: marker"],
  ],
  [
    "not where it is deleted already",
    { everyClient: [{ ...marked("c", own, names), state: "deleted" }] },
    [],
  ],
])("a client is found %s", (_how, evidence, expected) => {
  expect(found(evidence)).toEqual(expected);
});

test("what is known and not listed is asked for by its id, and nothing is said to be gone before", () => {
  const evidence = {
    everyClient: [],
    state: stateOf(record("report-b", "c", "report")),
    named: named("d", "AWSCURRENT"),
  };
  expect(unlistedIds(wanted, evidence)).toEqual(["c", "d"]);
  const fates = new Map([["d", "gone" as const]]);
  expect(credentialClients(wanted, { ...evidence, fates }).lost).toMatchObject([
    { id: "c", foundBy: ["state"], fate: { reason: expect.stringContaining("not asked") } },
    { id: "d", foundBy: ["secret"], fate: "gone" },
  ]);
});

test("a check takes the secret's word alone only for an unmarked client with the name of one", () => {
  const proven = (name: string): string[] => {
    const evidence = {
      everyClient: [live("c", "", { name })],
      state: stateOf(),
      named: named("c", "AWSCURRENT"),
    };
    return provenClients(wanted, evidence).clients.map(({ id }) => id);
  };
  expect(proven("report-dev-b")).toEqual(["c"]);
  expect(proven("planted")).toEqual([]);
});
