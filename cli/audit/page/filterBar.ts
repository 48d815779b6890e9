// The filter above the page: one for all of its parts. Without scripts it is not shown.
import { rotationStatuses } from "../auditReport";
import { findingCategories, severities } from "../findingKinds";
import { markup, type Html } from "./markup";
import { type PageModel, stackToken } from "./pageModel";
import { statusText, titled } from "./words";

/** The bar: text, stack, severity, category, rotation status. */
export function renderFilterBar(model: PageModel): Html {
  const statuses = new Set(model.credentials.map(({ audited }) => audited.rotation.status));
  const categories = new Set(model.report.findings.map(({ category }) => category));
  const choices: readonly Choice[] = [
    ["stack", "Stack", model.stacks.map((stack) => [stackToken(model.stacks, stack), stack])],
    ["severity", "Severity", severities.map((one) => [`v:${one}`, titled(one)])],
    [
      "category",
      "Finding",
      findingCategories.filter((one) => categories.has(one)).map((one) => [`k:${one}`, titled(one)]),
    ],
    [
      "status",
      "Rotation",
      rotationStatuses.filter((one) => statuses.has(one)).map((one) => [`r:${one}`, statusText(one)]),
    ],
  ];
  return markup`
    <div class="filter-bar" role="search" aria-label="Filter the page">
      <div class="wrap">
        <div class="search">
          <label for="filter-text" class="hidden-label">Filter by text</label>
          <input id="filter-text" type="search" placeholder="Filter by name, id, role, permission" autocomplete="off" spellcheck="false"/>
          <button type="button" class="filters-toggle" aria-expanded="false" aria-controls="filter-choices">
            Filters
          </button>
        </div>
        <div class="choices" id="filter-choices">
          ${choices.map(choice)}
          <button type="button" class="clear" id="filter-clear" hidden>Clear</button>
        </div>
        <p class="result" id="filter-result" role="status"></p>
      </div>
    </div>
  `;
}

/** Its id and name, and the token and the word of each option. */
type Choice = readonly [string, string, readonly (readonly [string, string])[]];

function choice([id, name, options]: Choice): Html {
  return markup`
    <label class="choice"><span>${name}</span>
      <select id="filter-${id}">
        <option value="">All</option>
        ${options.map(([token, word]) => markup`<option value="${token}">${word}</option>`)}
      </select>
    </label>
  `;
}
