// Whose is it: every situation in which state, names and organisation disagree, and what `up` and the commands then do, as one generated table.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { projectFolder } from "../../sandbox/worldPaths";
import { OwnershipScene, type Pair, type Said } from "./ownershipScene";
import { type Situation, situations } from "./ownershipSituations";
import { type OwnershipRow, renderOwnership } from "./renderOwnership";
import { describeEngine, engineTestTimeoutMs } from "./world";

jest.setTimeout(engineTestTimeoutMs);

const page = join(projectFolder, "docs", "ownership-matrix.md");
const codePattern = /\[([A-Z][A-Z_]{4,})\]/g;

describeEngine("whose is it", () => {
  let scene: OwnershipScene;
  const rows: OwnershipRow[] = [];
  beforeAll(async () => {
    scene = await OwnershipScene.create();
  });
  afterAll(async () => {
    await scene.stop();
  });

  it.each(situations.map((situation) => [situation.name, situation] as const))(
    "%s",
    async (_name, situation) => {
      scene.restore();
      await situation.arrange(scene);
      const arranged = scene.snapshot();
      const pairs = scene.pairs();
      const looks = [
        await scene.credentials("verify"),
        await scene.credentials("list"),
        await scene.credentials("audit", "--json", "--no-usage"),
        await scene.credentials("doctor", "--json"),
      ];
      // Nothing that only looks changes anything.
      expect(scene.pairs()).toEqual(pairs);
      const up = await updated(situation, pairs);
      arranged();
      const revoke = await revoked();
      const [verify, list, audit, doctor] = looks as [Said, Said, Said, Said];
      rows.push({ situation: situation.name, up, revoke, verify, list, audit, doctor });
    },
  );

  it("is told by docs/ownership-matrix.md", () => {
    const text = renderOwnership(rows);
    if ((process.env["UPDATE_OWNERSHIP_MATRIX"] ?? "") !== "") {
      writeFileSync(page, text);
    }
    expect(rows).toHaveLength(situations.length);
    expect(readFileSync(page, "utf8")).toBe(text);
  });

  /** `up`: no consumer is refused, no secret of a client that is there is made anew; refused by its preview, it writes nothing. */
  async function updated({ up: expected, isDown }: Situation, before: readonly Pair[]): Promise<Said> {
    const { simulator, secretsManager } = scene.world;
    simulator.requestLog.clear();
    secretsManager.clearRequestLog();
    const { result, refused } = await scene.withConsumer(() => scene.up());
    const output = `${result.stdout}\n${result.stderr}`;
    const codes = codesIn(output);
    const said = `${output}\n`;
    if (isDown !== true) {
      expect({ refused, said: refused === 0 ? "" : said }).toEqual({ refused: 0, said: "" });
    }
    const now = scene.pairs();
    for (const { clientId, clientSecret } of before) {
      const present = now.find((pair) => pair.clientId === clientId);
      expect(present === undefined || present.clientSecret === clientSecret).toBe(true);
    }
    if (expected === 0) {
      expect({ exitCode: result.exitCode, said: result.exitCode === 0 ? "" : said }).toEqual({
        exitCode: 0,
        said: "",
      });
    } else {
      expect(result.exitCode).not.toBe(0);
      expect(codes).toEqual(expect.arrayContaining([...expected]));
      expect(writes()).toEqual([]);
    }
    return { exitCode: result.exitCode, output };
  }

  /** `revoke` ends with 0 only where nobody can sign in any more. */
  async function revoked(): Promise<Said> {
    const key = /nightly-reports?/.exec(
      readFileSync(join(scene.world.folder, `Pulumi.${scene.stack}.yaml`), "utf8"),
    )![0];
    const said = await scene.credentials("revoke", key, "--yes");
    const alive = await Promise.all(scene.pairs().map((pair) => scene.signsIn(pair)));
    if (said.exitCode === 0 && alive.includes(true)) {
      throw new Error(`revoke ended with 0 and a client still signs in:\n${said.output}`);
    }
    return said;
  }

  function writes(): string[] {
    const { simulator, secretsManager } = scene.world;
    return [
      ...simulator.requestLog.entries
        .filter(({ method, path }) => method !== "GET" && path !== "/oauth/token")
        .map(({ method, path }) => `${method} ${path}`),
      ...secretsManager.requestLog
        .map(({ operation }) => operation)
        .filter((operation) => !/^(?:Get|Describe|List)/.test(operation)),
    ];
  }
});

function codesIn(output: string): string[] {
  return [...new Set([...output.matchAll(codePattern)].map(([, code = ""]) => code))].sort();
}
