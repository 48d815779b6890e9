// The report as text: a line for each stack, the findings by severity, and what was not looked at.
import pc from "picocolors";
import { oneLine } from "../../../common/oneLine";
import { dayOf } from "../../../common/dayOf";
import { type AuditFinding, type AuditReport } from "../auditReport";
import { severities, type Severity } from "../findingKinds";
import { counted } from "../../terminal/counted";

/** Characters of one line: a finding names what differs and lists permissions. */
const longestLine = 1500;
const remedyIndent = "      ";

/** The whole text. */
export function renderAudit(report: AuditReport, isColoured: boolean): string {
  const colours = pc.createColors(isColoured);
  const colourOf = { high: colours.red, medium: colours.yellow, low: colours.cyan };
  const blocks = severities.flatMap((severity) => {
    const own = report.findings.filter((one) => one.severity === severity);
    const lines = own.flatMap((one) => [
      `  ${colourOf[severity](one.kind)}  ${oneLine(`${whereOf(one)}${one.place}: ${one.problem}`, longestLine)}`,
      `${remedyIndent}${colours.dim(`-> ${oneLine(one.remedy, longestLine)}`)}`,
    ]);
    return own.length === 0 ? [] : [[colours.bold(`${severity} (${own.length})`), ...lines].join("\n")];
  });
  const unchecked = report.notChecked.map(
    ({ stack, what, reason }) =>
      `  ${oneLine(`${stack === null ? "" : `${stack}: `}${what}: ${reason}`, longestLine)}`,
  );
  return [
    stackLines(report).join("\n"),
    ...blocks,
    ...(unchecked.length === 0 ? [] : [[colours.bold("not checked"), ...unchecked].join("\n")]),
    closingLine(report),
  ].join("\n\n");
}

function whereOf({ stack, credential }: AuditFinding): string {
  const where = [stack, credential].filter((part) => part !== null).join("/");
  return where === "" ? "" : `${where}: `;
}

function stackLines({
  stacks,
  credentials,
  findings,
  unmanaged,
  usageWindow,
}: AuditReport): readonly string[] {
  const lines = stacks.map(({ stack, organizationName, organizationId, isLive }) => {
    const own = credentials.filter((one) => one.stack === stack);
    const clients = own.flatMap((one) => one.clients).filter(({ clientId }) => clientId !== null);
    const found = findings.filter((one) => one.stack === stack).length;
    const organization = isLive
      ? `organisation ${oneLine(organizationName ?? organizationId ?? "")}`
      : "not asked live";
    return `Stack ${stack} (${organization}): ${counted(own.length, "credential")}, ${counted(clients.length, "OAuth client")}, ${counted(found, "finding")}`;
  });
  return [...lines, `OAuth clients of no audited stack: ${unmanaged.length}`, usageLine(usageWindow)];
}

/** Which days, and which one is missing; what is told of clients that are not here is counted. */
function usageLine(window: AuditReport["usageWindow"]): string {
  if (window === null) {
    return "Usage: not asked for";
  }
  const { days, from, to, otherRows = 0 } = window;
  const others =
    otherRows === 0 ? "" : `; ${counted(otherRows, "row")} of clients that the organisation does not list`;
  return `Usage: ${counted(days, "day")}, ${dayOf(from)} to ${dayOf(to)} in UTC, without today${others}`;
}

function closingLine({ findings, notChecked }: AuditReport): string {
  const count = (severity: Severity): string =>
    `${findings.filter((one) => one.severity === severity).length} ${severity}`;
  const unchecked = notChecked.length === 0 ? "" : `; not checked: ${notChecked.length}`;
  return `Findings: ${severities.map(count).join(", ")}${unchecked}.`;
}
