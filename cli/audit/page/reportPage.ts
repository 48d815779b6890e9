// The report page: one HTML file that needs nothing else, asks nobody, and obeys nothing that a name in it says.
import { type AuditReport } from "../auditReport";
import { renderFilterBar } from "./filterBar";
import { findingsSection } from "./findings";
import { heatMapSection } from "./heatMap";
import { inventorySection } from "./inventory";
import { markup, Html } from "./markup";
import { notCheckedSection } from "./notChecked";
import { pageAssets } from "./pageAssets";
import { pageModelOf } from "./pageModel";
import { rotationSection } from "./rotationChart";
import { renderSection } from "./section";
import { organizationNames, renderHeader } from "./summary";
import { timeAxisOf } from "./timeAxis";
import { unmanagedSection } from "./unmanaged";

/** Rows that are laid out at once, in sight or not. */
const laidOutAtOnce = 150;

/**
 * The page as the text of an HTML file. The same report gives the same text: all spans count from its `generatedAt`.
 * Scripts only filter, sort and unfold; without them the page is complete.
 */
export function renderReportPage(report: AuditReport): string {
  const model = pageModelOf(report);
  const axis = timeAxisOf(report.credentials, model.nowMs);
  const sections = [
    findingsSection(model),
    inventorySection(model),
    rotationSection(model, axis),
    heatMapSection(model),
    unmanagedSection(model),
    notCheckedSection(model),
  ];
  const { style, early, script } = pageAssets();
  const policy = [
    "default-src 'none'",
    `style-src ${style.hash}`,
    `script-src ${early.hash} ${script.hash}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const names = organizationNames(report);
  const page = markup`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <meta name="robots" content="noindex">
        <link rel="icon" href="data:,">
        <title>Credential audit${names === "" ? "" : ` of ${names}`}</title>
        <style>${new Html(style.text)}</style>
        <script>${new Html(early.text)}</script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the findings</a>
        ${renderHeader(model, sections)}
        ${renderFilterBar(model)}
        <main class="wrap${isLarge(report) ? " many" : ""}" id="main" tabindex="-1">${sections.map(renderSection)}</main>
        <footer class="wrap">
          Made by <code>npm run credentials -- audit</code> from the organisation, the declarations and the state of the
          stacks. No secret is in this file.
        </footer>
        <script>${new Html(script.text)}</script>
      </body>
    </html>
  `;
  return `${page.text.trim()}\n`;
}

function isLarge({ credentials, unmanaged, findings }: AuditReport): boolean {
  return Math.max(credentials.length, unmanaged.length, findings.length) > laidOutAtOnce;
}
