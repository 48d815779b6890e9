// `adopt` of what Genesys allows and the usual declaration does not: long tokens of SCIM, general permissions, permissions that are not listed.
import { parse } from "yaml";
import { declarationsInFile } from "../../../cli/stackFile/stackDeclarations";
import { StackDocument } from "../../../cli/stackFile/stackDocument";
import { employeeRoleId, homeDivisionId } from "../../../sandbox/genesys/seed";
import { someProject } from "../../unit/cli/cliFolder";
import { type CliWorld, createCliWorld } from "./cliWorld";

const stackFile = "config:\n  aws:region: eu-west-1\n";
const roleId = "7a000000-0000-4000-8000-00000000000a";
const clientId = "c2000000-0000-4000-8000-00000000bbbb";

let world: CliWorld;
beforeEach(async () => {
  world = await createCliWorld(stackFile);
  world.deployed([]);
});
afterEach(() => world.stop());

type Seed = Parameters<CliWorld["simulator"]["organization"]["seed"]>[0];
type RoleSeed = NonNullable<Seed["roles"]>[number];

const seedRole = (role: Omit<RoleSeed, "id">): void => {
  world.simulator.organization.seed({ roles: [{ id: roleId, name: "Reader", ...role }] });
};

/** The entry that was added, whose file a preview can read. */
function added(kind: "roles" | "credentials", key: string): unknown {
  const text = world.read();
  declarationsInFile(StackDocument.parse("Pulumi.dev.yaml", text, { project: someProject }), "dev");
  const { config } = parse(text) as { config: Record<string, Record<string, unknown>> };
  return config[`genesys-credentials:${kind}`]?.[key];
}

it("a client whose tokens live 450 days is written with usedFor: scim, and that is told", async () => {
  world.simulator.organization.seed({
    clients: [
      {
        id: clientId,
        name: "Provisioning",
        secret: "canary-provisioning",
        accessTokenValiditySeconds: 38_880_000,
        roleDivisions: [{ roleId: employeeRoleId, divisionId: homeDivisionId }],
      },
    ],
  });
  expect(await world.run("adopt", "--match", "Provisioning")).toBe(0);
  expect(added("credentials", "provisioning")).toMatchObject({
    accessTokenValiditySeconds: 38_880_000,
    usedFor: "scim",
  });
  expect(world.said.out).toContain(
    "its tokens live as long as Genesys allows for SCIM alone, hence usedFor: scim",
  );
});

describe("a role", () => {
  it("with general permissions is written with them, beside others or alone", async () => {
    seedRole({ permissions: ["routing:queue:view"], generalPermissions: ["group_creation", "employee"] });
    expect(await world.run("adopt", "--match", "Reader")).toBe(0);
    expect(added("roles", "reader")).toEqual({
      name: "Reader",
      permissions: ["routing:queue:view"],
      generalPermissions: ["employee", "group_creation"],
      adopt: { roleId },
    });
  });

  it("that has nothing but general permissions is written without others", async () => {
    seedRole({ permissions: [], generalPermissions: ["employee"] });
    expect(await world.run("adopt", "--match", "Reader")).toBe(0);
    expect(added("roles", "reader")).toEqual({
      name: "Reader",
      generalPermissions: ["employee"],
      adopt: { roleId },
    });
  });

  it("with permissions that the catalogue does not list is written with the word for it, and that is told", async () => {
    seedRole({ permissions: ["routing:queue:view", "workitems:workbin:view"] });
    expect(await world.run("adopt", "--match", "Reader")).toBe(0);
    expect(added("roles", "reader")).toMatchObject({
      permissions: ["routing:queue:view", { permission: "workitems:workbin:view", unlisted: true }],
    });
    expect(world.said.out).toContain(
      "the permission catalogue of the organisation does not list workitems:workbin:view, hence unlisted: true",
    );
  });

  it("with a general permission of which no declaration can have the name is referred to", async () => {
    seedRole({ generalPermissions: ["two words"], permissions: ["routing:queue:view"] });
    expect(await world.run("adopt", "--match", "Reader")).toBe(2);
    expect(world.said.err).toContain("generalPermissions[0]: ");
    expect(world.read()).toBe(stackFile);
  });
});
