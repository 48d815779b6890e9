// What a usage job is asked: OrganizationPublicApiUsageQueryRequest and ClientPublicApiUsageQueryRequest, and their limits.
import { msPerDay } from "../../common/clock";
import { type Body, bodyObject, optionalText, optionalTexts, requiredText } from "./bodyFields";
import { badRequest, invalidValue } from "./simulatorError";
import { type UsageJob } from "./state";

/** Source: API description. */
const longestIntervalDays = 90;
const oldestStartDays = 365;
const granularities = ["Day", "Week", "Month"] as const;
const groupings = ["OauthClientName", "OauthClientId", "UserId", "HttpMethod", "TemplateUri", "Platform"];
const metrics = ["Requests", "Status200", "Status300", "Status400", "Status429", "Status500"];

/** @throws SimulatorError 400 */
export function readUsageJobRequest(raw: unknown, nowMs: number): Omit<UsageJob, "id" | "polls"> {
  const body = bodyObject(raw);
  const { from, to } = readInterval(requiredText(body, "interval"), nowMs);
  const asked = optionalText(body, "granularity") ?? "Day";
  const granularity = granularities.find((known) => known === asked);
  if (granularity === undefined) {
    throw invalidValue(asked, "Granularity");
  }
  const groupBy = oneOf(body, "groupBy", groupings);
  oneOf(body, "metrics", metrics);
  const list = (field: string): readonly string[] => optionalTexts(body, field) ?? [];
  return {
    from,
    to,
    granularity,
    groupBy,
    oauthClientIds: list("oauthClientIds"),
    templateUris: list("templateUris"),
    httpMethods: list("httpMethods"),
  };
}

function readInterval(interval: string, nowMs: number): { readonly from: number; readonly to: number } {
  const [from = NaN, to = NaN, ...rest] = interval.split("/").map(instantOf);
  if (Number.isNaN(from) || Number.isNaN(to) || rest.length > 0 || from > to) {
    throw badRequest("invalid.date", `Value [${interval}] is not an interval start/end in ISO 8601.`);
  }
  if (to - from > longestIntervalDays * msPerDay) {
    throw badRequest("bad.request", `The end is more than ${longestIntervalDays} days after the start.`);
  }
  if (from < nowMs - oldestStartDays * msPerDay) {
    throw badRequest("bad.request", "The start is more than a year ago.");
  }
  return { from, to };
}

/** UTC where no zone is written. */
function instantOf(text: string): number {
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(text) || !text.includes("T");
  return Date.parse(hasZone ? text : `${text}Z`);
}

function oneOf(body: Body, field: string, known: readonly string[]): readonly string[] {
  const asked = optionalTexts(body, field) ?? [];
  const wrong = asked.find((one) => !known.includes(one));
  if (wrong !== undefined) {
    throw invalidValue(wrong, field);
  }
  return asked;
}
