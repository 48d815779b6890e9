// The review of real previews: run by the command itself, and the fixtures of the golden tests against today's engine.
// REWRITE_PREVIEWS=1 writes the fixtures anew.
import { cpSync } from "node:fs";
import { join } from "node:path";
import { runCommandLine } from "../../cli/main";
import { Output } from "../../cli/terminal/output";
import { classify } from "../../cli/review/classify/classify";
import { defaultSettings } from "../../cli/review/classify/exclusions";
import { parsePreview } from "../../cli/review/plan/preview";
import { renderText } from "../../cli/review/render/renderText";
import { planOf } from "../../cli/review/plan/stackPlan";
import { Redactor } from "../../common/redact";
import { adminRoleId, deployerClientId, homeDivisionId } from "../../sandbox/genesys/seed";
import { projectFolder } from "../../sandbox/worldPaths";
import { FakeClock } from "../fakeClock";
import { readPreview, withoutChance, writePreview } from "../golden/previewFixture";
import {
  deployedAtMs,
  deployedStack,
  proposedStack,
  type PullRequest,
  pullRequests,
  stackBefore,
} from "../golden/pullRequests";
import { mustSucceed, type RotationScene } from "./rotationScene";
import { createUpgradeScene } from "./upgradeFixture";
import {
  createEngineWorld,
  deployerSecret,
  describeEngine,
  type EngineWorld,
  engineTestTimeoutMs,
  type PulumiResult,
} from "./world";

/** More previews than in other engine tests. */
const timeoutFactor = 4;
jest.setTimeout(engineTestTimeoutMs * timeoutFactor);

const isRewriting = process.env["REWRITE_PREVIEWS"] === "1";
/** All of them are made when they are rewritten; otherwise those in which the engine's own behaviour matters most. */
const watched = isRewriting ? /./ : /^(02|05|06|07|09|10|12|14|18|22|23|24|25|26|27|28|30|31|33|34|36)-/;

const reviewed = (printed: string): string =>
  renderText([classify(planOf(parsePreview(withoutChance(printed), "test")), defaultSettings, deployedAtMs)]);

/** The preview of a pull request; it is kept when the fixtures are rewritten. */
async function preview(
  pullRequest: PullRequest,
  world: EngineWorld,
  pulumi = (argv: readonly string[]): Promise<PulumiResult> => world.pulumi(argv),
): Promise<string> {
  world.writeStack("dev", proposedStack(pullRequest));
  const { stdout } = await pulumi(["preview", "--json", ...(pullRequest.options ?? [])]);
  if (isRewriting) {
    writePreview(pullRequest.name, stdout);
  }
  return stdout;
}

describeEngine("the review of real previews", () => {
  let world: EngineWorld;
  let firstPreview: string;
  let deployed: string;
  const first = pullRequests.find(({ isFirst }) => isFirst === true)!;
  const clock = { now: () => deployedAtMs, sleep: () => Promise.resolve() };

  const deploy = async (stack: string): Promise<void> => {
    world.writeStack("dev", stack);
    mustSucceed(await world.pulumi(["up", "--yes", "--skip-preview"]));
    deployed = stack;
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
    // Nobody can hand out a role they do not hold, and one pull request hands out this one.
    const grants = [{ subjectId: deployerClientId, roleId: adminRoleId, divisionId: homeDivisionId }];
    world.simulator.organization.seed({ grants });
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
      "  WIDER     nightly-report  outbound:contact:view in home  [data export]",
      "  WIDER     wallboard       outbound:contact:view in Support  [data export]",
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
    expect(out).toContain('policy owner-required: crm-sync: The secret of "crm-sync" names no owner');
    const later = await run("review", "--file", "previews/dev.json");
    expect(later.out).toBe(out);
  });

  it("a stack that does not exist is an outside failure, told in one line", async () => {
    const { code, out, err } = await run("review", "--stack", "nowhere");
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toMatch(/^Previewing stack "nowhere": .*no stack named 'nowhere' found.*\n$/);
  });

  it.each(
    pullRequests
      .filter(({ name, isFirst, fixture }) => isFirst !== true && fixture === undefined && watched.test(name))
      .map((pullRequest) => [pullRequest.name, pullRequest] as const),
  )("the fixture %s is what the engine prints today", async (name, pullRequest) => {
    if (stackBefore(pullRequest) !== deployed) {
      await deploy(stackBefore(pullRequest));
    }
    expect(reviewed(await preview(pullRequest, world))).toBe(reviewed(readPreview(name)));
  });

  it("an update that AWS refused is told, although state holds what was refused", async () => {
    const described = deployed.replace("Wallboard in the lobby", "Wallboard upstairs");
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

  it.each(
    pullRequests
      .filter(({ name, fixture }) => fixture !== undefined && watched.test(name))
      .map((pullRequest) => [pullRequest.name, pullRequest] as const),
  )("the fixture %s is what the engine prints today", async (name, pullRequest) => {
    if (pullRequest.fixture === "upgraded" && !isUpgraded) {
      scene.world.writeStack("dev", stackBefore(pullRequest));
      mustSucceed(await scene.up());
      isUpgraded = true;
    }
    const printed = await preview(pullRequest, scene.world, (argv) => scene.pulumi(argv));
    expect(reviewed(printed)).toBe(reviewed(readPreview(name)));
  });
});
