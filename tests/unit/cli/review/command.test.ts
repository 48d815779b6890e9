// The `review` command: where previews come from, its exit codes, and the one comment on GitHub.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommandLine } from "../../../../cli/main";
import { projectFolder } from "../../../../sandbox/worldPaths";
import { marker } from "../../../../cli/review/github/post";
import { review } from "../../../../cli/review/review";
import { readPreview } from "../../../golden/previewFixture";
import { type Sarif, sarifProblems } from "../../../sarifSchema";
import { type CliFolder, createCliFolder } from "../cliFolder";
import { type GithubDouble, githubToken, startGithub } from "./githubDouble";

let github: GithubDouble;
let world: CliFolder;
beforeEach(async () => {
  github = await startGithub();
  world = createCliFolder("config: {}\n", {
    GITHUB_API_URL: github.url,
    GITHUB_TOKEN: githubToken,
    GITHUB_REPOSITORY: "example/credentials",
    GITHUB_REF: "refs/pull/17/merge",
    PATH: "/nonexistent",
  });
  for (const name of ["03-permission-added", "06-rotation", "12-unknown-division", "01-no-change"]) {
    writeFileSync(join(world.folder, `${name.slice(0, 2)}.json`), readPreview(name));
  }
});
afterEach(async () => {
  world.remove();
  await github.stop();
});

const run = async (...argv: string[]): Promise<number> => {
  world.said.out = "";
  world.said.err = "";
  return runCommandLine(["review", ...argv], world.surroundings);
};
const firstLine = (): string => world.said.out.split("\n")[0] ?? "";

describe("where previews come from", () => {
  it("a file, several files, lines of npm before the JSON", async () => {
    expect(await run("--file", "03.json")).toBe(0);
    expect(firstLine()).toBe("WIDENED: dev: 2 wider (data export)");
    writeFileSync(
      join(world.folder, "npm.json"),
      `\n> credentials@0.1.0 pulumi\n> node x\n\n${readPreview("06-rotation")}`,
    );
    const ofProd = readPreview("03-permission-added").replaceAll("urn:pulumi:dev::", "urn:pulumi:prod::");
    writeFileSync(join(world.folder, "prod.json"), ofProd);
    expect(await run("--file", "npm.json", "--file", "prod.json")).toBe(0);
    expect(firstLine()).toBe("WIDENED: prod WIDENED, dev ROTATED");
  });

  it.each([
    [["--file", "03.json", "--file", "06.json"], 'two of them are of stack "dev"'],
    [["--file", "03.json", "--file", "03.json"], 'two of them are of stack "dev"'],
    [["--stack", "dev", "--stack", "dev"], "--stack names a stack twice"],
  ])("refuses two previews of one stack: %j", async (argv, said) => {
    expect(await run(...argv)).toBe(2);
    expect(world.said.err).toContain(said);
    expect(world.said.out).toBe("");
  });

  it("takes two projects that have a stack of the same name", async () => {
    const ofOther = readPreview("06-rotation").replaceAll("::genesys-credentials::", "::other::");
    writeFileSync(join(world.folder, "other.json"), ofOther);
    expect(await run("--file", "03.json", "--file", "other.json")).toBe(0);
  });

  it("standard input that comes slowly, from a real pipe", () => {
    const script = `sleep 0.3; cat ${world.folder}/06.json; sleep 0.3`;
    const main = join(projectFolder, "cli", "main.ts");
    const register = join(projectFolder, "common", "register.js");
    const { stdout, status } = spawnSync(
      "bash",
      ["-c", `(${script}) | ${process.execPath} -r ${register} ${main} review --file -`],
      { encoding: "utf8", cwd: world.folder },
    );
    expect(stdout).toMatch(/^ROTATED: dev: /);
    expect(status).toBe(0);
  });

  it("what was saved by a later version is refused, and says so", async () => {
    const later = { ...(JSON.parse(readPreview("06-rotation")) as object), savedForm: 2 };
    writeFileSync(join(world.folder, "later.json"), JSON.stringify(later));
    expect(await run("--file", "later.json")).toBe(2);
    expect(world.said.err).toMatch(/saved in form 2, and this version reads form 1; .* save it anew/);
  });

  it("standard input", async () => {
    const tools = {
      runPreview: () => Promise.reject(new Error("not to be run")),
      readStandardInput: () => Promise.resolve(readPreview("06-rotation")),
    };
    expect(await review({ file: ["-"] }, world.surroundings, tools)).toBe(0);
    expect(firstLine()).toMatch(/^ROTATED: dev: /);
  });

  it.each([
    [["--file", "03.json", "--stack", "dev"], /give one of them/],
    [["--file", "-", "--file", "-"], /once only/],
    [["--file", "absent.json"], /Reading absent\.json: ENOENT/],
    [["--file", "Pulumi.dev.yaml"], /Pulumi\.dev\.yaml: .*it is no JSON object|its JSON is broken/],
    [
      ["--file", "03.json", "--fail-on", "everything"],
      /everything is none of widened, breaks, irreversible, blocked/,
    ],
    [["--file", "03.json", "--format", "pdf"], /Allowed choices are text, markdown, json, sarif/],
    [["--file", "03.json", "--format", "sarif", "--json"], /--json and --format say different things/],
    [["--file", "03.json", "--exclusions", "absent.yaml"], /Reading absent\.yaml: ENOENT/],
    [["--file", "03.json", "--pull-request", "3"], /--pull-request needs --post/],
  ])("refuses %j with 2 and one line", async (argv, said) => {
    expect(await run(...argv)).toBe(2);
    expect(world.said.err).toMatch(said);
    expect(world.said).toMatchObject({ out: "" });
  });

  it.each([
    ["", "it is empty"],
    ['{"steps": [', "broken or cut off"],
    ["[]", "it is no JSON object"],
    ['{"a": 1}', "neither steps nor diagnostics"],
    ['{"steps": []}', "tells of no resource, not even of the stack"],
    ['{"config": {}, "steps": null, "diagnostics": []}', "tells of no resource, not even of the stack"],
    ['{"steps": [{"op": 7}]}', "another form at steps.0.op"],
    ['{"sequence":1}\n{"sequence":2}', "PULUMI_ENABLE_STREAMING_JSON_PREVIEW"],
  ])("refuses %j as a preview", async (text, said) => {
    writeFileSync(join(world.folder, "wrong.json"), text);
    expect(await run("--file", "wrong.json")).toBe(2);
    expect(world.said.err).toContain(said);
  });

  it("says so where there is no Pulumi to run", async () => {
    expect(await run("--stack", "dev")).toBe(3);
    expect(world.said.err).toContain("there is no `pulumi` on the PATH");
  });
});

describe("exit codes", () => {
  it.each([
    ["03", "widened", 1],
    ["03", "irreversible", 0],
    ["03", "blocked", 0],
    ["06", "widened", 0],
    ["06", "irreversible", 0], // 123 days old by the test's clock
    ["12", "blocked", 1],
    ["12", "widened", 1],
    ["12", "irreversible", 1],
    ["01", "widened,irreversible,blocked", 0],
  ])("%s --fail-on %s: %d", async (file, gate, code) => {
    expect(await run("--file", `${file}.json`, "--fail-on", gate)).toBe(code);
  });
});

describe("forms", () => {
  it("JSON tells everything", async () => {
    expect(await run("--file", "03.json", "--json")).toBe(0);
    expect(JSON.parse(world.said.out)).toMatchObject({
      verdict: "WIDENED",
      stacks: [
        {
          stack: "dev",
          findings: [
            {
              subject: "nightly-report",
              direction: "wider",
              risks: ["data export"],
              grant: { domain: "outbound", entity: "contact", action: "view", division: "home" },
            },
            { subject: "wallboard" },
          ],
        },
      ],
    });
  });
  it("SARIF is a log for code scanning, with the page of the repository that the workflow runs for", async () => {
    expect(await run("--file", "03.json", "--format", "sarif", "--fail-on", "widened")).toBe(1);
    const log = JSON.parse(world.said.out) as Sarif;
    expect(sarifProblems(log)).toEqual([]);
    const [{ tool, results }] = log.runs;
    expect(results.map(({ ruleId }) => ruleId)).toEqual(["PERMISSION_ADDED", "PERMISSION_ADDED"]);
    expect(tool.driver.rules[results[0]?.ruleIndex ?? 0]).toMatchObject({
      helpUri: "https://github.com/example/credentials/blob/HEAD/docs/review-findings.md#wider",
    });
  });

  it.each([["--json"], ["--format", "sarif"]])("%s %s holds no secret, and stays JSON", async (...form) => {
    // The texts end with what would be taken for a secret: in JSON as a whole, the end of the text would go with it.
    const leaking = readPreview("09-description-only")
      .replaceAll("Wallboard |", "client_secret=canary-typed-by-hand |")
      .replaceAll("@facilities", "client_secret=canary-at-the-end");
    expect(leaking.split("canary-").length).toBeGreaterThan(2);
    writeFileSync(join(world.folder, "leak.json"), leaking);
    expect(await run("--file", "leak.json", ...form)).toBe(0);
    expect(world.said.out).not.toContain("canary-");
    expect(JSON.stringify(JSON.parse(world.said.out))).toContain("[secret]");
  });

  it("Markdown begins with the verdict", async () => {
    expect(await run("--file", "03.json", "--format", "markdown")).toBe(0);
    expect(firstLine()).toBe("## WIDENED: `dev`: 2 wider (data export)");
  });
});

describe("the comment of a pull request", () => {
  const post = (file: string): Promise<number> => run("--file", file, "--post");
  const chatter = (id: number, body: string, login = "somebody"): void => {
    github.comments.push({ id, body, user: { login, type: "User" } });
  };

  it("is created once, left alone when equal, updated when different", async () => {
    chatter(1, "looks good");
    chatter(2, "really?");
    chatter(3, "yes");
    expect(await post("03.json")).toBe(0);
    expect(world.said.err).toBe("The comment of pull request 17 is created: https://github.example/c/4.\n");
    const ours = github.comments[3]!;
    expect(ours.body).toMatch(/^## WIDENED: /);
    expect(ours.body.endsWith(`\n\n${marker}`)).toBe(true);
    ours.body = ours.body.replaceAll("\n", "\r\n");
    expect(await post("03.json")).toBe(0);
    expect(world.said.err).toContain("is unchanged");
    expect(await post("06.json")).toBe(0);
    expect(world.said.err).toContain("is updated: https://github.example/c/4");
    expect(github.comments).toHaveLength(4);
    expect(github.comments[3]!.body).toMatch(/^## ROTATED: /);
  });

  it("somebody who quotes it keeps their words", async () => {
    chatter(1, `my copy\n${marker}`);
    expect(await post("03.json")).toBe(0);
    expect(github.comments[0]!.body).toBe(`my copy\n${marker}`);
    expect(github.comments).toHaveLength(2);
  });

  it("with a person's token, it is that person's comment", async () => {
    chatter(1, `former\n${marker}`, "platform-bot");
    expect(await post("03.json")).toBe(0);
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]!.body).toMatch(/^## WIDENED/);
  });

  it("that was deleted meanwhile is created again", async () => {
    expect(await post("03.json")).toBe(0);
    github.answerNext(/^PATCH/, 404, { message: "Not Found" });
    expect(await post("06.json")).toBe(0);
    expect(world.said.err).toContain("is created");
  });

  it.each([
    [403, { message: "Resource not accessible by integration" }, {}, /pull-requests: write.*forks/],
    [
      403,
      { message: "API rate limit exceeded" },
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1793523600" },
      /rate limit is used up, try again after 2026-11-01T/,
    ],
    [429, { message: "slow down" }, { "retry-after": "60" }, /try again in 60 s/],
    [401, { message: "Bad credentials" }, {}, /GITHUB_TOKEN is not valid/],
    [404, { message: "Not Found" }, {}, /no such pull request/],
    [301, { message: "Moved Permanently" }, { location: "http://127.0.0.1:1/elsewhere" }, /301 Moved/],
    [502, {}, {}, /502/],
  ])("%d %j is explained, after the review was printed", async (status, body, headers, said) => {
    github.answerNext(/^GET/, status, body, headers);
    expect(await post("03.json")).toBe(3);
    expect(firstLine()).toMatch(/^WIDENED/);
    expect(world.said.err).toMatch(/^Reading the comments of pull request 17 of example\/credentials: /);
    expect(world.said.err).toMatch(said);
    expect(world.said.err).not.toContain(githubToken);
  });

  it("is not tried outside a pull request, or without a token", async () => {
    const { surroundings } = world;
    const environment = { GITHUB_API_URL: "http://example.com" };
    expect(
      await runCommandLine(["review", "--file", "03.json", "--post"], { ...surroundings, environment }),
    ).toBe(2);
    expect(world.said.err).toMatch(
      /GITHUB_TOKEN is not set.*GITHUB_REPOSITORY is not.*https.*--pull-request/,
    );
    expect(github.requests).toEqual([]);
  });

  it("holds no secret, wherever one might be", async () => {
    const secret = "canary-client-secret-0a1b2c3d";
    const leaking = readPreview("09-description-only").replaceAll(
      '"outputs": {',
      `"outputs": { "clientSecret": "${secret}",`,
    );
    writeFileSync(
      join(world.folder, "leak.json"),
      leaking.replaceAll("Wallboard |", "client_secret=canary-typed-by-hand |"),
    );
    expect(leaking).toContain(secret);
    expect(await post("leak.json")).toBe(0);
    for (const text of [world.said.out, world.said.err, ...github.comments.map(({ body }) => body)]) {
      expect(text).not.toContain("canary-");
    }
  });
});
