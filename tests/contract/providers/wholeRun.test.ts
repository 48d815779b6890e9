// What a whole run takes of the deployer is compared while the stack's identity is checked, for which everything else waits.
import { StackIdentityProvider } from "../../../providers/stackIdentity/provider";
import type { DeployerSettings } from "../../../genesys/settings";
import { deployerPermissions, deployerRoleId, organizationId } from "../../../sandbox/genesys/seed";
import { createProviderWorld, type ProviderWorld } from "../../providerWorld";

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});
afterEach(() => world.stop());

const organization = { id: organizationId };
const formerly = { roles: {}, credentials: {} };
const none = { organization, roles: {}, credentials: {}, generations: {}, formerly };
const both = {
  ...none,
  roles: { reader: "reader" },
  credentials: { report: "genesys/dev/report" },
  generations: { report: 0 },
};
const making = {
  stack: "genesys-credentials/dev",
  roles: { reader: { adopts: false, grants: true } },
  credentials: { report: { adopts: false, roleNames: [] as string[], hasIntegrationCredential: false } },
};

function allowOnly(...permissions: string[]): void {
  world.simulator.organization.seed({ roles: [{ id: deployerRoleId, permissions }] });
}

function check(olds: object, news: object, settings: Partial<DeployerSettings> = {}) {
  const { session } = world.newRun(settings);
  return new StackIdentityProvider(() => session).check({ ...olds }, { ...news });
}

const requests = (): number => world.simulator.requestLog.count();

/** The objects of both entries, as the stack made them; marks of before stacks had an identity name none. */
function makeBoth({ maker, state = "active" }: { maker: string; state?: "active" | "inactive" }): void {
  world.simulator.organization.seed({
    roles: [{ id: "live-role", name: "reader", description: `[pulumi:${maker}/reader#0:aaaaaaaaaaaa]` }],
    clients: [
      {
        id: "live-client",
        name: "report-dev-a",
        description: `[pulumi:${maker}/report#0:bbbbbbbbbbbb]`,
        authorizedGrantType: "CLIENT-CREDENTIALS",
        state,
        ...(state === "inactive" ? { dateToDelete: "2030-01-01T00:00:00Z" } : {}),
      },
    ],
  });
}

it("names everything that comes in one error", async () => {
  allowOnly("usage:client:view");
  await expect(check({}, { ...both, making })).rejects.toMatchObject({
    code: "DEPLOYER_PERMISSIONS",
    message: expect.stringMatching(
      /^Checking what this run needs: .* lacks authorization:grant:add, authorization:role:add, authorization:role:view, oauth:client:add, oauth:client:view; nothing was written\. Remedy: .*authorization:role:add/,
    ) as string,
  });
});

it.each([
  ["a role that goes", both, { ...both, roles: {} }, "authorization:role:delete, authorization:role:view"],
  [
    "a credential that goes",
    both,
    { ...both, credentials: {}, generations: {} },
    "oauth:client:delete, oauth:client:edit, oauth:client:view",
  ],
  [
    "an integration credential that comes with its credential",
    none,
    {
      ...both,
      roles: {},
      making: {
        ...making,
        credentials: { report: { ...making.credentials.report, hasIntegrationCredential: true } },
      },
    },
    "integrations:integration:add, integrations:integration:edit, integrations:integration:view, oauth:client:add, oauth:client:view",
  ],
])("%s", async (_name, olds, news, lacking) => {
  allowOnly("usage:client:view");
  await expect(check(olds, { making, ...news })).rejects.toThrow(` lacks ${lacking}; nothing was written`);
});

it("a credential that takes a client over asks for no permission to make one", async () => {
  allowOnly("oauth:client:view", "oauth:client:edit");
  const adopting = {
    ...making,
    credentials: { report: { ...making.credentials.report, adopts: true } },
    roles: {},
  };
  await expect(check({}, { ...both, roles: {}, making: adopting })).resolves.toMatchObject({ failures: [] });
});

it("an existing role that the deployer does not hold is told with it", async () => {
  allowOnly(...deployerPermissions.filter((permission) => permission !== "oauth:client:add"));
  const handing = {
    ...making,
    roles: {},
    credentials: { report: { ...making.credentials.report, roleNames: ["admin"] } },
  };
  await expect(
    check({}, { ...both, roles: {}, existingRoles: [{ name: "admin" }], making: handing }),
  ).rejects.toThrow(/ lacks oauth:client:add and does not hold the role "admin", which it is to hand out/);
});

it.each([
  ["nothing that comes or goes", both, both],
  ["a rotation", both, { ...both, generations: { report: 1 } }],
  [
    "keys that were renamed",
    both,
    {
      ...both,
      roles: { readers: "reader" },
      credentials: { reports: "genesys/dev/report" },
      generations: { reports: 0 },
      formerly: { roles: { readers: "reader" }, credentials: { reports: "report" } },
    },
  ],
  ["a program that tells nothing of it", {}, { ...both, making: undefined }],
])("%s: nobody is asked", async (_name, olds, news) => {
  allowOnly("usage:client:view");
  world.simulator.requestLog.clear();
  await expect(check(olds, { making, ...news })).resolves.toMatchObject({ failures: [] });
  expect(requests()).toBe(0);
});

describe("where Genesys tells what is there", () => {
  const identity = "0123456789abcdef";
  beforeEach(() => {
    allowOnly("authorization:role:view", "oauth:client:view");
  });

  it.each([
    ["a stack of before stacks had an identity, which has what seems to come", {}, both, "p/s"],
    ["a credential that was recovered in part", { ...both, credentials: {}, generations: {} }, both, "p/s"],
    ["the same with today's marks", {}, both, `${identity}/p/s`],
  ])("%s: nothing is refused", async (_name, olds, news, maker) => {
    makeBoth({ maker });
    await expect(check(olds, { making: { ...making, stack: "p/s" }, ...news })).resolves.toMatchObject({
      failures: [],
    });
  });

  it.each([
    ["that an interrupted run never made", () => undefined],
    [
      "that another stack made under the same key",
      () => {
        makeBoth({ maker: "p/other" });
      },
    ],
  ])("what goes %s needs no permission to delete it", async (_name, arrange) => {
    arrange();
    await expect(check(both, { ...none, making: { ...making, stack: "p/s" } })).resolves.toMatchObject({
      failures: [],
    });
  });

  it("nor does a client that waits for its deletion", async () => {
    makeBoth({ maker: "p/s", state: "inactive" });
    await expect(
      check({ ...both, roles: {} }, { ...none, making: { ...making, stack: "p/s" } }),
    ).resolves.toMatchObject({ failures: [] });
  });

  it("what goes and is there, and what comes and is not, is named", async () => {
    makeBoth({ maker: "p/s" });
    const other = { roles: { other: "other" }, credentials: { other: "other" }, generations: { other: 0 } };
    const made = {
      stack: "p/s",
      roles: { other: making.roles.reader },
      credentials: { other: making.credentials.report },
    };
    await expect(check(both, { ...none, ...other, making: made })).rejects.toThrow(
      " lacks authorization:grant:add, authorization:role:add, authorization:role:delete, oauth:client:add, oauth:client:delete, oauth:client:edit; nothing was written",
    );
  });

  it("and nobody is asked for it where nothing is missing", async () => {
    allowOnly(...deployerPermissions);
    world.simulator.requestLog.clear();
    await check({}, { ...both, making });
    expect(world.simulator.requestLog.entries.map(({ path }) => path.split("?")[0])).toEqual([
      "/oauth/token",
      "/api/v2/tokens/me",
      "/api/v2/authorization/subjects/me",
    ]);
  });
});

it("what keeps the deployer from signing in is left to those who tell it in full", async () => {
  const credentials = { clientId: "00000000-0000-4000-8000-00000000beef", clientSecret: "canary-wrong" };
  await expect(check({}, { ...both, making }, { credentials })).resolves.toMatchObject({ failures: [] });
});

it("nothing is compared where that is switched off, and nothing that was told is kept", async () => {
  allowOnly("usage:client:view");
  world.simulator.requestLog.clear();
  const { inputs } = await check({}, { ...both, making, isPreview: true }, { checksDeployer: false });
  expect(requests()).toBe(0);
  expect(Object.keys(inputs).sort()).toEqual(["credentials", "generations", "organization", "roles"]);
});

it("who deployed is on record, and is no holder of a role that somebody else loses", async () => {
  const { session } = world.newRun();
  const provider = new StackIdentityProvider(() => session);
  const { id, outs } = await provider.create({ ...both });
  expect(outs).toMatchObject({ deployerClientId: session.deployerClientId });
  const read = await provider.read(id, outs as never);
  expect(read.inputs).not.toHaveProperty("deployerClientId");
});
