// Every credential has a rotation schedule, and it is short enough.
import { type StackValidationPolicy } from "@pulumi/policy";
import { credentialType, type Properties } from "./resourceTypes";

/** The longest interval, in days. */
const defaultMaximumDays = 90;

/** Days in the parts of an ISO 8601 duration; the longest year and month, so that no schedule passes by its calendar. */
const daysIn = { years: 366, months: 31, weeks: 7, days: 1 } as const;
const hoursInDay = 24;
const minutesInDay = 1440;
const secondsInDay = 86_400;

const durationPattern =
  /^P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$/;

/** Pulumi hands the stack's config to the pack's process; schedules are in no resource. */
const configVariable = "PULUMI_CONFIG";
const credentialsKey = "genesys-credentials:credentials";

export const rotationRequired: StackValidationPolicy = {
  name: "rotation-required",
  description: "Every credential is rotated on a schedule.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      maximumDays: {
        type: "number",
        exclusiveMinimum: 0,
        description: "The longest interval.",
        default: defaultMaximumDays,
      },
    },
  },
  validateStack: ({ resources, getConfig, notApplicable }, report) => {
    const { maximumDays = defaultMaximumDays } = getConfig<{ maximumDays?: number }>();
    const schedules = schedulesOf(process.env[configVariable]);
    if (schedules === undefined) {
      notApplicable("the stack's config is not known here");
    }
    for (const { name, urn } of resources.filter(({ type }) => type === credentialType)) {
      const every = schedules.get(name);
      const days = every === undefined ? undefined : daysOf(every);
      if (every === undefined || days === undefined) {
        report(`Credential "${name}" has no rotation schedule; set rotation.every, as P90D.`, urn);
      } else if (days > maximumDays) {
        report(
          `Credential "${name}" is rotated every ${every}, at least every ${maximumDays} days is required; shorten rotation.every.`,
          urn,
        );
      }
    }
  },
};

/** Key of each credential -> its interval; undefined where there is no config. */
function schedulesOf(config: string | undefined): ReadonlyMap<string, string> | undefined {
  const values = mapOf(parsed(config));
  const credentials = mapOf(parsed(values?.[credentialsKey]));
  if (credentials === undefined) {
    return undefined;
  }
  return new Map(
    Object.entries(credentials).flatMap(([key, credential]) => {
      const every = mapOf(mapOf(credential)?.["rotation"])?.["every"];
      return typeof every === "string" ? [[key, every] as const] : [];
    }),
  );
}

function parsed(value: unknown): unknown {
  if (typeof value !== "string") {
    return value;
  }
  try {
    return JSON.parse(value);
  } catch {
    return undefined; // not structured, so it holds no schedules
  }
}

function mapOf(value: unknown): Properties | undefined {
  return typeof value === "object" && value !== null ? (value as Properties) : undefined;
}

function daysOf(every: string): number | undefined {
  const parts = durationPattern.exec(every.trim());
  if (parts === null) {
    return undefined;
  }
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  return (
    years * daysIn.years +
    months * daysIn.months +
    weeks * daysIn.weeks +
    days * daysIn.days +
    hours / hoursInDay +
    minutes / minutesInDay +
    seconds / secondsInDay
  );
}
