// The command line: exit codes, one line for each mistake, and nothing secret in what is said.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommandLine } from "../../../cli/main";
import { Output } from "../../../cli/terminal/output";
import { Redactor } from "../../../common/redact";
import { type CliFolder, createCliFolder } from "./cliFolder";

const stackFile = `config:
  genesys-credentials:credentials:
    nightly-report:
      roles: [{ existing: employee }]
      rotation: { generation: 1, rotatedAt: 2026-08-01T09:00:00Z, every: P90D }
`;

let world: CliFolder;
beforeEach(() => {
  world = createCliFolder(stackFile);
});
afterEach(() => {
  world.remove();
});
const run = (...argv: string[]): Promise<number> => runCommandLine(argv, world.surroundings);

describe("wrong usage exits 2 with one line and changes nothing", () => {
  it.each<[string, string[], string]>([
    ["an unknown command", ["rotat"], "Did you mean rotate?"],
    ["an unknown option", ["rotate", "--al"], "unknown option '--al'"],
    ["a missing name", ["revoke"], "missing required argument 'name'"],
    ["a missing value", ["list", "--stack"], "argument missing"],
    ["one name too many", ["restore", "nightly-report", "b"], "too many arguments"],
    ["nothing to rotate", ["rotate"], "--due"],
    ["a misspelt credential", ["rotate", "nightly-reprot"], "did you mean nightly-report?"],
    ["a misspelt stack", ["rotate", "--due", "--stack", "dve"], "Did you mean dev?"],
    ["a revocation without a terminal", ["revoke", "nightly-report"], "--yes"],
  ])("%s", async (_name, argv, words) => {
    world = { ...world, surroundings: { ...world.surroundings, environment: deployer } };
    expect(await run(...argv)).toBe(2);
    expect(world.said.err).toContain(words);
    expect(world.said.err.trim().split("\n")).toHaveLength(1);
    expect(world.said.out).toBe("");
    expect(world.read()).toBe(stackFile);
  });

  it("no command at all shows the help", async () => {
    expect(await run()).toBe(2);
    expect(world.said.err).toContain("verify");
  });

  it("a missing deployer names both variables", async () => {
    expect(await run("verify")).toBe(2);
    expect(world.said.err).toContain("GENESYSCLOUD_OAUTHCLIENT_ID");
    expect(world.said.err).toContain("GENESYSCLOUD_OAUTHCLIENT_SECRET");
  });
});

const deployer = {
  GENESYSCLOUD_OAUTHCLIENT_ID: "00000000-de91-4000-8000-000000000001",
  GENESYSCLOUD_OAUTHCLIENT_SECRET: "canary-of-the-command-line",
  GENESYSCLOUD_API_URL: "http://127.0.0.1:9",
  GENESYSCLOUD_LOGIN_URL: "http://127.0.0.1:9",
};

it.each([["--help"], ["rotate", "--help"], ["help", "revoke"]])("help is no failure: %s", async (...argv) => {
  expect(await run(...argv)).toBe(0);
  expect(world.said.out).toContain("Usage: npm run credentials --");
  expect(world.said.err).toBe("");
});

it("a refusal exits 1", async () => {
  expect(await run("rotate", "nightly-report")).toBe(0);
  expect(await run("rotate", "nightly-report")).toBe(1);
});

it("--cwd leads to another folder", async () => {
  const elsewhere = { ...world.surroundings, folder: "/" };
  expect(await runCommandLine(["rotate", "--due", "--dry-run", "--cwd", world.folder], elsewhere)).toBe(0);
  expect(world.said.out).toContain("nightly-report: generation 1 -> 2");
});

it("with several stack files the stack must be named, and may be named as Pulumi does", async () => {
  writeFileSync(join(world.folder, "Pulumi.prod.yaml"), stackFile);
  expect(await run("list", "--offline")).toBe(2);
  expect(world.said.err).toContain("Pulumi.dev.yaml, Pulumi.prod.yaml");
  expect(await run("list", "--offline", "--stack", "acme/genesys-credentials/prod", "--json")).toBe(0);
  expect(JSON.parse(world.said.out)).toMatchObject({ stack: "prod" });
});

it("rotating needs no environment and no region", async () => {
  expect(await run("rotate", "--due", "--json")).toBe(0);
  expect(JSON.parse(world.said.out)).toMatchObject({ isWritten: true });
});

it("every word passes the redactor, results and notes alike", async () => {
  const redactor = new Redactor();
  redactor.add("nightly-report");
  const { said } = world;
  const output = new Output(
    redactor,
    (text) => (said.out += text),
    (text) => (said.err += text),
  );
  const surroundings = { ...world.surroundings, output };
  await runCommandLine(["rotate", "--due", "--dry-run"], surroundings);
  await runCommandLine(["rotate", "x"], surroundings);
  await runCommandLine(["nightly-report"], surroundings);
  expect(said.out + said.err).toContain("[secret]");
  expect(said.out + said.err).not.toContain("nightly-report");
});

it("a reader that stops reading, as `head` does, is no error", () => {
  const main = join(__dirname, "../../../cli/main.ts");
  const script = `{ "$0" -r ./common/register.js "$1" --help; echo "exit $?" >&2; } | true`;
  const { stderr } = spawnSync("bash", ["-c", script, process.execPath, main], {
    encoding: "utf8",
    cwd: join(__dirname, "../../.."),
  });
  expect(stderr).toBe("exit 0\n");
});
