// The records of a recovery: in the form of the declaration with what is live in it; the state around them is kept.
import { addedResources } from "../../../../cli/recover/addedResources";
import { clientRecord, type RecordContext } from "../../../../cli/recover/clientRecord";
import type { OwnClient } from "../../../../cli/recover/clientPlan";
import { parseExport, unsafeOperations, withResources } from "../../../../cli/recover/exportedState";
import { roleRecord } from "../../../../cli/recover/roleRecord";
import { providerTexts, stackUrns } from "../../../../cli/recover/stackUrns";
import { parseMarker } from "../../../../genesys/marker";
import type { OAuthClientEntity } from "../../../../genesys/wire";
import { inputsOf, type OAuthClientOutputs, refreshedRecord } from "../../../../providers/oauthClient/record";
import { providerReferences } from "../../../../resources/providerReference";
import { client, declare, declareNightly, emptyState, identity, mark, role } from "./recoveryFacts";

const key = "nightly-report";
const context: RecordContext = {
  organization: {},
  organizationId: "organization-id",
  names: { roles: [role("employee-id", "employee", "")], divisionIds: new Map(), homeDivisionId: "home-id" },
  roleIds: new Map(),
  allowedAddresses: { kind: "unset" },
};

function own(entity: OAuthClientEntity, labels: readonly string[] = []): OwnClient {
  return { entity, marker: parseMarker(entity.description), slot: "a", generation: 0, labels };
}

function recordOf(
  entity: OAuthClientEntity,
  more: Readonly<Record<string, unknown>> = {},
  setting: RecordContext["allowedAddresses"] = context.allowedAddresses,
  labels: readonly string[] = [],
) {
  const credential = declareNightly(0, more).credentials[0]!;
  const [slot] = credential.slots;
  return clientRecord(own(entity, labels), entity, slot!, credential, 0, {
    ...context,
    allowedAddresses: setting,
  });
}

it("names the providers as the resources do", () => {
  expect(providerTexts).toEqual({
    client: providerReferences.OAuthClient,
    role: providerReferences.Role,
    identity: providerReferences.StackIdentity,
  });
});

describe("a client's record", () => {
  it("is what a refresh would make of it, and its inputs are those of a check", () => {
    const roleDivisions = [
      { roleId: "added-id", divisionId: "*" },
      { roleId: "employee-id", divisionId: "home-id" },
    ];
    const live = client("c", `Edited ${mark(key, 0)}`, { roleDivisions });
    const { inputs, outputs } = recordOf(live);
    const record = outputs as unknown as OAuthClientOutputs;
    expect(refreshedRecord(record, live)).toEqual(record);
    expect({ __provider: providerReferences.OAuthClient, ...inputsOf(record) }).toEqual(inputs);
    expect(record).toMatchObject({
      description: "Edited",
      identity,
      owner: "genesys-credentials/dev/nightly-report",
      roleDivisions: [
        { roleName: "employee", division: "home" },
        { roleId: "added-id", division: "*" },
      ],
    });
  });

  it.each(["Employee", "employee-id"])("knows an existing role that is written %s", (existing) => {
    const roleDivisions = [{ roleId: "employee-id", divisionId: "home-id" }];
    const live = client("c", mark(key, 0), { roleDivisions });
    expect(recordOf(live, { roles: [{ existing }] }).inputs).toMatchObject({
      roleDivisions: [{ roleName: existing, division: "home" }],
    });
  });

  it("lets the next update write the mark that a person has taken away", () => {
    const { outputs } = recordOf(client("c", "Owner: Ms Example"));
    expect(outputs).toMatchObject({ marker: "", description: "Owner: Ms Example" });
    expect(outputs).not.toHaveProperty("identity");
  });

  it("says that an adopted client's secret is kept as long as no version names it", () => {
    const live = client("c", mark(key, 0));
    const adopting = { adopt: { clientId: "c", secret: "keep" } };
    expect(recordOf(live, adopting).outputs).toMatchObject({ ...adopting, isSecretKept: true });
    expect(recordOf(live, adopting, context.allowedAddresses, ["AWSCURRENT"]).outputs).not.toHaveProperty(
      "isSecretKept",
    );
  });

  it("takes a disabled client for an inactive one", () => {
    expect(recordOf(client("c", mark(key, 0), { state: "disabled" })).outputs).toMatchObject({
      state: "inactive",
    });
  });

  it("holds the addresses as declared, or as live where Genesys's field is known", () => {
    const declared = { allowedAddresses: ["203.0.113.0/24"] };
    const live = { ...client("c", mark(key, 0)), ips: ["198.51.100.7"] };
    expect(recordOf(live, declared).inputs).toMatchObject(declared);
    const on = { kind: "on", field: "ips" } as const;
    expect(recordOf(live, declared, on).inputs).toMatchObject({
      allowedAddresses: ["198.51.100.7"],
      allowedAddressesField: "ips",
    });
    expect(recordOf({ ...live, ips: [] }, declared, on).inputs).not.toHaveProperty("allowedAddresses");
    expect(recordOf(client("c", mark(key, 0)), declared, on).inputs).not.toHaveProperty(
      "allowedAddressesField",
    );
  });
});

it("a role's record pins its wildcards to what is live, and answers for the grants that the deployer has of it", () => {
  const { roles } = declare({
    roles: { wide: { permissions: ["routing:queue:*"], allowWildcards: true } },
    credentials: {},
  });
  const permissionPolicies = [
    { domain: "routing", entityName: "queue", actionSet: ["view", "edit"], resourceConditionNode: undefined },
  ];
  const live = { ...role("r", "wide", mark("wide", 0)), permissionPolicies };
  const deployer = {
    clientId: "deployer",
    clientName: undefined,
    authorizedGrantType: undefined,
    organizationId: "organization-id",
    organizationName: undefined,
    roleDivisions: [
      { roleId: "r", divisionId: "home-id" },
      { roleId: "r", divisionId: "given-by-hand" },
    ],
  };
  const { outputs } = roleRecord(roles[0]!, live, parseMarker(live.description)!, deployer, context);
  expect(outputs).toMatchObject({
    wildcards: { "routing:queue:*": ["routing:queue:edit", "routing:queue:view"] },
    permissionPolicies: [{ domain: "routing", entityName: "queue", actionSet: ["edit", "view"] }],
    deployerGrants: [{ subjectId: "deployer", divisionId: "home-id" }],
  });
});

describe("the state", () => {
  const resource = { urn: "urn:pulumi:dev::p::t::n", type: "t", outputs: { kept: { ciphertext: "v1:x" } } };
  const exported = (deployment: Readonly<Record<string, unknown>>) => {
    const read = parseExport(JSON.stringify({ version: 3, deployment, further: 1 }));
    return "value" in read ? read.value : undefined;
  };

  it("keeps everything that is in it, and forgets only what was begun", () => {
    const creating = { type: "creating", resource };
    const deployment = {
      secrets_providers: { type: "passphrase", state: { salt: "v1:y" } },
      manifest: { time: "t" },
      resources: [resource],
      pending_operations: [creating],
    };
    const state = exported(deployment)!;
    expect(unsafeOperations(state.state)).toEqual([]);
    const added = { urn: "urn:pulumi:dev::p::t::added", type: "t", custom: false };
    const { pending_operations: _dropped, ...kept } = deployment;
    expect(JSON.parse(withResources(state, [added]))).toEqual({
      version: 3,
      further: 1,
      deployment: { ...kept, resources: [resource, added] },
    });
    const updating = exported({
      ...deployment,
      pending_operations: [creating, { type: "updating", resource }],
    });
    expect(unsafeOperations(updating!.state)).toMatchObject([{ type: "updating" }]);
  });

  it("of a stack without a resource gets everything that a resource needs, each before those that need it", () => {
    const declarations = declareNightly(0);
    const credential = declarations.credentials[0]!;
    const entity = client("c", mark(key, 0));
    const slots = [{ slot: credential.slots[0]!, outcome: "take", client: own(entity) } as const];
    const added = addedResources(
      {
        belonging: { recorded: undefined, lost: identity, others: [] },
        roles: [],
        credentials: [{ credential, slots, secret: undefined, leftOver: [], component: undefined }],
      },
      { roles: new Map(), clients: new Map([["c", recordOf(entity)]]), deployerClientId: "deployer-id" },
      declarations,
      emptyState,
      stackUrns("genesys-credentials", "dev"),
      "provider-id",
      context.names,
    );
    expect(added.find(({ urn }) => urn.endsWith("::identity"))?.outputs).toMatchObject({
      existingRoles: [{ name: "employee", id: "employee-id" }],
      deployerClientId: "deployer-id",
    });
    expect(added.map(({ type }) => type.split(":").at(-1))).toEqual([
      "Stack",
      "pulumi-nodejs",
      "StackIdentity",
      "Credential",
      "OAuthClient",
    ]);
    const seen = new Set<string>();
    for (const { urn, parent, dependencies = [], provider } of added) {
      const needed = [...dependencies, ...(parent === undefined ? [] : [parent])];
      expect(needed.filter((one) => !seen.has(one))).toEqual([]);
      expect(provider === undefined || seen.has(provider.slice(0, -"::provider-id".length))).toBe(true);
      seen.add(urn);
    }
  });
});
