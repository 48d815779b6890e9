// Every relative link of a document leads to a file of the repository, and its anchor to a heading there; so do the ones in messages and comments.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const project = path.join(__dirname, "..", "..", "..");
/** Folders at the top that hold nothing for readers. Those with a dot are none either, but for the workflows. */
const otherFolders = new Set(["node_modules", "coverage", "tests"]);

function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(path.join(project, folder), { recursive: true, encoding: "utf8" })
    .map((name) => path.join(folder, name))
    .filter((name) => ending.test(name) && !name.includes("node_modules"));
}

const top = readdirSync(project, { withFileTypes: true });
const folders = top
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && !otherFolders.has(entry.name))
  .map(({ name }) => name);
const documents = [
  ...top.map(({ name }) => name).filter((name) => name.endsWith(".md")),
  ...folders.flatMap((folder) => filesBelow(folder, /\.md$/)),
];

const textOf = (name: string): string => readFileSync(path.join(project, name), "utf8");
/** What is in a fence is no heading and no link. */
const prose = (name: string): string => textOf(name).replace(/^ *(```+|~~~+)[^]*?^ *\1 *$/gm, "");

/** As GitHub makes it of a heading: marks go, letters, digits, `-` and `_` stay, a space becomes `-`. */
function slug(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");
}

/** The anchors of a document; the second heading of the same words ends with `-1`. */
function anchors(name: string): Set<string> {
  const text = prose(name);
  const times = new Map<string, number>();
  const headings = [...text.matchAll(/^#{1,6} +(.*?) *#*$/gm)].map(([, heading = ""]) => {
    const own = slug(heading);
    const before = times.get(own) ?? 0;
    times.set(own, before + 1);
    return before === 0 ? own : `${own}-${before}`;
  });
  return new Set([...headings, ...[...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id = ""]) => id)]);
}

/** What is wrong with a link; nothing where it leads somewhere. @param place The file that has it. */
function problem(place: string, target: string, from: string): string[] {
  const [file = "", anchor] = target.split("#");
  const found = file === "" ? place : path.join(from, decodeURI(file));
  if (!existsSync(path.join(project, found))) {
    return [`${place}: ${target}: no such file`];
  }
  if (anchor === undefined) {
    return [];
  }
  const isDocument = statSync(path.join(project, found)).isFile() && found.endsWith(".md");
  return isDocument && anchors(found).has(anchor) ? [] : [`${place}: ${target}: no such heading`];
}

const links = documents.flatMap((place) =>
  [...prose(place).matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/i.test(target))
    .map((target) => ({ place, target })),
);

it("finds links and headings", () => {
  const isBetweenPages = ({ target }: (typeof links)[number]): boolean => target.includes(".md#");
  expect(links.filter(isBetweenPages).length).toBeGreaterThan(10);
  expect(slug("What `due` counts from: [rings](a.md), 2.5_x")).toBe("what-due-counts-from-rings-25_x");
  expect(problem("README.md", "docs/pipelines.md#no-such-thing", ".")).toHaveLength(1);
  expect(problem("README.md", "docs/no-such-page.md", ".")).toHaveLength(1);
});

it("every relative link of a document leads somewhere", () => {
  expect(links.flatMap(({ place, target }) => problem(place, target, path.dirname(place)))).toEqual([]);
});

it("every section of a page that a message, a comment or a workflow names is there", () => {
  const sources = [...folders, ".github"].flatMap((folder) => filesBelow(folder, /\.([cm]?js|ts|ya?ml|sh)$/));
  const named = sources.flatMap((place) =>
    [...textOf(place).matchAll(/\b(docs\/[\w-]+\.md#[\w-]+)/g)].map(([, target = ""]) => ({ place, target })),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.flatMap(({ place, target }) => problem(place, target, "."))).toEqual([]);
});
