// The clients behind one credential.
import { type AuditedClient } from "../auditReport";
import { stateBadge } from "./badges";
import { day } from "./dateText";
import { markup, type Html } from "./markup";
import { usageCell } from "./sparkline";

/** The clients, current first, as a table that scrolls in its own frame. */
export function clientTable(clients: readonly AuditedClient[]): Html {
  return clients.length === 0
    ? markup`<p class="quiet">No client: the next update makes one.</p>`
    : markup`
        <table class="cards clients">
          <caption class="hidden-label">
            Clients of this credential
          </caption>
          <thead>
            <tr>
              ${["Client", "Slot", "State", "Created", "Usage"].map((name) => markup`<th scope="col">${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${clients.map(row)}
          </tbody>
        </table>
      `;
}

function row(client: AuditedClient): Html {
  const { clientId, name, slot, generation, isCurrent, state, createdAt, usage } = client;
  return markup`
    <tr>
      <th scope="row"><bdi>${name}</bdi><code class="block">${clientId ?? "not made yet"}</code></th>
      <td data-label="Slot">
        ${slot.toUpperCase()} <span class="quiet">generation ${generation}${isCurrent ? ", current" : ""}</span>
      </td>
      <td data-label="State">${stateBadge(state)}</td>
      <td data-label="Created">${day(createdAt)}</td>
      <td data-label="Usage">${usageCell(usage)}</td>
    </tr>
  `;
}
