// `integrationCredential` in the YAML: what it means, and every mistake with its path and a remedy.
import { fullStack, parse, problemsOf, stackWith } from "./declaring";

const path = ["credentials", "report", "integrationCredential"] as const;
const place = "genesys-credentials:credentials.report.integrationCredential";
const right = { name: "Data actions: nightly report" };
const id = "3D0F6F0E-6C0A-4A53-9A3E-2F7F1C9B5A11";

function resolved(value: unknown) {
  return parse(stackWith(path, value)).credentials.find(({ key }) => key === "report");
}

test("is what was written, its id in one spelling", () => {
  expect(resolved(right)?.integrationCredential).toEqual(right);
  expect(resolved({ ...right, id })?.integrationCredential).toEqual({ ...right, id: id.toLowerCase() });
});

test("is absent where it is not declared, so that existing stacks show no difference", () => {
  for (const credential of parse(fullStack()).credentials) {
    expect(credential).not.toHaveProperty("integrationCredential");
  }
});

test.each<[unknown, string, RegExp]>([
  ["Data actions", place, /is not a map/],
  [[right], place, /is not a map/],
  [null, place, /is not a map/],
  [{}, `${place}.name`, /is missing/],
  [{ nmae: "x" }, `${place}.nmae`, /no setting has this name/],
  [{ name: "" }, `${place}.name`, /is blank/],
  [{ name: " x" }, `${place}.name`, /white space/],
  [{ name: 5 }, `${place}.name`, /is not text/],
  [{ name: "one\ntwo" }, `${place}.name`, /several lines/],
  [{ name: "right\u202eleft" }, `${place}.name`, /control character/],
  [{ name: "n".repeat(201) }, `${place}.name`, /longer than 200/],
  [{ ...right, id: "a/b" }, `${place}.id`, /is not an id/],
  [{ ...right, id: "" }, `${place}.id`, /is not an id/],
  [{ ...right, id: 7 }, `${place}.id`, /is not text/],
  [{ ...right, clientSecret: "canary-typed-secret" }, `${place}.clientSecret`, /no setting has this name/],
])("%j is one mistake", (value, at, words) => {
  const problems = problemsOf(stackWith(path, value));
  expect(problems).toEqual([
    { path: at, problem: expect.stringMatching(words), remedy: expect.stringMatching(/\w/) },
  ]);
  expect(JSON.stringify(problems)).not.toContain("canary");
});

test("has no meaning for a client of people", () => {
  const problems = problemsOf(stackWith(["credentials", "portal", "integrationCredential"], right));
  expect(problems).toEqual([
    {
      path: "genesys-credentials:credentials.portal.integrationCredential",
      problem: expect.stringContaining("no meaning for the grant type CODE"),
      remedy: expect.stringContaining("remove it"),
    },
  ]);
});

describe("two credentials cannot share one", () => {
  const both = (first: object, second: object) => {
    const stack = fullStack();
    const credentials = stack.credentials as Record<string, Record<string, unknown>>;
    credentials["report"]!["integrationCredential"] = first;
    credentials["archive"]!["integrationCredential"] = second;
    return problemsOf(stack);
  };

  test.each([
    ["by name", right, right, "name"],
    ["by id, in whatever case", { name: "One", id }, { name: "Two", id: id.toLowerCase() }, "id"],
  ])("%s", (_name, first, second, property) => {
    expect(both(first, second)).toEqual([
      {
        path: `genesys-credentials:credentials.archive.integrationCredential.${property}`,
        problem: expect.stringMatching(/"report" and "archive" have the same integration credential/),
        remedy: expect.stringContaining("its own"),
      },
    ]);
  });

  test("names that differ are fine", () => {
    expect(both({ name: "One" }, { name: "Two" })).toEqual([]);
  });
});
