// One finding: its category and usual severity follow from its kind.
import { type AuditFinding } from "../auditReport";
import { findingKinds, type FindingKind, kindsOfFindings, severities } from "../findingKinds";
import { type CredentialFacts } from "../read/auditFacts";
import { clientPlace, type Named, rolePlace } from "../places";

/** What is said of a finding: what is left out does not apply, or, the severity, is the usual one of the kind. */
export type FindingWords = Pick<AuditFinding, "place" | "problem" | "remedy"> &
  Partial<Omit<AuditFinding, "kind" | "category">>;

export function finding(kind: FindingKind, words: FindingWords): AuditFinding {
  const { category, severity } = kindsOfFindings[kind];
  return { kind, category, severity, stack: null, credential: null, clientId: null, roleId: null, ...words };
}

/** The words of a finding that is about a credential. */
export function ofCredential({
  stack,
  credential,
}: Pick<CredentialFacts, "stack" | "credential">): Pick<AuditFinding, "stack" | "credential"> {
  return { stack: stack.stack, credential: credential.key };
}

/** The words of a finding that is about an OAuth client. */
export function ofClient(client: Named): Pick<AuditFinding, "clientId" | "place"> {
  return { clientId: client.id, place: clientPlace(client) };
}

/** The words of a finding that is about a role. */
export function ofRole(role: Named): Pick<AuditFinding, "roleId" | "place"> {
  return { roleId: role.id, place: rolePlace(role) };
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
