// The head of the page: whose credentials these are, when they were looked at, and the figures that matter.
import { type AuditReport } from "../auditReport";
import { severityTallies } from "./badges";
import { counted, dateText, minuteText, numberText } from "./dateText";
import { type Content, markup, type Html } from "./markup";
import { type PageModel } from "./pageModel";
import { pair, type PageSection } from "./section";

/** The words above the page: organisations by name, else by id; else none. */
export function organizationNames({ stacks }: AuditReport): string {
  return [...new Set(stacks.flatMap((one) => one.organizationName ?? one.organizationId ?? []))].join(", ");
}

/** The head. */
export function renderHeader(model: PageModel, sections: readonly PageSection[]): Html {
  const { report } = model;
  const names = organizationNames(report);
  return markup`
    <header class="masthead">
      <div class="wrap">
        <p class="eyebrow">Genesys Cloud client credentials</p>
        <h1>Credential audit${names === "" ? null : markup` <span class="of"><bdi>${names}</bdi></span>`}</h1>
        <dl class="facts">
          ${pair("Generated", markup`<time datetime="${report.generatedAt}">${minuteText(report.generatedAt)}</time>`)}
          ${pair("Stacks", stacksText(model))} ${pair("Usage window", windowText(report))}
        </dl>
        ${figures(model)}
        <nav aria-label="Parts of this page">
          <ul>
            ${sections.map(
              ({ id, title, count }) =>
                markup`<li>
                  <a href="#${id}">${title}${count === null ? null : markup` <span class="count">${numberText(count)}</span>`}</a>
                </li>`,
            )}
          </ul>
        </nav>
      </div>
    </header>
  `;
}

function stacksText({ report, stacks }: PageModel): Content {
  if (stacks.length === 0) {
    return "none";
  }
  const byName = new Map(report.stacks.map((one) => [one.stack, one]));
  return markup`<ul class="inline">
    ${stacks.map((stack) => {
      const known = byName.get(stack);
      const region = known?.region ?? null;
      return markup`<li>
        <bdi>${stack}</bdi>${region === null ? null : markup` <span class="quiet">${region}</span>`}${known?.isLive === false ? markup` <span class="quiet">(Genesys Cloud was not asked)</span>` : null}
      </li>`;
    })}
  </ul>`;
}

function windowText({ usageWindow }: AuditReport): string {
  return usageWindow === null
    ? "not asked for"
    : `${counted(usageWindow.days, "day")}, ${dateText(usageWindow.from)} to ${dateText(usageWindow.to)} in UTC, without today`;
}

function figures(model: PageModel): Html {
  const { report, credentials } = model;
  const overdue = credentials.filter(({ audited }) => audited.rotation.status === "overdue").length;
  const dueSoon = credentials.filter(({ audited }) => audited.rotation.status === "due-soon").length;
  const unused = report.findings.filter(({ kind }) => kind === "unused-client").length;
  const escalating = credentials.filter(({ gravestRisk }) => gravestRisk === "privilege escalation").length;
  const bySeverity = severityTallies(report.findings).map(
    ([severity, count]) => markup`<span class="${severity}">${count} ${severity}</span>`,
  );
  return markup`
    <ul class="figures">
      ${figure(report.findings.length, report.findings.length === 1 ? "finding" : "findings", "#findings", {
        note: bySeverity.length === 0 ? "all is as declared" : bySeverity,
        tone: report.findings.some(({ severity }) => severity === "high") ? "high" : "",
      })}
      ${figure(credentials.length, credentials.length === 1 ? "credential" : "credentials", "#credentials", {
        note: `in ${counted(model.stacks.length, "stack")}`,
      })}
      ${figure(overdue, "overdue", "#rotation", {
        note: dueSoon === 0 ? "none due soon" : `${numberText(dueSoon)} more due soon`,
        tone: overdue === 0 ? "" : "high",
        filter: "r:overdue",
      })}
      ${figure(unused, "unused", "#findings", {
        note:
          report.usageWindow === null
            ? "usage was not asked for"
            : `clients, in ${counted(report.usageWindow.days, "day")}`,
        tone: unused === 0 ? "" : "medium",
        filter: "k:unused",
      })}
      ${figure(report.unmanaged.length, "unmanaged", "#unmanaged", { note: "clients in no audited stack" })}
      ${figure(escalating, "can escalate", "#permissions", {
        note: "may widen access",
        tone: escalating === 0 ? "" : "high",
      })}
    </ul>
  `;
}

interface FigureOptions {
  readonly note: Content;
  /** Class of the number; empty for an ordinary one. */
  readonly tone?: "" | "high" | "medium";
  /** The filter that its link sets. */
  readonly filter?: string;
}

function figure(count: number, name: string, target: string, options: FigureOptions): Html {
  const { note, tone = "", filter = "" } = options;
  return markup`
    <li>
      <a href="${target}" data-filter="${filter}">
        <span class="number ${count === 0 ? "" : tone}">${numberText(count)}</span>
        <span class="name">${name}</span>
      </a>
      <span class="note">${note}</span>
    </li>
  `;
}
