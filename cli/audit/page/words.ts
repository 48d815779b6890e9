// What the page calls categories, states and risks.
import { type RiskClass, riskClasses } from "../../../genesys/knowledge/riskClasses";
import {
  type AuditedCredential,
  type AuditedPermission,
  type FindingKind,
  kindsOfFindings,
  type RotationStatus,
} from "../auditReport";

/** A word of the report with a capital letter: `due-soon` is "Due soon". */
export function titled(word: string): string {
  const words = word.replaceAll("-", " ");
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** A kind's name, for one or many findings. */
export function nameOfKind(kind: FindingKind): string {
  const [, , name] = kindsOfFindings[kind];
  return name;
}

/** Where a credential stands in its schedule. */
export function statusText(status: RotationStatus): string {
  return status === "unscheduled" ? "No schedule" : titled(status);
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

const lettersAndStyles: Readonly<Record<RiskClass, readonly [string, string]>> = {
  "privilege escalation": ["E", "escalation"],
  irreversible: ["I", "irreversible"],
  "recordings and transcripts": ["R", "recordings"],
  "data export": ["D", "export"],
  configuration: ["C", "configuration"],
};

/** The mark of a class, or of a permission that is in none. */
export function markOf(risk: RiskClass | null): RiskMark {
  if (risk === null) {
    return { letter: "·", style: "plain", name: "No special risk" };
  }
  const [letter, style] = lettersAndStyles[risk];
  return { letter, style, name: titled(risk) };
}

/** 0 for the gravest class, more for milder ones, most for none. */
export function gravity(risk: RiskClass | null): number {
  return risk === null ? riskClasses.length : riskClasses.indexOf(risk);
}

/** The gravest risk of permissions, null where all are in no class, or there is none; and whether Genesys saw none of them used. */
export function gravestOf(
  permissions: readonly AuditedPermission[],
): Pick<AuditedPermission, "risk"> & { readonly isUnused: boolean } {
  const risks = permissions.map(({ risk }) => risk).sort((a, b) => gravity(a) - gravity(b));
  return { risk: risks[0] ?? null, isUnused: permissions.every(({ isUnused }) => isUnused === true) };
}
