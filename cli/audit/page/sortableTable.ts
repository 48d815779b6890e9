// Tables whose columns sort.
import { markup, type Html } from "./markup";

/**
 * The table, each of its rows a body. A column says how its cells compare, and its head is a button; without scripts the button is plain
 * text.
 */
export function sortableTable(
  id: string,
  caption: string,
  columns: Readonly<Record<string, "text" | "number">>,
  rows: readonly Html[],
): Html {
  return markup`
    <div class="table-frame">
      <table class="sortable cards" id="${id}" role="table">
        <caption class="hidden-label">${caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            ${Object.entries(columns).map(
              ([name, order]) =>
                markup`<th scope="col" role="columnheader">
                  <button type="button" class="sort" data-order="${order}">${name}</button>
                </th>`,
            )}
          </tr>
        </thead>
        ${rows}
      </table>
    </div>
  `;
}
