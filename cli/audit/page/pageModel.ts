// The report as the page needs it: every credential with its findings, and the words by which the filter finds it.
import { groupBy } from "../../../common/groupBy";
import { type RiskClass } from "../../../genesys/knowledge/riskClasses";
import {
  type AuditedCredential,
  type AuditFinding,
  type AuditReport,
  type UnmanagedClient,
} from "../auditReport";
import { msOf } from "./dateText";
import { gravestRiskOf } from "./words";

/** One credential of the page. */
export interface PageCredential {
  readonly audited: AuditedCredential;
  /** Id of its row; nothing of the report's text is in it. */
  readonly id: string;
  readonly findings: readonly AuditFinding[];
  readonly gravestRisk: RiskClass | null;
  /** For the attribute `data-f`. */
  readonly tokens: string;
}

/** All that the parts of the page are rendered from. */
export interface PageModel {
  readonly report: AuditReport;
  /** When the audit ran; the page knows no other time. */
  readonly nowMs: number;
  /** Names of all stacks, in the report's order. */
  readonly stacks: readonly string[];
  readonly credentials: readonly PageCredential[];
  /** The credential that a finding is about. */
  credentialOf(finding: AuditFinding): PageCredential | undefined;
  /** Filter tokens of a finding. */
  findingTokens(finding: AuditFinding): string;
  /** Filter tokens of an unmanaged client. */
  unmanagedTokens(client: UnmanagedClient): string;
  /** Where the client is; null where the report is about a single organisation. */
  organizationOf(client: UnmanagedClient): string | null;
}

/** A stack in the filter's language: its number, so that its name needs no quoting. */
export function stackToken(stacks: readonly string[], stack: string): string {
  return `s:${stacks.indexOf(stack)}`;
}

const keyOf = (stack: string | null, credential: string | null): string =>
  JSON.stringify([stack, credential]);

const unique = (words: readonly string[]): string => [...new Set(words)].join(" ");

const tokensOfFindings = (findings: readonly AuditFinding[]): string[] =>
  findings.flatMap(({ severity, category }) => [`v:${severity}`, `k:${category}`]);

/** Puts together what belongs together. */
export function pageModelOf(report: AuditReport): PageModel {
  const { credentials, findings } = report;
  const stacks = [
    ...new Set([
      ...report.stacks.map(({ stack }) => stack),
      ...credentials.map(({ stack }) => stack),
      ...findings.flatMap(({ stack }) => stack ?? []),
    ]),
  ];
  const byCredential = groupBy(findings, ({ stack, credential }) => keyOf(stack, credential));
  const byClient = groupBy(findings, ({ clientId }) => clientId ?? "");
  const pageCredentials = credentials.map((audited, index): PageCredential => {
    const own = byCredential.get(keyOf(audited.stack, audited.credential)) ?? [];
    return {
      audited,
      id: `c${index}`,
      findings: own,
      gravestRisk: gravestRiskOf(audited.permissions ?? []),
      tokens: unique([
        stackToken(stacks, audited.stack),
        `r:${audited.rotation.status}`,
        ...tokensOfFindings(own),
      ]),
    };
  });
  const byKey = new Map(
    pageCredentials.map((one) => [keyOf(one.audited.stack, one.audited.credential), one]),
  );
  const credentialOf = (finding: AuditFinding): PageCredential | undefined =>
    byKey.get(keyOf(finding.stack, finding.credential));
  const stacksOfOrganization = (organizationId: string | null | undefined): string[] =>
    report.stacks
      .filter((one) => one.organizationId !== null && one.organizationId === organizationId)
      .map(({ stack }) => stackToken(stacks, stack));
  const unmanagedById = new Map(report.unmanaged.map((client) => [client.clientId, client]));
  const organizationIds = new Set(report.stacks.flatMap(({ organizationId }) => organizationId ?? []));
  return {
    report,
    nowMs: msOf(report.generatedAt) ?? 0,
    stacks,
    credentials: pageCredentials,
    credentialOf,
    findingTokens: (finding) => {
      const status = credentialOf(finding)?.audited.rotation.status;
      return unique([
        ...(finding.stack === null
          ? stacksOfOrganization(unmanagedById.get(finding.clientId ?? "")?.organizationId)
          : [stackToken(stacks, finding.stack)]),
        ...(status === undefined ? [] : [`r:${status}`]),
        ...tokensOfFindings([finding]),
      ]);
    },
    unmanagedTokens: ({ clientId, organizationId }) =>
      unique([...stacksOfOrganization(organizationId), ...tokensOfFindings(byClient.get(clientId) ?? [])]),
    organizationOf: ({ organizationId }) =>
      organizationIds.size <= 1
        ? null
        : (report.stacks.find((one) => one.organizationId === organizationId)?.organizationName ??
          organizationId),
  };
}
