// The last line of a review: which commit, when, and where the words are explained; and that a later look alone rewrites no comment.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommandLine } from "../../../../cli/main";
import { type StackReview } from "../../../../cli/review/classify/classify";
import { markdownFooter, textFooter, withoutTimes } from "../../../../cli/review/render/footer";
import { lineLimit } from "../../../../cli/review/render/layout";
import { readPreview } from "../../../golden/previewFixture";
import { type CliFolder, createCliFolder } from "../cliFolder";
import { type GithubDouble, githubToken, startGithub } from "./githubDouble";

const [first, second, merge] = ["a1", "b2", "c3"].map((pair) => pair.repeat(20)) as [string, string, string];

describe("the words", () => {
  const at = (...times: readonly (string | undefined)[]): StackReview[] =>
    times.map((previewedAt, index) => ({
      stack: `stack-${index}`,
      verdict: "NO CHANGE",
      findings: [],
      notes: [],
      expired: [],
      ...(previewedAt === undefined ? {} : { previewedAt }),
    }));

  it("without anything to tell, the page alone; in text nothing", () => {
    expect(markdownFooter(at(undefined), {})).toBe("What each word means: `docs/reviewing.md`");
    expect(textFooter(at(undefined), {})).toBeUndefined();
  });

  it.each([
    [["2026-11-01T09:00:59Z"], "previewed 2026-11-01 09:00 UTC"],
    [
      ["2026-11-01T09:12:00Z", "2026-11-01T10:00:00+01:00"],
      "previewed 2026-11-01 09:00 to 2026-11-01 09:12 UTC",
    ],
    [["2026-11-01T09:00:00Z", undefined], "previewed 2026-11-01 09:00 UTC, some stacks at a time not known"],
    [["yesterday, @somebody"], undefined],
  ])("%j: %s", (times, words) => {
    const commit =
      words === undefined ? `Commit ${first.slice(0, 10)}` : `Commit ${first.slice(0, 10)}, ${words}`;
    expect(textFooter(at(...times), { commit: first })).toBe(
      `${commit}. What each word means: docs/reviewing.md`,
    );
  });

  it("times that people write elsewhere stay", () => {
    const text = (minute: string, said: string): string =>
      `- other: \`previewed 2026-11-01 ${said} UTC\`\n\nPreviewed 2026-11-01 ${minute} UTC. What each word means: x`;
    expect(withoutTimes(text("09:00", "08:00"))).toBe(withoutTimes(text("09:01", "08:00")));
    expect(withoutTimes(text("09:00", "08:00"))).not.toBe(withoutTimes(text("09:00", "08:01")));
  });
});

describe("the comment", () => {
  let github: GithubDouble;
  let world: CliFolder;
  beforeEach(async () => {
    github = await startGithub();
    world = createCliFolder("config: {}\n");
  });
  afterEach(async () => {
    world.remove();
    await github.stop();
  });

  const post = async (head: unknown, previewedAt: string, more: object = {}): Promise<string> => {
    const eventPath = join(world.folder, "event.json");
    writeFileSync(eventPath, JSON.stringify({ pull_request: { number: 17, head: { sha: head } } }));
    const preview = { ...(JSON.parse(readPreview("06-rotation")) as object), savedForm: 1, previewedAt };
    writeFileSync(join(world.folder, "dev.json"), JSON.stringify(preview));
    const environment = {
      GITHUB_API_URL: github.url,
      GITHUB_TOKEN: githubToken,
      GITHUB_REPOSITORY: "example/credentials",
      GITHUB_EVENT_PATH: eventPath,
      GITHUB_SHA: merge,
      ...more,
    };
    world.said.err = "";
    const surroundings = { ...world.surroundings, environment };
    expect(await runCommandLine(["review", "--file", "dev.json", "--post"], surroundings)).toBe(0);
    return github.comments[0]?.body.split("\n").at(-3) ?? "";
  };

  it("names the commit that was pushed, and the page as it is there; a later look at it rewrites nothing, another commit does", async () => {
    const line = await post(first, "2026-11-01T09:00:00Z");
    expect(line).toBe(
      `Commit \`${first.slice(0, 10)}\`, previewed 2026-11-01 09:00 UTC. What each word means: ` +
        `[docs/reviewing.md](https://github.com/example/credentials/blob/${first}/docs/reviewing.md)`,
    );
    expect(await post(first, "2026-11-02T10:00:00Z")).toBe(line);
    expect(world.said.err).toContain("is unchanged");
    expect(await post(second, "2026-11-02T10:00:00Z")).toContain(second);
    expect(world.said.err).toContain("is updated");
    expect(github.comments[0]?.body.split("\n").length).toBeLessThanOrEqual(lineLimit + 2);
  });

  it("of an event without a commit names that of the workflow, and none that is no commit", async () => {
    expect(await post(7, "2026-11-01T09:00:00Z")).toContain(`/blob/${merge}/docs/reviewing.md`);
    const odd = { GITHUB_SHA: "](https://example.com)", GITHUB_SERVER_URL: "https://git.example" };
    expect(await post("@everybody", "2026-11-01T09:00:00Z", odd)).toBe(
      "Previewed 2026-11-01 09:00 UTC. What each word means: [docs/reviewing.md](https://git.example/example/credentials/blob/HEAD/docs/reviewing.md)",
    );
  });
});
