// The findings: by severity, within it by kind, each with what to do.
import { groupBy } from "../../../common/groupBy";
import { type AuditFinding } from "../auditReport";
import { severities, type Severity } from "../findingKinds";
import { numberText } from "./dateText";
import { markup, type Html, wholeSentence } from "./markup";
import { type PageModel } from "./pageModel";
import { emptyState, folded, type PageSection } from "./section";
import { nameOfKind, titled } from "./words";

/** Findings of one kind that are shown at once. */
const shownOfKind = 8;

const whenToLook = { high: "today", medium: "this sprint", low: "when convenient" } as const;

/** The part about findings. */
export function findingsSection(model: PageModel): PageSection {
  const { findings } = model.report;
  return {
    id: "findings",
    title: "Findings",
    count: findings.length,
    intro: "What does not match the declarations, or soon will not, and what to do about it.",
    body:
      findings.length === 0
        ? emptyState(
            "Nothing to do.",
            "Everything that was looked at is as declared, in use and within its schedule.",
          )
        : severities.map((severity) => severityGroup(model, severity)),
  };
}

function severityGroup(model: PageModel, severity: Severity): Html | null {
  const findings = model.report.findings.filter((one) => one.severity === severity);
  if (findings.length === 0) {
    return null;
  }
  return markup`
    <div class="severity ${severity}" data-group>
      <h3><span class="badge ${severity}">${titled(severity)}</span> <span class="quiet">look ${whenToLook[severity]}</span></h3>
      <div class="kinds">${[...groupBy(findings, ({ kind }) => kind)].map(
        ([kind, group]) => markup`
          <div class="kind" data-group>
            <h4>${nameOfKind(kind)} ${group.length === 1 ? null : markup`<span class="count">${numberText(group.length)}</span>`}</h4>
            ${folded(
              group.map((finding) => findingItem(model, finding)),
              shownOfKind,
              "of this kind",
              (items) =>
                markup`<ul class="findings">
                  ${items}
                </ul>`,
            )}
          </div>
        `,
      )}</div>
    </div>
  `;
}

function findingItem(model: PageModel, finding: AuditFinding): Html {
  const { stack, place, problem, remedy } = finding;
  const credential = model.credentialOf(finding);
  return markup`
    <li data-f="${model.findingTokens(finding)}">
      <div class="finding-place">
        <p class="place"><bdi>${place}</bdi></p>
        <p class="quiet">
          ${stack === null ? "no stack" : markup`<bdi>${stack}</bdi>`}
          ${credential === undefined ? null : markup` <span aria-hidden="true">/</span> <a href="#${credential.id}"><bdi>${credential.audited.credential}</bdi></a>`}
        </p>
      </div>
      <div class="finding-text">
        <p>${wholeSentence(problem)}</p>
        <p class="remedy"><span class="do">Do</span> <span>${wholeSentence(remedy)}</span></p>
      </div>
    </li>
  `;
}
