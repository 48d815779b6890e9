// A stack file that imports environments of Pulumi ESC: what they declare is asked of Pulumi, or told to be unknown.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommandLine } from "../../../../cli/main";
import { type CliFolder, createCliFolder } from "../cliFolder";

const executable = 0o755;
const every = { every: "P90D" };
const credential = {
  roles: [{ existing: "employee" }],
  rotation: { generation: 2, ...every },
  revoked: true,
};
const stackFile = `environment: [genesys]
config:
  genesys-credentials:credentials:
    mixed:
      roles: [{ existing: employee }]
`;
/** As Pulumi merges it with the file. */
const merged = {
  "aws:region": { value: "eu-west-1", secret: false },
  "aws:token": { secret: true },
  "genesys-credentials:credentials": {
    objectValue: {
      mixed: { roles: [{ existing: "employee" }], rotation: { generation: 4, ...every } },
      imported: credential,
    },
    secret: false,
  },
};

let world: CliFolder;
let environment: Record<string, string>;
const answer = (text: string, code = 0): void => {
  const script = `#!${process.execPath}
if (process.argv.slice(2).join(" ") !== "config --json --non-interactive --stack acme/team/dev") {
  console.error("error: asked in another way: " + process.argv.slice(2).join(" "));
  process.exit(9);
}
${code === 0 ? "console.log" : "console.error"}(${JSON.stringify(text)});
process.exitCode = ${code};
`;
  writeFileSync(join(environment["PATH"] ?? "", "pulumi"), script, { mode: executable });
};
beforeEach(() => {
  environment = {};
  world = createCliFolder(stackFile, environment);
  environment["PATH"] = join(world.folder, "bin");
  mkdirSync(environment["PATH"]);
});
afterEach(() => {
  world.remove();
});

const run = (...argv: string[]): Promise<number> =>
  runCommandLine([...argv, "--stack", "acme/team/dev"], world.surroundings);
const withoutToken = ({ "aws:token": _token, ...others }: typeof merged): object => others;

it("what they declare is listed and rotated with the rest", async () => {
  answer(JSON.stringify(withoutToken(merged)));
  expect(await run("list", "--offline", "--json")).toBe(0);
  expect(JSON.parse(world.said.out)).toMatchObject({
    credentials: [
      { credential: "imported", generation: 2, isRevoked: true },
      { credential: "mixed", generation: 4 },
    ],
  });
  expect(await run("rotate", "mixed")).toBe(0);
  expect(world.read()).toContain(
    '      roles: [{ existing: employee }]\n      rotation:\n        generation: 5\n        rotatedAt: "2026-11-01T09:00:00Z"\n',
  );
});

it("what stands there only is not written elsewhere", async () => {
  answer(JSON.stringify(withoutToken(merged)));
  expect(await run("restore", "imported")).toBe(2);
  expect(world.said.err).toContain("comes from an environment of Pulumi ESC that this file imports");
  expect(world.read()).toBe(stackFile);
});

it("a secret setting of AWS is refused as one of the file is", async () => {
  answer(JSON.stringify(merged));
  expect(await run("list", "--offline")).toBe(2);
  expect(world.said.err).toContain("aws:token: does not reach the process");
});

it.each([
  ["is no JSON", "hello", "`pulumi config` printed something else than settings"],
  [
    "holds a secret among the declarations",
    JSON.stringify({ "genesys-credentials:roles": { secret: true } }),
    "genesys-credentials:roles holds a secret",
  ],
  [
    "holds what is known at deployments only",
    JSON.stringify({
      "genesys-credentials:roles": { objectValue: { a: { name: "[unknown]" } }, secret: false },
    }),
    "genesys-credentials:roles holds a value that is known during a deployment only",
  ],
])("an answer that %s is not taken for one", async (_what, text, told) => {
  answer(text);
  expect(await run("rotate", "--due")).toBe(3);
  expect(world.said.err).toContain(told);
  expect(world.said.out).toBe("");
});

it.each([["rotate", "--due"], ["list", "--offline"], ["restore", "mixed"], ["audit"]])(
  "%s %s fails where Pulumi cannot say it, and says why",
  async (...argv) => {
    Object.assign(environment, {
      GENESYSCLOUD_OAUTHCLIENT_ID: "id",
      GENESYSCLOUD_OAUTHCLIENT_SECRET: "canary-secret",
    });
    answer("error: backend does not support environments", 255);
    expect(await run(...argv)).toBe(3);
    expect(world.said.err).toContain(
      "Reading the settings of Pulumi.dev.yaml: it imports environments of Pulumi ESC (environment:), and what they declare is not known: " +
        "`pulumi config` gave no answer: backend does not support environments; nothing was done.",
    );
    expect(world.said.out).toBe("");
    expect(world.read()).toBe(stackFile);
  },
);

it("there must be a Pulumi to ask", async () => {
  expect(await run("rotate", "--due")).toBe(3);
  expect(world.said.err).toContain("there is no `pulumi` on the PATH");
});

it.each(["[]", ""])("environment: %s imports nothing, so nobody is asked", async (imports) => {
  world.write(stackFile.replace("[genesys]", imports));
  expect(await run("rotate", "mixed")).toBe(0);
});

it("a stack that another one waits for is asked for, too", async () => {
  world.write(
    "config:\n  genesys-credentials:after: { stack: first }\n  genesys-credentials:credentials: { one: { roles: [{ existing: employee }] } }\n",
  );
  writeFileSync(join(world.folder, "Pulumi.first.yaml"), "environment: [genesys]\n");
  answer("{}");
  expect(await run("rotate", "one", "--evidence", "bin")).toBe(3);
  expect(world.said.err).toContain("asked in another way: config --json --non-interactive --stack first");
});
