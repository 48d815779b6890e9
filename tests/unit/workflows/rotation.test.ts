// The scheduled rotation: what could be decided is proposed, what could not makes the run red, and its checks are started.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Runner } from "./runner";

let runner: Runner;
beforeEach(() => {
  runner = new Runner();
});
afterEach(() => {
  runner.remove();
});

describe("raising the generations", () => {
  const raise = (body: string) => {
    runner.program("npm", body);
    return runner.run("rotate.yml", "Raise the generation of what is due", {
      GENESYS_CREDENTIALS_EVIDENCE: join(runner.temporary, "evidence"),
    });
  };
  const report = () => join(runner.temporary, "rotations.md");

  it("is asked of every stack at once, with a report for the pull request and the summary", () => {
    expect(raise(`echo "1 due, waits for staging" > "${report()}"`)).toMatchObject({
      status: 0,
      calls: [`npm run --silent credentials -- rotate --due --all-stacks --report ${report()}`],
      outputs: { status: "0" },
      summary: "1 due, waits for staging\n",
    });
  });

  it("goes on with what could be decided, and keeps the exit code for the end", () => {
    const { status, outputs } = raise(`echo "prod: failed" > "${report()}"; exit 2`);
    expect({ status, outputs }).toEqual({ status: 0, outputs: { status: "2" } });
    const end = (STATUS: string) => runner.run("rotate.yml", "Say whether all could be decided", { STATUS });
    expect(end("0")).toMatchObject({ status: 0, said: "" });
    expect(end("2")).toMatchObject({ status: 1, said: expect.stringContaining("rotate ended with 2") });
    expect(end("")).toMatchObject({ status: 1, said: expect.stringContaining("rotate ended with nothing") });
  });

  it.each(["exit 3", "exit 0"])("is red at once without a report: %s", (body) => {
    expect(raise(body)).toMatchObject({
      status: 1,
      said: expect.stringContaining("::error title=Nothing could be decided::"),
    });
    writeFileSync(report(), "");
    expect(raise(body).status).toBe(1);
  });
});

describe("the checks of the proposal", () => {
  const start = () =>
    runner.run("rotate.yml", "Have the proposal checked and previewed", {
      BRANCH: "rotate/due",
      PULL_REQUEST: "9",
    });

  it("are started on its branch, the preview for its pull request", () => {
    runner.program("gh");
    expect(start().calls).toEqual([
      "gh workflow run check.yml --ref rotate/due",
      "gh workflow run preview.yml --ref rotate/due --field pull-request=9",
    ]);
  });

  it("are missed by nobody in silence", () => {
    runner.program("gh", "exit 1");
    expect(start().status).toBe(1);
  });
});
