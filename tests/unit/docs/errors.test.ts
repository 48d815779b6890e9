// docs/errors.md lists every stable code of the source, and none that is gone.
import { documentText, groupsIn, sourcesIn } from "./sourceFiles";

/** `readonly code = "X"`, `new SomeError("X"`, the code of what is no error of ours, and those that failures of AWS are told with. */
const codePattern =
  /(?:\bcode = |goneCode: |Error\(\s*|\bsuper\(\s*|\.code : |\btell\(\s*)"([A-Z][A-Z0-9_]{4,})"/g;
/** At the end of a reason of a check. */
const reasonPattern = /\[([A-Z]+_[A-Z_]+)\](?=["`])/g;

/** Fewer would mean that the pattern has missed a way of writing them. */
const fewestCodes = 15;

const page = documentText("docs/errors.md");
const documented = groupsIn([page], /^### `([A-Z0-9_]+)`$/gm);

it("every code in the source is listed, and none is stale", () => {
  const sources = sourcesIn(["genesys", "providers", "secrets", "declarations", "cli"]);
  const codes = [...new Set([...groupsIn(sources, codePattern), ...groupsIn(sources, reasonPattern)])].sort();
  expect(codes.length).toBeGreaterThan(fewestCodes);
  expect(documented).toEqual(codes);
});

it("every code has a meaning, a cause and a remedy", () => {
  for (const section of page.split(/^### /m).slice(1)) {
    expect(section).toMatch(/\nMeaning: [\s\S]+\nCause: [\s\S]+\nRemedy: /);
  }
});
