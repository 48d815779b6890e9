// Heads of tables whose columns sort.
import { markup, type Html } from "./markup";

/** A column head with a button; `order` says how its cells compare. Without scripts the button is plain text. */
export function columnHead(name: string, order: "text" | "number"): Html {
  return markup`<th scope="col" role="columnheader">
    <button type="button" class="sort" data-order="${order}">${name}</button>
  </th>`;
}

/** The head of a table. */
export function tableHead(columns: readonly Html[]): Html {
  return markup`<thead role="rowgroup">
    <tr role="row">
      ${columns}
    </tr>
  </thead>`;
}
