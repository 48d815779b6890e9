// `recover` on the real engine where a state lacks a part: a removal that is reverted, a killed creation, several identities; nobody is cut off.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { employeeRoleId, homeDivisionId } from "../../sandbox/genesys/seed";
import { projectFolder } from "../../sandbox/worldPaths";
import { plain, RecoveryScene } from "./recoveryScene";
import { mustSucceed, until } from "./rotationScene";
import { describeEngine } from "./world";

/** Milliseconds: two updates and more, on a loaded machine. */
jest.setTimeout(240_000);

const update = ["up", "--yes", "--skip-preview"];
const handMadeSecret = "canary-made-by-hand";

describeEngine("recovering what a state has lost in part", () => {
  let scene: RecoveryScene;
  beforeAll(async () => {
    scene = await RecoveryScene.create();
    scene.declare(both);
    await scene.up();
  });
  afterAll(async () => {
    await scene.stop();
  });

  const steady = plain("steady", 0);
  const nightly = plain("nightly-report", 0, "      secret: { recoveryWindowInDays: 7 }\n");
  const both = steady + nightly;
  const nightlySecret = "genesys/dev/nightly-report";
  const others = ["genesys/dev/steady"];
  const secret = (name = nightlySecret) =>
    scene.world.secretsManager.vault.all().find((one) => one.name === name);
  const mustBeSettled = async (): Promise<void> => {
    mustSucceed(await scene.pulumi(["preview", "--refresh", "--expect-no-changes"]));
  };
  /** After an update that succeeded, what is recorded is what is declared. */
  const mustShowNoDrift = async (): Promise<void> => {
    mustSucceed(await scene.pulumi(["refresh", "--preview-only", "--expect-no-changes"]));
  };
  const stored = (): { clientId: string } => {
    const found = secret();
    const current = found?.versions.find(({ id }) => id === found.labels["AWSCURRENT"]);
    return JSON.parse(current?.secretString ?? "{}") as { clientId: string };
  };
  const nightlyClients = (): string[] =>
    scene.world.simulator.organization
      .describe()
      .clients.filter(({ name, state }) => name.startsWith("nightly-report") && state === "active")
      .map(({ id }) => id);

  it("a removal that is reverted while its secret is still restorable", async () => {
    const arn = secret()?.arn;
    await scene.watched(others, async () => {
      scene.declare(steady);
      await scene.up();
      scene.declare(both);
      scene.clearLogs();
      const refused = await scene.pulumi(["preview"]);
      expect(refused.exitCode).not.toBe(0);
      expect(refused.stdout + refused.stderr).toContain(
        "bring it back with `npm run credentials -- recover --stack dev`",
      );
      const lacking = scene.stateText();
      expect(await scene.recover("--dry-run")).toMatchObject({ exitCode: 0 });
      expect(scene.stateText()).toBe(lacking);
      expect(scene.writes()).toEqual([]);
      expect(await scene.recover("--yes")).toMatchObject({
        exitCode: 0,
        output: expect.stringMatching(
          /restored first[\s\S]*Made new by the next[\s\S]*was restored\.[\s\S]*taken into the state: 1/,
        ),
      });
      expect(scene.writes()).toEqual(["RestoreSecret"]);
      await scene.up();
    });
    expect(secret()?.arn).toBe(arn);
    expect(nightlyClients()).toEqual([stored().clientId]);
    await mustBeSettled();
  });

  it("a secret of which the state knows nothing, since the first update was killed; the pending creation is dropped", async () => {
    scene.declare(both + plain("fresh", 0));
    scene.world.secretsManager.faults.arm({ operation: "CreateSecret", kind: "timeout", phase: "after" });
    const name = "genesys/dev/fresh";
    const killed = scene.pulumi(update, {
      startsHosts: true,
      onStart: (child) => {
        void until("the secret to be made", () => secret(name) !== undefined).then(() =>
          child.kill("SIGKILL"),
        );
      },
    });
    expect((await killed).exitCode).not.toBe(0);
    scene.world.secretsManager.faults.clear();
    mustSucceed(await scene.pulumi(["cancel", "--yes"]));
    const refused = await scene.pulumi(["preview"]);
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout + refused.stderr).toContain("recover --stack dev");
    const before = scene.resources();
    expect(await scene.recover("--yes")).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining(`fresh: secret ${name}`),
    });
    expect(scene.resources().slice(0, before.length)).toEqual(before);
    const arn = secret(name)?.arn;
    await scene.up();
    expect(secret(name)?.arn).toBe(arn);
    await mustShowNoDrift();
    scene.declare(both);
    await scene.up();
  });

  it("broken off before the secrets were taken in, it says so and goes on from there", async () => {
    const before = scene.clientIds();
    await scene.watched([nightlySecret, ...others], async () => {
      await scene.loseState();
      scene.world.secretsManager.faults.arm({
        operation: "GetResourcePolicy",
        kind: "accessDenied",
        times: 99,
      });
      const broken = await scene.recover("--yes");
      expect(broken).toMatchObject({
        exitCode: 3,
        output: expect.stringMatching(
          /Taking secrets into the state of stack dev: [\s\S]*roles and clients are in the state[\s\S]*run it again: npm run credentials -- recover --stack dev/,
        ),
      });
      scene.world.secretsManager.faults.clear();
      expect(await scene.recover("--yes")).toMatchObject({
        exitCode: 0,
        output: expect.not.stringContaining("OAuth client"),
      });
      await scene.up();
    });
    expect(scene.clientIds()).toEqual(before);
    await mustShowNoDrift();
  });

  it("a client whose description a person has edited, by its stored secret; its mark comes back", async () => {
    const { clientId } = stored();
    const before = scene.clientIds();
    const live = () =>
      scene.world.simulator.organization.store.state.clients.find(({ id }) => id === clientId)!;
    live().version = { ...live().version, description: "Owner: Ms Example" };
    await scene.watched([nightlySecret, ...others], async () => {
      await scene.loseState();
      expect(await scene.recover("--yes")).toMatchObject({
        exitCode: 0,
        output: expect.stringContaining(clientId),
      });
      await scene.up();
    });
    expect(scene.clientIds()).toEqual(before);
    expect(live().version.description).toMatch(
      /^Made by a test \[pulumi:[0-9a-f]{16}\/genesys-credentials\/dev\/nightly-report#0:[0-9a-f]+\]$/,
    );
    await mustShowNoDrift();
  });

  it("several identities: a person chooses, and what the other one has made is left as it is", async () => {
    const [lost = ""] = scene
      .resources()
      .flatMap(({ type, id }) => (type.endsWith(":StackIdentity") ? (id ?? []) : []));
    const clone = "0123456789abcdef";
    const cloneId = "c1000000-0000-4000-8000-00000000000d";
    const description = `Of the clone [pulumi:${clone}/genesys-credentials/dev/nightly-report#0:0a1b2c3d4e5f]`;
    const seeded = { id: cloneId, name: "nightly-report-dev-a", secret: handMadeSecret, description };
    const roleDivisions = [{ roleId: employeeRoleId, divisionId: homeDivisionId }];
    scene.world.simulator.organization.seed({ clients: [{ ...seeded, roleDivisions }] as never });
    await scene.watched([nightlySecret, ...others], async () => {
      await scene.loseState();
      const empty = scene.stateText();
      expect(await scene.recover("--yes")).toMatchObject({
        exitCode: 2,
        output: expect.stringMatching(
          new RegExp(`${clone}: OAuth clients: 1[\\s\\S]*${lost}: OAuth clients: 2`),
        ),
      });
      expect(scene.stateText()).toBe(empty);
      expect(await scene.recover("--yes", "--identity", lost)).toMatchObject({ exitCode: 0 });
      await scene.up();
    });
    expect(
      scene.world.simulator.organization.describe().clients.find(({ id }) => id === cloneId),
    ).toMatchObject({ description, state: "active" });
    scene.world.simulator.organization.store.state.clients =
      scene.world.simulator.organization.store.state.clients.filter(({ id }) => id !== cloneId);
    await mustShowNoDrift();
  });

  it("a secret that is at the top of the state: told with the way out, which works", async () => {
    await scene.loseState();
    const arn = secret()?.arn ?? "";
    const type = "aws:secretsmanager/secret:Secret";
    mustSucceed(
      await scene.pulumi([
        "import",
        type,
        "nightly-report",
        arn,
        "--protect=false",
        "--generate-code=false",
        "--yes",
        "--skip-preview",
      ]),
    );
    const refused = await scene.recover("--yes");
    expect(refused.exitCode).toBe(1);
    const [, urn = ""] = /`pulumi state delete --force '([^']+)'`/.exec(refused.output) ?? [];
    mustSucceed(await scene.pulumi(["state", "delete", "--force", "--yes", urn]));
    expect(await scene.recover("--yes")).toMatchObject({ exitCode: 0 });
    await scene.watched([nightlySecret, ...others], () => scene.up());
    expect(secret()?.arn).toBe(arn);
    await mustBeSettled();
  });

  it("a change of which nobody knows the end is looked up first", async () => {
    mustSucceed(
      await scene.pulumi([
        "state",
        "delete",
        "--yes",
        "--target-dependents",
        scene.urnOf("nightly-report-a"),
      ]),
    );
    scene.addPending(scene.urnOf("steady-a"));
    expect(await scene.recover("--yes")).toMatchObject({
      exitCode: 2,
      output: expect.stringContaining("Run `pulumi refresh --stack dev`"),
    });
    mustSucceed(await scene.pulumi(["refresh", "--yes", "--skip-preview", "--stack", "dev"]));
    const before = scene.clientIds();
    expect(await scene.recover("--yes")).toMatchObject({ exitCode: 0 });
    await scene.watched([nightlySecret, ...others], () => scene.up());
    expect(scene.clientIds()).toEqual(before);
    await mustShowNoDrift();
  });

  it("objects of before stacks had identities: no identity is written, and the next update marks them", async () => {
    const { store } = scene.world.simulator.organization;
    const former = (description = ""): string => description.replace(/\[pulumi:[0-9a-f]{16}\//, "[pulumi:");
    for (const object of [...store.state.clients, ...store.state.roles]) {
      object.version = { ...object.version, description: former(object.version.description) };
    }
    const before = scene.clientIds();
    await scene.watched([nightlySecret, ...others], async () => {
      await scene.loseState();
      expect(await scene.recover("--yes")).toMatchObject({ exitCode: 0 });
      expect(scene.resources().filter(({ type }) => type.endsWith(":StackIdentity"))).toEqual([]);
      scene.clearLogs();
      await scene.up();
    });
    expect([...new Set(scene.writes())]).toEqual([
      "PUT /api/v2/authorization/roles/{id}",
      "PUT /api/v2/oauth/clients/{id}",
    ]);
    expect(scene.clientIds()).toEqual(before);
    await mustBeSettled();
  });

  it("every command of the page was run here", () => {
    const page = readFileSync(join(projectFolder, "docs", "recovery.md"), "utf8");
    const commands = page.match(/^(?:npm run credentials|pulumi) .*$/gm) ?? [];
    expect(commands.length).toBeGreaterThan(0);
    const bare = (command: string): string =>
      command.replace(/ --(?:yes|skip-preview|preserve-config|stack dev)\b|'/g, "");
    const ran = scene.ran.map(bare);
    for (const command of commands) {
      const parts = bare(command)
        .split(/<[a-z]+>/)
        .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
      expect(ran).toContainEqual(expect.stringMatching(new RegExp(`^${parts.join("\\S+")}$`)));
    }
  });
});
