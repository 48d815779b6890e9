// The doctor's look at the deployer: its permissions, grant type and clock.
import { checkPermissions } from "../../../../cli/doctor/missingPermissions";
import { checkGrantType, checkOrganization } from "../../../../cli/doctor/deployerSignIn";
import { checkHandedOutRoles } from "../../../../cli/doctor/handedOutRoles";
import { checkClock } from "../../../../cli/doctor/loginProbe";
import { checkOwnClient } from "../../../../cli/doctor/ownClient";
import { parsePermission } from "../../../../common/permission";
import { type ResolvedCredential, type ResolvedRole } from "../../../../declarations/resolve";
import { type RoleEntity } from "../../../../genesys/wire";
import { parse } from "../../declarations/declaring";
import { declaredByOldNames, recordedNames, renamedOrganization } from "../renamedWorld";

const identity = {
  clientId: "client-deployer",
  clientName: "deployer",
  authorizedGrantType: "CLIENT-CREDENTIALS",
  organizationId: "org-1",
  organizationName: "One",
  roleDivisions: [],
};

function held(...texts: readonly string[]) {
  return { permissions: texts.flatMap((text) => parsePermission(text) ?? []), isComplete: true };
}

function roles(...grants: readonly boolean[]): { readonly roles: readonly ResolvedRole[] } {
  return { roles: grants.map((grantToDeployer) => ({ grantToDeployer }) as ResolvedRole) };
}

/** Without the line about what only an audit needs. */
function ofDeployment(...asked: Parameters<typeof checkPermissions>) {
  return checkPermissions(...asked).filter(({ place }) => !place.endsWith("for `audit`"));
}

it("what only an audit needs is named, and is no warning", () => {
  const own = ["oauth:client:*", "authorization:role:view"];
  expect(checkPermissions(held(...own), roles())[1]).toMatchObject({
    status: "pass",
    found: expect.stringMatching(/^not held, and not needed to deploy: .*authorization:grant:view/) as string,
  });
  expect(checkPermissions(held("*:*:*"), roles())).toHaveLength(1);
});

it("a stack without roles needs the rows about clients and the view of roles only", () => {
  const few = held("oauth:client:*", "authorization:role:view");
  expect(ofDeployment(few, roles())).toMatchObject([{ status: "pass" }]);
  expect(ofDeployment(few, roles(false)).map(({ place }) => place)).toEqual([
    "authorization:role:add",
    "authorization:role:edit",
    "authorization:role:delete",
  ]);
});

it("integration credentials need four more permissions, where one is declared", () => {
  const few = held("oauth:client:*", "authorization:role:view", "integrations:integration:view");
  const credentials = [{ integrationCredential: { name: "Data actions" } }, {}] as ResolvedCredential[];
  expect(ofDeployment(few, { ...roles(), credentials: [{} as ResolvedCredential] })).toMatchObject([
    { status: "pass" },
  ]);
  expect(ofDeployment(few, { ...roles(), credentials })).toMatchObject([
    { status: "fail", place: "integrations:integration:add" },
    { status: "fail", place: "integrations:integration:edit" },
    { status: "fail", place: "integrations:integration:delete" },
  ]);
});

it("taking roles back is optional; giving them is not, unless the stack gives none", () => {
  const most = held("oauth:*:*", "authorization:role:*");
  expect(ofDeployment(most, roles(false))).toMatchObject([{ status: "pass" }]);
  expect(ofDeployment(most, roles(false, true))).toMatchObject([
    { status: "fail", place: "authorization:grant:add" },
    { status: "warn", place: "authorization:grant:delete" },
  ]);
});

it("what Genesys does not tell is no failure, since an update would not refuse it either", () => {
  const told = { ...held("oauth:client:*"), isComplete: false, reason: "its roles are not told" };
  expect(ofDeployment(told, roles())).toMatchObject([
    {
      status: "warn",
      isChecked: false,
      found:
        "not checked, since Genesys does not tell whether the deployer holds authorization:role:view (its roles are not told); " +
        "an update refuses nothing for that: Genesys's own answer decides",
    },
  ]);
  expect(ofDeployment({ ...told, ...held("*:*:*"), isComplete: false }, roles())).toMatchObject([
    { status: "pass" },
  ]);
});

it.each([
  ["CLIENT-CREDENTIALS", "pass"],
  ["client_credentials", "pass"],
  ["CODE", "fail"],
  [undefined, "warn"],
])("grant type %s: %s", (authorizedGrantType, status) => {
  expect(checkGrantType({ ...identity, authorizedGrantType }, "deployment")).toMatchObject({ status });
});

it("a token that belongs to no OAuth client cannot deploy", () => {
  expect(checkGrantType({ ...identity, clientId: undefined }, "deployment")).toMatchObject({
    status: "fail",
  });
});

it("organisations are compared without regard to case; an undeclared one is shown", () => {
  expect(checkOrganization(identity, "ORG-1")).toMatchObject({ status: "pass", found: "org-1 (One)" });
  expect(checkOrganization(identity, undefined)).toMatchObject({ status: "pass" });
  expect(checkOrganization(identity, "org-2")).toMatchObject({ status: "fail" });
});

it.each([
  [60_000, "pass"],
  [-60_000, "pass"],
  [61_000, "warn"],
  [-300_000, "warn"],
  [301_000, "fail"],
  [undefined, "pass"],
])("a clock %s ms ahead: %s", (aheadMs, status) => {
  expect(checkClock({ aheadMs })).toMatchObject({ status });
});

it("the deployer's own client: this stack's, another stack's, nobody's", () => {
  const marks = { identity: "0a1b2c3d4e5f6071", ownerPrefix: "p/dev/" };
  const check = (description: string, inState: readonly string[] = []) =>
    checkOwnClient(
      identity,
      [{ id: "client-deployer", description } as never],
      marks,
      new Set(inState),
      "deployment",
    ).status;
  expect(check("[pulumi:p/dev/x#0:0a]")).toBe("fail");
  expect(check("[pulumi:p/development/x#0:0a]")).toBe("warn");
  expect(check("[pulumi:0a1b2c3d4e5f6071/p/renamed/x#0:0a]")).toBe("fail");
  expect(check("[pulumi:f0e1d2c3b4a59687/p/dev/x#0:0a]")).toBe("warn");
  expect(check("made by hand")).toBe("pass");
  expect(check("marker edited away", ["client-deployer"])).toBe("fail");
});

it("a role that the deployer has to hold is the one of the stack's identity, whatever the names in its mark", () => {
  const own = "0a1b2c3d4e5f6071";
  const [role] = parse({
    roles: { reader: { permissions: ["routing:queue:view"], grantToDeployer: false } },
  }).roles;
  const declared = {
    roles: [role!],
    credentials: [{ key: "x", roleDivisions: [{ roleKey: "reader", division: "home" }] }],
  } as unknown as Parameters<typeof checkHandedOutRoles>[0];
  const marked = (id: string, names: string) => ({ id, description: `[pulumi:${names}#0:0a]` }) as RoleEntity;
  const names = {
    roles: [marked("twin", `f0e1d2c3b4a59687/${role!.marker}`), marked("own", `${own}/old/prod/reader`)],
    divisionIds: new Map(),
    homeDivisionId: "home-id",
  };
  const statusOf = (roleId: string) =>
    checkHandedOutRoles(declared, names, [{ roleId, divisionId: "home-id" }], own)[0]?.status;
  expect(statusOf("own")).toBe("pass");
  expect(statusOf("twin")).toBe("fail");
});

describe("a division and an existing role that were renamed, while others took their names", () => {
  const declared = parse(declaredByOldNames);
  const names = { ...renamedOrganization, recorded: recordedNames };
  const held = [{ roleId: "own", divisionId: "sales-id" }];

  it("are the ones on record, and their new names are told", () => {
    expect(checkHandedOutRoles(declared, names, held)).toMatchObject([
      { status: "warn", place: "division Sales", found: 'it is named "Sales EMEA" now (sales-id)' },
      { status: "warn", place: "role exporter", found: 'it is named "exporter EMEA" now (own)' },
    ]);
  });

  it("are missed once they are gone, whoever has the names", () => {
    const gone = { ...names, roles: names.roles.slice(1), divisionIds: new Map([["Sales", ["other-id"]]]) };
    expect(checkHandedOutRoles(declared, gone, held)).toMatchObject([
      {
        status: "fail",
        place: "division Sales",
        found: "the division that this stack calls so exists no more",
      },
      { status: "fail", place: "role exporter", found: "the role that this stack calls so exists no more" },
    ]);
  });
});
