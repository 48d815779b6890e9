// The report page as text: what it allows, what it points to, that it is always the same, and what it says where there is nothing.
import { createHash } from "node:crypto";
import { type AuditReport } from "../../../../cli/audit/auditReport";
import { renderReportPage } from "../../../../cli/audit/page/reportPage";
import { largeReport } from "../../../browser/largeReport";
import { emptyReport, sampleReport } from "../../../browser/sampleReport";

const page = renderReportPage(sampleReport());

const elements = (name: string): string[] =>
  [...page.matchAll(new RegExp(`<${name}[^>]*>(.*?)</${name}>`, "gs"))].map((match) => match[1] ?? "");

const attributes = (name: string): string[] =>
  [...page.matchAll(new RegExp(` ${name}="([^"]*)"`, "g"))].map((match) => match[1] ?? "");

const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? "";

/** What the report became: the page without its own code, in which the words of JavaScript are no mistake. */
const contentOf = (text: string): string => text.replace(/<(style|script)>.*?<\/\1>/gs, "");

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

describe("the policy", () => {
  it("allows nothing but the scripts and the style sheet that the page carries, by their hashes", () => {
    const [style, ...otherStyles] = elements("style");
    const scripts = elements("script");
    expect(otherStyles).toEqual([]);
    expect(scripts).toHaveLength(2);
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      `style-src ${hashOf(style ?? "")}`,
      `script-src ${scripts.map(hashOf).join(" ")}`,
      "img-src data:",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it("stands before everything that it rules", () => {
    expect(page.indexOf("Content-Security-Policy")).toBeLessThan(page.indexOf("<style"));
    expect(page.indexOf("Content-Security-Policy")).toBeLessThan(page.indexOf("<link"));
    expect(page.indexOf("Content-Security-Policy")).toBeLessThan(page.indexOf("<script"));
  });

  it("needs no exception: no style attribute, no handler attribute", () => {
    const body = page.slice(page.indexOf("<body>")).replace(/<script>.*?<\/script>/gs, "");
    expect(body).not.toMatch(/<[^>]* (?:style|on\w+)=/);
  });
});

it("refers to nothing outside of itself", () => {
  expect(page).not.toMatch(/https?:\/\//);
  expect(page).not.toMatch(/@import|url\(|<(?:iframe|object|embed|base|img|form)\b/);
  expect(attributes("src")).toEqual([]);
  expect(attributes("href").filter((address) => !address.startsWith("#"))).toEqual(["data:,"]);
});

it("every id is there once, and whatever is pointed at exists", () => {
  const ids = attributes("id");
  expect(new Set(ids).size).toBe(ids.length);
  const targets = [
    ...attributes("href")
      .filter((address) => address.startsWith("#"))
      .map((address) => address.slice(1)),
    ...attributes("aria-controls"),
    ...attributes("aria-labelledby"),
    ...attributes("for"),
    ...attributes("data-of"),
  ];
  expect(targets.length).toBeGreaterThan(0);
  expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
});

it("the same report gives the same bytes", () => {
  expect(renderReportPage(sampleReport())).toBe(page);
});

it("counts every span from the moment of the audit", () => {
  const later: AuditReport = { ...sampleReport(), generatedAt: "2026-11-30T09:00:00.000Z" };
  expect(page).toContain("11 days late");
  expect(renderReportPage(later)).toContain("17 days late");
  expect(renderReportPage(later)).not.toContain("11 days late");
});

it("has everything that the report has", () => {
  const report = sampleReport();
  const plain = page.replaceAll("&quot;", '"').replaceAll("&#39;", "'");
  for (const finding of report.findings) {
    expect(plain).toContain(finding.place);
  }
  for (const { credential, clients, permissions, secret } of report.credentials) {
    expect(plain).toContain(credential);
    expect(plain).toContain(secret.name);
    clients.forEach(({ clientId }) => {
      expect(plain).toContain(clientId ?? "not made yet");
    });
    (permissions ?? []).forEach(({ permission }) => {
      expect(plain).toContain(`>${permission}`);
    });
  }
  for (const { clientId, name } of report.unmanaged) {
    expect(plain).toContain(clientId);
    expect(plain).toContain(name);
  }
  for (const { what, reason } of report.notChecked) {
    expect(plain).toContain(what);
    expect(plain).toContain(reason);
  }
});

it("finds findings of clients that belong to no stack by the stacks of their organisation", () => {
  const item = /<li data-f="([^"]*)">(?:(?!<\/li>).)*Salesforce embed/.exec(page)?.[1];
  expect(item?.split(" ")).toEqual(["s:1", "v:low", "k:unmanaged"]);
});

it("names the organisation of unmanaged clients only where there are several", () => {
  expect(page).toContain("in <bdi>Northwind</bdi>");
  const [stack] = sampleReport().stacks.filter((one) => one.stack === "prod");
  expect(renderReportPage({ ...sampleReport(), stacks: stack === undefined ? [] : [stack] })).not.toContain(
    "in <bdi>Northwind</bdi>",
  );
});

describe("where there is nothing", () => {
  const empty = renderReportPage(emptyReport());

  it.each([
    ["findings", "Nothing to do."],
    ["credentials", "No credentials yet."],
    ["rotation", "Nothing to rotate."],
    ["permissions", "No permission to show."],
    ["unmanaged clients nobody asked about", "Not known."],
    ["gaps", "Nothing was left out."],
  ])("%s: it says so", (_, words) => {
    expect(empty).toContain(words);
  });

  it("an organisation without unmanaged clients is told from one that was not asked", () => {
    expect(renderReportPage({ ...sampleReport(), unmanaged: [] })).toContain(
      "Every OAuth client of the organisation belongs to an audited stack.",
    );
  });

  it("unknown usage is told from no usage", () => {
    const unknown = renderReportPage({
      ...sampleReport(),
      usageWindow: null,
      credentials: sampleReport().credentials.map((one) => ({
        ...one,
        clients: one.clients.map((client) => ({ ...client, usage: null })),
      })),
      unmanaged: [],
    });
    expect(unknown).toContain("usage was not asked for");
    expect(unknown).toContain("not known");
    expect(unknown).not.toContain("no request");
    expect(page).toContain("no request");
  });

  it("a client that the next update makes, and a credential that nothing is known about, break nothing", () => {
    const [first] = sampleReport().credentials;
    const bare: AuditReport = {
      ...sampleReport(),
      generatedAt: "not an instant",
      credentials: [
        {
          ...first!,
          rotation: { ...first!.rotation, since: null, every: "P3X", dueAt: null, earliestSafeAt: null },
          permissions: [],
          clients: [{ ...first!.clients[0]!, clientId: null, createdAt: null, state: null, usage: null }],
          secret: { name: "genesys/dev/x", state: null, writtenAt: null },
        },
        { ...first!, credential: "none", clients: [], permissions: null, roles: [] },
      ],
    };
    const text = renderReportPage(bare);
    for (const words of [
      "not made yet",
      "No permission.",
      "No role.",
      "P3X",
      "The roles could not be read.",
    ]) {
      expect(text).toContain(words);
    }
    expect(contentOf(text)).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });
});

it("writes no value that is none", () => {
  expect(contentOf(page)).not.toMatch(/NaN|undefined|Infinity|\[object/);
});

it("what a report should not have, is not shown: only known fields are", () => {
  const canary = "canary-report-page-secret";
  const planted = JSON.parse(JSON.stringify(sampleReport()), (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? { ...value, clientSecret: canary, accessToken: canary }
      : value,
  ) as AuditReport;
  expect(JSON.stringify(planted)).toContain(canary);
  expect(renderReportPage(planted)).toBe(page);
});

it("1,000 credentials fit into 8 MB", () => {
  const limit = 8_000_000;
  expect(Buffer.byteLength(renderReportPage(largeReport(1000)))).toBeLessThan(limit);
});
