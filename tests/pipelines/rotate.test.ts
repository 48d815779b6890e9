// rotate.yml, step by step: what is due becomes one pull request that tells the rest too, and what could not be read is red.
import { msPerDay } from "../../common/clock";
import { gitIn } from "../git";
import { type WorkflowRun } from "./pipeline";
import { Scene } from "./scene";
import { type Declared, pathOf, type Stack, stackFile, stacks } from "./stackFiles";
import { told } from "./told";

const timeoutMs = 240_000;
jest.setTimeout(timeoutMs);

const branch = "rotate/due";
/** Days since the last rotation, where the schedule says 30. */
const longAgo = 40;
const lately = 10;
const ago = (days: number): string => new Date(Date.now() - days * msPerDay).toISOString();

describe("rotate.yml", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await Scene.create("written");
  });
  afterEach(async () => {
    const leaks = scene.leaks();
    await scene.stop();
    expect(leaks).toEqual([]);
  });

  const declare = (
    days: Readonly<Record<Stack, number>>,
    more: Partial<Record<Stack, Declared>> = {},
  ): void => {
    scene.repository.push(
      Object.fromEntries(
        stacks.map((stack) => [
          pathOf(stack),
          stackFile(stack, { rotatedAt: ago(days[stack]), ...more[stack] }),
        ]),
      ),
    );
  };
  const rotate = (): Promise<WorkflowRun> => scene.run("rotate", scene.repository.started());
  const pulls = (): Scene["machine"]["github"]["pulls"] => scene.machine.github.pulls;
  const generation = (stack: Stack): string =>
    /generation: \d+/.exec(scene.repository.read(branch, pathOf(stack)))?.[0] ?? "";

  it("is green and proposes nothing where nothing is due", async () => {
    declare({ dev: lately, staging: lately, prod: lately });
    const run = await rotate();
    expect(told(run)).toContain("Nothing to propose.");
    expect(run.jobs[0]?.summary).toMatch(/^\*\*Nothing is due\.\*\*/);
    expect(run.conclusion).toBe("success");
    expect(pulls()).toEqual([]);
  });

  it("proposes what is due, tells what waits for another ring, and has the proposal checked", async () => {
    declare({ dev: longAgo, staging: longAgo, prod: lately });
    const run = await rotate();
    expect(told(run)).not.toContain("::error");
    expect(run.conclusion).toBe("success");
    expect(pulls()).toMatchObject([{ head: branch, state: "OPEN" }]);
    const body = pulls()[0]?.body ?? "";
    expect(body).toMatch(/`dev`[^#]+nightly-report[^#]+generation 0 -> 1/);
    expect(body).toMatch(/`staging`[^#]+waits: `nightly-report`: `.*dev/);
    expect(body).toMatch(/`prod`\s+Nothing is due/);
    expect([generation("dev"), generation("staging")]).toEqual(["generation: 1", "generation: 0"]);
    expect(scene.machine.github.started).toEqual([
      { workflow: "check.yml", ref: branch },
      { workflow: "preview.yml", ref: branch, field: `pull-request=${pulls()[0]?.number ?? ""}` },
    ]);

    const again = await rotate();
    expect(told(again)).toContain("proposes the same already; it is left alone");
    expect(scene.machine.github.started).toHaveLength(2);

    declare({ dev: lately, staging: lately, prod: lately });
    const later = await rotate();
    expect(later.conclusion).toBe("success");
    expect(pulls()).toMatchObject([{ state: "CLOSED", comments: ["Nothing of this is due any more."] }]);
    expect(scene.repository.files(branch)).toEqual([]);
  });

  it("never pushes over what a person has committed to the proposal", async () => {
    declare({ dev: longAgo, staging: lately, prod: lately });
    await rotate();
    const git = gitIn(scene.repository.clone);
    git("fetch", "--quiet", "origin", branch);
    git("checkout", "--quiet", "--force", "--detach", "FETCH_HEAD");
    git("commit", "--quiet", "--allow-empty", "--message", "By hand");
    git("push", "--quiet", "origin", `HEAD:${branch}`);
    const theirs = git("rev-parse", "HEAD");
    declare({ dev: longAgo, staging: longAgo, prod: longAgo });
    const run = await rotate();
    expect(told(run)).toContain("Somebody has committed to rotate/due");
    expect(gitIn(scene.repository.bare)("rev-parse", branch)).toBe(theirs);
  });

  it("mistake: a misspelt setting in one stack file is red and named, and keeps no other from being proposed", async () => {
    declare(
      { dev: longAgo, staging: lately, prod: lately },
      { staging: { more: "      rotatoin: { every: P30D }\n" } },
    );
    const run = await rotate();
    expect(run.conclusion).toBe("failure");
    const [job] = run.jobs;
    expect(job?.summary).toMatch(/`staging`\s+Could not be read[^#]+rotatoin/);
    expect(job?.steps.at(-1)?.log).toContain("Not every stack could be decided");
    expect(pulls()[0]?.body).toContain("rotatoin");
    expect(generation("dev")).toBe("generation: 1");
  });

  it("mistake: stacks that wait for each other are red, and nothing is proposed in their name", async () => {
    const circle = (stack: Stack, after: Stack): string =>
      stackFile(stack, { rotatedAt: ago(longAgo) }).replace(
        "config:\n",
        `config:\n  genesys-credentials:after: ${after}\n`,
      );
    scene.repository.push({ [pathOf("dev")]: circle("dev", "prod") });
    const run = await rotate();
    expect(run.conclusion).toBe("failure");
    expect(run.jobs[0]?.summary).toMatch(/wait/);
    expect(pulls()).toEqual([]);
  });

  it("mistake: a repository that lets no workflow propose anything is red, with GitHub's reason", async () => {
    scene.machine.github = { ...scene.machine.github, mayNotPropose: true };
    declare({ dev: longAgo, staging: lately, prod: lately });
    const run = await rotate();
    expect(run.conclusion).toBe("failure");
    expect(told(run)).toContain("not permitted to create or approve pull requests");
  });

  it("mistake: a workflow that prints its token would be found by the search that follows every test here", async () => {
    const path = ".github/workflows/rotate.yml";
    const workflow = scene.repository.read("main", path);
    scene.repository.push({
      [path]: workflow.replace(
        "run: bash .github/scripts/propose",
        'run: echo "$GH_TOKEN" && bash .github/scripts/propose',
      ),
    });
    declare({ dev: lately, staging: lately, prod: lately });
    await rotate();
    expect(scene.leaks()).toHaveLength(1);
    scene.runs.splice(0);
  });
});
