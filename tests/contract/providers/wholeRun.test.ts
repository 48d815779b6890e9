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
  const adopting = { credentials: { report: { ...making.credentials.report, adopts: true } }, roles: {} };
  await expect(check({}, { ...both, roles: {}, making: adopting })).resolves.toMatchObject({ failures: [] });
});

it("an existing role that the deployer does not hold is told with it", async () => {
  allowOnly(...deployerPermissions.filter((permission) => permission !== "oauth:client:add"));
  const handing = {
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

it("what keeps the deployer from signing in is left to those who tell it in full", async () => {
  const credentials = { clientId: "00000000-0000-4000-8000-00000000beef", clientSecret: "canary-wrong" };
  await expect(check({}, { ...both, making }, { credentials })).resolves.toMatchObject({ failures: [] });
});

it("nothing is compared where that is switched off, and nothing that was told is kept", async () => {
  allowOnly("usage:client:view");
  const { inputs } = await check({}, { ...both, making, isPreview: true }, { checksDeployer: false });
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
