// The filter above the page: one for all of its parts. Without scripts it is not shown.
import { type FindingCategory, type RotationStatus, severities } from "../auditReport";
import { markup, type Html } from "./markup";
import { type PageModel, stackToken } from "./pageModel";
import { categoryWords, severityWords, statusWords } from "./words";

/** The bar: text, stack, severity, category, rotation status. */
export function renderFilterBar(model: PageModel): Html {
  const present = new Set(model.credentials.map(({ audited }) => audited.rotation.status));
  const categories = new Set(model.report.findings.map(({ category }) => category));
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
          ${choice(
            "stack",
            "Stack",
            model.stacks.map((stack) => [stackToken(model.stacks, stack), stack]),
          )}
          ${choice(
            "severity",
            "Severity",
            severities.map((severity) => [`v:${severity}`, severityWords[severity].name]),
          )}
          ${choice(
            "category",
            "Finding",
            (Object.keys(categoryWords) as FindingCategory[])
              .filter((category) => categories.has(category))
              .map((category) => [`k:${category}`, categoryWords[category]]),
          )}
          ${choice(
            "status",
            "Rotation",
            (Object.keys(statusWords) as RotationStatus[])
              .filter((status) => present.has(status))
              .map((status) => [`r:${status}`, statusWords[status]]),
          )}
          <button type="button" class="clear" id="filter-clear" hidden>Clear</button>
        </div>
        <p class="result" id="filter-result" role="status"></p>
      </div>
    </div>
  `;
}

function choice(id: string, name: string, options: readonly (readonly [string, string])[]): Html {
  return markup`
    <label class="choice"><span>${name}</span>
      <select id="filter-${id}">
        <option value="">All</option>
        ${options.map(([token, word]) => markup`<option value="${token}">${word}</option>`)}
      </select>
    </label>
  `;
}
