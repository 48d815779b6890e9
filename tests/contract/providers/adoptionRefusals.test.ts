// What a preview says of an adoption: every refusal before anything is written, and what the live client will lose or gain.
import { parseMarker } from "../../../genesys/marker";
import {
  deployerClientId,
  deployerPermissions,
  deployerRoleId,
  employeeRoleId,
  homeDivisionId,
} from "../../../sandbox/genesys/seed";
import { unknownValue } from "@pulumi/pulumi/runtime";
import type { OAuthClientInputs } from "../../../providers/oauthClient/record";
import { clientInputs, createProviderWorld, type ProviderWorld } from "../../providerWorld";
import {
  adopting,
  handMadeId,
  handMadeRoleId,
  handMadeSecret,
  mints,
  refusalOf,
  requestsOf,
  seedHandMade,
  writesOf,
} from "./adoptionScene";

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
  seedHandMade(world);
});
afterEach(async () => {
  await world.stop();
});

const unknownId = "c1000000-0000-4000-8000-0000000000ff";

/** A change of the organisation or of the declaration, and what is said about it. */
interface Refusal {
  readonly name: string;
  readonly arrange?: () => void;
  readonly inputs?: Partial<OAuthClientInputs>;
  readonly said: RegExp;
}

const change = (changes: object): void => {
  world.simulator.organization.seed({ clients: [{ id: handMadeId, ...changes }] });
};

const refusals: readonly Refusal[] = [
  {
    name: "a client that does not exist",
    inputs: { adopt: { clientId: unknownId, secret: "keep" } },
    said: /no live OAuth client .*00ff exists in this organisation; correct adopt\.clientId, or remove adopt/,
  },
  {
    name: "a client that was deleted",
    arrange: () => {
      change({ deleted: true });
    },
    said: /no live OAuth client/,
  },
  {
    name: "a client that was deleted and is still listed",
    arrange: () => {
      world.simulator.organization.setSwitches({ getAfterDelete: "deleted" });
      change({ deleted: true });
    },
    said: /no live OAuth client/,
  },
  {
    name: "a client of another stack",
    arrange: () => {
      change({ description: "x [pulumi:genesys-credentials/prod/nightly-report#0:0123456789ab]" });
    },
    said: /belongs to genesys-credentials\/prod\/nightly-report, generation 0, as its description says/,
  },
  {
    name: "a client of another credential of this stack",
    arrange: () => {
      change({ description: "[pulumi:genesys-credentials/dev/other#0:0123456789ab]" });
    },
    said: /belongs to genesys-credentials\/dev\/other/,
  },
  {
    name: "a later client of the same credential",
    arrange: () => {
      change({ description: "[pulumi:genesys-credentials/dev/nightly-report#1:0123456789ab]" });
    },
    said: /belongs to genesys-credentials\/dev\/nightly-report, generation 1/,
  },
  {
    name: "the deployer",
    inputs: { adopt: { clientId: deployerClientId, secret: "keep" } },
    said: /is the deployer that this run signs in with, which a rotation would delete/,
  },
  {
    name: "another grant type",
    arrange: () => {
      change({ authorizedGrantType: "CODE" });
    },
    said: /has the grant type CODE and CLIENT-CREDENTIALS is declared/,
  },
  {
    name: "a disabled client",
    arrange: () => {
      change({ state: "disabled" });
    },
    said: /is disabled, which Genesys alone does and undoes/,
  },
];

describe.each(refusals)("$name", ({ arrange, inputs = {}, said }) => {
  it.each(["keep", "regenerate"] as const)(
    "is refused at the preview, and by the update: %s",
    async (secret) => {
      arrange?.();
      const declared = adopting(secret, inputs);
      const adopt = { ...declared.adopt!, secret };
      const before = JSON.stringify(world.simulator.organization.describe());
      const [reason, ...more] = await refusalOf(world.newRun(), { ...declared, adopt });
      expect(more).toEqual([]);
      expect(reason).toMatch(said);
      expect(reason).toMatch(/ \[ADOPTION_REFUSED\]$/);
      await expect(world.newRun().oauthClients.create({ ...declared, adopt })).rejects.toMatchObject({
        code: "ADOPTION_REFUSED",
        message: expect.stringMatching(said),
      });
      expect(writesOf(world)).toEqual([]);
      expect(shapeOf(JSON.stringify(world.simulator.organization.describe()))).toBe(shapeOf(before));
      expect(world.notices).toEqual([]);
    },
  );
});

/** Tokens come and go with each run. */
function shapeOf(described: string): string {
  return described.replaceAll(/"liveTokens":\d+/g, "");
}

describe("what is taken over", () => {
  it("may carry this credential's own marker: an interrupted run left it", async () => {
    const run = world.newRun();
    await run.oauthClients.create(adopting("keep"));
    expect(await refusalOf(world.newRun(), adopting("keep"))).toEqual([]);
    const { id } = await world.newRun().oauthClients.create(adopting("keep"));
    expect(id).toBe(handMadeId);
    const { description } = await run.session.oauthClients.get(id);
    expect(parseMarker(description)).toMatchObject({ generation: 0 });
    expect(description?.match(/\[pulumi:/g)).toHaveLength(1);
  });

  it("may be told in another spelling of the grant type, or without one", async () => {
    const run = world.newRun();
    const list = run.session.oauthClients.list.bind(run.session.oauthClients);
    run.session.oauthClients.list = async () =>
      (await list()).map((client) => ({ ...client, authorizedGrantType: "CLIENT_CREDENTIALS" }));
    expect(await refusalOf(run, adopting("keep"))).toEqual([]);
    const older = world.newRun();
    older.session.oauthClients.list = async () =>
      (await list()).map((client) => ({ ...client, authorizedGrantType: undefined }));
    expect(await refusalOf(older, adopting("keep"))).toEqual([]);
  });
});

describe("the preview of an adoption", () => {
  it("asks for a client that is listed without grant types and roles, instead of telling that it gains what it holds", async () => {
    const inputs = adopting("keep");
    const run = world.newRun();
    const list = run.session.oauthClients.list.bind(run.session.oauthClients);
    await refusalOf(world.newRun(), inputs);
    const told = world.notices.splice(0);
    run.session.oauthClients.list = async () => (await list()).map(({ id, name }) => ({ id, name }) as never);
    expect(await refusalOf(run, inputs)).toEqual([]);
    expect(world.notices).toEqual(told);
  });

  it("says what changes in the live client", async () => {
    expect(await refusalOf(world.newRun(), adopting("keep"))).toEqual([]);
    expect(world.notices).toEqual([
      `Adopting OAuth client "Nightly Report" (${handMadeId}) changes name "Nightly Report" -> "nightly-report-dev-a"; ` +
        'description "Made by hand" -> "Nightly report"; access token validity "86400 s" -> "3600 s"; roles, as told below; and marks its description.',
      `Adopting OAuth client ${handMadeId}: it loses role "Reporting Reader" in division "Sales".`,
    ]);
  });

  it("announces no change of what a client without people keeps, as its scopes", async () => {
    await refusalOf(world.newRun(), adopting("keep"));
    const told = world.notices.splice(0);
    const run = world.newRun();
    const list = run.session.oauthClients.list.bind(run.session.oauthClients);
    const kept = { scope: ["users"], registeredRedirectUri: ["https://app.example.com/"] };
    run.session.oauthClients.list = async () => (await list()).map((client) => ({ ...client, ...kept }));
    await refusalOf(run, adopting("keep"));
    expect(world.notices).toEqual(told);
  });

  it("says so when nothing changes but the description", async () => {
    const inputs = adopting("keep", {
      name: "Nightly Report",
      description: "Made by hand",
      accessTokenValiditySeconds: 86_400,
      roleDivisions: [
        { roleName: "employee", division: "home" },
        { roleId: handMadeRoleId, division: "Sales" },
      ],
    });
    await refusalOf(world.newRun(), inputs);
    expect(world.notices).toEqual([
      `Adopting OAuth client "Nightly Report" (${handMadeId}) changes nothing but its description, which is marked.`,
    ]);
  });

  it("tells the present roles where the declared ones are not known yet", async () => {
    await refusalOf(
      world.newRun(),
      adopting("keep", { roleDivisions: [{ roleId: unknownValue, division: "home" }] }),
    );
    expect(world.notices).toHaveLength(1);
    expect(world.notices[0]).toMatch(
      /and marks its description\. It holds role "employee" in the home division, role "Reporting Reader" in division "Sales" now; the roles of this update are compared when it runs\.$/,
    );
  });

  it("warns beforehand that the present secret dies, and changes nothing yet", async () => {
    const run = world.newRun();
    await refusalOf(run, adopting("regenerate"));
    expect(world.notices.at(-1)).toMatch(
      new RegExp(
        `^Warning: the present secret of OAuth client ${handMadeId} dies at once when the update runs`,
      ),
    );
    expect(await mints(run, handMadeId, handMadeSecret)).toBe(true);
    expect(writesOf(world)).toEqual([]);
  });

  it("asks for the list of clients once, however many are adopted", async () => {
    const ids = [1, 2, 3].map((index) => `c2000000-0000-4000-8000-00000000000${index}`);
    world.simulator.organization.seed({
      clients: ids.map((id) => ({
        id,
        name: `Client ${id}`,
        roleDivisions: [{ roleId: employeeRoleId, divisionId: homeDivisionId }],
      })),
    });
    const run = world.newRun();
    for (const [index, clientId] of ids.entries()) {
      const owner = `genesys-credentials/dev/c${index}`;
      await refusalOf(run, clientInputs({ owner, adopt: { clientId, secret: "keep" } }));
    }
    const sent = requestsOf(world);
    expect(sent.filter((request) => request === "GET /api/v2/oauth/clients")).toHaveLength(1);
    expect(sent.filter((request) => request.includes("/limits/"))).toEqual([]); // no client is made
    expect(sent.filter((request) => /oauth\/clients\/./.test(request))).toEqual([]);
  });

  it("asks for a client that is too young for the list by its id", async () => {
    const run = world.newRun();
    await run.session.clientsAtStart();
    const youngId = "c1000000-0000-4000-8000-0000000000aa";
    world.simulator.organization.seed({ clients: [{ id: youngId, name: "Young" }] });
    expect(await refusalOf(run, adopting("keep", { adopt: { clientId: youngId, secret: "keep" } }))).toEqual(
      [],
    );
  });

  it("needs the permissions to view and edit clients, not to make them", async () => {
    const withhold = (permission: string): void => {
      world.simulator.organization.seed({
        roles: [{ id: deployerRoleId, permissions: deployerPermissions.filter((one) => one !== permission) }],
      });
    };
    withhold("oauth:client:add");
    expect(await refusalOf(world.newRun(), adopting("regenerate"))).toEqual([]);
    withhold("oauth:client:edit");
    await expect(refusalOf(world.newRun(), adopting("regenerate"))).rejects.toThrow(
      /lacks oauth:client:edit;/,
    );
  });

  it("tells of a difference that is cut away, too", async () => {
    const long = "d".repeat(100);
    change({ description: `${long} one` });
    await refusalOf(world.newRun(), adopting("keep", { description: `${long} two` }));
    expect(world.notices[0]).toContain(`description "${"d".repeat(60)}…" -> "${"d".repeat(60)}…"`);
  });

  it("cuts long texts of others, so that nothing after them is lost", async () => {
    change({ name: "n".repeat(200), description: "d".repeat(400) });
    await refusalOf(world.newRun(), adopting("keep", { description: "e".repeat(400) }));
    expect(world.notices[0]).toMatch(
      /access token validity "86400 s" -> "3600 s"; roles, as told below; and marks its/,
    );
  });

  it("shows no control character of a foreign name, and no secret", async () => {
    change({ name: "Report\u001b[2J\nWarning: forged" });
    await refusalOf(world.newRun(), adopting("keep"));
    expect(world.notices.join("")).not.toMatch(/[\u0000-\u001f]/);
    expect(world.notices.join("")).not.toContain(handMadeSecret);
  });

  it.each([
    ["no secret", { clientId: handMadeId }],
    ["another word for the secret", { clientId: handMadeId, secret: "forget" }],
    ["no client id", { secret: "keep" }],
    ["a text", handMadeId],
  ])("refuses the form of an adoption with %s", async (_name, adopt) => {
    const failures = await refusalOf(world.newRun(), clientInputs({ adopt: adopt as never }));
    expect(failures).toEqual(["adopt must hold clientId, and secret: keep or regenerate"]);
    expect(requestsOf(world)).toEqual([]);
  });
});
