// Permission domains against credentials: every square has the colour and the letter of the gravest risk in that domain.
import { groupBy } from "../../../common/groupBy";
import { type RiskClass, riskClasses } from "../../../genesys/knowledge/riskClasses";
import { type AuditedPermission } from "../auditReport";
import { riskMark } from "./badges";
import { counted } from "./dateText";
import { markup, Html } from "./markup";
import { type PageCredential, type PageModel } from "./pageModel";
import { emptyState, type PageSection } from "./section";
import { areUnused, gravestRiskOf, gravity, markOf } from "./words";

/** Pixels: the distance of two squares, the square itself, and the place of its letter. */
const pitch = 24;
const square = 20;
const letterX = 11;
const letterY = 16;
const offset = 1;

/** Head of the columns: how far its names rise for each character, and at least. Pixels; degrees. */
const riseOfCharacter = 5.8;
const leastRise = 24;
const headSlant = -58;
const headInset = 4;

/** Room for the slanted names to the right. Pixels. */
const headOverhang = 84;

/** Longer names of domains are cut in the head; the rows name them in full. Characters. */
const longestName = 24;

/** What one credential may do in one domain. */
interface Cell {
  /** Of the domain's column. */
  readonly index: number;
  readonly domain: string;
  /** The gravest. */
  readonly risk: RiskClass | null;
  readonly isUnused: boolean;
}

/** The part about permissions. */
export function heatMapSection(model: PageModel): PageSection {
  const domains = domainsOf(model);
  const unread = model.credentials.filter(({ audited }) => audited.permissions === null).length;
  return {
    id: "permissions",
    title: "Permissions",
    count: null,
    intro: [
      "Which credential reaches into which domain of Genesys Cloud, and the gravest thing that it may do there.",
      unread === 0 ? "" : ` The roles of ${counted(unread, "credential")} could not be read.`,
    ],
    body:
      domains.length === 0
        ? emptyState("No permission to show.", "No credential has a role that could be read.")
        : markup`${legend}
            <div class="heat-frame" tabindex="0" role="region" aria-label="Permission domains by credential, scrollable">
              <table class="heat">
                <caption class="hidden-label">
                  Gravest risk of each credential in each permission domain
                </caption>
                <thead>
                  <tr>
                    <th scope="col">Credential</th>
                    <th scope="col">
                      <span class="hidden-label">Domains and their gravest risk</span>${head(domains)}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  ${model.credentials.map((credential) => row(credential, domains))}
                </tbody>
              </table>
            </div>
            <p class="heat-tip" hidden></p>`,
  };
}

/** The domains of all credentials: the gravest first, then by name. */
function domainsOf({ credentials }: PageModel): string[] {
  const permissions = credentials.flatMap(({ audited }) => audited.permissions ?? []);
  const gravest = [...groupBy(permissions, ({ domain }) => domain)].map(([domain, own]) => ({
    domain,
    gravity: gravity(gravestRiskOf(own)),
  }));
  return gravest
    .sort((a, b) => a.gravity - b.gravity || (a.domain < b.domain ? -1 : 1))
    .map(({ domain }) => domain);
}

function head(domains: readonly string[]): Html {
  const width = domains.length * pitch + headOverhang;
  const longest = Math.max(...domains.map((domain) => shortName(domain).length));
  const headHeight = Math.round(leastRise + longest * riseOfCharacter);
  return markup`<svg class="heat-head" width="${width}" height="${headHeight}" viewBox="0 0 ${width} ${headHeight}" aria-hidden="true">
    ${domains.map(
      (domain, index) =>
        markup`<text data-domain="${domain}" transform="translate(${index * pitch + letterX + headInset} ${headHeight - headInset}) rotate(${headSlant})">${shortName(domain)}</text>`,
    )}
  </svg>`;
}

function shortName(domain: string): string {
  return domain.length > longestName ? `${domain.slice(0, longestName - 1)}…` : domain;
}

function row({ audited, id }: PageCredential, domains: readonly string[]): Html {
  const name = markup`<th scope="row">
    <a href="#${id}"><bdi>${audited.credential}</bdi></a> <span class="quiet"><bdi>${audited.stack}</bdi></span>
  </th>`;
  if (audited.permissions === null) {
    return markup`<tr data-of="${id}">
      ${name}
      <td class="quiet">roles not read</td>
    </tr>`;
  }
  const cells = cellsOf(audited.permissions, domains);
  const width = domains.length * pitch;
  return markup`<tr data-of="${id}">
    ${name}
    <td>
      <svg class="heat-row" width="${width}" height="${pitch}" viewBox="0 0 ${width} ${pitch}" role="img" aria-label="${cellsText(cells)}">
        ${squares(cells)}
      </svg>
    </td>
  </tr>`;
}

function cellsOf(permissions: readonly AuditedPermission[], domains: readonly string[]): Cell[] {
  const byDomain = groupBy(permissions, ({ domain }) => domain);
  return domains.flatMap((domain, index) => {
    const own = byDomain.get(domain);
    return own === undefined ? [] : [{ index, domain, risk: gravestRiskOf(own), isUnused: areUnused(own) }];
  });
}

/** One path for each look and one text for all letters: few nodes, however many squares there are. */
function squares(cells: readonly Cell[]): Html {
  const looks = [
    ...groupBy(cells, ({ risk, isUnused }) => `${markOf(risk).style}${isUnused ? " idle" : ""}`),
  ];
  const paths = looks.map(([look, own]) => {
    const draw = own.some(({ isUnused }) => isUnused) ? outline : fill;
    return markup`<path class="${look}" d="${own.map(({ index }) => draw(index * pitch)).join("")}"/>`;
  });
  const letters = looks
    .filter(([, own]) => own.some(({ risk }) => risk !== null))
    .map(([look, own]) => {
      const places = own.map(({ index }) => index * pitch + letterX).join(" ");
      return markup`<text class="${look}" y="${letterY}" x="${places}">${own.map(({ risk }) => markOf(risk).letter).join("")}</text>`;
    });
  return markup`${paths}${letters}`;
}

/** A line as thick as a square; the style sheet says how thick. */
function fill(x: number): string {
  return `M${x + letterX} ${offset + 1}v${square}`;
}

function outline(x: number): string {
  const inside = square - 2;
  return `M${x + offset + 1} ${offset + 2}h${inside}v${inside}h-${inside}z`;
}

/** The same in words; each name is cut for itself, the sentence never. */
function cellsText(cells: readonly Cell[]): Html {
  if (cells.length === 0) {
    return markup`No permission`;
  }
  const sentences = [...riskClasses, null].flatMap((risk) => {
    const own = cells.filter((cell) => cell.risk === risk);
    const names = own.map(({ domain, isUnused }) => markup`${domain}${isUnused ? " (unused)" : ""}`);
    return own.length === 0 ? [] : [markup`${markOf(risk).name}: ${joined(names, ", ")}`];
  });
  return markup`${joined(sentences, "; ")}`;
}

function joined(parts: readonly Html[], separator: string): Html[] {
  return parts.map((part, index) => (index === 0 ? part : markup`${new Html(separator)}${part}`));
}

const legend = markup`
  <ul class="legend">
    ${[...riskClasses.filter((risk) => risk !== "irreversible"), null].map((risk) => markup`<li>${riskMark(risk)}</li>`)}
    <li><i class="swatch escalation idle" aria-hidden="true">E</i>Outlined: nothing of it was used</li>
  </ul>
`;
