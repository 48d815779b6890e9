// What counts as drift of a client and of a role, and what does not.
import { clientDrift } from "../../../../cli/audit/judge/clientDrift";
import { type ManagedClient } from "../../../../cli/audit/read/managedClients";
import { type RecordedClient, type RecordedRole } from "../../../../cli/audit/read/recordedStack";
import { roleDrift } from "../../../../cli/audit/judge/roleDrift";
import { type ResolvedCredential, type ResolvedRole } from "../../../../declarations/resolve";
import { type OAuthClientEntity, type RoleEntity } from "../../../../genesys/wire";

const marker = "[pulumi:genesys-credentials/dev/job#1:0a1b]";
const recorded: RecordedClient = {
  id: "client-1",
  urn: "urn:pulumi:dev::p::t::job-a",
  key: "job",
  isPendingDeletion: false,
  name: "job-dev-b",
  description: "A job",
  authorizedGrantType: "CLIENT-CREDENTIALS",
  accessTokenValiditySeconds: 3600,
  state: "active",
  generation: 1,
  owner: "genesys-credentials/dev/job",
  marker,
};
const live = {
  id: "client-1",
  name: "job-dev-b",
  description: `A job ${marker}`,
  authorizedGrantType: "CLIENT-CREDENTIALS",
  accessTokenValiditySeconds: 3600,
  state: "active",
} as OAuthClientEntity;
const credential = {
  key: "job",
  description: "A job",
  authorizedGrantType: "CLIENT-CREDENTIALS",
  accessTokenValiditySeconds: 3600,
  rotation: { generation: 1 },
  slots: [{ slot: "b", generation: 1, isCurrent: true, state: "active" }],
} as unknown as ResolvedCredential;

const driftOf = (
  changes: Partial<OAuthClientEntity>,
  record: Partial<RecordedClient> | null = {},
  declared: Partial<ResolvedCredential> = {},
) => {
  const client = {
    clientId: "client-1",
    name: "job-dev-b",
    slot: "b",
    generation: 1,
    isCurrent: true,
    ...(record === null ? {} : { recorded: { ...recorded, ...record } }),
  } as ManagedClient;
  return clientDrift({ ...credential, ...declared }, "dev", client, {
    ...live,
    ...changes,
  });
};

describe("a client", () => {
  it.each<[string, Partial<OAuthClientEntity>, RegExp, boolean]>([
    ["its name", { name: "other" }, /its name is "other" instead of "job-dev-b"/, false],
    ["its description", { description: `Changed ${marker}` }, /its description is "Changed"/, false],
    ["its marker", { description: "A job" }, /has lost the marker \[pulumi:.*by hand/, false],
    ["a forged marker", { description: `A job ${marker}x` }, /its description is/, false],
    ["its validity", { accessTokenValiditySeconds: 7200 }, /validity is "7200 s" instead of "3600 s"/, false],
    ["its grant type", { authorizedGrantType: "CODE" }, /grant type is "CODE"/, true],
    ["its state", { state: "inactive" }, /is "inactive" instead of active: it gets no new tokens/, true],
  ])("whose %s changed", (_what, changes, words, concernsSignIn) => {
    const drift = driftOf(changes);
    expect(drift.differences.join("; ")).toMatch(words);
    expect(drift.concernsSignIn).toBe(concernsSignIn);
  });

  it.each<[string, Partial<OAuthClientEntity>, Partial<RecordedClient> | null, Partial<ResolvedCredential>]>([
    ["nothing changed", {}, {}, {}],
    ["nothing changed, and no state is known", {}, null, {}],
    [
      "nothing changed, no state is known, and the marker has an identity",
      { description: "A job [pulumi:0a1b2c3d4e5f6071/genesys-credentials/dev/job#1:0a1b]" },
      null,
      {},
    ],
    ["an older spelling of the grant type", { authorizedGrantType: "CLIENT_CREDENTIALS" }, {}, {}],
    [
      "what Genesys does not tell",
      { authorizedGrantType: undefined, state: undefined, name: undefined },
      {},
      {},
    ],
    [
      "what the state does not tell",
      { accessTokenValiditySeconds: 1 },
      { accessTokenValiditySeconds: undefined },
      {},
    ],
    ["disabled where inactive is recorded", { state: "disabled" }, { state: "inactive" }, {}],
    [
      "revoked, and not refreshed yet",
      { state: "inactive" },
      {},
      { slots: [{ slot: "b", generation: 1, isCurrent: true, state: "inactive" }] },
    ],
    ["no state, as declared", {}, null, {}],
  ])("has not drifted: %s", (_name, changes, record, declared) => {
    expect(driftOf(changes, record, declared).differences).toEqual([]);
  });

  it("adopted under its own name has not drifted, without a state either", () => {
    const adopt = { clientId: "client-1", secret: "keep", name: "CRM" } as const;
    const client: ManagedClient = {
      clientId: "client-1",
      name: "CRM",
      slot: "a",
      generation: 0,
      isCurrent: true,
    };
    const adopted = { ...credential, adopt };
    expect(clientDrift(adopted, "dev", client, { ...live, name: "CRM" }).differences).toEqual([]);
    expect(clientDrift(adopted, "dev", client, live).differences).toHaveLength(1);
  });

  it("that can sign in again although it was recorded inactive is told so", () => {
    const slots = [{ slot: "b", generation: 1, isCurrent: true, state: "inactive" }] as const;
    const drift = driftOf({}, { state: "inactive" }, { slots });
    expect(drift.differences).toEqual(["it is active again although inactive is recorded: it can sign in"]);
  });

  it("of people: redirect URIs and scopes as sets", () => {
    const ofPeople = { authorizedGrantType: "CODE", scope: ["users"] };
    const uris = { ...ofPeople, registeredRedirectUri: ["https://b.example/", "https://a.example/"] };
    const same = { ...ofPeople, registeredRedirectUri: ["https://a.example/", "https://b.example/"] };
    expect(driftOf(uris, same).differences).toEqual([]);
    const added = {
      ...uris,
      registeredRedirectUri: [...uris.registeredRedirectUri, "https://evil.example/"],
    };
    expect(driftOf(added, same)).toMatchObject({ concernsSignIn: true });
  });
});

describe("a role", () => {
  const policies = [{ domain: "routing", entityName: "queue", actionSet: ["view", "edit"] }];
  const role = {
    key: "reader",
    name: "reader",
    description: "Reads",
    permissionPolicies: policies,
  } as unknown as ResolvedRole;
  const record = {
    id: "r",
    key: "reader",
    isPendingDeletion: false,
    name: "reader",
    description: "Reads",
    marker,
    permissionPolicies: policies,
  };
  const liveRole = (permissionPolicies: unknown): RoleEntity =>
    ({ id: "r", name: "reader", description: `Reads ${marker}`, permissionPolicies }) as RoleEntity;
  const condition = (value: string) => ({
    conjunction: "AND",
    terms: [{ variableName: "Call.mediaType", operator: "EQ", operands: [{ type: "SCALAR", value }] }],
  });

  it.each<[string, unknown, RecordedRole | undefined]>([
    ["as recorded", policies, record],
    [
      "in another order, in several policies",
      [
        { domain: "routing", entityName: "queue", actionSet: ["edit"] },
        { domain: "routing", entityName: "queue", actionSet: ["view"], allowConditions: false },
      ],
      record,
    ],
    ["with an empty condition", [{ ...policies[0], resourceConditionNode: { conjunction: "AND" } }], record],
    [
      "with a wildcard that Genesys did not expand",
      [{ domain: "routing", entityName: "queue", actionSet: ["*"] }],
      {
        ...record,
        wildcards: { "routing:queue:*": ["routing:queue:view", "routing:queue:edit"] },
      },
    ],
    ["as declared, where there is no state", policies, undefined],
    ["what Genesys does not tell", undefined, record],
  ])("has not drifted: %s", (_name, live_, recorded_) => {
    expect(roleDrift(role, recorded_, liveRole(live_))).toEqual({ differences: [], isWider: false });
  });

  it.each<[string, unknown, RegExp, boolean]>([
    [
      "more",
      [...policies, { domain: "oauth", entityName: "client", actionSet: ["add"] }],
      /also allows oauth:client:add/,
      true,
    ],
    ["less", [{ ...policies[0], actionSet: ["view"] }], /does not allow routing:queue:edit/, false],
    ["a wildcard", [{ ...policies[0], actionSet: ["*"] }], /also allows routing:queue:\*/, true],
    ["a condition less", [{ ...policies[0] }], /also allows routing:queue:edit, routing:queue:view/, true],
    [
      "another condition",
      [{ ...policies[0], resourceConditionNode: condition("email") }],
      /when .*email/,
      true,
    ],
  ])("allows %s", (name, live_, words, isWider) => {
    const conditional = [{ ...policies[0]!, resourceConditionNode: condition("voice") }];
    const own = name.includes("condition") ? { ...record, permissionPolicies: conditional } : record;
    const drift = roleDrift(role, own, liveRole(live_));
    expect(drift.differences.join("; ")).toMatch(words);
    expect(drift.isWider).toBe(isWider);
  });

  it.each<[string, unknown, readonly string[] | undefined, RegExp | undefined, boolean]>([
    ["as recorded, in another order", ["b", "a"], ["a", "b"], undefined, false],
    ["that Genesys does not tell", undefined, ["a"], undefined, false],
    ["in a form that is not known", { a: 1 }, ["a"], undefined, false],
    ["without any", [], undefined, undefined, false],
    ["given by hand", ["admin"], undefined, /it also has the general permission admin/, true],
    ["taken away by hand", [], ["employee"], /it lacks the general permission employee/, false],
  ])("with general permissions %s", (_what, permissions, general, words, isWider) => {
    const live_ = { ...liveRole(policies), permissions } as RoleEntity;
    const own = { ...record, ...(general === undefined ? {} : { generalPermissions: [...general] }) };
    const declared = { ...role, ...(general === undefined ? {} : { generalPermissions: general }) };
    for (const drift of [roleDrift(role, own, live_), roleDrift(declared, undefined, live_)]) {
      expect(drift).toEqual({
        differences: words === undefined ? [] : [expect.stringMatching(words)],
        isWider,
      });
    }
  });

  it("without a state, a declared wildcard covers what it can", () => {
    const declared = { ...role, wildcards: ["routing:*:*"] } as ResolvedRole;
    const added = [...policies, { domain: "routing", entityName: "skill", actionSet: ["view"] }];
    expect(roleDrift(declared, undefined, liveRole(added)).differences).toEqual([]);
    expect(roleDrift(role, undefined, liveRole(added)).isWider).toBe(true);
  });
});
