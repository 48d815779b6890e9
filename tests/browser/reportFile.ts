// A report page as a file on disk, opened as people open it: by file://.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { type AuditReport } from "../../cli/audit/auditReport";
import { renderReportPage } from "../../cli/audit/page/reportPage";

/** A folder for pages; `remove` takes it away. */
export class ReportFiles {
  private readonly folder = mkdtempSync(join(tmpdir(), "genesys-credentials-page-"));
  private count = 0;

  /** Writes the page and returns its address. */
  write(report: AuditReport): string {
    const path = join(this.folder, `${this.count++}.html`);
    writeFileSync(path, renderReportPage(report));
    return pathToFileURL(path).href;
  }

  /** Takes the folder away. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A page in a browser, with everything that it complained about or asked for. */
export interface OpenedPage {
  readonly page: Page;
  /** Messages of the console, errors, dialogs: there must be none. */
  readonly complaints: readonly string[];
  /** Addresses that were asked for, the page's own apart: there must be none. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** The usual size of a window. */
const wide = { width: 1280, height: 900 } as const;

/** Opens the page in a context of its own; whatever it asks for is refused. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: wide, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => complaints.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.route("**/*", (route) => {
    const asked = route.request().url();
    if (asked === url) {
      return route.continue();
    }
    requests.push(asked);
    return route.abort();
  });
  await page.goto(url);
  return { page, complaints, requests, close: () => context.close() };
}
