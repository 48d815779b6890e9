// Finds and starts the system's Chromium for the tests of the report page; nothing is downloaded.
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Where distributions put it, in the order in which it is looked for; `CHROMIUM_PATH` comes first. */
const usualPaths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"] as const;

/** The browser's path; undefined where there is none. */
export function chromiumPath(): string | undefined {
  const named = process.env["CHROMIUM_PATH"];
  return (named === undefined || named === "" ? [...usualPaths] : [named]).find((path) => existsSync(path));
}

/** Why there is no browser to test with, or undefined when there is one. */
export function whyNoChromium(): string | undefined {
  return chromiumPath() === undefined
    ? `there is no Chromium at CHROMIUM_PATH, ${usualPaths.join(", ")}; install it with: apt-get install chromium`
    : undefined;
}

/**
 * Starts it. As root there is no sandbox to be had, and in a container little shared memory; the page under test is a file of
 * our own.
 * @throws Error where there is none.
 */
export async function startChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) {
    throw new Error(`Starting Chromium: ${whyNoChromium() ?? "it is gone"}.`);
  }
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}
