// The inventory: one row for each credential, which opens to everything that is known about it.
import { type AuditedCredential } from "../auditReport";
import { findingCounts, riskBadge, statusBadge } from "./badges";
import { credentialDetails } from "./credentialDetails";
import { counted, msOf } from "./dateText";
import { dueText, elapsedShare } from "./due";
import { markup, type Html } from "./markup";
import { type PageCredential, type PageModel } from "./pageModel";
import { emptyState, type PageSection } from "./section";
import { sortableTable } from "./sortableTable";
import { summedUsage, usageCell } from "./sparkline";
import { gravity, secretWords } from "./words";

/** One finding outweighs a thousand of the next severity. */
const severityWeights = { high: 1_000_000, medium: 1000, low: 1 } as const;

const columns = {
  Credential: "text",
  Stack: "text",
  Rotation: "number",
  Usage: "number",
  "Gravest permission": "number",
  Secret: "text",
  Findings: "number",
} as const;

const fullPercent = 100;

/** The part about the credentials. */
export function inventorySection(model: PageModel): PageSection {
  return {
    id: "credentials",
    title: "Credentials",
    count: model.credentials.length,
    intro:
      "Everything the audited stacks declare. Open a row for its clients, roles, permissions and secret.",
    body:
      model.credentials.length === 0
        ? emptyState("No credentials yet.", "The audited stacks declare none.")
        : markup`
            <div class="toolbar needs-script">
              <button type="button" id="expand-all">Open all</button>
              <button type="button" id="collapse-all">Close all</button>
            </div>
            ${sortableTable(
              "inventory",
              "Credentials of the audited stacks",
              columns,
              model.credentials.map((credential) => row(model, credential)),
            )}
          `,
  };
}

function row(model: PageModel, credential: PageCredential): Html {
  const { audited, id, findings, gravestRisk, tokens } = credential;
  const usage = summedUsage(audited.clients.map((client) => client.usage));
  const weight = findings.reduce((sum, { severity }) => sum + severityWeights[severity], 0);
  return markup`
    <tbody id="${id}" data-f="${tokens}" data-row role="rowgroup">
      <tr class="row" role="row">
        <th scope="row" role="rowheader">
          <button type="button" class="toggle" aria-expanded="false" aria-controls="${id}-details">
            <bdi>${audited.credential}</bdi>
          </button>
          ${audited.description === "" ? null : markup`<span class="description"><bdi>${audited.description}</bdi></span>`}
        </th>
        <td role="cell" data-label="Stack"><bdi>${audited.stack}</bdi></td>
        <td role="cell" data-label="Rotation" data-v="${msOf(audited.rotation.dueAt) ?? ""}">
          ${statusBadge(audited.rotation.status)} <span class="quiet">${dueText(audited, model.nowMs)}</span>
          ${meter(audited, model.nowMs)}
        </td>
        <td role="cell" data-label="Usage" data-v="${usage?.total ?? ""}">
          ${usageCell(usage)}
        </td>
        <td role="cell" data-label="Gravest permission" data-v="${audited.permissions === null ? "" : -gravity(gravestRisk)}">
          ${
            audited.permissions === null
              ? markup`<span class="quiet">roles not read</span>`
              : markup`${riskBadge(gravestRisk)}
                  <span class="quiet block">${counted(audited.permissions.length, "permission")}</span>`
          }
        </td>
        <td role="cell" data-label="Secret">${secretState(audited)}</td>
        <td role="cell" data-label="Findings" data-v="${weight}">${findingCounts(findings)}</td>
      </tr>
      <tr class="details" id="${id}-details" role="row">
        <td role="cell" colspan="${Object.keys(columns).length}"><noscript>${credentialDetails(credential)}</noscript></td>
      </tr>
    </tbody>
  `;
}

function secretState({ secret: { state } }: AuditedCredential): Html {
  if (state === "ours" || state === null) {
    return markup`<span class="quiet">${state === null ? "not asked" : secretWords[state]}</span>`;
  }
  return markup`<span class="badge ${state === "unpublished" ? "unscheduled" : "attention"}">${secretWords[state]}</span>`;
}

/** How much of its interval is over, as a bar. The words beside it say the same. */
function meter(audited: AuditedCredential, nowMs: number): Html | null {
  const share = elapsedShare(audited, nowMs);
  return share === null
    ? null
    : markup`<svg class="meter ${audited.rotation.status}" aria-hidden="true"><rect width="${Math.round(Math.min(1, share) * fullPercent)}%" height="100%"/></svg>`;
}
