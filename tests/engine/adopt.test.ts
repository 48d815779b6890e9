// Adoption on the real engine: the live client stays, its secret is kept or made anew, and rotation leads out of it without a gap.
import { readFileSync } from "node:fs";

import { deployerClientId, employeeRoleId, homeDivisionId } from "../../sandbox/genesys/seed";
import { mustSucceed, RotationScene } from "./rotationScene";
import { deployerSecret, describeEngine, engineTestTimeoutMs } from "./world";

jest.setTimeout(engineTestTimeoutMs);

const keptId = "c1000000-0000-4000-8000-00000000000a";
const keptSecret = "canary-kept-by-hand";
const renewedId = "c1000000-0000-4000-8000-00000000000b";
const renewedSecret = "canary-dies-at-adoption";
const roleId = "70000000-0000-4000-8000-00000000000a";

/** The two adopting credentials. An absent adoption is a removed line. */
interface Declared {
  readonly kept: { readonly generation: number; readonly adopt?: string };
  readonly renewed?: string;
}

const keep = `{ clientId: ${keptId}, secret: keep, name: Nightly Report }`;
const regenerate = `{ clientId: ${renewedId.toUpperCase()}, secret: regenerate }`;

describeEngine("adopting", () => {
  let scene: RotationScene;
  beforeAll(async () => {
    scene = await RotationScene.create();
    const inHome = (id: string): { roleId: string; divisionId: string } => ({
      roleId: id,
      divisionId: homeDivisionId,
    });
    const client = (id: string, name: string, secret: string): object => ({
      id,
      name,
      secret,
      description: "Made by hand",
      roleDivisions: [inHome(employeeRoleId), inHome(roleId)],
    });
    scene.simulator.organization.seed({
      roles: [{ id: roleId, name: "Reporting Reader", permissions: ["routing:queue:view"] }],
      clients: [
        client(keptId, "Nightly Report", keptSecret),
        client(renewedId, "CRM", renewedSecret),
      ] as never,
      grants: [{ subjectId: deployerClientId, ...inHome(roleId) }],
    });
  });
  afterAll(async () => {
    await scene.stop();
  });

  function declare({ kept, renewed }: Declared): void {
    const credential = (key: string, generation: number, adopt: string | undefined): string => `    ${key}:
      description: Made by a test
      roles: [reader, { existing: employee }]
      rotation: { generation: ${generation} }
      secret: { recoveryWindowInDays: 0 }
${adopt === undefined ? "" : `      adopt: ${adopt}\n`}`;
    scene.world.writeStack(
      "dev",
      `config:
  aws:region: eu-west-1
  genesys-credentials:roles:
    reader: { name: Reporting Reader, permissions: [routing:queue:view], adopt: { roleId: ${roleId} } }
  genesys-credentials:credentials:
${credential("kept", kept.generation, kept.adopt)}${renewed === undefined ? "" : credential("renewed", 0, renewed)}`,
    );
  }

  const liveIds = (): string[] => scene.simulator.organization.describe().clients.map(({ id }) => id);
  const kept = { clientId: keptId, clientSecret: keptSecret };

  it("keeps the client and its secret: nothing is made, replaced or deleted, nothing is stored in AWS", async () => {
    const before = liveIds();
    declare({ kept: { generation: 0, adopt: keep } });
    const preview = await scene.pulumi(["preview"]);
    mustSucceed(preview);
    expect(preview.stdout).toContain(
      `Adopting OAuth client "Nightly Report" (${keptId}) changes description "Made by hand" -> "Made by a test"`,
    );
    expect(preview.stdout).toContain(
      `Adopting role "Reporting Reader" (${roleId}) changes nothing but its description.`,
    );
    const update = await scene.up();
    mustSucceed(update);
    expect(update.stdout).not.toMatch(/replaced|deleted/);
    expect(liveIds()).toEqual(before);
    expect(await scene.works(kept)).toBe(true);
    expect(scene.world.secretsManager.vault.all()).toEqual([]);
    const outputs = await scene.pulumi(["stack", "output", "--json"]);
    expect(JSON.parse(outputs.stdout)).toEqual({
      credentials: { kept: { clientId: keptId, generation: 0 } },
    });
  });

  it("costs nothing as long as nothing changes, and shows no drift", async () => {
    scene.clearLogs();
    mustSucceed(await scene.pulumi(["preview", "--expect-no-changes"]));
    expect(scene.simulator.requestLog.entries).toEqual([]);
    await scene.mustBeSettled();
  });

  it("does not forget beneath a running credential that its secret is not known", async () => {
    declare({ kept: { generation: 0 } });
    for (const command of [["preview"], ["up", "--yes", "--skip-preview"]]) {
      const { exitCode, stdout } = await scene.pulumi(command);
      expect(exitCode).not.toBe(0);
      expect(stdout).toMatch(
        /Leave adopt as it is until the first rotation has run.*ADOPTION_SECRET_UNKNOWN/,
      );
    }
    expect(scene.world.secretsManager.vault.all()).toEqual([]);
    declare({ kept: { generation: 0, adopt: keep } });
    await scene.mustBeSettled();
  });

  it("a new secret is warned of at the preview, kills the present one in the update, and is stored", async () => {
    const renewed = { clientId: renewedId, clientSecret: renewedSecret };
    declare({ kept: { generation: 0, adopt: keep }, renewed: regenerate });
    const preview = await scene.pulumi(["preview"]);
    mustSucceed(preview);
    expect(preview.stdout).toContain(`Warning: the present secret of OAuth client ${renewedId} dies at once`);
    expect(await scene.works(renewed)).toBe(true);
    mustSucceed(await scene.up());
    expect(await scene.works(renewed)).toBe(false);
    expect(scene.current("renewed").clientId).toBe(renewedId);
    expect(await scene.works(scene.current("renewed"))).toBe(true);
    await scene.mustShowNoDrift();
    const unchanged = await scene.up({}, "--expect-no-changes");
    mustSucceed(unchanged);
    expect(unchanged.stdout).not.toContain("dies at once");
  });

  it("a secret that is stored is not taken away by a change to keep", async () => {
    declare({
      kept: { generation: 0, adopt: keep },
      renewed: regenerate.replace("regenerate", "keep"),
    });
    const { exitCode, stdout } = await scene.pulumi(["preview"]);
    expect(exitCode).not.toBe(0);
    expect(stdout).toContain("ADOPTION_SECRET_STORED");
  });

  it("the first rotation stores a secret, and the adopted client works on", async () => {
    declare({ kept: { generation: 1, adopt: keep }, renewed: regenerate });
    mustSucceed(await scene.up());
    expect(scene.current("kept").clientId).not.toBe(keptId);
    expect(await scene.works(scene.current("kept"))).toBe(true);
    expect(await scene.works(kept)).toBe(true);
    await scene.mustBeSettled();
  });

  it("then the line can go; going back without it stores nothing and takes nothing away", async () => {
    declare({ kept: { generation: 1 }, renewed: regenerate });
    mustSucceed(await scene.up());
    const stored = scene.current("kept");
    declare({ kept: { generation: 0 }, renewed: regenerate });
    const { exitCode, stdout, stderr } = await scene.up();
    expect(exitCode).not.toBe(0);
    expect(stdout + stderr).toMatch(
      /secret of kept \(genesys\/dev\/kept\): the secret of OAuth client \S+ is not known.*ADOPTION_SECRET_UNKNOWN/,
    );
    expect(scene.current("kept")).toEqual(stored);
    expect(await scene.works(stored)).toBe(true);
    expect(await scene.works(kept)).toBe(true);
  });

  it("the second rotation deletes the adopted client", async () => {
    declare({ kept: { generation: 2 }, renewed: regenerate });
    mustSucceed(await scene.up());
    expect(liveIds()).not.toContain(keptId);
    expect(liveIds()).toContain(renewedId);
    expect(await scene.works(scene.current("kept"))).toBe(true);
    await scene.mustBeSettled();
  });

  it("no secret was printed, or is in state in clear text", () => {
    const state = readFileSync(scene.world.stateFile("dev"), "utf8");
    const secrets = [keptSecret, renewedSecret, deployerSecret, scene.current("renewed").clientSecret];
    for (const secret of [...secrets, scene.current("kept").clientSecret, "canary-token-"]) {
      expect(scene.world.transcript.includes(secret)).toBe(false);
      expect(state.includes(secret)).toBe(false);
    }
  });
});
