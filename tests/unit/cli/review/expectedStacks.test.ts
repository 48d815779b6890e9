// `review --expect`: a stack without a preview is never passed over in silence.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommandLine } from "../../../../cli/main";
import { review } from "../../../../cli/review/review";
import { readPreview } from "../../../golden/previewFixture";
import { type CliFolder, createCliFolder } from "../cliFolder";

let world: CliFolder;
beforeEach(() => {
  world = createCliFolder("config: {}\n");
  writeFileSync(join(world.folder, "dev.json"), readPreview("01-no-change"));
});
afterEach(() => {
  world.remove();
});

const run = (...argv: string[]): Promise<number> => {
  world.said.out = "";
  return runCommandLine(["review", ...argv, "--fail-on", "blocked"], world.surroundings);
};

test("a stack whose preview is there is reviewed as ever", async () => {
  expect(await run("--file", "dev.json", "--expect", "dev")).toBe(0);
  expect(world.said.out).toMatch(/^NO CHANGE/);
});

test("a stack whose preview is missing is BLOCKED, by its name, beside the others", async () => {
  expect(await run("--file", "dev.json", "--expect", "dev", "--expect", "prod")).toBe(1);
  expect(world.said.out).toMatch(/^BLOCKED: prod BLOCKED, dev NO CHANGE/);
  expect(world.said.out).toContain("there is no preview of this stack, so nothing of it was reviewed");
});

test("where all are missing, all are BLOCKED", async () => {
  expect(await run("--expect", "dev", "--expect", "prod")).toBe(1);
  expect(world.said.out).toMatch(/^BLOCKED: dev BLOCKED, prod BLOCKED/);
});

test("it is about previews that were made elsewhere", async () => {
  expect(await run("--stack", "dev", "--expect", "dev")).toBe(2);
  expect(world.said.err).toContain("--expect says which stacks the previews of --file are of");
});

test("a preview that failed before its first resource is saved with the name of its stack", async () => {
  const printed = JSON.stringify({ diagnostics: [{ severity: "error", message: "no Genesys client" }] });
  const tools = {
    runPreview: () => Promise.resolve({ text: printed, violations: [] }),
    readStandardInput: () => Promise.resolve(""),
  };
  await review({ stack: ["prod"], save: "prod.json" }, world.surroundings, tools);
  expect(await run("--file", "prod.json", "--expect", "prod")).toBe(1);
  expect(world.said.out).toMatch(/^BLOCKED: prod/);
  expect(world.said.out).not.toContain("there is no preview of this stack");
});
