// The harness's own reading of GitHub's expressions: what GitHub's documentation says of them, and that nothing unknown is silently empty.
import { evaluateCondition, evaluateExpression, evaluateTemplate, type Scope } from "./evaluate";

const scope: Scope = {
  contexts: {
    github: { ref: "refs/heads/main", event: { number: 7 }, repository: "acme/credentials" },
    vars: { STACKS: '["dev", "prod"]' },
    secrets: {},
    matrix: { stack: "dev" },
    needs: { preview: { result: "failure", outputs: { pages: "2" } } },
    steps: { cli: { outcome: "success", outputs: {} } },
  },
  status: { hasFailed: true, hasSucceeded: false },
  hashFiles: (patterns) => `hash of ${patterns.join(" and ")}`,
};

describe("an expression", () => {
  it.each([
    ["github.repository", "acme/credentials"],
    ["github['event']['number']", 7],
    ["github.event.pull_request.head.repo.full_name == github.repository", false],
    ["fromJSON(vars.STACKS)[1]", "prod"],
    ["vars.MISSING", null],
    ["vars.MISSING != ''", false],
    ["secrets.MISSING || 'none'", "none"],
    ["needs.preview.result != 'skipped' && needs.preview.outputs.pages == 2", true],
    ["steps.cli.outputs.cache-hit != 'true'", true],
    ["contains(vars.STACKS, '\"DEV\"')", true],
    ["contains(fromJSON(vars.STACKS), 'De')", false],
    ["format('{1}-{0}', matrix.stack, 'it''s')", "it's-dev"],
    ["hashFiles('package-lock.json', '.nvmrc')", "hash of package-lock.json and .nvmrc"],
    ["!(1 < 2) || 'A' == 'a'", true],
    ["startsWith(github.ref, 'refs/heads/') && 'branch' || 'tag'", "branch"],
    ["toJSON(matrix.stack)", '"dev"'],
    ["failure() && !cancelled()", true],
  ])("%s", (text, value) => {
    expect(evaluateExpression(text, scope)).toEqual(value);
  });

  it.each([
    ["github.evnt.number", "there is no github.evnt"],
    ["matrix.stak", "there is no matrix.stak"],
    ["needs.prevew.result", "there is no needs.prevew"],
    ["steps.cli.result", "there is no steps.cli.result"],
    ["runner.temp", '"runner" is not known at this place'],
    ["lower(matrix.stack)", "the function lower is not known"],
    ["github.event.commits.*.id", "not known here: *.id"],
    ["vars.STACKS ==", "unexpected end"],
    ["(matrix.stack", "unexpected end"],
    ["fromJSON('[')", "JSON"],
    ['"double"', "not known here"],
  ])("%s is refused", (text, reason) => {
    expect(() => evaluateExpression(text, scope)).toThrow(reason);
  });
});

describe("a condition", () => {
  it("of nothing, or without a status function, waits for success", () => {
    expect(evaluateCondition(undefined, scope)).toBe(false);
    expect(evaluateCondition("vars.STACKS != ''", scope)).toBe(false);
    expect(evaluateCondition("${{ !cancelled() && vars.STACKS != '' }}", scope)).toBe(true);
    expect(evaluateCondition("always()", scope)).toBe(true);
  });

  it("that is text around an expression is refused: GitHub takes it as true", () => {
    expect(() => evaluateCondition("${{ false }} && x", scope)).toThrow("always true");
  });
});

it("a setting keeps the kind of its only expression, and is text otherwise", () => {
  expect(evaluateTemplate("${{ fromJSON(vars.STACKS) }}", scope)).toEqual(["dev", "prod"]);
  expect(evaluateTemplate("${{ matrix.stack }}-preview", scope)).toBe("dev-preview");
  expect(evaluateTemplate("a ${{ '}}' }} b ${{ vars.NONE }}", scope)).toBe("a }} b ");
  expect(() => evaluateTemplate("x ${{ github.event }}", scope)).toThrow("cannot be put into text");
});
