// Knocks at the login host without any credential: does it answer, and what time is it there?
import https from "node:https";
import axios, { isAxiosError } from "axios";
import { type Clock, msPerSecond } from "../../common/clock";
import { type Known } from "../../common/known";
import { type Line, linesOn } from "./line";

/** What a knock tells. */
export interface Knock {
  /** By how much this computer's clock is ahead of the host's, in milliseconds; undefined where the host does not tell its time. */
  readonly aheadMs: number | undefined;
}

/** A host that is there answers at once. Milliseconds. */
const knockTimeoutMs = 10_000;

/** From here on a person should look; signatures of AWS are refused from 5 minutes on. Milliseconds. */
const warnedSkewMs = 60_000;
const refusedSkewMs = 300_000;

/** As requests to Genesys do, whatever NODE_TLS_REJECT_UNAUTHORIZED says. */
const verifiedTls = new https.Agent({ rejectUnauthorized: true });

/** Sends `HEAD /`: no credential, no redirect, the proxy of the environment for https. Never rejects. */
export async function knockAtHost(origin: string, clock: Clock): Promise<Known<Knock>> {
  const beganAtMs = clock.now();
  try {
    const { headers } = await axios.head<unknown>(`${origin}/`, {
      ...(origin.startsWith("http:") ? { proxy: false as const } : {}),
      httpsAgent: verifiedTls,
      timeout: knockTimeoutMs,
      signal: AbortSignal.timeout(knockTimeoutMs),
      maxRedirects: 0,
      validateStatus: () => true,
    });
    const hereMs = (beganAtMs + clock.now()) / 2; // the answer was written about half-way
    const thereMs = Date.parse(String(headers["date"] ?? ""));
    return { value: { aheadMs: Number.isNaN(thereMs) ? undefined : hereMs - thereMs } };
  } catch (error) {
    const code = isAxiosError(error) ? error.code : undefined;
    return {
      reason: code === "ERR_CANCELED" ? `no answer within ${knockTimeoutMs} ms` : (code ?? "it failed"),
    };
  }
}

/** Whether the login host answers at all. */
export function checkReachable(knock: Known<Knock>, loginUrl: string): Line {
  const { pass, fail } = linesOn("Genesys", "login-reachable", loginUrl);
  return "value" in knock
    ? pass("answers")
    : fail(
        `cannot be reached: ${knock.reason}`,
        "check the region, GENESYSCLOUD_LOGIN_URL, HTTPS_PROXY and NO_PROXY; for a company's own authority set NODE_EXTRA_CA_CERTS",
      );
}

/** Whether this computer's clock agrees with Genesys's. */
export function checkClock({ aheadMs }: Knock): Line {
  const { pass, warn, fail } = linesOn("Genesys", "clock-skew", "clock");
  if (aheadMs === undefined) {
    return pass("the login host does not tell its time");
  }
  const skewMs = Math.abs(aheadMs);
  const found = `this computer's clock is ${Math.round(skewMs / msPerSecond)} s ${aheadMs < 0 ? "behind" : "ahead of"} the login host's`;
  const remedy =
    "set the clock (NTP): rotations are dated by it, and AWS refuses requests that are 5 minutes off";
  if (skewMs > refusedSkewMs) {
    return fail(found, remedy);
  }
  return skewMs > warnedSkewMs
    ? warn(found, remedy)
    : pass(`agrees with the login host's within ${Math.ceil(skewMs / msPerSecond)} s`);
}
