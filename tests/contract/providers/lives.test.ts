// The lives of a role and of an OAuth client against the simulated organisation: every method, every request counted.
import { employeeRoleId, homeDivisionId } from "../../../sandbox/genesys/seed";
import {
  clientInputs,
  clientSecretInputs,
  createProviderWorld,
  type ProviderWorld,
  recordedClient,
  recordedRole,
  roleInputs,
} from "../../providerWorld";

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});
afterEach(async () => {
  await world.stop();
});

/** The requests since the last call, as `POST /api/v2/oauth/clients`. */
function requests(): string[] {
  const sent = world.simulator.requestLog.entries.map(
    ({ method, path }) => `${method} ${path.split("?")[0] ?? ""}`,
  );
  world.simulator.requestLog.clear();
  return sent;
}

describe("creating", () => {
  it("a role costs its POST and one grant, besides what the run shares", async () => {
    const run = world.newRun();
    await run.roles.create(roleInputs());
    expect(requests()).toEqual([
      "POST /oauth/token",
      "GET /api/v2/tokens/me",
      "GET /api/v2/authorization/divisions/home",
      "GET /api/v2/authorization/roles",
      "POST /api/v2/authorization/roles",
      expect.stringMatching(/^POST \/api\/v2\/authorization\/subjects\/[^/]+\/bulkadd$/),
    ]);
    await run.roles.create(roleInputs({ name: "second", owner: "genesys-credentials/dev/second" }));
    expect(requests()).toHaveLength(2);
  });

  it("a client costs one POST of the deployer's, and its stored secret two requests with its own credential", async () => {
    const run = world.newRun();
    await run.oauthClients.create(clientInputs());
    requests();
    const { id } = await run.oauthClients.create(clientInputs({ owner: "genesys-credentials/dev/other" }));
    await run.clientSecrets.create(clientSecretInputs(id));
    const log = world.simulator.requestLog.entries.map(({ method, path, clientId }) => [
      method,
      path,
      clientId === id,
    ]);
    expect(log).toEqual([
      ["POST", "/api/v2/oauth/clients", false],
      ["POST", "/oauth/token", true],
      ["GET", "/api/v2/tokens/me", true],
    ]);
  });

  it("gives the client exactly what is declared, and a marker", async () => {
    const run = world.newRun();
    const role = await run.roles.create(roleInputs({ deployerDivisions: ["Sales", "home"] }));
    const roleDivisions = [
      { roleId: role.id, division: "Sales" },
      { roleId: role.id, division: "home" },
      { roleName: "employee", division: "home" },
    ];
    const { id, outs } = await run.oauthClients.create(clientInputs({ roleDivisions, generation: 4 }));
    const live = await run.session.oauthClients.get(id);
    expect(live).toMatchObject({
      name: "nightly-report-dev-a",
      state: "active",
      accessTokenValiditySeconds: 3600,
    });
    expect(live.description).toMatch(
      /^Nightly report \[pulumi:0123456789abcdef\/genesys-credentials\/dev\/nightly-report#4:[0-9a-f]{12}\]$/,
    );
    expect(live.roleDivisions).toHaveLength(3);
    expect(outs).toMatchObject({ clientId: id, generation: 4, __provider: "the provider" });
  });

  it("an inactive client is inactive from the beginning: one POST", async () => {
    const run = world.newRun();
    await run.session.enter("Preparing", undefined);
    await run.session.homeDivisionId();
    await run.session.clientsAtStart();
    await run.session.rolesNamed("employee");
    requests();
    const { id, outs } = await run.oauthClients.create(clientInputs({ state: "inactive" }));
    expect(requests()).toEqual(["POST /api/v2/oauth/clients"]);
    expect(outs).toMatchObject({ state: "inactive" });
    expect((await run.session.oauthClients.get(id)).state).toBe("inactive");
  });

  it("no record of a client holds its secret, nor a word of its proof", async () => {
    const run = world.newRun();
    const { id, outs } = await run.oauthClients.create(clientInputs());
    const secret = world.simulator.organization.store.state.clients.find((one) => one.id === id)!.secret;
    const updated = await run.oauthClients.update(id, recordedClient(outs), clientInputs({ name: "other" }));
    const read = await run.oauthClients.read(id, recordedClient(outs));
    expect(JSON.stringify([outs, updated, read])).not.toContain(secret);
    for (const name of ["clientSecret", "verified", "verification"]) {
      expect([outs, updated.outs, read.props]).not.toContainEqual(
        expect.objectContaining({ [name]: expect.anything() }),
      );
    }
  });
});

describe("reading", () => {
  it("without drift gives back the inputs that check made", async () => {
    const run = world.newRun();
    const { id, outs } = await run.oauthClients.create(clientInputs());
    const { inputs } = await run.oauthClients.check({}, { ...clientInputs(), __provider: undefined });
    const read = await world.newRun().oauthClients.read(id, recordedClient(outs));
    const { __provider: _provider, ...declared } = inputs;
    expect(read.inputs).toEqual(declared);
    expect(read.props).toEqual(outs);
  });

  it("a client or role that a person deleted is gone", async () => {
    const run = world.newRun();
    const client = await run.oauthClients.create(clientInputs());
    const role = await run.roles.create(roleInputs());
    await run.session.oauthClients.update(client.id, { ...clientRequest(), state: "inactive" });
    await run.session.oauthClients.delete(client.id);
    await run.session.roles.delete(role.id);
    const later = world.newRun();
    expect(await later.oauthClients.read(client.id, recordedClient(client.outs))).toEqual({});
    expect(await later.roles.read(role.id, recordedRole(role.outs))).toEqual({});
  });

  it("a role shows a person's change of its permissions", async () => {
    const run = world.newRun();
    const { id, outs } = await run.roles.create(roleInputs());
    const permissionPolicies = [{ domain: "routing", entityName: "queue", actionSet: ["add", "view"] }];
    await run.session.roles.update(id, {
      name: "reporting-reader",
      description: "changed",
      permissionPolicies,
    });
    const { inputs } = await run.roles.read(id, recordedRole(outs));
    expect(inputs).toMatchObject({ description: "changed", permissionPolicies });
  });
});

describe("updating", () => {
  it("is one PUT of the live client, and keeps id and marker", async () => {
    const run = world.newRun();
    const { id, outs } = await run.oauthClients.create(clientInputs());
    requests();
    const news = clientInputs({ name: "renamed", description: "Other", accessTokenValiditySeconds: 300 });
    const updated = await run.oauthClients.update(id, recordedClient(outs), news);
    expect(requests()).toEqual([`GET /api/v2/oauth/clients/${id}`, `PUT /api/v2/oauth/clients/${id}`]);
    expect(updated.outs).toMatchObject({
      name: "renamed",
      marker: outs["marker"],
    });
    const live = await run.session.oauthClients.get(id);
    expect(live).toMatchObject({ name: "renamed", accessTokenValiditySeconds: 300, state: "active" });
    expect(live.description).toBe(`Other ${String(outs["marker"])}`);
  });

  it("of a role's divisions moves the deployer's grants with it", async () => {
    const run = world.newRun();
    const { id, outs } = await run.roles.create(roleInputs());
    const wider = await run.roles.update(
      id,
      recordedRole(outs),
      roleInputs({ deployerDivisions: ["Sales"] }),
    );
    expect(wider.outs["deployerGrants"]).toHaveLength(1);
    const without = await run.roles.update(
      id,
      recordedRole(wider.outs),
      roleInputs({ grantToDeployer: false }),
    );
    expect(without.outs["deployerGrants"]).toEqual([]);
    expect(world.simulator.organization.describe().grants.filter((grant) => grant.roleId === id)).toEqual([]);
  });

  it("of what is gone says so", async () => {
    const run = world.newRun();
    const { id, outs } = await run.oauthClients.create(clientInputs());
    await world.newRun().oauthClients.delete(id, recordedClient(outs));
    const news = clientInputs({ name: "renamed" });
    await expect(run.oauthClients.update(id, recordedClient(outs), news)).rejects.toThrow(
      /up --refresh.*\[CLIENT_GONE\]$/,
    );
  });
});

describe("deleting", () => {
  it("a client is looked at, PUT inactive, DELETE, confirmed; nothing is left", async () => {
    const { id, outs } = await world.newRun().oauthClients.create(clientInputs());
    const run = world.newRun();
    await run.session.enter("Preparing", undefined);
    requests();
    await run.oauthClients.delete(id, recordedClient(outs));
    const path = `/api/v2/oauth/clients/${id}`;
    const permissions = "GET /api/v2/authorization/subjects/me"; // shared by the run
    expect(requests()).toEqual([permissions, `GET ${path}`, `PUT ${path}`, `DELETE ${path}`, `GET ${path}`]);
    await run.oauthClients.delete(id, recordedClient(outs));
  });

  it("a role takes the deployer's grant with it", async () => {
    const run = world.newRun();
    const { id, outs } = await run.roles.create(roleInputs());
    await run.roles.delete(id, recordedRole(outs));
    const { grants, roles } = world.simulator.organization.describe();
    expect([...grants.map((grant) => grant.roleId), ...roles.map((role) => role.id)]).not.toContain(id);
    await run.roles.delete(id, recordedRole(outs));
  });

  it("works when a role of the client was deleted by hand", async () => {
    const run = world.newRun();
    const role = await run.roles.create(roleInputs());
    const roleDivisions = [
      { roleId: role.id, division: "home" },
      { roleName: "employee", division: "home" },
    ];
    const { id, outs } = await run.oauthClients.create(clientInputs({ roleDivisions }));
    await run.session.roles.delete(role.id);
    await world.newRun().oauthClients.delete(id, recordedClient(outs));
    expect(world.simulator.organization.describe().clients.map((client) => client.id)).not.toContain(id);
  });
});

describe("another organisation", () => {
  const foreign = { organization: { id: "00000000-0000-4000-8000-00000000f0e1" } };
  it("is refused before any write, in full once", async () => {
    const run = world.newRun();
    const first = run.oauthClients.create(clientInputs(foreign));
    await expect(first).rejects.toThrow(/belongs to organisation .* \[ORGANIZATION_MISMATCH\]/);
    await expect(run.roles.create(roleInputs(foreign))).rejects.toThrow(/not attempted/);
    expect(requests()).toEqual(["POST /oauth/token", "GET /api/v2/tokens/me"]);
  });
  it("is refused for reading and deleting as well: everything would seem to be gone", async () => {
    const { id, outs } = await world.newRun().oauthClients.create(clientInputs());
    const elsewhere = { ...recordedClient(outs), organizationId: foreign.organization.id };
    await expect(world.newRun().oauthClients.read(id, elsewhere)).rejects.toThrow(/ORGANIZATION_MISMATCH/);
    await expect(world.newRun().oauthClients.delete(id, elsewhere)).rejects.toThrow(/ORGANIZATION_MISMATCH/);
    expect(world.simulator.organization.describe().clients.map((client) => client.id)).toContain(id);
  });
});

describe("an organisation id in other letters", () => {
  it("is the same organisation: declarations write it small, Genesys may write it large", async () => {
    world.simulator.organization.seed({ id: "ABCDEF00-0000-4000-8000-00000000F0E1" });
    const small = { organization: { id: "abcdef00-0000-4000-8000-00000000f0e1" } };
    const run = world.newRun();
    const { outs } = await run.oauthClients.create(clientInputs(small));
    expect(await run.oauthClients.diff("x", recordedClient(outs), clientInputs(small))).toEqual({
      replaces: [],
    });
  });
});

describe("names that the organisation does not know", () => {
  const unknown = [
    { roleName: "emploee", division: "home" },
    { roleName: "employee", division: "Sles" },
  ];

  it("are found by check, so that a preview tells them all", async () => {
    const run = world.newRun();
    const client = await run.oauthClients.check({}, { ...clientInputs({ roleDivisions: unknown }) });
    expect(client.failures).toEqual([
      {
        property: "",
        reason: expect.stringMatching(
          /^2 problems:\n  .*no role "emploee".*\n  .*no division "Sles"; write one of Home, Sales.*$/,
        ),
      },
    ]);
    const role = await run.roles.check({}, { ...roleInputs({ deployerDivisions: ["Sles"] }) });
    expect(role.failures).toEqual([{ property: "", reason: expect.stringContaining("Sles") }]);
  });

  it("cost no request when they were there before", async () => {
    const run = world.newRun();
    const client = { ...clientInputs({ roleDivisions: [{ roleName: "employee", division: "Sales" }] }) };
    const role = { ...roleInputs({ deployerDivisions: ["Sales"] }) };
    expect((await run.oauthClients.check(client, client)).failures).toEqual([]);
    expect((await run.roles.check(role, role)).failures).toEqual([]);
    expect(requests()).toEqual([]);
  });

  it("of a role's divisions stop its creation before anything is written", async () => {
    const before = world.simulator.organization.describe().roles.length;
    const creation = world.newRun().roles.create(roleInputs({ deployerDivisions: ["Sles"] }));
    await expect(creation).rejects.toThrow(/no division "Sles"/);
    expect(world.simulator.organization.describe().roles).toHaveLength(before);
  });

  it("are told together, and nothing is made", async () => {
    const run = world.newRun();
    const before = world.simulator.organization.describe().clients.length;
    const creation = run.oauthClients.create(clientInputs({ roleDivisions: unknown }));
    await expect(creation).rejects.toThrow(/no role "emploee".*no division "Sles".*UNKNOWN_ROLE_OR_DIVISION/);
    expect(world.simulator.organization.describe().clients).toHaveLength(before);
  });
});

function clientRequest() {
  const { name, description, authorizedGrantType, accessTokenValiditySeconds } = clientInputs();
  const roleDivisions = [{ roleId: employeeRoleId, divisionId: homeDivisionId }];
  return {
    name,
    description,
    authorizedGrantType,
    accessTokenValiditySeconds,
    roleDivisions,
    state: "active",
  };
}
