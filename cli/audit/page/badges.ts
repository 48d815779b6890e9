// Small marks that recur on the page: severity, rotation status, risk, state. Each carries its word, never a colour alone.
import { type RiskClass } from "../../../genesys/knowledge/riskClasses";
import { type AuditFinding, type RotationStatus } from "../auditReport";
import { severities, type Severity } from "../findingKinds";
import { markup, type Html } from "./markup";
import { markOf, statusText } from "./words";

/** Where a credential stands in its schedule. */
export function statusBadge(status: RotationStatus): Html {
  return markup`<span class="badge ${status}">${statusText(status)}</span>`;
}

/** A risk class: its letter and its name. */
export function riskBadge(risk: RiskClass | null): Html {
  return markup`<span class="risk">${riskMark(risk)}</span>`;
}

/** The same without a frame. */
export function riskMark(risk: RiskClass | null): Html {
  const { letter, style, name } = markOf(risk);
  return markup`<i class="swatch ${style}" aria-hidden="true">${letter}</i>${name}`;
}

/** How Genesys Cloud calls the state of a client. */
export function stateBadge(state: string | null): Html {
  return state === null
    ? markup`<span class="quiet">not asked</span>`
    : markup`<span class="badge ${state === "active" ? "on-time" : "attention"}">${state}</span>`;
}

/** How many findings of each severity, gravest first; a dash where there is none. */
export function findingCounts(findings: readonly AuditFinding[]): Html {
  if (findings.length === 0) {
    return markup`<span class="quiet">none</span>`;
  }
  return markup`<span class="tallies">${severityTallies(findings).map(
    ([severity, count]) => markup`<span class="tally ${severity}">${count} <span>${severity}</span></span>`,
  )}</span>`;
}

/** The severities that occur, gravest first, and how often. */
export function severityTallies(findings: readonly AuditFinding[]): readonly (readonly [Severity, number])[] {
  return severities
    .map((severity) => [severity, findings.filter((one) => one.severity === severity).length] as const)
    .filter(([, count]) => count > 0);
}
