// Comments cite pages of this repository only, and sections that these have.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { documentText, groupsIn } from "./sourceFiles";

const project = path.join(__dirname, "..", "..", "..");

/** Folders at the top that are not part of the product. Those with a dot are none either. */
const otherFolders = new Set(["node_modules", "coverage"]);
/** Files that can hold a comment or a text for readers. */
const readableFile = /\.([cm]?js|css|md|ts|ya?ml)$/;

/** A section or several: `3.3`, `3.1, 4.1`. */
const sections = String.raw`\d+(?:\.\d+)*(?:, \d+(?:\.\d+)*)*`;
const citationPattern = new RegExp(String.raw`\b(docs/[\w/-]+\.md) (${sections})`, "g");
/** A page that is cited by section without being a file of `docs/`, with or without its ending. */
const outsidePattern = new RegExp(
  String.raw`(?<![\w./-])((?:[\w-]+\.md|[a-z]+-(?:api|facts)) \d+(?:\.\d+)*)`,
  "g",
);
/** A month in brackets is no source: `(` year `-` month, and what else it says. */
const monthPattern = /(\(\d{4}-\d{2}(?:, [^)]*)?\))/g;

/** Fewer would mean that the patterns miss a way of writing them. */
const fewestCitations = 80;

/** Every readable file of the product, by its path from the top. A comment that is broken into lines is one line. */
function productTexts(): ReadonlyMap<string, string> {
  const top = readdirSync(project, { withFileTypes: true }).filter(
    ({ name }) => !name.startsWith(".") && !otherFolders.has(name),
  );
  const names = top.flatMap((entry) =>
    entry.isDirectory()
      ? readdirSync(path.join(project, entry.name), { recursive: true, encoding: "utf8" }).map((name) =>
          path.join(entry.name, name),
        )
      : [entry.name],
  );
  return new Map(
    names
      .filter((name) => readableFile.test(name))
      .map((name) => [name, joined(readFileSync(path.join(project, name), "utf8"))]),
  );
}

function joined(text: string): string {
  return text.replace(/\r?\n[ \t]*(?:\/\/|\*(?!\/))?[ \t]*/g, " ");
}

/** What the pattern finds in a file, as `file: what`. */
function found(texts: ReadonlyMap<string, string>, pattern: RegExp): string[] {
  return [...texts].flatMap(([name, text]) => groupsIn([text], pattern).map((what) => `${name}: ${what}`));
}

const texts = productTexts();
const citations = [...texts].flatMap(([name, text]) =>
  [...text.matchAll(citationPattern)].flatMap(([, page = "", cited = ""]) =>
    cited.split(", ").map((section) => ({ name, page, section })),
  ),
);

it("every section that is cited is a heading of the page", () => {
  const headings = new Map(
    [...new Set(citations.map(({ page }) => page))]
      .filter((page) => existsSync(path.join(project, page)))
      .map((page) => [page, new Set(groupsIn([documentText(page)], /^#{2,4} (\d+(?:\.\d+)*)\.? \S/gm))]),
  );
  expect(citations.length).toBeGreaterThan(fewestCitations);
  expect(
    citations
      .filter(({ page, section }) => headings.get(page)?.has(section) !== true)
      .map(({ name, page, section }) => `${name}: ${page} ${section}`),
  ).toEqual([]);
});

it("no page is cited that is not in the repository", () => {
  expect([...found(texts, outsidePattern), ...found(texts, monthPattern)]).toEqual([]);
});

it("a citation that is broken into two lines is read, and one of a page outside is noticed", () => {
  const page = "genesys-api";
  const own = joined(` * (docs/${page}.md\n   * 3.1,\n   * 9.99)`);
  expect(groupsIn([own], citationPattern)).toEqual([`docs/${page}.md`]);
  expect([...own.matchAll(citationPattern)].map(([, , cited]) => cited)).toEqual(["3.1, 9.99"]);
  expect(groupsIn([own], outsidePattern)).toEqual([]);
  const outside = [`${page} 3.3`, ["pulumi.md", "5.1"].join(" ")];
  expect(outside.flatMap((one) => groupsIn([`(${one})`], outsidePattern))).toEqual(outside);
});

it("every section of the pages of facts is there once", () => {
  for (const page of ["docs/genesys-api.md", "docs/platform-facts.md"]) {
    const numbers = [...documentText(page).matchAll(/^#{2,4} (\d+(?:\.\d+)*)/gm)].map(([, number]) => number);
    expect(numbers.length).toBeGreaterThan(0);
    expect(new Set(numbers).size).toBe(numbers.length);
  }
});
