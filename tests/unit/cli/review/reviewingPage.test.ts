// docs/reviewing.md shows real reviews, and names every policy and risk class there is.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { riskClasses } from "../../../../genesys/knowledge/riskClasses";
import { verdicts } from "../../../../cli/review/classify/verdict";
import { formats, gates } from "../../../../cli/review/reviewOptions";

const projectFolder = join(__dirname, "..", "..", "..", "..");
const read = (...parts: string[]): string => readFileSync(join(projectFolder, ...parts), "utf8");
const page = read("docs", "reviewing.md");

it("its examples are the golden reviews", () => {
  const examples = [...page.matchAll(/<!-- from (\S+) -->\n\n```text\n([\s\S]*?)```/g)];
  expect(examples).toHaveLength(3);
  for (const [, path = "", text = ""] of examples) {
    expect(read(path)).toContain(text.trimEnd());
  }
});

it.each([...verdicts, ...riskClasses])("explains %s", (word) => {
  expect(page).toMatch(new RegExp(`^\\| \`?${word}\`? `, "m"));
});

it("lists every policy", () => {
  const names = readdirSync(join(projectFolder, "policy"))
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) =>
      [...read("policy", file).matchAll(/^ {2}name: "([^"]+)"/gm)].map(([, name = ""]) => name),
    );
  expect(names).toHaveLength(12);
  for (const name of names) {
    expect(page).toContain(`\`${name}\``);
  }
});

it("tells every form for programs and every gate, and leads to all codes", () => {
  for (const gate of gates) {
    expect(page).toContain(`\`--fail-on ${gate}\``);
  }
  for (const form of formats.filter((one) => one !== "text")) {
    expect(page).toMatch(new RegExp(`--(?:format )?${form}\\b`));
  }
  expect(page).toContain("(review-findings.md)");
});
