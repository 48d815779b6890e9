// `audit`: compares the live organisation with declarations and state, and reports what somebody should look at.
import { type ExitCode, exitCodes } from "../terminal/exitCode";
import { type AskPulumi } from "../terminal/pulumiProcess";
import { type Surroundings } from "../terminal/surroundings";
import { WrittenPlaces } from "../stackFile/writtenPlaces";
import { withoutSecrets } from "../terminal/withoutSecrets";
import { type AuditReport, reportFormatVersion } from "./auditReport";
import { type AuditOptions, type AuditSettings, auditSettings } from "./auditOptions";
import { type AuditFacts } from "./read/auditFacts";
import { readDeclaredStacks } from "./read/auditedStacks";
import { collectFacts } from "./read/collect";
import { allFindings } from "./judge/findings/all";
import { secretVerdicts } from "./judge/secretVerdict";
import { auditedCredentials } from "./report/inventory";
import { NotChecked } from "./notChecked";
import { renderAudit } from "./report/render";
import { sarifOf } from "./report/renderSarif";
import { type ReportFile, requireFolder, writeReport } from "../terminal/reportFile";
import { unmanagedClients } from "./judge/unmanaged";

/**
 * Looks and changes nothing.
 * @returns 1 when something of `--fail-on` was found; 3 when nothing live could be looked at, or a gate cannot be decided; else 0.
 * @throws UsageError, ConfigError before anybody is asked; OutsideError when a file cannot be written.
 */
export async function audit(
  options: AuditOptions,
  surroundings: Surroundings,
  pulumi: AskPulumi,
): Promise<ExitCode> {
  const { folder, environment, redactor, output } = surroundings;
  const settings = auditSettings(options, folder);
  const declared = readDeclaredStacks(folder, options, environment);
  const { htmlPath, sarifPath } = settings;
  const page = fileAt(htmlPath, "page", "--html");
  const log = fileAt(sarifPath, "SARIF log", "--sarif");
  for (const file of [page, log]) {
    if (file !== undefined) {
      requireFolder(file);
    }
  }
  const notChecked = new NotChecked();
  const read = await collectFacts(declared, settings, surroundings, pulumi, notChecked);
  const secrets = secretVerdicts(read.facts.credentials, read.secretAnswers, notChecked);
  const facts = { ...read.facts, secrets };
  const report: AuditReport = withoutSecrets(redactor, {
    formatVersion: reportFormatVersion,
    generatedAt: new Date(facts.nowMs).toISOString(),
    usageWindow: usageWindowOf(facts),
    stacks: read.stacks,
    credentials: auditedCredentials(facts),
    unmanaged: unmanagedClients(facts),
    findings: allFindings(facts),
    notChecked: notChecked.entries,
  });
  if (settings.isJson) {
    output.printJson(report);
  } else {
    output.print(renderAudit(report, output.isColoured));
  }
  // Standard output may be the JSON that another program reads.
  const tell = settings.isJson ? "note" : "print";
  if (page !== undefined) {
    const { renderReportPage } = await import("./page/reportPage");
    writeReport(page, renderReportPage(report));
    output[tell](`The report page is ${page.path}`);
  }
  if (log !== undefined) {
    const isWhole = report.stacks.every(({ isLive }) => isLive) && notChecked.undecided.length === 0;
    const sarif = sarifOf(report, facts.roles, new WrittenPlaces(folder), environment, isWhole);
    writeReport(log, `${JSON.stringify(withoutSecrets(redactor, sarif), undefined, 2)}\n`);
    output[tell](`The SARIF log is ${log.path}`);
  }
  return exitCodeFor(report, settings, notChecked, surroundings);
}

function fileAt(path: string | undefined, what: string, option: string): ReportFile | undefined {
  return path === undefined ? undefined : { what, option, path };
}

function usageWindowOf({ window, otherUsageRows }: AuditFacts): AuditReport["usageWindow"] {
  return window === undefined
    ? null
    : { ...window, ...(otherUsageRows === 0 ? {} : { otherRows: otherUsageRows }) };
}

function exitCodeFor(
  report: AuditReport,
  { failOn }: AuditSettings,
  notChecked: NotChecked,
  { output }: Surroundings,
): ExitCode {
  if (!report.stacks.some(({ isLive }) => isLive)) {
    const reasons = [...new Set(report.notChecked.map(({ reason }) => reason))];
    output.note(`Auditing: nothing live was looked at, since ${reasons.join("; ")}.`);
    return exitCodes.outside;
  }
  if (report.findings.some(({ category }) => failOn.has(category))) {
    return exitCodes.findings;
  }
  const undecided = notChecked.undecided.filter((category) => failOn.has(category));
  if (undecided.length > 0) {
    output.note(
      `Auditing: --fail-on ${undecided.join(", ")} cannot be decided, since what it needs could not be looked at (see "not checked").`,
    );
    return exitCodes.outside;
  }
  return exitCodes.fine;
}
