// What the row of a credential opens to: its rotation, clients, secret, roles and permissions.
import { type AuditedCredential } from "../auditReport";
import { stateBadge } from "./badges";
import { clientTable } from "./clientTable";
import { day, durationText } from "./dateText";
import { type Content, markup, type Html, wholeSentence } from "./markup";
import { type PageCredential } from "./pageModel";
import { permissionList } from "./permissionList";
import { pair } from "./section";
import { kindWords, secretWords } from "./words";

/** The details, as the content of a cell. */
export function credentialDetails(credential: PageCredential): Html {
  const { audited, findings } = credential;
  return markup`
    <div class="detail">
      ${
        findings.length === 0
          ? null
          : markup`<div class="detail-findings">
              <h3>Findings</h3>
              <ul>
                ${findings.map(
                  ({ kind, severity, problem }) =>
                    markup`<li>
                      <span class="badge ${severity}">${kindWords[kind]}</span> ${wholeSentence(problem)}
                    </li>`,
                )}
              </ul>
            </div>`
      }
      <div class="detail-facts">
        <h3>Credential</h3>
        <dl class="pairs">
          ${pair("Grant type", markup`<code>${audited.grantType}</code>`)} ${pair("Type", audited.type)}
          ${pair("Secret", markup`<code>${audited.secret.name}</code>`)}
          ${pair("Secret state", secretText(audited))}
          ${pair("Secret written", day(audited.secret.writtenAt))}
        </dl>
      </div>
      <div class="detail-facts">
        <h3>Rotation</h3>
        <dl class="pairs">
          ${pair("Generation", audited.rotation.generation)}
          ${pair("Every", audited.rotation.every === null ? "no schedule" : durationText(audited.rotation.every))}
          ${pair("Since", day(audited.rotation.since))}
          ${pair("Due", audited.rotation.dueAt === null ? markup`<span class="quiet">not due</span>` : day(audited.rotation.dueAt))}
          ${pair("Safe again", audited.rotation.earliestSafeAt === null ? "at once" : day(audited.rotation.earliestSafeAt))}
          ${pair("Overlap", audited.rotation.overlap === "none" ? "none: the old client dies at once" : "until the next rotation")}
        </dl>
      </div>
      <div class="detail-line"></div>
      <div class="detail-wide">
        <h3>Clients</h3>
        ${clientTable(audited.clients)}
      </div>
      <div class="detail-roles">
        <h3>Roles</h3>
        ${roleList(audited)}
      </div>
      <div class="detail-permissions">
        <h3>
          Permissions${audited.permissions === null ? null : markup` <span class="count">${audited.permissions.length}</span>`}
        </h3>
        ${permissionList(audited.permissions)}
      </div>
    </div>
  `;
}

function secretText({ secret: { state } }: AuditedCredential): Content {
  if (state === null) {
    return "AWS was not asked";
  }
  return state === "ours" ? secretWords.ours : stateBadge(secretWords[state]);
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
