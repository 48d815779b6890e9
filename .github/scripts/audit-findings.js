// Says in Markdown what the audit of a stack found and what it could not look at: for the summary of the job and for the issue.
// usage: audit-findings.js <stack>, after its report is in audit/<stack>.json; audit/<stack>.md is written where there is anything to say
"use strict";

const { appendFileSync, readFileSync, writeFileSync } = require("node:fs");

const formatVersion = 1; // schemas/audit.schema.json
const severities = ["high", "medium", "low"]; // gravest first
/** Lines of one list; the rest is counted. */
const longestList = 20;
/** Characters of one text. */
const longestText = 300;
/** What could end a line or turn its direction: that of common/oneLine.ts, which needs more than Node. */
const unsafeCharacters = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

/** A text of others as a code span on one line: no link, no mention and no HTML comes out of it. */
function code(text) {
  const cut = text.slice(0, longestText).replace(unsafeCharacters, " ").trim();
  const line = text.length > longestText ? `${cut}…` : cut;
  if (line === "") {
    return "(none)";
  }
  const longestRun = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longestRun + 1);
  const padding = /^[` ]|[` ]$/.test(line) ? " " : "";
  return `${fence}${padding}${line}${padding}${fence}`;
}

function findingLine({ severity, kind, credential, place, problem, remedy }) {
  const ofCredential = credential === null ? "" : `credential ${code(credential)}, `;
  return `- **${severity}** ${code(kind)}: ${ofCredential}${code(place)}: ${code(problem)}. To do: ${code(remedy)}`;
}

/** The first lines, and what the others are. */
function list(all, lineOf, kindOfRest) {
  const rest = all.slice(longestList);
  return [
    ...all.slice(0, longestList).map(lineOf),
    ...(rest.length === 0 ? [] : [`- and ${rest.length} more${kindOfRest(rest)}: see the artefact`]),
  ].join("\n");
}

/** Empty where there is nothing to say. @throws Error where that is no report */
function markdownOf({ formatVersion: version, findings, notChecked }) {
  if (version !== formatVersion || !findings.every(({ severity }) => severities.includes(severity))) {
    throw new Error("another format");
  }
  const sorted = severities.flatMap((severity) => findings.filter((one) => one.severity === severity));
  const counts = (some) =>
    severities
      .map((severity) => [some.filter((one) => one.severity === severity).length, severity])
      .filter(([count]) => count > 0)
      .map(([count, severity]) => `${count} ${severity}`)
      .join(", ");
  const found = [`Found: ${counts(sorted)}`, list(sorted, findingLine, (rest) => ` (${counts(rest)})`)];
  const unchecked = [
    `Not checked: ${notChecked.length}`,
    list(
      notChecked,
      ({ what, reason }) => `- ${code(what)}: ${code(reason)}`,
      () => "",
    ),
  ];
  const parts = [...(sorted.length === 0 ? [] : found), ...(notChecked.length === 0 ? [] : unchecked)];
  return parts.map((part) => `${part}\n`).join("\n");
}

const stack = process.argv[2];
const file = `audit/${stack}.json`;
let markdown;
try {
  markdown = markdownOf(JSON.parse(readFileSync(file, "utf8")));
} catch {
  // The reason would quote what others have written, and a line of a log can be a command.
  console.log(
    `::error title=Audit::${file} is no report of an audit in format ${formatVersion}; see the artefact`,
  );
  process.exit(1);
}
if (markdown !== "") {
  writeFileSync(`audit/${stack}.md`, markdown);
}
const summary = markdown === "" ? "Nothing was found, and all was looked at.\n" : markdown;
appendFileSync(process.env["GITHUB_STEP_SUMMARY"], `### Audit of ${code(stack)}\n\n${summary}\n`);
