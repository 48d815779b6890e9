// Commands in a project of another name, with config in Pulumi.yaml, or with environments of Pulumi ESC.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { employeeRoleId, homeDivisionId } from "../../../sandbox/genesys/seed";
import { type CliWorld, createCliWorld } from "./cliWorld";
import { createDoctorWorld, type DoctorWorld, healthyStackFile } from "./doctorWorld";

describe("adopt", () => {
  const stackFile = `config:
  genesys-credentials:credentials:
    nightly-report: { roles: [{ existing: employee }] }
`;
  const readerId = "7a000000-0000-4000-8000-00000000000a";
  let world: CliWorld;
  beforeEach(async () => {
    world = await createCliWorld(stackFile);
  });
  afterEach(() => world.stop());
  const project = (text: string): void => {
    writeFileSync(join(world.folder, "Pulumi.yaml"), text);
  };

  it("knows the objects of this stack by the name of the project", async () => {
    project("name: team\nruntime: nodejs\n");
    const clientOf = (projectName: string, id: string) => ({
      id,
      name: `${projectName} report`,
      description: `Report [pulumi:${projectName}/dev/nightly-report#0:0a1b2c3d4e5f]`,
      secret: "canary-report",
      roleDivisions: [{ roleId: employeeRoleId, divisionId: homeDivisionId }],
    });
    world.simulator.organization.seed({
      clients: [clientOf("team", "client-own"), clientOf("genesys-credentials", "client-other")],
    });
    expect(await world.run("adopt", "--match", "client-own", "--dry-run")).toBe(0);
    expect(world.said.err).toContain("Managed by this stack already: 1.");
    expect(await world.run("adopt", "--match", "client-other", "--dry-run")).toBe(2);
    expect(world.said.err).toContain(
      "it is managed by another stack (genesys-credentials/dev/nightly-report)",
    );
  });

  it.each([["--yes"], ["--dry-run"]])(
    "%s: does not put roles in the place of those of Pulumi.yaml",
    async (option) => {
      project(
        "name: team\nconfig:\n  genesys-credentials:roles:\n    value: { shared: { permissions: [routing:queue:view] } }\n",
      );
      world.simulator.organization.seed({
        roles: [{ id: readerId, name: "Reader", permissions: ["analytics:conversationDetail:view"] }],
      });
      expect(await world.run("adopt", "--match", readerId, option)).toBe(2);
      expect(world.said.err).toContain(
        "genesys-credentials:roles: stands in the config of Pulumi.yaml, which all stacks share",
      );
      expect(world.read()).toBe(stackFile);
    },
  );
});

it("takes structured settings that `pulumi config set` left as JSON text for what they say, as the program does", async () => {
  const credentials = {
    "nightly-report": { roles: [{ existing: "employee" }], secret: { name: "genesys/dev/x" } },
  };
  const world = await createCliWorld(
    `config:\n  genesys-credentials:credentials: '${JSON.stringify(credentials)}'\n`,
  );
  try {
    expect(await world.run("list", "--offline")).toBe(0);
    expect(world.said.out).toContain("genesys/dev/x");
    expect(await world.run("rotate", "nightly-report")).toBe(2);
    expect(world.said.err).toContain(
      "is not a map, so that it cannot be changed alone; write it out in this place",
    );
  } finally {
    await world.stop();
  }
});

describe("doctor", () => {
  let doctor: DoctorWorld;
  beforeEach(async () => {
    doctor = await createDoctorWorld(`environment: [genesys]\n${healthyStackFile}`);
  });
  afterEach(() => doctor.stop());

  it("fails where the environments of a stack file are not known, and takes nothing from it", async () => {
    doctor.pulumi.exportError = "backend does not support environments";
    const { code, lines } = await doctor.diagnose();
    expect(code).toBe(1);
    expect(lines.find(({ area }) => area === "stack file")).toMatchObject({
      status: "fail",
      found: expect.stringContaining("backend does not support environments") as unknown,
    });
    expect(lines.filter(({ found }) => found.includes("are not known")).length).toBeGreaterThan(1);
  });

  it("asks for them unless it is to ask nobody", async () => {
    const { lines } = await doctor.diagnose("--offline");
    expect(lines.find(({ area }) => area === "stack file")).toMatchObject({
      status: "warn",
      isChecked: false,
    });
    expect(doctor.pulumiCalls()).toEqual(["version"]);
  });
});
