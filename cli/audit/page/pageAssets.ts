// The style sheets and scripts of the page, and the hashes by which its policy allows them and nothing else.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Text of one `<style>` or `<script>` element. */
interface PageAsset {
  readonly text: string;
  /** As the policy writes it: `'sha256-…'`. */
  readonly hash: string;
}

/** In the order in which they override each other. */
const styleSheets = [
  "base.css",
  "looks.css",
  "marks.css",
  "frame.css",
  "filterBar.css",
  "findings.css",
  "tables.css",
  "details.css",
  "drawings.css",
  "timeLines.css",
  "heatMap.css",
  "narrow.css",
  "print.css",
] as const;

/** Everything but the content of the page. `early` has to run before the first paint: it says that scripts run. */
export function pageAssets(): Readonly<Record<"style" | "early" | "script", PageAsset>> {
  return {
    style: assetOf(styleSheets),
    early: assetOf(["scriptsRun.js"]),
    script: assetOf(["rowDetails.js", "rowOrder.js", "pageFilter.js", "heatTip.js"]),
  };
}

function assetOf(files: readonly string[]): PageAsset {
  const text = files.map((file) => readFileSync(join(__dirname, file), "utf8")).join("");
  // Within such an element, this is all that ends it or changes how it is read.
  if (/<\/(?:style|script)|<!--/i.test(text)) {
    throw new Error(
      `Reading ${files.join(", ")}: a closing tag or a comment of HTML stands in it; write it differently.`,
    );
  }
  return { text, hash: `'sha256-${createHash("sha256").update(text).digest("base64")}'` };
}
