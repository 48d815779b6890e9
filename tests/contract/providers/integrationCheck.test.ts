// What a preview finds out about an integration credential, and which changes need a new one.
import { unknownValue } from "@pulumi/pulumi/runtime";

import {
  deployerClientId,
  deployerPermissions,
  deployerRoleId,
  organizationId,
} from "../../../sandbox/genesys/seed";
import { integrationInputs } from "../../providerWorld";
import { existingId, fields, IntegrationScene, other } from "./integrationScene";

let scene: IntegrationScene;
beforeEach(async () => {
  scene = await IntegrationScene.create();
});
afterEach(() => scene.stop());

describe("diff", () => {
  const diff = async (olds: object, news: object): Promise<string[]> => {
    const record = { ...integrationInputs(), organizationId };
    const provider = scene.world.newRun().integrationCredentials;
    return (await provider.diff("own-id", { ...record, ...olds }, { ...integrationInputs(), ...news }))
      .replaces;
  };

  it.each<[string, object, object, string[]]>([
    ["nothing", {}, {}, []],
    ["another pair", {}, other, []],
    ["another name", {}, { name: "x" }, []],
    ["its own id, added", {}, { existingId: "OWN-ID" }, []],
    ["its id, no longer declared", { existingId: "own-id" }, {}, []],
    ["another id", {}, { existingId }, ["existingId"]],
    ["another organisation", {}, { organization: { id: "other" } }, ["organization"]],
    ["another type by hand", { credentialType: "basicAuth" }, {}, ["credentialType"]],
  ])("%s", async (_name, olds, news, replaces) => {
    expect(await diff(olds, news)).toEqual(replaces);
  });
});

describe("checking", () => {
  it("sends nothing for what is unchanged, or gets another pair only", async () => {
    const provider = scene.world.newRun().integrationCredentials;
    const inputs = { ...integrationInputs() };
    expect(await provider.check(inputs, inputs)).toMatchObject({ failures: [] });
    expect(await provider.check(inputs, { ...inputs, ...other })).toMatchObject({ failures: [] });
    const unknown = { ...inputs, versionId: unknownValue, secretArn: unknownValue };
    expect(await provider.check(inputs, unknown)).toMatchObject({ failures: [] });
    const former = { ...inputs, clientSecret: "canary-former", secretArn: undefined, versionId: undefined };
    expect(await provider.check(former, inputs)).toMatchObject({ failures: [] });
    expect(scene.world.simulator.requestLog.count()).toBe(0);
    expect(scene.awsRequests()).toEqual([]);
  });

  it.each<[string, object, string, RegExp]>([
    ["no name", { name: " " }, "name", /not empty/],
    ["no client", { clientId: "" }, "clientId", /not empty/],
    ["no secret in AWS", { secretArn: "" }, "secretArn", /not empty/],
    ["a blank version", { versionId: " " }, "versionId", /must be the id of a stored version/],
    ["another type", { credentialType: "basicAuth" }, "credentialType", /must be pureCloudOAuthClient/],
    ["a blank id", { existingId: "" }, "existingId", /must be the id/],
  ])("tells %s before anybody is asked", async (_name, changes, property, reason) => {
    const { failures } = await scene.world
      .newRun()
      .integrationCredentials.check({}, { ...integrationInputs(), ...changes });
    expect(failures).toEqual([{ property: "", reason: expect.stringMatching(reason) }]);
    expect(failures[0]?.reason).toMatch(new RegExp(`^${property} must `));
    expect(scene.world.simulator.requestLog.count()).toBe(0);
  });

  it("tells a name that is somebody else's, and the way to take it over", async () => {
    scene.seedExisting({ name: integrationInputs().name });
    const unknown = { ...integrationInputs(), clientId: unknownValue, versionId: unknownValue };
    const { failures } = await scene.world.newRun().integrationCredentials.check({}, unknown);
    expect(failures).toEqual([
      { property: "", reason: expect.stringContaining(`add id: ${existingId} to take it over`) },
    ]);
  });

  it("offers no id where the other one is of another type", async () => {
    scene.seedExisting({ name: integrationInputs().name, typeName: "basicAuth" });
    const { failures } = await scene.world
      .newRun()
      .integrationCredentials.check({}, { ...integrationInputs() });
    expect(failures[0]?.reason).toMatch(/basicAuth.*write another name$/);
    expect(failures[0]?.reason).not.toContain("add id:");
  });

  it("tells an id that does not fit, once", async () => {
    const provider = scene.world.newRun().integrationCredentials;
    const inputs = { ...integrationInputs({ existingId }) };
    const { failures } = await provider.check({}, inputs);
    expect(failures).toEqual([
      { property: "", reason: expect.stringContaining("no integration credential with the id") },
    ]);
    expect(await provider.check(inputs, { ...inputs, name: "renamed" })).toMatchObject({ failures: [] });
  });

  it.each<[string, object, RegExp]>([
    ["", {}, /it holds the client somebody, which the update replaces\.$/],
    [
      "another stack",
      { description: "x [pulumi:p/prod/x#0:0a]" },
      /made for p\/prod\/x.*write over each other/,
    ],
  ])("says what taking over replaces: a client of %j", async (_name, client, words) => {
    scene.seedExisting();
    scene.world.simulator.organization.seed({ clients: [{ id: "somebody", name: "somebody", ...client }] });
    const { failures } = await scene.world
      .newRun()
      .integrationCredentials.check({}, { ...integrationInputs({ existingId }) });
    expect(failures).toEqual([]);
    expect(scene.world.notices).toEqual([expect.stringMatching(words)]);
  });

  it("says so too where Genesys does not tell the client", async () => {
    scene.world.simulator.organization.setSwitches({ shownCredentialFields: "absent" });
    scene.seedExisting();
    await scene.world.newRun().integrationCredentials.check({}, { ...integrationInputs({ existingId }) });
    expect(scene.world.notices.join()).toContain("it holds a client that Genesys does not tell");
  });

  it("of a rename looks at the new name, and knows its own", async () => {
    const { id, run } = await scene.made();
    scene.seedExisting({ name: "taken" });
    const olds = { ...integrationInputs() };
    const later = scene.world.newRun().integrationCredentials;
    const { failures } = await later.check(olds, { ...olds, name: "taken" });
    expect(failures).toHaveLength(1);
    // The rename reached Genesys, and its answer was lost with the process.
    await run.session.integrationCredentials.update(id, {
      name: "renamed",
      type: { name: "pureCloudOAuthClient" },
      credentialFields: fields,
    });
    const again = await scene.world.newRun().integrationCredentials.check(olds, { ...olds, name: "renamed" });
    expect(again.failures).toEqual([]);
  });

  it("refuses a deployer that lacks a permission, and names it", async () => {
    const permissions = deployerPermissions.filter((one) => !one.startsWith("integrations:"));
    scene.world.simulator.organization.seed({
      roles: [{ id: deployerRoleId, permissions: [...permissions, "integrations:integration:view"] }],
    });
    const check = scene.world.newRun().integrationCredentials.check({}, { ...integrationInputs() });
    await expect(check).rejects.toThrow(
      new RegExp(
        `${deployerClientId}.*lacks integrations:integration:add, integrations:integration:edit; nothing was written.*` +
          "permissions: \\[.*integrations:integration:view.*other steps will also need integrations:integration:delete",
      ),
    );
    expect(scene.live()).toEqual([]);
  });

  it("follows the pages of the list to its end", async () => {
    const integrationCredentials = Array.from({ length: 450 }, (_, index) => ({
      id: `many-${index}`,
      name: index === 449 ? integrationInputs().name : `other ${index}`,
      fields: { clientId: "somebody", clientSecret: "canary-somebody" },
    }));
    scene.world.simulator.organization.seed({ integrationCredentials });
    const { failures } = await scene.world
      .newRun()
      .integrationCredentials.check({}, { ...integrationInputs() });
    expect(failures).toEqual([{ property: "", reason: expect.stringContaining("id: many-449") }]);
    const pages = scene.requests().filter((request) => request.endsWith("/listing"));
    expect(pages).toHaveLength(3);
  });
});
