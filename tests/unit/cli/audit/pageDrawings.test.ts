// The drawings of the page: curves, ages, time lines, squares. What they show, and that their words say the same.
import { type AuditedCredential } from "../../../../cli/audit/auditReport";
import { ageChart } from "../../../../cli/audit/page/ageChart";
import { dateText, durationText, minuteText, numberText } from "../../../../cli/audit/page/dateText";
import { dueText, elapsedShare } from "../../../../cli/audit/page/due";
import { heatMapSection } from "../../../../cli/audit/page/heatMap";
import { type Html } from "../../../../cli/audit/page/markup";
import { pageModelOf } from "../../../../cli/audit/page/pageModel";
import { rotationLine, rotationText } from "../../../../cli/audit/page/rotationLine";
import { sparkline, summedUsage } from "../../../../cli/audit/page/sparkline";
import { axisLabels, monthStarts, timeAxisOf } from "../../../../cli/audit/page/timeAxis";
import { credentialOf, permissionOf } from "../../../browser/sampleCredential";
import { sampleReport } from "../../../browser/sampleReport";
import { inDays, sampleNow, usageOf } from "../../../browser/sampleUsage";

const nowMs = Date.parse(sampleNow);

const usage = (...requests: number[]) => ({
  daily: requests.map((one, index) => ({ date: `2026-11-0${index + 1}`, requests: one })),
  total: requests.reduce((sum, one) => sum + one, 0),
  lastUsedOn: requests.some((one) => one > 0) ? "2026-11-01" : null,
});

/** Heights of a curve above its floor, day by day, as its path draws them. */
function heightsOf(svg: string): number[] {
  const path = / d="M0 (\d+)([^"]*)V\d+z"/.exec(svg);
  let y = Number(path?.[1]);
  const floor = y;
  const heights: number[] = [];
  const commands = path?.[2]?.match(/[vhl][^vhl]*/g) ?? [];
  if (!commands[0]?.startsWith("v")) {
    heights.push(0);
  }
  for (const command of commands) {
    const values = command.slice(1).match(/-?\d+/g)?.map(Number) ?? [];
    if (command.startsWith("v")) {
      y += values[0] ?? 0;
      heights.push(floor - y);
    } else if (command.startsWith("h")) {
      heights.push(...Array.from({ length: values[0] ?? 0 }, () => floor - y));
    } else {
      for (let index = 1; index < values.length; index += 2) {
        y += values[index] ?? 0;
        heights.push(floor - y);
      }
    }
  }
  return heights;
}

describe("a usage curve", () => {
  it.each([
    ["rising and falling", [0, 8, 16, 16, 4, 0], [0, 8, 16, 16, 4, 0]],
    ["starting high", [16, 0, 0, 0, 16], [16, 0, 0, 0, 16]],
    ["level", [5, 5, 5], [16, 16, 16]],
    ["unused", [0, 0, 0], [0, 0, 0]],
  ])("%s has the height of each day", (_, requests, heights) => {
    expect(heightsOf(sparkline(usage(...requests)).text)).toEqual(heights);
  });

  it("takes less than five characters for each day of noise", () => {
    const daily = usageOf("steady", 900, 7);
    expect(heightsOf(sparkline(daily).text)).toHaveLength(daily.daily.length);
    const path = / d="([^"]*)"/.exec(sparkline(daily).text)?.[1] ?? "";
    expect(path.length).toBeLessThan(daily.daily.length * 5);
  });

  it("says in words what it shows", () => {
    expect(sparkline(usage(1200, 34)).text).toContain(
      'aria-label="1,234 requests in 2 days, last on 1 Nov 2026"',
    );
    expect(sparkline(usage(0, 0)).text).toContain('aria-label="No request in 2 days"');
    expect(sparkline(null).text).toBe('<span class="quiet">not known</span>');
    expect(sparkline(usage()).text).toContain("No request in the window");
  });

  it("of several clients is their sum, unknown ones apart", () => {
    expect(summedUsage([null, null])).toBeNull();
    expect(summedUsage([null, usage(1, 2)])).toEqual(usage(1, 2));
    const sum = summedUsage([usage(1, 2), { ...usage(0, 5), lastUsedOn: "2026-11-02" }]);
    expect(sum?.daily.map(({ requests }) => requests)).toEqual([1, 7]);
    expect(sum).toMatchObject({ total: 8, lastUsedOn: "2026-11-02" });
  });
});

describe("how far a rotation is", () => {
  const at = (fields: Parameters<typeof credentialOf>[0]): AuditedCredential => credentialOf(fields, 1);
  const named = { stack: "dev", name: "x" };

  it.each([
    [{ age: 78, every: 90 }, "in 12 days", 78 / 90],
    [{ age: 89, every: 90 }, "in 1 day", 89 / 90],
    [{ age: 89.5, every: 90 }, "within a day", 89.5 / 90],
    [{ age: 90.5, every: 90 }, "since today", 90.5 / 90],
    [{ age: 99, every: 90 }, "9 days late", 1.1],
    [{ age: 5, every: null }, "", null],
    [{ age: 5, every: 90, status: "revoked" as const }, "", null],
  ])("%j: %s", (fields, words, share) => {
    const credential = at({ ...named, ...fields });
    expect(dueText(credential, nowMs)).toBe(words);
    const elapsed = elapsedShare(credential, nowMs);
    expect(elapsed === null ? null : elapsed.toFixed(6)).toBe(share === null ? null : share.toFixed(6));
  });

  it("a schedule without an instant to count from says so", () => {
    const credential = at(named);
    const rotation = { ...credential.rotation, since: null, dueAt: null };
    expect(dueText({ ...credential, rotation }, nowMs)).toBe("last rotation unknown");
  });
});

it("ages have a dot for each dated credential, overdue ones beyond the line, and a sentence for each stack", () => {
  const chart = ageChart(pageModelOf(sampleReport())).text;
  expect(chart.match(/<circle/g)).toHaveLength(12); // One has no schedule, one is revoked.
  const dueX = Number(/class="due-line" x1="([\d.]+)%/.exec(chart)?.[1]);
  const placeOf = (status: string): number[] =>
    [...chart.matchAll(new RegExp(`class="${status}" cx="([\\d.]+)%`, "g"))].map((match) => Number(match[1]));
  expect(placeOf("overdue").every((x) => x > dueX)).toBe(true);
  expect(placeOf("on-time").every((x) => x < dueX)).toBe(true);
  expect(chart).toContain('aria-label="prod: 1 overdue, 1 due soon, 4 on time, 1 revoked"');
});

describe("a time line", () => {
  const credential = credentialOf({ stack: "prod", name: "crm", generation: 6, age: 30, every: 90 }, 2);
  const axis = timeAxisOf([credential], nowMs);
  const place = (instant: string): number => axis.percent(Date.parse(instant));

  it("shows both lives, the rotation, the overlap and what is due at their instants", () => {
    const line = rotationLine(credential, axis, "words").text;
    const [current, former] = credential.clients;
    const x = (look: string): number => Number(new RegExp(`class="${look}" x="([\\d.]+)%`).exec(line)?.[1]);
    expect(x("current")).toBe(place(current!.createdAt!));
    expect(x("former")).toBe(place(former!.createdAt!));
    expect(x("current ahead")).toBe(axis.percent(nowMs));
    expect(line).toContain(`class="rotated" x1="${place(credential.rotation.since!)}%"`);
    expect(line).toContain(`x="${place(credential.rotation.dueAt!)}%" class="due on-time"`);
    expect(x("overlap")).toBe(place(credential.rotation.since!));
  });

  it("says the same in words", () => {
    expect(rotationText(credential, nowMs)).toBe(
      "On time (in 60 days); due on 23 Jan 2027; safe to rotate from 27 Oct 2026; " +
        "slot A: generation 6, current, active, from 25 Oct 2026; slot B: generation 5, former, active, from 25 Jul 2026",
    );
  });

  it("of a revoked credential has no future", () => {
    const revoked = credentialOf({ stack: "prod", name: "x", age: 10, status: "revoked" }, 3);
    const line = rotationLine(revoked, axis, "words").text;
    expect(line).not.toMatch(/ahead|class="due/);
    expect(line).toContain('class="current dead"');
    expect(rotationText(revoked, nowMs)).not.toContain("due on");
  });

  it("never leaves the axis, however old or far away something is", () => {
    const old = {
      ...credential,
      rotation: { ...credential.rotation, since: inDays(-5000), dueAt: inDays(5000) },
    };
    const both = timeAxisOf([credential, old], nowMs);
    const numbers = [...rotationLine(old, both, "words").text.matchAll(/(?:x|x1|width)="(-?[\d.]+)%"/g)];
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbers.map((match) => Number(match[1])).every((value) => value >= 0 && value <= 100)).toBe(true);
  });

  it("names months that have room, and today", () => {
    const wide = timeAxisOf(
      [{ ...credential, rotation: { ...credential.rotation, since: inDays(-5000) } }],
      nowMs,
    );
    expect(monthStarts(wide).length).toBeLessThanOrEqual(12);
    const labels = axisLabels(wide).text;
    const places = [...labels.matchAll(/x="([\d.]+)%"[^>]*>(?!Today)/g)].map((match) => Number(match[1]));
    const today = Number(/class="today" x="([\d.]+)%"/.exec(labels)?.[1]);
    expect(places.every((x) => Math.abs(x - today) >= 6)).toBe(true);
    expect(labels).toContain("2026");
  });
});

describe("the heat map", () => {
  const base = credentialOf({ stack: "dev", name: "x" }, 1);
  const mapOf = (permissions: AuditedCredential["permissions"]): string => {
    const report = { ...sampleReport(), credentials: [{ ...base, permissions }] };
    return (heatMapSection(pageModelOf(report)).body as Html).text;
  };

  it("gives a domain the gravest risk of its permissions, and says it", () => {
    const map = mapOf([
      permissionOf("routing:queue:view", "r", false),
      permissionOf("routing:queue:edit", "r", false),
      permissionOf("oauth:client:add", "r", true),
      permissionOf("presence:presenceDefinition:view", "r", null),
    ]);
    expect(map).toContain(
      'aria-label="Privilege escalation: oauth (unused); Configuration: routing; No special risk: presence"',
    );
    expect(map).toMatch(/<path class="escalation idle"[^>]*>/);
    expect(map).toMatch(/<text class="configuration"[^>]*>C</);
    const columns = [...map.matchAll(/data-domain="([^"]*)"/g)].map((match) => match[1]);
    expect(columns).toEqual(["oauth", "routing", "presence"]); // The gravest first.
  });

  it("tells a credential without permissions from one whose roles were not read", () => {
    const report = sampleReport();
    const map = (
      heatMapSection(
        pageModelOf({
          ...report,
          credentials: [...report.credentials, { ...base, permissions: [] }],
        }),
      ).body as Html
    ).text;
    expect(map).toContain('aria-label="No permission"');
    expect(map).toContain("roles not read");
  });
});

describe("words", () => {
  it.each([
    [() => dateText("2026-02-03T23:59:59Z"), "3 Feb 2026"],
    [() => dateText("someday"), "someday"],
    [() => minuteText("2026-02-03T04:05:06Z"), "3 Feb 2026, 04:05 UTC"],
    [() => durationText("P90D"), "90 days"],
    [() => durationText("P1M"), "1 month"],
    [() => durationText("soon"), "soon"],
    [() => numberText(1234567), "1,234,567"],
    [() => numberText(999), "999"],
  ])("%s", (words, expected) => {
    expect(words()).toBe(expected);
  });
});
