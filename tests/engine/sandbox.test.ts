// `npm run sandbox` as people use it: the real CLI, a checkout of its own, no network but the loopback.
import { createServer } from "node:net";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { startGenesysSimulator } from "../../sandbox/genesys/server";
import { startSecretsManager } from "../../sandbox/secretsmanager/server";
import { type WorldSettings } from "../../sandbox/worldSettings";
import { projectFolder } from "../../sandbox/worldPaths";
import { SandboxCheckout } from "./sandboxCheckout";
import { describeEngine, engineTestTimeoutMs } from "./world";

/** A stack of somebody else: no role of its own, because a role's name is taken once in an organisation. */
const trialConfig = `config:
  genesys-credentials:credentials:
    experiment:
      roles: [{ existing: employee }]
`;

/** Where a state says that a resource was declared, innermost first. */
interface Traced {
  readonly type: string;
  readonly stackTrace: readonly { readonly sourcePosition?: string }[];
}

jest.setTimeout(engineTestTimeoutMs);

describeEngine("npm run sandbox", () => {
  let checkout: SandboxCheckout;

  beforeAll(() => {
    checkout = new SandboxCheckout();
  });

  afterAll(async () => {
    await checkout.remove();
  });

  const settings = (): WorldSettings => JSON.parse(checkout.read(".sandbox/world.json")) as WorldSettings;

  test("the demonstration creates the credential, uses it as its consumer would, and shows no secret", async () => {
    const stackFile = checkout.read("Pulumi.dev.yaml");
    const { exitCode, stdout, stderr } = await checkout.run([]);
    expect(stdout).toContain("Credential nightly-report, used as its consumer uses it:");
    expect(stdout).toContain("genesys/dev/nightly-report: AWSCURRENT on version");
    expect(stdout).toContain("reporting-reader in division Home");
    expect(stdout + stderr).not.toContain("canary-");
    expect(exitCode).toBe(0);
    expect(checkout.read("Pulumi.dev.yaml")).toBe(stackFile);
  });

  // Its size is what the engine's time goes into (docs/scale.md).
  test("state names the lines of the program that declare a resource, and not what loaded the program", () => {
    const state = checkout.read(".sandbox/backend/.pulumi/stacks/genesys-credentials/dev.json");
    const { checkpoint } = JSON.parse(state) as { checkpoint: { latest: { resources: readonly Traced[] } } };
    const declared = checkpoint.latest.resources.filter(({ type }) => !type.startsWith("pulumi:"));
    expect(declared.map(({ type }) => type)).toContain("pulumi-nodejs:dynamic/genesys:Role");
    for (const { stackTrace } of declared) {
      const last = stackTrace.at(-1)?.sourcePosition;
      expect(last).toMatch(/^project:\/\/\/index\.ts#/);
      expect(JSON.stringify(stackTrace)).not.toMatch(/node_modules|common\//);
    }
  });

  test("the world is readable by its owner only", () => {
    expect(statSync(join(checkout.folder, ".sandbox")).mode & 0o777).toBe(0o700);
    for (const file of ["world.json", "genesys.json", "secretsmanager.json"]) {
      expect(statSync(join(checkout.folder, ".sandbox", file)).mode & 0o777).toBe(0o600);
    }
  });

  test("a second demonstration finds everything done", async () => {
    const { exitCode, stdout } = await checkout.run([]);
    expect(stdout).toContain("unchanged");
    expect(exitCode).toBe(0);
  });

  test("exec gives the command's own streams and exit code, and adds nothing", async () => {
    await expect(
      checkout.run(["exec", "sh", "-c", "cat; echo told >&2; exit 7"], { input: "asked\n" }),
    ).resolves.toEqual({ exitCode: 7, signal: null, stdout: "asked\n", stderr: "told\n" });
    await expect(checkout.run(["exec", "sh", "-c", "kill -TERM $$"])).resolves.toMatchObject({
      exitCode: 143,
    });
    await expect(checkout.run(["exec", "no-such-command"])).resolves.toMatchObject({
      exitCode: 127,
      stdout: "",
    });
  });

  test("a preview without changes succeeds and asks Genesys nothing", async () => {
    const { exitCode, stdout } = await checkout.run([
      "exec",
      "sh",
      "-c",
      "pulumi preview --expect-no-changes >&2 && node -e 'fetch(process.env.GENESYSCLOUD_API_URL + \"/__sim/requests\").then(r => r.text()).then(t => console.log(t))'",
    ]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ entries: [] });
  });

  test("commands at the same time share the services, and the first waits for the others", async () => {
    const ask =
      "node -e 'fetch(process.env.GENESYSCLOUD_API_URL + \"/__sim/state\").then(r => console.log(r.status))'";
    const host = checkout.start(["exec", "sh", "-c", "echo up; exec cat"]);
    await host.untilPrinted("up");
    const guest = checkout.start(["exec", "sh", "-c", `echo in; sleep 2; ${ask}`]);
    await guest.untilPrinted("in");
    await expect(guest.ended).resolves.toMatchObject({ exitCode: 0, stdout: "in\n200\n" });
    await expect(host.ended).resolves.toMatchObject({ exitCode: 0 });
  });

  test("when the hosting process is killed, another one hosts the services on", async () => {
    const ask =
      "node -e 'fetch(process.env.GENESYSCLOUD_API_URL + \"/__sim/state\").then(r => console.log(r.status))'";
    const host = checkout.start(["exec", "sh", "-c", "echo up; sleep 2"]);
    await host.untilPrinted("up");
    const guest = checkout.start(["exec", "sh", "-c", `echo in; sleep 3; ${ask}`]);
    await guest.untilPrinted("in");
    host.child.kill("SIGKILL");
    await expect(guest.ended).resolves.toMatchObject({ exitCode: 0, stdout: "in\n200\n" });
    await host.ended;
    await expect(checkout.run(["exec", "sh", "-c", ask])).resolves.toMatchObject({ stdout: "200\n" });
  });

  test.each(["SIGINT", "SIGTERM"] as const)(
    "%s ends the command and leaves no process behind",
    async (signal) => {
      const run = checkout.start(["exec", "sh", "-c", `sleep 300 & echo up; exec sleep 300`]);
      await run.untilPrinted("up");
      run.child.kill(signal);
      await expect(run.ended).resolves.toMatchObject({ exitCode: signal === "SIGINT" ? 130 : 143 });
      expect(checkout.processes()).toEqual([]);
    },
  );

  test("an interrupted update leaves no process behind, and the next one works", async () => {
    const run = checkout.start(["exec", "pulumi", "up", "--yes", "--refresh"]);
    await run.untilPrinted("Previewing update");
    run.child.kill("SIGINT");
    await run.ended;
    expect(checkout.processes()).toEqual([]);
    const { exitCode, stdout } = await checkout.run(["exec", "pulumi", "up", "--yes"]);
    expect(stdout).toContain("unchanged");
    expect(exitCode).toBe(0);
  });

  test("the lock of a Pulumi process that was killed is no obstacle", async () => {
    const killed = await checkout.run([
      "exec",
      "sh",
      "-c",
      "pulumi up --yes --refresh >&2 & while ! ls -R .sandbox/backend/.pulumi/locks | grep -q json; do :; done; kill -KILL $!; wait; ls -R .sandbox/backend/.pulumi/locks",
    ]);
    expect(killed.stdout).toContain(".json");
    await expect(checkout.run(["exec", "pulumi", "up", "--yes"])).resolves.toMatchObject({ exitCode: 0 });
  });

  test("other stacks work beside dev", async () => {
    const steps = [
      "pulumi stack init trial",
      "cat >> Pulumi.trial.yaml",
      "pulumi up --yes",
      "pulumi destroy --yes",
      "pulumi stack rm --yes",
      "pulumi stack select dev",
    ];
    const { exitCode, stdout, stderr } = await checkout.run(["exec", "sh", "-c", steps.join(" && ")], {
      input: trialConfig,
    });
    expect(stderr).not.toContain("error");
    expect(stdout).toContain("6 created");
    expect(exitCode).toBe(0);
  });

  test("endpoints of the environment win over the embedded ones", async () => {
    const deployerSecret = "canary-external-deployer";
    const genesys = await startGenesysSimulator({ seed: { deployerSecret } });
    const vault = await startSecretsManager();
    try {
      const { stdout } = await checkout.run(
        [
          "exec",
          "sh",
          "-c",
          'echo "$GENESYSCLOUD_API_URL $GENESYSCLOUD_LOGIN_URL $GENESYSCLOUD_OAUTHCLIENT_SECRET $AWS_ENDPOINT_URL_SECRETS_MANAGER $AWS_ACCESS_KEY_ID"',
        ],
        {
          env: {
            GENESYSCLOUD_API_URL: genesys.url,
            GENESYSCLOUD_LOGIN_URL: genesys.url,
            GENESYSCLOUD_OAUTHCLIENT_SECRET: deployerSecret,
            AWS_ENDPOINT_URL_SECRETS_MANAGER: vault.url,
            AWS_ACCESS_KEY_ID: "canary-own-key",
          },
        },
      );
      expect(stdout).toBe(`${genesys.url} ${genesys.url} ${deployerSecret} ${vault.url} canary-own-key\n`);
    } finally {
      await genesys.stop();
      await vault.stop();
    }
  });

  test("a shell is a command like any other", async () => {
    const { exitCode, stdout } = await checkout.run(["exec", "bash"], {
      input: "pulumi stack --show-name\nexit 3\n",
    });
    expect(stdout).toBe("dev\n");
    expect(exitCode).toBe(3);
  });

  test("docs/probe.md: the command that tries the probe without an organisation finds everything as expected", async () => {
    const page = readFileSync(join(projectFolder, "docs", "probe.md"), "utf8");
    const [, command = ""] = /`npm run sandbox -- (exec npm run probe -- [^`]+)`/.exec(page) ?? [];
    const { exitCode, stdout } = await checkout.run(command.split(" "));
    expect(stdout).toMatch(/questions: \d+ as expected, 0 different, 0 not settled/);
    expect(exitCode).toBe(0);
  });

  test("serve shows the addresses and ends with Ctrl-C", async () => {
    const run = checkout.start(["serve"]);
    await run.untilPrinted("Ctrl-C ends it");
    run.child.kill("SIGINT");
    const { exitCode, stdout } = await run.ended;
    expect(stdout).toContain(`http://127.0.0.1:${settings().ports.genesys}/oauth/token`);
    expect(exitCode).toBe(0);
  });

  test("after a destroy nothing is left in the organisation, and the demonstration works again", async () => {
    await expect(checkout.run(["exec", "pulumi", "destroy", "--yes"])).resolves.toMatchObject({
      exitCode: 0,
    });
    const state = await checkout.run([
      "exec",
      "node",
      "-e",
      'fetch(process.env.GENESYSCLOUD_API_URL + "/__sim/state").then(r => r.text()).then(t => console.log(t))',
    ]);
    expect(state.stdout).toContain("Sandbox");
    expect(state.stdout).not.toContain("nightly-report");
    expect(state.stdout).not.toContain("reporting-reader");
    await expect(checkout.run([])).resolves.toMatchObject({ exitCode: 0 });
  });

  test("reset is refused while the world is in use", async () => {
    const run = checkout.start(["exec", "sh", "-c", "echo up; sleep 3"]);
    await run.untilPrinted("up");
    const { exitCode, stderr } = await checkout.run(["reset"]);
    expect(stderr).toContain("another npm run sandbox uses it");
    expect(exitCode).toBe(1);
    await expect(run.ended).resolves.toMatchObject({ exitCode: 0 });
  });

  test.each(["genesys", "secretsManager", "meeting"] as const)(
    "a stranger on the world's %s port is told about in one line with the remedy",
    async (which) => {
      const port = settings().ports[which];
      const stranger = createServer((socket) => {
        socket.on("error", () => undefined).resume();
        socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
      });
      await new Promise<void>((resolve) => stranger.listen(port, "127.0.0.1", resolve));
      try {
        const { exitCode, stderr } = await checkout.run(["exec", "true"]);
        expect(stderr).toMatch(
          new RegExp(
            `^Starting the sandbox's .* on 127\\.0\\.0\\.1:${port}: .* npm run sandbox -- reset\\.\n$`,
          ),
        );
        expect(exitCode).toBe(1);
      } finally {
        await new Promise((resolve) => stranger.close(resolve));
      }
    },
  );

  test("reset forgets the world, and a damaged one too", async () => {
    const former = settings();
    await expect(checkout.run(["reset"])).resolves.toMatchObject({ exitCode: 0 });
    expect(() => settings()).toThrow();
    await expect(checkout.run(["exec", "true"])).resolves.toMatchObject({
      exitCode: 0,
      stdout: "",
      stderr: "",
    });
    expect(settings().deployerSecret).not.toBe(former.deployerSecret);
  });
});
