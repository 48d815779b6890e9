// One part of the page: a landmark with a heading, a line about what it shows, and its content.
import { type Content, markup, type Html } from "./markup";

/** What a part consists of. */
export interface PageSection {
  /** Id, of the navigation too. */
  readonly id: string;
  readonly title: string;
  /** Name in the navigation, with the number of things in the part; null where it has none. */
  readonly count: number | null;
  /** One or two sentences. */
  readonly intro: Content;
  readonly body: Content;
}

/** The part as a landmark. What the filter empties says so. */
export function renderSection({ id, title, intro, body }: PageSection): Html {
  return markup`
    <section id="${id}" aria-labelledby="${id}-title" data-part>
      <div class="section-head">
        <h2 id="${id}-title">${title}</h2>
        <p class="intro">${intro}</p>
      </div>
      ${body}
      <p class="filtered-out" hidden>Nothing in this part fits the filter.</p>
    </section>
  `;
}

/** A name and its value in a list of them. */
export function pair(name: string, value: Content): Html {
  return markup`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** What stands where there is nothing to show. */
export function emptyState(title: string, explanation: string): Html {
  return markup`<div class="empty">
    <p class="empty-title">${title}</p>
    <p>${explanation}</p>
  </div>`;
}

/** What a part shows of the first items at once; the rest is folded away. */
export function folded(
  items: readonly Html[],
  shown: number,
  noun: string,
  wrap: (items: readonly Html[]) => Html,
): Html {
  const rest = items.length - shown;
  return rest <= 0
    ? wrap(items)
    : markup`${wrap(items.slice(0, shown))}
        <details class="more">
          <summary>Show ${rest} more ${noun}</summary>
          ${wrap(items.slice(shown))}
        </details>`;
}
