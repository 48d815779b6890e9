// What the audit could not look at, and why.
import { markup, sentence } from "./markup";
import { type PageModel, stackToken } from "./pageModel";
import { emptyState, type PageSection } from "./section";

/** The part about what was left out. */
export function notCheckedSection({ report, stacks }: PageModel): PageSection {
  const { notChecked } = report;
  return {
    id: "not-checked",
    title: "Not checked",
    count: notChecked.length,
    intro: "What this audit could not look at: no finding about it does not mean that all is well.",
    body:
      notChecked.length === 0
        ? emptyState("Nothing was left out.", "Everything that an audit looks at was looked at.")
        : markup`<ul class="not-checked" data-group>
            ${notChecked.map(
              ({ stack, what, reason }) =>
                markup`<li data-f="${stack === null ? "" : stackToken(stacks, stack)}">
                  <p class="place">
                    <bdi>${what}</bdi>${stack === null ? null : markup` <span class="quiet">in <bdi>${stack}</bdi></span>`}
                  </p>
                  <p>${sentence(reason)}</p>
                </li>`,
            )}
          </ul>`,
  };
}
