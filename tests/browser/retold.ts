// The same report in other words: every text that comes from an organisation or a repository is replaced.
import { type AuditReport } from "../../cli/audit/auditReport";

/** Keys whose texts are free: names, descriptions, ids, sentences. */
const freeKeys = new Set([
  "stack",
  "credential",
  "clientId",
  "roleId",
  "place",
  "problem",
  "remedy",
  "name",
  "description",
  "grantType",
  "role",
  "division",
  "permission",
  "domain",
  "organizationId",
  "organizationName",
  "region",
  "owner",
  "what",
  "reason",
]);

/**
 * The report with `tell` of every free text; the same text is told the same way everywhere, so that what belonged together
 * still does. `index` tells different texts apart.
 */
export function retold(report: AuditReport, tell: (text: string, index: number) => string): AuditReport {
  const told = new Map<string, string>();
  const rewrite = (key: string, value: unknown): unknown => {
    if (typeof value !== "string" || !freeKeys.has(key)) {
      return value;
    }
    const known = told.get(value) ?? tell(value, told.size);
    told.set(value, known);
    return known;
  };
  return JSON.parse(JSON.stringify(report), rewrite) as AuditReport;
}

/** Texts that break pages which trust them. */
export const hostileTexts = [
  "<img src=x onerror=alert(1)>",
  "</script><script>alert(2)</script>",
  "</noscript><script>alert(3)</script>",
  "</style><style>*{display:none}</style>",
  "<!-- <script>alert(4)",
  '" onmouseover=alert(5) x="',
  "' autofocus onfocus=alert(6) '",
  "javascript:alert(7)",
  "&lt;b&gt;&#x3c;svg onload=alert(8)&#x3e;",
  "\u202egnp.exe\u202c\u2066\u2028\u2029",
  "\u0000\u0007\u001b[31m",
  "👩‍👩‍👧‍👦 équipe ✨ العربية עברית",
  "x".repeat(300),
  "W".repeat(120) + " " + "i".repeat(120),
  "\ud800 lone",
  "${alert(9)} {{alert(10)}}",
  "]]><![CDATA[<x/>",
] as const;
