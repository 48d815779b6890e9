// Before the first write: what the deployer lacks.
import {
  adminRoleId,
  deployerClientId,
  deployerPermissions,
  deployerRoleId,
  employeeRoleId,
  homeDivisionId,
  organizationId,
} from "../../../sandbox/genesys/seed";
import type { RoleInputs } from "../../../providers/role/record";
import {
  clientInputs,
  createProviderWorld,
  type ProviderRun,
  type ProviderWorld,
  recordedClient,
  recordedRole,
  roleInputs,
} from "../../providerWorld";
import { planNoticesIn } from "../../../common/planNotice";
import { previewPermissions } from "../../../genesys/knowledge/deployerPermissions";
import { requirePermissions } from "../../../providers/run/missingPermissions";

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});
afterEach(async () => {
  await world.stop();
});

const asInputs = (inputs: object): Record<string, unknown> => ({ ...inputs });

function requests(): string[] {
  const sent = world.simulator.requestLog.entries.map(
    ({ method, path }) => `${method} ${path.split("?")[0] ?? ""}`,
  );
  world.simulator.requestLog.clear();
  return sent;
}

/** The deployer without some of its permissions. */
function withhold(...permissions: string[]): void {
  world.simulator.organization.seed({
    roles: [
      { id: deployerRoleId, permissions: deployerPermissions.filter((one) => !permissions.includes(one)) },
    ],
  });
}

function checkClient(run: ProviderRun, changes = {}, olds: object = {}) {
  return run.oauthClients.check(asInputs(olds), asInputs(clientInputs(changes)));
}

function checkRole(run: ProviderRun, changes: Partial<RoleInputs> = {}, olds: object = {}) {
  return run.roles.check(asInputs(olds), asInputs(roleInputs(changes)));
}

/** Anything but reading. */
function writes(sent: readonly string[]): string[] {
  return sent.filter((request) => !request.startsWith("GET ") && request !== "POST /oauth/token");
}

describe("a deployer with everything it needs", () => {
  it("costs one request for all checks of a run", async () => {
    const run = world.newRun();
    await checkRole(run);
    await checkRole(run, { name: "second", owner: "p/s/second" });
    await checkClient(run);
    await checkClient(run, { owner: "p/s/other" });
    const sent = requests();
    expect(sent.filter((request) => request.includes("/subjects/me"))).toHaveLength(1);
    expect(sent).toHaveLength(7); // besides: token, identity, catalogue, existing role by name, the roles, the clients
    expect(writes(sent)).toEqual([]);
  });

  it("an unchanged role and client ask nobody", async () => {
    const run = world.newRun();
    const role = (await checkRole(run)).inputs;
    const client = (await checkClient(run)).inputs;
    requests();
    const later = world.newRun();
    await checkRole(later, {}, role);
    await checkClient(later, {}, client);
    expect(requests()).toEqual([]);
  });

  test.each([
    ["a wildcard in its actions", ["oauth:client:*"]],
    ["a wildcard in its entities", ["oauth:*:*"]],
    ["a wildcard in its entities alone", ["oauth:*:add", "oauth:*:view"]],
  ])("holds them by %s too", async (_name, permissions) => {
    world.simulator.organization.seed({ roles: [{ id: deployerRoleId, permissions }] });
    await expect(
      checkClient(world.newRun(), { roleDivisions: [] as never[], authorizedGrantType: "PASSWORD" }),
    ).resolves.toMatchObject({
      failures: [],
    });
  });
});

/** More than a rotation, which is checked no further (see the last group). */
const replaced = { generation: 1, description: "new" };

describe("a deployer that lacks permissions", () => {
  test.each([
    ["authorization:role:add", (run: ProviderRun) => checkRole(run)],
    ["authorization:grant:add", (run: ProviderRun) => checkRole(run)],
    ["authorization:role:edit", (run: ProviderRun) => checkRole(run, { description: "new" }, roleInputs())],
    [
      "authorization:grant:add",
      (run: ProviderRun) => checkRole(run, { deployerDivisions: ["*"] }, roleInputs()),
    ],
    ["oauth:client:add", (run: ProviderRun) => checkClient(run)],
    ["oauth:client:edit", (run: ProviderRun) => checkClient(run, { description: "new" }, clientInputs())],
    ["oauth:client:delete", (run: ProviderRun) => checkClient(run, replaced, clientInputs())],
    ["oauth:client:view", (run: ProviderRun) => checkClient(run, replaced, clientInputs())],
  ] as const)("%s is told by an update's check, before any write", async (permission, check) => {
    withhold(permission);
    await expect(check(world.newRun())).rejects.toMatchObject({
      code: "DEPLOYER_PERMISSIONS",
      message: expect.stringMatching(
        new RegExp(
          `^Checking .*: the deployer "credentials-deployer" \\(${deployerClientId}\\) lacks ${permission}; nothing was written`,
        ),
      ) as string,
    });
    expect(writes(requests())).toEqual([]);
  });

  it("all that is missing is in one error, with the role to give", async () => {
    world.simulator.organization.seed({
      roles: [{ id: deployerRoleId, permissions: ["usage:client:view"] }],
    });
    const run = world.newRun({ reconcile: true });
    const failure = await checkRole(run).catch((error: unknown) => error as Error);
    const { message } = failure as Error;
    expect(message).toMatch(
      /lacks authorization:grant:add, authorization:role:add, authorization:role:view; nothing was written/,
    );
    const pasted = /permissions: \[([^\]]+)\]/.exec(message)?.[1]?.split(", ") ?? [];
    expect(pasted).toEqual(
      expect.arrayContaining(
        deployerPermissions.filter(
          (one) => /^(oauth|authorization):/.test(one) && !one.endsWith("grant:view"),
        ),
      ),
    );
    expect(message).toMatch(/other steps will also need .*oauth:client:add/);

    // The role that the message names is enough for everything.
    world.simulator.organization.seed({ roles: [{ id: deployerRoleId, permissions: pasted }] });
    const right = world.newRun();
    const checked = await checkRole(right);
    const role = await right.roles.create(checked.inputs as unknown as RoleInputs);
    const client = clientInputs({ roleDivisions: [{ roleId: role.id, division: "home" }] });
    await right.oauthClients.check({}, asInputs(client));
    const made = await right.oauthClients.create(client);
    await right.oauthClients.delete(made.id, recordedClient(made.outs));
    await right.roles.delete(role.id, recordedRole(role.outs));
  });

  it("what a step does not need is not asked for", async () => {
    withhold(
      "authorization:grant:add",
      "authorization:role:edit",
      "oauth:client:delete",
      "authorization:grant:delete",
    );
    await checkRole(world.newRun(), { grantToDeployer: false });
    await checkClient(world.newRun());
    withhold("authorization:role:view", "oauth:client:view");
    const own = { roleDivisions: [{ roleId: employeeRoleId, division: "home" }] };
    await checkClient(world.newRun({ reconcile: false }), own);
    await checkRole(world.newRun({ reconcile: false }));
  });

  it("a deletion is refused before the client is deactivated", async () => {
    const run = world.newRun();
    const { id, outs } = await run.oauthClients.create(clientInputs());
    withhold("oauth:client:delete");
    requests();
    await expect(world.newRun().oauthClients.delete(id, recordedClient(outs))).rejects.toThrow(
      /lacks oauth:client:delete/,
    );
    expect(writes(requests())).toEqual([]);
    expect((await run.session.oauthClients.get(id)).state).toBe("active");
  });
});

describe("a role that the deployer does not hold", () => {
  const admin = { roleDivisions: [{ roleName: "admin", division: "home" }] };

  it("cannot be handed out, which is told by an update's check", async () => {
    await expect(checkClient(world.newRun(), admin)).rejects.toMatchObject({
      code: "DEPLOYER_PERMISSIONS",
      message: expect.stringMatching(
        /does not hold the role "admin", which it is to hand out.*give it that role/,
      ) as string,
    });
    expect(writes(requests())).toEqual([]);
  });

  it("is told together with permissions that are missing", async () => {
    withhold("oauth:client:add");
    await expect(checkClient(world.newRun(), admin)).rejects.toThrow(
      /lacks oauth:client:add and does not hold the role "admin"/,
    );
  });

  it("is no matter once it is held, in whatever division, or was handed out before", async () => {
    await checkClient(world.newRun(), { ...admin, description: "new" }, clientInputs(admin));
    world.simulator.organization.seed({
      grants: [{ subjectId: deployerClientId, roleId: adminRoleId, divisionId: homeDivisionId }],
    });
    await checkClient(world.newRun(), admin);
  });

  it("but is held by a grant is refused to nobody, where grants and the roles of clients are two stores", async () => {
    world.simulator.organization.seed({
      grants: [{ subjectId: deployerClientId, roleId: adminRoleId, divisionId: homeDivisionId }],
    });
    world.simulator.faults.arm({
      match: { path: "/tokens/me" },
      kind: "status",
      status: 200,
      body: {
        organization: { id: organizationId },
        OAuthClient: {
          id: deployerClientId,
          roleDivisions: [{ roleId: deployerRoleId, divisionId: homeDivisionId }],
        },
      },
      times: "always",
    });
    await expect(checkClient(world.newRun(), admin)).resolves.toMatchObject({ failures: [] });
    expect(world.notices).toEqual([]);
  });
});

describe("where it cannot be told what the deployer holds, Genesys decides", () => {
  test.each([
    [
      "no policies are told, even to those who ask for them",
      () => {
        world.simulator.organization.setSwitches({ grantPolicies: "never" });
      },
    ],
    [
      "grants and roles of clients are two stores",
      () => {
        world.simulator.organization.setSwitches({ separateGrantStores: true });
      },
    ],
    [
      "Genesys refuses to tell",
      () => {
        strike({ kind: "status", status: 403 });
      },
    ],
    [
      "Genesys knows no such request",
      () => {
        strike({ kind: "status", status: 404 });
      },
    ],
    [
      "the answer has another shape",
      () => {
        strike({ kind: "status", status: 200, body: { grants: [{ role: { id: deployerRoleId } }] } });
      },
    ],
    [
      "the answer has no grants",
      () => {
        strike({ kind: "status", status: 200, body: {} });
      },
    ],
    [
      "the answer is a proxy's page",
      () => {
        strike({ kind: "html" });
      },
    ],
    [
      "every role is described without any policy",
      () => {
        const grants = [deployerRoleId, employeeRoleId].map((id) => ({
          role: { id, policies: [], default: false },
        }));
        strike({ kind: "status", status: 200, body: { grants } });
      },
    ],
    [
      "a default role is described without policies",
      () => {
        strike({
          kind: "status",
          status: 200,
          body: {
            grants: [
              { role: { id: deployerRoleId, policies: [], default: true } },
              { role: { id: employeeRoleId, policies: [] } },
            ],
          },
        });
      },
    ],
  ])("%s", async (_name, arrange) => {
    withhold("oauth:client:add");
    arrange();
    const run = world.newRun();
    await expect(checkClient(run)).resolves.toMatchObject({ failures: [] });
    await checkRole(run);
    expect(world.notices.filter((line) => !line.startsWith("Waiting "))).toEqual([
      expect.stringMatching(
        new RegExp(
          `^Notice: what the deployer "credentials-deployer" \\(${deployerClientId}\\) may do was not compared with what this run needs\\. ` +
            "Nothing is refused for that: Genesys's own answer decides.* Reason: .*[^…]$",
        ),
      ),
    ]);
  });

  it("and a role of the deployer that cannot be read may be the one that is to be handed out", async () => {
    world.simulator.faults.arm({
      match: { path: "/tokens/me" },
      kind: "status",
      status: 200,
      body: {
        organization: { id: organizationId },
        OAuthClient: {
          id: deployerClientId,
          roleDivisions: [
            { roleId: deployerRoleId, divisionId: null },
            { roleId: "r", divisionId: "d" },
          ],
        },
      },
      times: "always",
    });
    const admin = { roleDivisions: [{ roleName: "admin", division: "home" }] };
    await expect(checkClient(world.newRun(), admin)).resolves.toMatchObject({ failures: [] });
    expect(world.notices).toEqual([
      expect.stringMatching(/was not compared .*1 of its roles cannot be read/),
    ]);
  });

  it.each([
    ["are not told", { status: 403 }],
    ["are told with one that cannot be read", { status: 200, body: { grants: [null] } }],
  ])("and a role that is to be handed out may be among its grants where they %s", async (_name, answer) => {
    strike({ kind: "status", ...answer });
    const admin = { roleDivisions: [{ roleName: "admin", division: "home" }] };
    await expect(checkClient(world.newRun(), admin)).resolves.toMatchObject({ failures: [] });
    expect(world.notices).toEqual([expect.stringMatching(/was not compared /)]);
  });

  it("and a role that is told to have general permissions may allow more than its policies", async () => {
    withhold("oauth:client:add");
    const policies = [{ domain: "oauth", entityName: "client", actions: ["view"] }];
    const grants = (permissions: unknown) => ({
      grants: [deployerRoleId, employeeRoleId].map((id) => ({
        role: { id, policies, default: false, permissions },
      })),
    });
    strike({ kind: "status", status: 200, body: grants(["admin"]) });
    await expect(checkClient(world.newRun())).resolves.toMatchObject({ failures: [] });
    expect(world.notices).toHaveLength(1);
    world.simulator.faults.clear();
    strike({ kind: "status", status: 200, body: grants([]) });
    await expect(checkClient(world.newRun())).rejects.toThrow(/lacks .*oauth:client:add/);
  });

  it("says nothing where everything that is needed is told, or nothing is needed", async () => {
    const policies = [{ domain: "*", entityName: "*", actions: ["*"] }];
    strike({
      kind: "status",
      status: 200,
      body: { grants: [{ role: { id: deployerRoleId, policies } }, { role: { id: employeeRoleId } }] },
    });
    const { inputs } = await checkClient(world.newRun());
    world.simulator.faults.clear();
    world.simulator.organization.setSwitches({ grantPolicies: "never" });
    await checkClient(world.newRun(), {}, inputs);
    expect(world.notices).toEqual([]);
  });

  it.each(["always", "whenAsked"] as const)("where policies are told %s, they are compared", async (when) => {
    world.simulator.organization.setSwitches({ grantPolicies: when });
    withhold("oauth:client:add");
    await expect(checkClient(world.newRun())).rejects.toThrow(/lacks oauth:client:add/);
    expect(world.notices).toEqual([]);
  });

  it("or where the comparison is switched off", async () => {
    withhold("oauth:client:add");
    requests();
    await checkClient(world.newRun({ checksDeployer: false }), {
      roleDivisions: [{ roleName: "admin", division: "home" }],
    });
    expect(requests().filter((request) => request.includes("/subjects/me"))).toEqual([]);
  });

  function strike(spec: object): void {
    world.simulator.faults.arm({
      ...(spec as { kind: "status" }),
      match: { path: "/subjects/me" },
      times: "always",
    });
  }
});

describe("in a preview, whose client may be one that only looks", () => {
  const isPreview = { isPreview: true };
  const admin = { roleDivisions: [{ roleName: "admin", division: "home" }] };
  const noticesOfLack = (): string[][] =>
    world.notices
      .flatMap(planNoticesIn)
      .filter(({ code }) => code === "DEPLOYER_LACKS")
      .map(({ items }) => [...items]);

  it("what is missing is told once, and nothing is refused", async () => {
    world.simulator.organization.seed({
      roles: [{ id: deployerRoleId, permissions: [...previewPermissions()] }],
    });
    const run = world.newRun();
    const role = await run.roles.check({}, { ...roleInputs(), ...isPreview });
    await run.roles.check({}, { ...roleInputs({ name: "second", owner: "p/s/second" }), ...isPreview });
    const client = await run.oauthClients.check({}, { ...clientInputs(admin), ...isPreview });
    expect([role.failures, client.failures]).toEqual([[], []]);
    expect(noticesOfLack()).toEqual([
      ["authorization:grant:add", "authorization:role:add"],
      ["oauth:client:add", 'the role "admin", which it is to hand out'],
    ]);
    expect(writes(requests())).toEqual([]);
  });

  it("nobody keeps that it was one", async () => {
    const run = world.newRun();
    const { inputs } = await run.roles.check({}, { ...roleInputs(), ...isPreview });
    expect(inputs).not.toHaveProperty("isPreview");
    const again = world.newRun();
    await again.roles.check(inputs, { ...roleInputs(), ...isPreview });
    expect(again.session.isPreview).toBe(true);
  });

  it("which a later update in the same process is not", async () => {
    withhold("authorization:role:add");
    const run = world.newRun();
    await run.roles.check({}, { ...roleInputs(), ...isPreview });
    await expect(checkRole(run)).rejects.toThrow(/lacks authorization:role:add; nothing was written/);
  });

  it("a long list of names is told in lines that can be read again", async () => {
    withhold(...deployerPermissions);
    const run = world.newRun();
    run.session.isPreview = true;
    const roles = Array.from({ length: 20 }, (_, index) => ({
      id: `role-${index}`,
      name: `"[${index}],` + "x".repeat(90),
    }));
    await requirePermissions(run.session, "Checking", [{ object: "OAuth client", kind: "replace" }], roles);
    expect(
      noticesOfLack()
        .flat()
        .filter((item) => item.startsWith("oauth:")),
    ).toHaveLength(4);
    expect(
      noticesOfLack()
        .flat()
        .some((item) => item.includes('"[19],')),
    ).toBe(true);
  });
});

it("an error in the middle of an update does not claim that nothing was written", async () => {
  const run = world.newRun();
  await run.oauthClients.create(clientInputs());
  withhold("authorization:role:add");
  await expect(checkRole(run)).rejects.toThrow(/lacks authorization:role:add; nothing more was written\. /);
});
