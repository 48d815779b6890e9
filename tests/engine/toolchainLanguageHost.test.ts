// The language host of a built CLI: programs, policy packs, and the end of everything when the engine ends.
import { type ChildProcess } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createEngineWorld, describeEngine, type EngineWorld, engineTestTimeoutMs } from "./world";

jest.setTimeout(engineTestTimeoutMs);

const stackYaml = `config:
  genesys-credentials:organization: { id: 4b1c7e52-0a6f-4d0e-9a57-5e1f3c2b8d90 }
  genesys-credentials:credentials:
    report:
      roles: [{ existing: employee }]
      secret: { recoveryWindowInDays: 0 }
`;

/** Milliseconds that the processes of an engine get to notice that it is gone. */
const patienceMs = 10_000;
const pollMs = 100;

/** Bytes of one variable that Linux gives to a new process. */
const longestVariableBytes = 131_072;

describeEngine("the language host", () => {
  let world: EngineWorld;

  beforeAll(async () => {
    world = await createEngineWorld();
    world.writeStack("dev", stackYaml);
  });

  afterAll(async () => {
    await world.stop();
  });

  /** Command lines of processes that have this world's PULUMI_HOME in their environment. */
  const processes = (): string[] =>
    readdirSync("/proc")
      .filter((entry) => /^\d+$/.test(entry) && entry !== String(process.pid))
      .filter((entry) => read(`/proc/${entry}/environ`).includes(`PULUMI_HOME=${world.folder}`))
      .map((entry) => read(`/proc/${entry}/cmdline`).replaceAll("\0", " "))
      .filter((line) => line !== "");

  const untilNoProcess = async (): Promise<string[]> => {
    const deadline = Date.now() + patienceMs;
    while (processes().length > 0 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    return processes();
  };

  const isLinux = process.platform === "linux";
  const onLinux = isLinux ? test : test.skip;
  if (!isLinux) {
    process.stderr.write("SKIPPED, no /proc to look for left-over processes in\n");
  }

  onLinux.each(["SIGKILL", "SIGTERM", "SIGINT"] as const)(
    "when the engine gets %s in the middle of an update, no process stays",
    async (signal) => {
      world.simulator.faults.arm({
        match: { path: "/api/v2/oauth/clients" },
        kind: "timeout",
        times: "always",
      });
      let engine: ChildProcess | undefined;
      const update = world.pulumi(["up", "--yes", "--skip-preview"], {
        onStart: (child) => {
          engine = child;
        },
      });
      while (!processes().some((line) => line.includes("dynamicProvider"))) {
        await new Promise((resolve) => setTimeout(resolve, pollMs));
      }
      engine?.kill(signal);
      if (signal !== "SIGKILL") {
        engine?.kill(signal); // The first asks Pulumi to wait for what runs, the second to end.
      }
      await update;
      expect(await untilNoProcess()).toEqual([]);
      world.simulator.faults.clear();
      await world.pulumi(["cancel", "--yes"]);
    },
  );

  test("the program's own output reaches the person, and its failure is an error", async () => {
    const program = join(world.folder, "index.ts");
    const former = readFileSync(program, "utf8");
    writeFileSync(program, `${former}\nconsole.log("said by the program");\n`);
    await expect(world.pulumi(["preview"])).resolves.toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("said by the program"),
    });
    writeFileSync(program, `${former}\nprocess.exit(9);\n`);
    const failed = await world.pulumi(["preview"]);
    expect(failed.stdout + failed.stderr).toContain("Program exited with non-zero exit code: 9");
    expect(failed.exitCode).not.toBe(0);
    writeFileSync(program, former);
  });

  test("a policy pack sees the resources, and its verdict counts", async () => {
    const pack = join(world.folder, "pack");
    mkdirSync(pack, { recursive: true });
    writeFileSync(
      join(pack, "PulumiPolicy.yaml"),
      "runtime:\n  name: nodejs\n  options: { typescript: false }\n",
    );
    writeFileSync(join(pack, "package.json"), '{ "name": "pack", "version": "0.0.1", "main": "index.js" }');
    writeFileSync(
      join(pack, "index.js"),
      `const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("pack", { policies: [{
  name: "no-clients", description: "No OAuth clients.", enforcementLevel: "mandatory",
  validateResource: (args, report) => {
    if (args.type === "pulumi-nodejs:dynamic/genesys:OAuthClient") {
      report("saw " + args.props.name + ("__provider" in args.props ? " and its provider" : ""));
    }
  },
}] });
`,
    );
    const refused = await world.pulumi(["preview", "--policy-pack", pack]);
    expect(refused.stdout + refused.stderr).toContain("saw report-dev-a");
    expect(refused.stdout + refused.stderr).not.toContain("and its provider");
    expect(refused.exitCode).not.toBe(0);
    if (isLinux) {
      expect(await untilNoProcess()).toEqual([]);
    }
  });

  test("settings that no variable of the environment holds reach the program, with a word on what Pulumi's own host would do", async () => {
    const text = "x".repeat(longestVariableBytes);
    world.writeStack("dev", `${stackYaml}  large:text: ${text}\n`);
    const program = join(world.folder, "index.ts");
    const former = readFileSync(program, "utf8");
    writeFileSync(
      program,
      `${former}\nconsole.log("read", new (require("@pulumi/pulumi").Config)("large").require("text").length);\n`,
    );
    const { exitCode, stdout, stderr } = await world.pulumi(["preview"]);
    writeFileSync(program, former);
    world.writeStack("dev", stackYaml);
    expect(stdout).toContain(`read ${longestVariableBytes}`);
    expect(stdout + stderr).toMatch(/settings of the stack are \d+ bytes .* docs\/scale\.md/);
    expect(exitCode).toBe(0);
  });

  test("about names the Node.js that runs the program", async () => {
    const { stdout } = await world.pulumi(["about", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ runtime: { version: process.version } });
  });
});

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // Ended meanwhile.
  }
}
