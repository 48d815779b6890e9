// One finding: its category and usual severity follow from its kind.
import {
  type AuditFinding,
  type FindingCategory,
  findingKinds,
  type FindingKind,
  severities,
  type Severity,
} from "../auditReport";

/** What belongs to a kind. */
const kinds: Readonly<Record<FindingKind, readonly [FindingCategory, Severity]>> = {
  "unmanaged-client": ["unmanaged", "medium"],
  "orphan-client": ["unmanaged", "high"],
  "orphan-role": ["unmanaged", "medium"],
  "other-identity": ["unmanaged", "medium"],
  "missing-client": ["drift", "high"],
  "client-drift": ["drift", "medium"],
  "role-drift": ["drift", "medium"],
  "undeclared-grant": ["drift", "high"],
  "rotation-overdue": ["overdue", "medium"],
  "rotation-due-soon": ["due-soon", "low"],
  "unused-client": ["unused", "medium"],
  "unused-permission": ["unused", "low"],
  "wildcard-grown": ["drift", "low"],
  "foreign-secret": ["secret", "high"],
  "missing-secret": ["secret", "high"],
  "shared-secret": ["secret", "high"],
};

/** What is said of a finding; what is left out does not apply. */
export interface FindingWords {
  readonly stack?: string;
  readonly credential?: string;
  readonly clientId?: string;
  readonly roleId?: string;
  readonly place: string;
  readonly problem: string;
  readonly remedy: string;
  /** Where it is not the usual one of the kind. */
  readonly severity?: Severity;
}

export function finding(kind: FindingKind, words: FindingWords): AuditFinding {
  const [category, severity] = kinds[kind];
  return {
    kind,
    category,
    severity: words.severity ?? severity,
    stack: words.stack ?? null,
    credential: words.credential ?? null,
    clientId: words.clientId ?? null,
    roleId: words.roleId ?? null,
    place: words.place,
    problem: words.problem,
    remedy: words.remedy,
  };
}

/** Gravest first; of one severity by stack, kind and place. */
export function sortedFindings(findings: readonly AuditFinding[]): readonly AuditFinding[] {
  const order = ({ severity, stack, kind, place, problem }: AuditFinding): readonly (string | number)[] => [
    severities.indexOf(severity),
    stack ?? "",
    findingKinds.indexOf(kind),
    place,
    problem,
  ];
  return [...findings].sort((left, right) => compare(order(left), order(right)));
}

function compare(left: readonly (string | number)[], right: readonly (string | number)[]): number {
  const index = left.findIndex((part, position) => part !== right[position]);
  const [one, other] = [left[index] ?? "", right[index] ?? ""];
  return index === -1 ? 0 : one < other ? -1 : 1;
}
