// The findings of an audit as SARIF, for code scanning: each is a result at the credential or role that it concerns.
import { defined } from "../../../common/defined";
import { type Environment } from "../../../common/environmentVariables";
import { type WrittenEntry, type WrittenPlaces } from "../../stackFile/writtenPlaces";
import { documentUrl } from "../../terminal/documentUrl";
import { sarifLog, type SarifFinding, type SarifLevel, type SarifRule } from "../../terminal/sarifLog";
import { type AuditFinding, type AuditReport } from "../auditReport";
import { kindsOfFindings, type Severity } from "../findingKinds";
import { type AuditFacts } from "../read/auditFacts";

/** The page of all kinds. */
const page = "docs/auditing.md";

/** How grave a finding is called, and how grave its kind is as a matter of security (CVSS: from 4 medium, from 7 high). */
const gravity: Readonly<Record<Severity, { readonly level: SarifLevel; readonly securitySeverity: number }>> =
  {
    high: { level: "error", securitySeverity: 8 },
    medium: { level: "warning", securitySeverity: 5 },
    low: { level: "note", securitySeverity: 2 },
  };

/**
 * The whole log.
 * @param roles By which the key of a role is found.
 * @param environment Of the workflow: tells where the page is read.
 * @param isWhole Whether nothing that it may find went unseen as a whole: code scanning takes for fixed what a log does not have.
 */
export function sarifOf(
  report: AuditReport,
  roles: AuditFacts["roles"],
  places: WrittenPlaces,
  environment: Environment,
  isWhole: boolean,
): object {
  const keyOfRole = new Map(
    roles.flatMap(({ stack, role, recorded, live }) =>
      [recorded?.id, live?.id].flatMap((id) =>
        id === undefined ? [] : [[roleOf(stack.stack, id), role.key] as const],
      ),
    ),
  );
  const entryOf = ({ stack, credential, roleId }: AuditFinding): WrittenEntry | undefined =>
    credential === null
      ? roleId === null
        ? undefined
        : { section: "roles", key: keyOfRole.get(roleOf(stack, roleId)) }
      : { section: "credentials", key: credential };
  return sarifLog({
    tool: "genesys-credentials audit",
    rules: Object.entries(kindsOfFindings).map(([kind, { category, severity, means }]) => ({
      id: kind,
      means,
      help: `How soon to look: ${severity}. Each result says what to do. See ${page}.`,
      tags: [category],
      ...gravity[severity],
      ...defined({ helpUri: documentUrl(environment, `${page}#what-it-finds`) }),
    })) satisfies SarifRule[],
    findings: report.findings.map((one) =>
      resultOf(one, places.placeOf(one.stack ?? undefined, entryOf(one))),
    ),
    notices: report.notChecked.map(({ stack, what, reason }) => ({
      level: "warning",
      text: `Not checked: ${stack === null ? "" : `${stack}: `}${what}: ${reason}`,
    })),
    isSuccessful: isWhole,
    properties: { generatedAt: report.generatedAt, stacks: report.stacks.map(({ stack }) => stack) },
  });
}

function roleOf(stack: string | null, id: string): string {
  return JSON.stringify([stack, id]);
}

function resultOf(one: AuditFinding, place: SarifFinding["place"]): SarifFinding {
  const { kind, category, severity, stack, credential, clientId, roleId, problem, remedy } = one;
  return {
    ruleId: kind,
    level: gravity[severity].level,
    text: `${one.place}: ${problem}. To do: ${remedy}.`,
    place,
    // The name of a client or role may change; where there is an id, that tells which one it is.
    identity: [stack, credential, clientId, roleId, clientId === null && roleId === null ? one.place : null],
    properties: { category, severity, stack, credential, clientId, roleId },
  };
}
