// What Genesys answers in a form that nobody knows hides no object, is told once, and is taken away by no PUT.
import type { ApiRequest } from "../../../genesys/client";
import { Divisions } from "../../../genesys/divisions";
import { GenesysResponseError } from "../../../genesys/errors";
import { Grants } from "../../../genesys/grants";
import { Identity } from "../../../genesys/identity";
import { OAuthClients, requestFrom } from "../../../genesys/oauthClients";
import { Permissions } from "../../../genesys/permissions";
import { RoleHolders } from "../../../genesys/roleHolders";
import { roleRequestFrom, Roles } from "../../../genesys/roles";
import { doubleOf } from "./clientDouble";

const plain = { id: "c1", name: "job", state: "active", accessTokenValiditySeconds: 3600 };
const readable = { roleId: "r1", divisionId: "d1" };

function listing(...entities: unknown[]) {
  return doubleOf(() => ({ entities, pageCount: 1 }));
}

describe("a client with an entry of roleDivisions that cannot be read", () => {
  it.each<[string, unknown]>([
    ["without a division", { roleId: "r2" }],
    ["whose division is null", { roleId: "r2", divisionId: null }],
    ["whose role is a number", { roleId: 2, divisionId: "d1" }],
    ["that is a text", "r2"],
    ["that is null", null],
  ])("is listed with the rest (%s), and it is told once", async (_name, odd) => {
    const { client, told } = listing({ ...plain, roleDivisions: [readable, odd] }, { ...plain, id: "c2" });
    const area = new OAuthClients(client);
    const found = await area.list();
    expect(found.map(({ id }) => id)).toEqual(["c1", "c2"]);
    expect(found[0]?.roleDivisions).toEqual([readable]);
    await area.list();
    expect(told).toEqual([
      'Warning: of OAuth client "job" (c1), 1 of 2 entries of roleDivisions could not be read; it is looked at without that, and no change takes it away.',
    ]);
  });

  it("keeps the entry as it was in every PUT", async () => {
    const odd = { roleId: "r2", divisionId: null };
    const { client } = doubleOf(() => ({ ...plain, roleDivisions: [readable, odd] }));
    const live = await new OAuthClients(client).get("c1");
    expect(requestFrom(live, { state: "inactive" }).roleDivisions).toEqual([readable, odd]);
    const declared = [{ roleId: "r3", divisionId: "d1" }];
    expect(requestFrom(live, { roleDivisions: declared }).roleDivisions).toEqual([...declared, odd]);
  });
});

it("a form that all clients of a list have is one line, not one for each", async () => {
  const odd = { scope: "all" };
  const { client, told } = listing(
    { ...plain, ...odd },
    { ...plain, id: "c2", name: 7, ...odd },
    { ...plain, id: "c3", ...odd },
  );
  expect(await new OAuthClients(client).list()).toHaveLength(3);
  expect(told).toEqual([
    'Warning: of OAuth client "job" (c1) and 1 more, scope could not be read; it is looked at without that, and no change takes it away.',
    "Warning: of OAuth client c2, name, scope could not be read; it is looked at without that, and no change takes it away.",
  ]);
});

describe("a client whose roleDivisions are no list", () => {
  it("is listed, its roles being unknown", async () => {
    const { client, told } = listing({ ...plain, roleDivisions: { r1: "d1" } });
    const [found] = await new OAuthClients(client).list();
    expect(found?.roleDivisions).toBeUndefined();
    expect(told).toEqual([expect.stringMatching(/\(c1\), roleDivisions could not be read/)]);
  });

  it("gets them back as they were, and no declared ones in their place", async () => {
    const roleDivisions = { r1: "d1" };
    const { client } = doubleOf(() => ({ ...plain, roleDivisions }));
    const live = await new OAuthClients(client).get("c1");
    expect(requestFrom(live, { state: "inactive" })).toMatchObject({ roleDivisions });
    expect(() => requestFrom(live, { roleDivisions: [readable] })).toThrow(GenesysResponseError);
    expect(() => requestFrom(live, { roleDivisions: [readable] })).toThrow(
      /roleDivisions of OAuth client c1 is no list, so that a PUT could not keep its roles; nothing was sent/,
    );
  });

  it.each([null, undefined])("null or nothing (%p) is not told, and nothing of it is sent", async (none) => {
    const { client, told } = doubleOf(() => ({ ...plain, roleDivisions: none }));
    const live = await new OAuthClients(client).get("c1");
    expect(live.roleDivisions).toBeUndefined();
    expect(requestFrom(live, { state: "inactive" })).not.toHaveProperty("roleDivisions");
    expect(requestFrom(live, { roleDivisions: [readable] }).roleDivisions).toEqual([readable]);
    expect(told).toEqual([]);
  });
});

it.each<[string, object, object]>([
  ["no name", { name: null }, { name: undefined }],
  ["a scope that is null", { scope: null }, { scope: undefined }],
  ["a state that is not known", { state: "hibernating" }, { state: "hibernating" }],
  ["a number as a text", { accessTokenValiditySeconds: "3600" }, { accessTokenValiditySeconds: 3600 }],
  ["a name that is none", { name: 7 }, { name: undefined }],
  ["a scope with a hole", { scope: ["a", null] }, { scope: undefined }],
  ["dates that are numbers", { dateCreated: 1 }, { dateCreated: undefined }],
])("a client with %s is listed", async (_name, odd, seen) => {
  const { client } = listing({ ...plain, ...odd });
  expect(await new OAuthClients(client).list()).toEqual([expect.objectContaining(seen)]);
});

it("a field that cannot be read goes back as it was", async () => {
  const odd = { state: 3, accessTokenValiditySeconds: "a day", scope: [1] };
  const { client } = doubleOf(() => ({ ...plain, ...odd, roleDivisions: [] }));
  const live = await new OAuthClients(client).get("c1");
  expect(requestFrom(live, { description: "new" })).toMatchObject({ ...odd, description: "new" });
  expect(requestFrom(live, { state: "inactive" })).toMatchObject({ state: "inactive", scope: [1] });
});

it("what has no id is left out of a list, counted and told once", async () => {
  const { client, told } = listing(plain, { name: "nobody" }, "text", null, { id: "../x" });
  const area = new OAuthClients(client);
  expect((await area.list()).map(({ id }) => id)).toEqual(["c1"]);
  await area.list();
  expect(told).toEqual([
    "Warning: 4 entries of the list of OAuth clients could not be read and are left out (GET /api/v2/oauth/clients).",
  ]);
  expect(client.unread.sentences).toHaveLength(1);
});

describe("a role", () => {
  const policy = { domain: "routing", entityName: "queue", actionSet: ["view"] };
  const odd = { domain: 7 };

  it("with a policy that cannot be read is listed, and keeps the policy in a PUT", async () => {
    const raw = { id: "r1", name: "reader", permissionPolicies: [policy, odd] };
    const { client, told } = listing(raw);
    const [live] = await new Roles(client).list();
    expect(live?.permissionPolicies).toEqual([policy]);
    expect(roleRequestFrom(live!, { description: "x" }).permissionPolicies).toEqual([policy, odd]);
    expect(roleRequestFrom(live!, { permissionPolicies: [] }).permissionPolicies).toEqual([odd]);
    expect(told).toEqual([
      expect.stringMatching(
        /of role "reader" \(r1\), 1 of 2 entries of permissionPolicies could not be read/,
      ),
    ]);
  });

  it("with general permissions that cannot be read is told, and keeps them in a PUT", async () => {
    const unknown = { id: 1 };
    const raw = { id: "r1", name: "reader", permissionPolicies: [], permissions: [unknown, "admin"] };
    const { client, told } = listing(raw);
    const [live] = await new Roles(client).list();
    expect(live?.permissions).toEqual(["admin"]);
    expect(told).toEqual([
      'Warning: of role "reader" (r1), 1 of 2 entries of permissions could not be read; it is looked at without that, and no change takes it away.',
    ]);
    expect(roleRequestFrom(live!, { description: "x" }).permissions).toEqual(["admin", unknown]);
    expect(roleRequestFrom(live!, { permissions: [] }).permissions).toEqual([unknown]);
  });

  it("whose general permissions are no list gets no others in their place", async () => {
    const permissions = { made: "up" };
    const { client, told } = doubleOf(() => ({ id: "r1", permissionPolicies: [], permissions }));
    const live = await new Roles(client).get("r1");
    expect(told).toEqual([expect.stringMatching(/of role r1, permissions could not be read/)]);
    expect(roleRequestFrom(live, { description: "x" })).toMatchObject({ permissions });
    expect(() => roleRequestFrom(live, { permissions: ["admin"] })).toThrow(
      /permissions of role r1 is no list, .*nothing was sent/,
    );
  });

  it.each([null, undefined])("whose general permissions are %p does not tell them", async (permissions) => {
    const { client, told } = doubleOf(() => ({ id: "r1", permissionPolicies: [], permissions }));
    const live = await new Roles(client).get("r1");
    expect(live.permissions).toBeUndefined();
    expect(told).toEqual([]);
    expect(roleRequestFrom(live, { description: "x" })).not.toHaveProperty("permissions");
  });

  it("whose policies are no list gets no others in their place", async () => {
    const { client } = doubleOf(() => ({ id: "r1", name: "reader", permissionPolicies: "all" }));
    const live = await new Roles(client).get("r1");
    expect(roleRequestFrom(live, { description: "x" })).toMatchObject({ permissionPolicies: "all" });
    expect(() => roleRequestFrom(live, { permissionPolicies: [policy] })).toThrow(
      /permissionPolicies of role r1 is no list/,
    );
  });

  it("without a name that can be read is listed, and keeps what it has", async () => {
    const { client } = listing({ id: "r1", name: 5, default: "no" });
    const [live] = await new Roles(client).list();
    expect(live).toMatchObject({ id: "r1" });
    expect(roleRequestFrom(live!, { description: "x" })).toMatchObject({ name: 5 });
  });
});

it("a division whose name is none is listed by its id; one without an id is counted", async () => {
  const { client, told } = listing({ id: "d1", name: 1 }, { name: "Sales" });
  expect(await new Divisions(client).list()).toMatchObject([{ id: "d1" }]);
  expect(told).toEqual(
    expect.arrayContaining([expect.stringMatching(/1 entry of the list of divisions could not be read/)]),
  );
});

it("grants that cannot be read are counted, and hide no other", async () => {
  const grants = [
    { role: { id: "r1" }, division: { id: "d1" } },
    { role: { id: "r2" } },
    "text",
    { role: 1 },
  ];
  const { client, told } = doubleOf(() => ({ id: "c1", grants }));
  expect(await new Grants(client).of("c1")).toEqual([readable]);
  expect(told).toEqual(["Warning: of subject c1, 3 of 4 grants could not be read and are left out."]);
});

it("holders of a role that cannot be read are counted", async () => {
  const { client, told } = listing({ id: "u1", name: "Ms Example" }, { name: "nobody" });
  expect(await new RoleHolders(client).of("r1")).toHaveLength(1);
  expect(told).toEqual([
    expect.stringMatching(/1 entry of the list of holders of role r1 could not be read/),
  ]);
});

it("of the token's own roles those that can be read are told, and how many cannot", async () => {
  const roleDivisions = [readable, { roleId: "r2", divisionId: null }];
  const { client } = doubleOf(() => ({
    organization: { id: "o1" },
    OAuthClient: { id: "c1", roleDivisions },
  }));
  expect(await new Identity(client).read()).toMatchObject({
    roleDivisions: [readable],
    unreadableRoleCount: 1,
  });
});

it("parts of the catalogue without an id are no one part", async () => {
  const part = (domain: string) => ({ permissionMap: { queue: [{ domain, action: "view" }] } });
  const { client } = listing(part("routing"), part("other"));
  expect((await new Permissions(client).catalogue()).permissions).toHaveLength(2);
});

it("a request that is answered in another shape says so still", async () => {
  const { client } = doubleOf(() => ({ name: "no id" }));
  await expect(new OAuthClients(client).get("c1")).rejects.toThrow(GenesysResponseError);
});

it("no request goes to an id that could lead elsewhere", async () => {
  const sent: ApiRequest[] = [];
  const { client } = doubleOf((request) => {
    sent.push(request);
    return { entities: [{ id: "a/b" }, { id: ".." }] };
  });
  expect(await new OAuthClients(client).list()).toEqual([]);
  expect(sent).toHaveLength(1);
});
