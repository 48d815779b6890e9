// The review of real previews: run by the command itself, and the fixtures of the golden tests against today's engine.
// REWRITE_PREVIEWS=1 writes the fixtures anew, REWRITE_PREVIEWS='^(49|5.)-' some of them.
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runCommandLine } from "../../cli/main";
import { Output } from "../../cli/terminal/output";
import { classify } from "../../cli/review/classify/classify";
import { defaultSettings } from "../../cli/review/classify/exclusions";
import { parsePreview } from "../../cli/review/plan/preview";
import { renderText } from "../../cli/review/render/renderText";
import { planOf } from "../../cli/review/plan/stackPlan";
import { Redactor } from "../../common/redact";
import { projectFolder } from "../../sandbox/worldPaths";
import { FakeClock } from "../fakeClock";
import {
  deployedAtMs,
  deployedStack,
  inOrderOfDeployment,
  proposedStack,
  stackBefore,
  stackOf,
} from "../golden/corpus/deployedStacks";
import { handMade } from "../golden/corpus/handMade";
import { type PullRequest } from "../golden/corpus/pullRequest";
import { readPreview, withoutChance, writePreview } from "../golden/previewFixture";
import { pullRequests } from "../golden/pullRequests";
import { type CommandResult, runCredentials } from "./credentialsCommand";
import { mustSucceed, type RotationScene } from "./rotationScene";
import { createUpgradeScene } from "./upgradeFixture";
import {
  createEngineWorld,
  deployerSecret,
  describeEngine,
  type EngineWorld,
  engineTestTimeoutMs,
  type PulumiOptions,
  type PulumiResult,
} from "./world";

/** More previews than in other engine tests. */
const timeoutFactor = 8;
jest.setTimeout(engineTestTimeoutMs * timeoutFactor);

const rewritten = process.env["REWRITE_PREVIEWS"];
const isRewriting = rewritten !== undefined;
/**
 * All of them, or those that are asked for, are made when they are rewritten; otherwise those in which the engine's own behaviour matters
 * most.
 */
const watched = isRewriting
  ? new RegExp(rewritten === "1" ? "." : rewritten)
  : /^(02|05|06|07|10|12|14|18|22|23|24|25|26|27|28|30|31|33|34|36|38|45|56|59|64|70|80|85)-/;

const reviewed = (printed: string): string =>
  renderText([classify(planOf(parsePreview(withoutChance(printed), "test")), defaultSettings, deployedAtMs)]);

/** The preview of a pull request; it is kept when the fixtures are rewritten. */
async function preview(
  pullRequest: PullRequest,
  world: EngineWorld,
  pulumi = (argv: readonly string[], options: PulumiOptions): Promise<PulumiResult> =>
    world.pulumi(argv, options),
): Promise<string> {
  const { name, options = [], environment: env = {}, renamedDivision: division } = pullRequest;
  const { organization } = world.simulator;
  world.writeStack(stackOf(pullRequest), proposedStack(pullRequest));
  if (division !== undefined) {
    organization.seed({ divisions: [{ id: division.id, name: division.to }] });
  }
  const { stdout } = await pulumi(["preview", "--json", ...options], { env });
  if (division !== undefined) {
    organization.seed({ divisions: [{ id: division.id, name: division.from }] });
  }
  if (isRewriting && watched.test(name)) {
    writePreview(name, stdout);
  }
  return stdout;
}

describeEngine("the review of real previews", () => {
  let world: EngineWorld;
  let firstPreview: string;
  /** By the name of the stack. */
  const deployed = new Map<string, string>();
  const first = pullRequests.find(({ isFirst }) => isFirst === true)!;
  const clock = { now: () => deployedAtMs, sleep: () => Promise.resolve() };

  const deploy = async (stack: string, name = "dev"): Promise<void> => {
    world.writeStack(name, stack);
    mustSucceed(await world.pulumi(["up", "--yes", "--skip-preview"]));
    deployed.set(name, stack);
  };

  const run = async (...argv: string[]): Promise<{ code: number; out: string; err: string }> => {
    const said = { out: "", err: "" };
    const redactor = new Redactor();
    const output = new Output(
      redactor,
      (text) => (said.out += text),
      (text) => (said.err += text),
    );
    const { folder, environment } = world;
    const code = await runCommandLine(argv, {
      folder,
      environment,
      clock: new FakeClock(),
      redactor,
      output,
    });
    return { code, ...said };
  };

  beforeAll(async () => {
    world = await createEngineWorld({ clock, hosts: "staying" });
    cpSync(join(projectFolder, "policy"), join(world.folder, "policy"), { recursive: true });
    world.simulator.organization.seed(handMade);
    firstPreview = await preview(first, world);
    await deploy(deployedStack);
  });
  afterAll(async () => {
    await world.stop();
  });

  it("a first update: every tuple is new", () => {
    expect(reviewed(firstPreview)).toBe(reviewed(readPreview(first.name)));
  });

  it("the command runs the preview itself: one permission, exactly that tuple", async () => {
    const [added] = pullRequests.filter(({ name }) => name === "03-permission-added");
    world.writeStack("dev", proposedStack(added!));
    await world.pulumi(["stack", "select", "dev"]);
    const { code, out, err } = await run("review", "--stack", "dev", "--fail-on", "widened");
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out.split("\n")).toEqual([
      "WIDENED: dev: 2 wider (data export)",
      "",
      "nightly-report",
      "  WIDER           outbound:contact:view in home  [data export]",
      "",
      "wallboard",
      "  WIDER           outbound:contact:view in Support  [data export]",
      "",
      "Previewed 2026-11-01 09:00 UTC. What each word means: docs/reviewing.md",
      "",
    ]);
    for (const secret of [deployerSecret, "canary-"]) {
      expect(out).not.toContain(secret);
    }
  });

  it("names the policies that are violated, and keeps the preview for another job", async () => {
    const { code, out } = await run(
      ...["review", "--stack", "dev", "--policy-pack", "policy", "--save", "previews/dev.json"],
      ...["--fail-on", "blocked"],
    );
    expect(code).toBe(1);
    expect(out).toMatch(/^BLOCKED: dev/);
    expect(out).toMatch(
      /^crm-sync\n {2}BLOCKED +policy owner-required: The secret of "crm-sync" names no owner/m,
    );
    const later = await run("review", "--file", "previews/dev.json");
    expect(later.out).toBe(out);
  });

  it("a stack that does not exist is an outside failure, told in one line", async () => {
    const { code, out, err } = await run("review", "--stack", "nowhere");
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toMatch(/^Previewing stack "nowhere": .*no stack named 'nowhere' found.*\n$/);
  });

  it.each(
    inOrderOfDeployment(pullRequests)
      .filter(({ name, isFirst, fixture }) => isFirst !== true && fixture === undefined && watched.test(name))
      .map((pullRequest) => [pullRequest.name, pullRequest] as const),
  )("the fixture %s is what the engine prints today", async (name, pullRequest) => {
    const [stack, before] = [stackOf(pullRequest), stackBefore(pullRequest)];
    if (deployed.get(stack) !== before) {
      await deploy(before, stack);
    }
    expect(reviewed(await preview(pullRequest, world))).toBe(reviewed(readPreview(name)));
  });

  it("an update that AWS refused is told, although state holds what was refused", async () => {
    const described = deployed.get("dev")!.replace("Wallboard in the lobby", "Wallboard upstairs");
    world.writeStack("dev", described);
    world.secretsManager.faults.arm({ kind: "accessDenied", operation: "UpdateSecret" });
    expect((await world.pulumi(["up", "--yes", "--skip-preview"])).exitCode).not.toBe(0);
    const { stdout } = await world.pulumi(["preview", "--json"]);
    expect(reviewed(stdout)).toContain("the last update of secret genesys/dev/wallboard failed");
  });
});

describeEngine("the review of real previews of a stack of version 0.1.0", () => {
  let scene: RotationScene;
  let isUpgraded = false;

  beforeAll(async () => {
    scene = await createUpgradeScene();
  });
  afterAll(async () => {
    await scene.stop();
  });

  it("what the command saves of a stack that holds secrets is whole JSON, and reads as the same review", async () => {
    const { world, simulator } = scene;
    const rotation = pullRequests.find(({ name }) => name === "32-upgrade-and-rotation")!;
    world.writeStack("dev", proposedStack(rotation));
    const live = { GENESYSCLOUD_API_URL: simulator.url, GENESYSCLOUD_LOGIN_URL: simulator.url };
    const review = (...argv: string[]): Promise<CommandResult> =>
      runCredentials(world, ["review", ...argv], live);
    const first = await review("--stack", "dev", "--save", "dev.json");
    expect(first).toEqual({ exitCode: 0, output: expect.stringMatching(/^ROTATED: dev: /) as string });
    const saved = readFileSync(join(world.folder, "dev.json"), "utf8");
    expect(JSON.parse(saved)).toHaveProperty("steps");
    expect(saved).toContain('"clientSecret"'); // what once was taken for a secret, whatever stood behind it
    expect(saved).not.toContain("canary-");
    expect(await review("--file", "dev.json")).toEqual(first);
  });

  const ofThisStack = pullRequests.filter(({ name, fixture }) => fixture !== undefined && watched.test(name));
  // A part of the fixtures that is rewritten may have none of these; a table without a line is an error to Jest.
  (ofThisStack.length === 0 ? it.skip : it).each(
    (ofThisStack.length === 0 ? pullRequests : ofThisStack).map(
      (pullRequest) => [pullRequest.name, pullRequest] as const,
    ),
  )("the fixture %s is what the engine prints today", async (name, pullRequest) => {
    if (pullRequest.fixture === "upgraded" && !isUpgraded) {
      scene.world.writeStack("dev", stackBefore(pullRequest));
      mustSucceed(await scene.up());
      isUpgraded = true;
    }
    const printed = await preview(pullRequest, scene.world, (argv, options) => scene.pulumi(argv, options));
    expect(reviewed(printed)).toBe(reviewed(readPreview(name)));
  });
});
