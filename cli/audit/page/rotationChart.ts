// All time lines above each other, the most urgent first, on one axis.
import { ageChart } from "./ageChart";
import { dueText } from "./due";
import { statusBadge } from "./badges";
import { msOf } from "./dateText";
import { markup, type Html } from "./markup";
import { type PageCredential, type PageModel } from "./pageModel";
import { rotationLine, rotationText } from "./rotationLine";
import { emptyState, folded, type PageSection } from "./section";
import { axisGrid, axisLabels, type TimeAxis } from "./timeAxis";

/** Time lines that are shown at once. */
const shownLines = 40;

/** The part about rotation. */
export function rotationSection(model: PageModel, axis: TimeAxis): PageSection {
  const sorted = [...model.credentials].sort((a, b) => dueMsOf(a) - dueMsOf(b));
  return {
    id: "rotation",
    title: "Rotation",
    count: null,
    intro:
      "How old each secret is against its schedule, and the lives of the clients behind it: two slots take turns, so that a copy of the former secret keeps working until the next rotation.",
    body:
      model.credentials.length === 0
        ? emptyState("Nothing to rotate.", "The audited stacks declare no credential.")
        : markup`
            <h3>Age against schedule</h3>
            ${ageChart(model)}
            <h3>Time lines</h3>
            ${legend}
            <div class="time-lines">
              <div class="axis">
                <span></span>
                ${axisLabels(axis)}
                <span></span>
              </div>
              ${folded(
                sorted.map((credential) => line(model, credential, axis)),
                shownLines,
                "time lines",
                (lines) =>
                  markup`<div class="lines">
                    <div class="grid-track">${axisGrid(axis)}</div>
                    <ul>
                      ${lines}
                    </ul>
                  </div>`,
              )}
            </div>
          `,
  };
}

/** Those without a due date come last. */
function dueMsOf({ audited }: PageCredential): number {
  return msOf(audited.rotation.dueAt) ?? Number.MAX_SAFE_INTEGER;
}

function line(model: PageModel, { audited, id }: PageCredential, axis: TimeAxis): Html {
  return markup`
    <li data-of="${id}">
      <div class="line-name">
        <a href="#${id}"><bdi>${audited.credential}</bdi></a> <span class="quiet"><bdi>${audited.stack}</bdi></span>
      </div>
      ${rotationLine(audited, axis, rotationText(audited, model.nowMs))}
      <div class="line-due">
        ${statusBadge(audited.rotation.status)} <span class="quiet">${dueText(audited, model.nowMs)}</span>
      </div>
    </li>
  `;
}

const bar = (style: string): Html => markup`<rect class="${style}" y="4" width="100%" height="8" rx="2"/>`;

const keys: readonly (readonly [string, Html, string])[] = [
  ["key", bar("current"), "Current client"],
  ["key", bar("former"), "Former client, still valid"],
  [
    "key",
    markup`<rect class="former dead" x="1" y="4" width="26" height="8" rx="2"/>`,
    "Inactive or missing",
  ],
  ["key", bar("current ahead"), "Still to come"],
  ["key", markup`<rect class="overlap" width="100%" height="16" rx="2"/>`, "Too early to rotate again"],
  ["key narrow", markup`<line class="rotated" x1="6" x2="6" y1="0" y2="16"/>`, "Rotated"],
  ["key narrow due on-time", markup`<path d="M6 2l6 6-6 6-6-6z"/>`, "Due"],
];

const legend = markup`
  <ul class="legend">
    ${keys.map(([style, drawing, word]) => markup`<li><svg class="${style}" aria-hidden="true">${drawing}</svg>${word}</li>`)}
  </ul>
`;
