// Clients of the organisation that no audited stack has.
import { type UnmanagedClient } from "../auditReport";
import { stateBadge } from "./badges";
import { day, msOf } from "./dateText";
import { markup, type Html } from "./markup";
import { type PageModel } from "./pageModel";
import { emptyState, type PageSection } from "./section";
import { sortableTable } from "./sortableTable";
import { usageCell } from "./sparkline";

/** The part about unmanaged clients. */
export function unmanagedSection(model: PageModel): PageSection {
  const { unmanaged, stacks } = model.report;
  const wasAsked = stacks.some(({ isLive }) => isLive);
  return {
    id: "unmanaged",
    title: "Unmanaged clients",
    count: unmanaged.length,
    intro: "OAuth clients of the organisation that none of the audited stacks declares.",
    body:
      unmanaged.length === 0
        ? wasAsked
          ? emptyState("None.", "Every OAuth client of the organisation belongs to an audited stack.")
          : emptyState("Not known.", "Genesys Cloud was not asked.")
        : sortableTable(
            "unmanaged-table",
            "OAuth clients in no audited stack",
            {
              Client: "text",
              "Grant type": "text",
              State: "text",
              Created: "number",
              Usage: "number",
              "Managed by": "text",
            },
            unmanaged.map((client) => row(model, client)),
          ),
  };
}

function row(model: PageModel, client: UnmanagedClient): Html {
  const { clientId, name, description, grantType, state, createdAt, owner, isDeployer, isKnown, usage } =
    client;
  const organization = model.organizationOf(client);
  return markup`
    <tbody data-f="${model.unmanagedTokens(client)}" data-row role="rowgroup">
      <tr class="row" role="row">
        <th scope="row" role="rowheader">
          ${name.trim() === "" ? markup`<span class="quiet">no name</span>` : markup`<bdi>${name}</bdi>`}${isDeployer ? markup` <span class="badge note">this audit's own client</span>` : null}${isKnown && !isDeployer ? markup` <span class="badge note">known</span>` : null}
          ${description === "" ? null : markup`<span class="description"><bdi>${description}</bdi></span>`}
          <code class="block">${clientId}</code>
          ${organization === null ? null : markup`<span class="description">in <bdi>${organization}</bdi></span>`}
        </th>
        <td role="cell" data-label="Grant type">
          ${grantType === null ? markup`<span class="quiet">unknown</span>` : markup`<span class="grant">${grantType}</span>`}
        </td>
        <td role="cell" data-label="State">${stateBadge(state)}</td>
        <td role="cell" data-label="Created" data-v="${msOf(createdAt) ?? ""}">${day(createdAt)}</td>
        <td role="cell" data-label="Usage" data-v="${usage?.total ?? ""}">
          ${usageCell(usage)}
        </td>
        <td role="cell" data-label="Managed by">
          ${owner === null ? markup`<span class="quiet">nobody</span>` : markup`<bdi>${owner}</bdi>`}
        </td>
      </tr>
    </tbody>
  `;
}
