// What the page calls kinds, categories, states and risks.
import { type RiskClass, riskClasses } from "../../../genesys/knowledge/riskClasses";
import {
  type AuditedCredential,
  type FindingCategory,
  type FindingKind,
  type RotationStatus,
  type Severity,
} from "../auditReport";

/** Headings of the severities. */
export const severityWords: Readonly<Record<Severity, { readonly name: string; readonly when: string }>> = {
  high: { name: "High", when: "look today" },
  medium: { name: "Medium", when: "look this sprint" },
  low: { name: "Low", when: "look when convenient" },
};

/** Names of the kinds, for one or many findings. */
export const kindWords: Readonly<Record<FindingKind, string>> = {
  "unmanaged-client": "Unmanaged client",
  "orphan-client": "Orphaned client",
  "orphan-role": "Orphaned role",
  "other-identity": "Another identity",
  "missing-client": "Missing client",
  "client-drift": "Client differs from its declaration",
  "role-drift": "Role differs from its declaration",
  "undeclared-grant": "Role granted outside the declarations",
  "rotation-overdue": "Rotation overdue",
  "rotation-due-soon": "Rotation due soon",
  "unused-client": "Unused client",
  "unused-permission": "Unused permission",
  "wildcard-grown": "Wildcard grown",
  "foreign-secret": "Secret is not ours",
  "missing-secret": "Secret missing",
  "shared-secret": "Secret written by two stacks",
};

/** Names of the categories. */
export const categoryWords: Readonly<Record<FindingCategory, string>> = {
  overdue: "Overdue",
  "due-soon": "Due soon",
  unused: "Unused",
  unmanaged: "Unmanaged",
  drift: "Drift",
  secret: "Secret",
};

/** Where a credential stands in its schedule, most urgent first. */
export const statusWords: Readonly<Record<RotationStatus, string>> = {
  overdue: "Overdue",
  "due-soon": "Due soon",
  "on-time": "On time",
  unscheduled: "No schedule",
  revoked: "Revoked",
};

/** What became of the stored secret. */
export const secretWords: Readonly<Record<NonNullable<AuditedCredential["secret"]["state"]>, string>> = {
  ours: "Current",
  foreign: "Not ours",
  missing: "Missing",
  unpublished: "Not published",
};

/** How a risk class is shown: a letter, so that it can be told apart without its colour, and a name for CSS. */
interface RiskMark {
  readonly letter: string;
  readonly style: string;
  readonly name: string;
}

const riskMarks: Readonly<Record<RiskClass, RiskMark>> = {
  "privilege escalation": { letter: "E", style: "escalation", name: "Privilege escalation" },
  irreversible: { letter: "I", style: "irreversible", name: "Irreversible" },
  "recordings and transcripts": { letter: "R", style: "recordings", name: "Recordings and transcripts" },
  "data export": { letter: "D", style: "export", name: "Data export" },
  configuration: { letter: "C", style: "configuration", name: "Configuration" },
};

/** The mark of a class, or of a permission that is in none. */
export function markOf(risk: RiskClass | null): RiskMark {
  return risk === null ? { letter: "·", style: "plain", name: "No special risk" } : riskMarks[risk];
}

/** 0 for the gravest class, more for milder ones, most for none. */
export function gravity(risk: RiskClass | null): number {
  return risk === null ? riskClasses.length : riskClasses.indexOf(risk);
}

/** The gravest of them; null where all are in no class, or there is none. */
export function gravestOf(risks: Iterable<RiskClass | null>): RiskClass | null {
  let gravest: RiskClass | null = null;
  for (const risk of risks) {
    gravest = gravity(risk) < gravity(gravest) ? risk : gravest;
  }
  return gravest;
}
