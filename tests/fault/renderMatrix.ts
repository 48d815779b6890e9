// The fault matrix as Markdown: a table for each method, a row for each fault, a column for each struck request.
import type { CellResult } from "./cell";

/** One cell with its place. */
export interface PlacedCell {
  readonly method: string;
  readonly row: string;
  readonly column: string;
  readonly result: CellResult;
}

const heading = `# Fault matrix

Every provider method under every fault, as the last test run saw it. This page is written by \`tests/fault/matrix.test.ts\`
(\`UPDATE_FAULT_MATRIX=1 npx jest tests/fault/matrix.test.ts\`) and compared with it by every other run.

A cell says what the struck method did: \`ok\`, or the code of its error (\`docs/errors.md\`), then the requests it spent, to Genesys and
(behind a plus) to AWS, and the virtual seconds it took. Behind every cell the test then lifts the fault, lets a new process run the next \`pulumi up\`, and
demands: exactly one live client and role for each declaration, the recorded one (no orphan); a stored pair, the recorded version, that works;
a client whose tokens have the declared roles; no secret in any error, notice or output; no stack trace; bounded time and requests.

- *before*: the request had no effect. *after*: it took effect, and only its answer was lost.
- *for good*: not once, but for as long as the run lasts.
- AWS's SDK, which repeats most failed requests by itself, repeats none here, so that each fault shows.
- An empty cell was not struck: the fault does not fit the request, or it is covered by the request that does the method's work.
`;

/** The whole page. */
export function renderMatrix(methods: readonly string[], cells: readonly PlacedCell[]): string {
  const failures = cells.filter(({ result }) => result.outcome !== "success").length;
  const summary = `${cells.length} cells: ${cells.length - failures} succeed in spite of the fault, ${failures} fail with a clear error; all are repaired by the next \`up\`, 0 orphans, 0 leaks.`;
  const sections = methods.map((method) =>
    renderMethod(
      method,
      cells.filter((cell) => cell.method === method),
    ),
  );
  return `${[heading, summary, ...sections].join("\n")}\n`;
}

function renderMethod(method: string, cells: readonly PlacedCell[]): string {
  const columns = [...new Set(cells.map(({ column }) => column))];
  const rows = [...new Set(cells.map(({ row }) => row))];
  const lines = rows.map((row) => {
    const texts = columns.map((column) => {
      const cell = cells.find((candidate) => candidate.row === row && candidate.column === column);
      return cell === undefined ? "" : renderResult(cell.result);
    });
    return `| ${[row, ...texts].join(" | ")} |`;
  });
  const header = `| ${["fault", ...columns].join(" | ")} |`;
  const rule = `|${"---|".repeat(columns.length + 1)}`;
  return ["", `## ${method}`, "", header, rule, ...lines].join("\n");
}

function renderResult({ outcome, requests, awsRequests, seconds }: CellResult): string {
  const sent = awsRequests === 0 ? `${requests}` : `${requests}+${awsRequests}`;
  return `${outcome === "success" ? "ok" : outcome} · ${sent} req · ${seconds} s`;
}
