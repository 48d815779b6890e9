// What the row of a credential opens to: its findings, rotation, clients, secret, roles and permissions.
import { groupBy } from "../../../common/groupBy";
import { type AuditedClient, type AuditedCredential, type AuditedPermission } from "../auditReport";
import { stateBadge } from "./badges";
import { day, durationText } from "./dateText";
import { type Content, markup, type Html, wholeSentence } from "./markup";
import { type PageCredential } from "./pageModel";
import { pair } from "./section";
import { usageCell } from "./sparkline";
import { areUnused, gravestRiskOf, gravity, markOf, nameOfKind, secretWords } from "./words";

/** The details, as the content of a cell. */
export function credentialDetails({ audited, findings }: PageCredential): Html {
  const { rotation, secret, permissions } = audited;
  return markup`
    <div class="detail">
      ${findings.length === 0 ? null : part("detail-findings", "Findings", findingList(findings))}
      ${part(
        "detail-facts",
        "Credential",
        markup`<dl class="pairs">
          ${pair("Grant type", markup`<code>${audited.grantType}</code>`)} ${pair("Type", audited.type)}
          ${pair("Secret", markup`<code>${secret.name}</code>`)}
          ${pair("Secret state", secretText(audited))}
          ${pair("Secret written", day(secret.writtenAt))}
        </dl>`,
      )}
      ${part(
        "detail-facts",
        "Rotation",
        markup`<dl class="pairs">
          ${pair("Generation", rotation.generation)}
          ${pair("Every", rotation.every === null ? "no schedule" : durationText(rotation.every))}
          ${pair("Since", day(rotation.since))}
          ${pair("Due", rotation.dueAt === null ? markup`<span class="quiet">not due</span>` : day(rotation.dueAt))}
          ${pair("Safe again", rotation.earliestSafeAt === null ? "at once" : day(rotation.earliestSafeAt))}
          ${pair("Overlap", rotation.overlap === "none" ? "none: the old client dies at once" : "until the next rotation")}
        </dl>`,
      )}
      <div class="detail-line"></div>
      ${part("detail-wide", "Clients", clientTable(audited.clients))}
      ${part("detail-roles", "Roles", roleList(audited))}
      ${part(
        "detail-permissions",
        markup`Permissions${permissions === null ? null : markup` <span class="count">${permissions.length}</span>`}`,
        permissionList(permissions),
      )}
    </div>
  `;
}

function part(style: string, title: Content, body: Html): Html {
  return markup`<div class="${style}">
    <h3>${title}</h3>
    ${body}
  </div>`;
}

function findingList(findings: PageCredential["findings"]): Html {
  return markup`<ul>
    ${findings.map(
      ({ kind, severity, problem }) =>
        markup`<li>
          <span class="badge ${severity}">${nameOfKind(kind)}</span> ${wholeSentence(problem)}
        </li>`,
    )}
  </ul>`;
}

function secretText({ secret: { state } }: AuditedCredential): Content {
  if (state === null) {
    return "AWS was not asked";
  }
  return state === "ours" ? secretWords.ours : stateBadge(secretWords[state]);
}

/** The clients, current first, as a table that scrolls in its own frame. */
function clientTable(clients: readonly AuditedClient[]): Html {
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
            ${clients.map(clientRow)}
          </tbody>
        </table>
      `;
}

function clientRow(client: AuditedClient): Html {
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

function roleList({ roles }: AuditedCredential): Html {
  return roles.length === 0
    ? markup`<p class="quiet">No role.</p>`
    : markup`<ul class="roles">
        ${roles.map(
          ({ role, division, isManaged }) =>
            markup`<li>
              <bdi>${role}</bdi> <span class="quiet">in ${divisionText(division)}${isManaged ? "" : ", not managed here"}</span>
            </li>`,
        )}
      </ul>`;
}

function divisionText(division: string): Content {
  if (division === "*") {
    return "every division";
  }
  return division === "home" ? "the home division" : markup`<bdi>${division}</bdi>`;
}

/**
 * The permissions, the gravest first, and whether anybody uses them. One that several roles give is shown once. The style sheet puts the
 * letter of its class before it.
 */
function permissionList(permissions: readonly AuditedPermission[] | null): Html {
  if (permissions === null || permissions.length === 0) {
    return markup`<p class="quiet">${permissions === null ? "The roles could not be read." : "No permission."}</p>`;
  }
  const items = [...groupBy(permissions, ({ permission }) => permission)].map(([permission, same]) => ({
    permission,
    risk: gravestRiskOf(same),
    isUnused: areUnused(same),
  }));
  items.sort((a, b) => gravity(a.risk) - gravity(b.risk));
  return markup`<ul class="permissions">${items.map(
    ({ permission, risk, isUnused }) =>
      markup`<li${risk === null ? null : markup` class="${markOf(risk).style}"`}>${permission}${isUnused ? markup` <i>unused</i>` : null}</li>`,
  )}</ul>`;
}
