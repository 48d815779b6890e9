// The table of situations as Markdown: what `up` and each command say in each of them.
import type { Said } from "./ownershipScene";

/** One situation and what came of it. */
export interface OwnershipRow {
  readonly situation: string;
  readonly up: Said;
  readonly revoke: Said;
  readonly verify: Said;
  readonly list: Said;
  readonly audit: Said;
  readonly doctor: Said;
}

const heading = `# Whose is it

What \`pulumi up\` and the commands do where state, names and organisation disagree, as the last test run saw it. This page is written by
\`tests/engine/ownership.test.ts\` (\`UPDATE_OWNERSHIP_MATRIX=1 npx jest tests/engine/ownership.test.ts\`) on the real engine and compared with it by
every other run.

A stack with a role and a credential that has rotated once is brought into each situation. A consumer reads the stored secret and signs in all
the while. In no cell is it refused (but where the situation itself has taken its client away), is the secret of a living client made anew, or is
anything written where \`up\` is refused; and \`revoke\` never ends with 0 while one of the credential's clients can sign in.

- \`up\`: \`ok\`, or the codes with which its preview refuses (\`docs/errors.md\`).
- \`revoke\`: \`ended\` (0): nobody can sign in any more. \`says what is open\` (1 or 3).
- \`verify\`, \`list\`: \`ok\` (0), or the exit code.
- \`audit\`, \`doctor\`: what they find besides what they find where nothing is the matter.
`;

const codePattern = /\[([A-Z][A-Z_]{4,})\]/g;

export function renderOwnership(rows: readonly OwnershipRow[]): string {
  const [plain] = rows;
  const columns = ["situation", "up", "revoke", "verify", "list", "audit", "doctor"];
  const lines = rows.map(({ situation, up, revoke, verify, list, audit, doctor }) => [
    situation,
    up.exitCode === 0
      ? "ok"
      : codesIn(up.output)
          .map((code) => `\`${code}\``)
          .join(", "),
    revoke.exitCode === 0 ? "ended" : `says what is open (${revoke.exitCode})`,
    exit(verify),
    exit(list),
    besides(kindsIn(audit), plain === undefined ? [] : kindsIn(plain.audit)),
    besides(checksIn(doctor), plain === undefined ? [] : checksIn(plain.doctor)),
  ]);
  const table = [columns, columns.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`);
  return `${heading}\n${table.join("\n")}\n`;
}

function exit({ exitCode }: Said): string {
  return exitCode === 0 ? "ok" : `exit ${exitCode}`;
}

function codesIn(output: string): string[] {
  return [...new Set([...output.matchAll(codePattern)].map(([, code = ""]) => code))].sort();
}

function besides(found: readonly string[], usual: readonly string[]): string {
  const special = found.filter((one) => !usual.includes(one));
  return special.length === 0 ? "nothing" : special.map((one) => `\`${one}\``).join(", ");
}

function kindsIn({ output, exitCode }: Said): string[] {
  const { findings } = jsonIn(output) as { findings?: { kind: string }[] };
  return findings === undefined ? [`exit ${exitCode}`] : unique(findings.map(({ kind }) => kind));
}

function checksIn({ output, exitCode }: Said): string[] {
  const { lines } = jsonIn(output) as { lines?: { check: string; status: string }[] };
  return lines === undefined
    ? [`exit ${exitCode}`]
    : unique(lines.filter(({ status }) => status === "fail" || status === "warn").map(({ check }) => check));
}

/** Notes stand around the result. */
function jsonIn(output: string): object {
  const [from, to] = [output.indexOf("{"), output.lastIndexOf("}")];
  try {
    return JSON.parse(output.slice(from, to + 1)) as object;
  } catch {
    return {};
  }
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
