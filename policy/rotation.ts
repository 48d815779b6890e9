// Every credential has a rotation schedule, and it is short enough.
import { type StackValidationPolicy } from "@pulumi/policy";
import { credentialType, type Properties } from "./resourceTypes";

/** The longest interval, in days: three months at their longest. */
const defaultMaximumDays = 93;

const secondsInDay = 86_400;

/** Seconds in the parts of an ISO 8601 duration, in their order; the longest year and month, so that no schedule passes by its calendar. */
const secondsIn = Object.values({
  years: 366 * secondsInDay,
  months: 31 * secondsInDay,
  weeks: 7 * secondsInDay,
  days: secondsInDay,
  hours: 3600,
  minutes: 60,
  seconds: 1,
});

const durationPattern =
  /^P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$/;

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
  validateStack: (args, report) => {
    const { maximumDays = defaultMaximumDays } = args.getConfig<{ maximumDays?: number }>();
    const credentials = args.resources.filter(({ type }) => type === credentialType);
    const schedules = credentials.flatMap(({ name, urn, props }) => {
      const rotation = mapOf(props["rotation"]);
      return rotation === undefined ? [] : [{ name, urn, every: rotation["every"] }];
    });
    if (credentials.length > 0 && schedules.length === 0) {
      return args.notApplicable("the program does not publish the rotation schedules of its credentials");
    }
    for (const { name, urn, every } of schedules) {
      const days = typeof every === "string" ? daysOf(every) : undefined;
      if (days === undefined) {
        report(`Credential "${name}" has no rotation schedule; set rotation.every, as P90D.`, urn);
      } else if (days > maximumDays) {
        report(
          `Credential "${name}" is rotated every ${String(every)}, at least every ${maximumDays} days is required; shorten rotation.every.`,
          urn,
        );
      }
    }
  },
};

function mapOf(value: unknown): Properties | undefined {
  return typeof value === "object" && value !== null ? (value as Properties) : undefined;
}

function daysOf(every: string): number | undefined {
  const parts = durationPattern.exec(every.trim());
  return parts === null
    ? undefined
    : secondsIn.reduce((sum, seconds, index) => sum + seconds * Number(parts[index + 1] ?? 0), 0) /
        secondsInDay;
}
