// What the page calls kinds, categories, states and risks.
import { type RiskClass, riskClasses } from "../../../genesys/knowledge/riskClasses";
import { type AuditedCredential, type AuditedPermission, type RotationStatus } from "../auditReport";
import { type FindingKind, kindsOfFindings } from "../findingKinds";

/** A word of the report with a capital letter: `due-soon` is "Due soon". */
export function titled(word: string): string {
  const words = word.replaceAll("-", " ");
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** A kind's name, for one or many findings. */
export function nameOfKind(kind: FindingKind): string {
  return kindsOfFindings[kind].name;
}

/** Where a credential stands in its schedule. */
export function statusText(status: RotationStatus): string {
  const others: Partial<Record<RotationStatus, string>> = {
    unscheduled: "No schedule",
    unknown: "Age unknown",
  };
  return others[status] ?? titled(status);
}

/** What became of the stored secret. */
export const secretWords: Readonly<Record<NonNullable<AuditedCredential["secret"]["state"]>, string>> = {
  ours: "Current",
  foreign: "Not ours",
  missing: "Missing",
  unpublished: "Not published",
};

/** How a risk class is shown: a letter, so that it can be told apart without its colour, a name for CSS, and one for people. */
interface RiskMark {
  readonly letter: string;
  readonly style: string;
  readonly name: string;
}

const lettersAndStyles: Readonly<Record<RiskClass, Omit<RiskMark, "name">>> = {
  "privilege escalation": { letter: "E", style: "escalation" },
  irreversible: { letter: "I", style: "irreversible" },
  "recordings and transcripts": { letter: "R", style: "recordings" },
  "data export": { letter: "D", style: "export" },
  configuration: { letter: "C", style: "configuration" },
};

/** The mark of a class, or of a permission that is in none. */
export function markOf(risk: RiskClass | null): RiskMark {
  return risk === null
    ? { letter: "·", style: "plain", name: "No special risk" }
    : { ...lettersAndStyles[risk], name: titled(risk) };
}

/** 0 for the gravest class, more for milder ones, most for none. */
export function gravity(risk: RiskClass | null): number {
  return risk === null ? riskClasses.length : riskClasses.indexOf(risk);
}

/** The gravest risk of permissions; null where all are in no class, or there is none. */
export function gravestRiskOf(permissions: readonly AuditedPermission[]): RiskClass | null {
  const risks = permissions.map(({ risk }) => risk).sort((a, b) => gravity(a) - gravity(b));
  return risks[0] ?? null;
}

/** Whether Genesys saw none of the permissions used. */
export function areUnused(permissions: readonly AuditedPermission[]): boolean {
  return permissions.every(({ isUnused }) => isUnused === true);
}
