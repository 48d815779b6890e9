// A Genesys in memory, as the client's transport: it counts requests against its limits, in the time of the test's clock.
import type { Clock } from "../common/clock";
import {
  GenesysApiError,
  GenesysAuthenticationError,
  type GenesysError,
  GenesysUnreachableError,
} from "../genesys/errors";
import { type HttpAnswer, type HttpRequest, tokenPath, type Transport } from "../genesys/http";

/** What becomes of a request; a number is the `Retry-After` of a 429. */
export type Fate = "fine" | "401" | "503" | number;
export type MintFate = "fine" | "limit" | "unreachable" | "refused";

/** A request of the API as it came. */
export interface Arrival {
  readonly atMs: number;
  readonly token: string;
  readonly path: string;
  fate: Fate;
  answeredAtMs: number;
}

const minuteMs = 60_000;
const standardLatencyMs = 80;
const standardValiditySeconds = 86_400;

export class LimitedGenesys implements Transport {
  /** Consumed by the requests as they come, then all are fine. */
  fates: Fate[] = [];
  mintFates: MintFate[] = [];
  latencyMs = standardLatencyMs;
  validitySeconds = standardValiditySeconds;
  limitPerMinute = 300;
  /** By some accounts Genesys counts so. */
  countsByClient = false;
  readonly arrivals: Arrival[] = [];
  /** When a token was asked for. */
  readonly mintsAtMs: number[] = [];
  mostMintsAtOnce = 0;
  private readonly deadTokens = new Set<string>();
  private mintsUnderWay = 0;

  constructor(private readonly clock: Clock) {}

  /** Requests of the API that ended so. */
  count(fate: Fate | "429"): number {
    return this.arrivals.filter((one) => (fate === "429" ? typeof one.fate === "number" : one.fate === fate))
      .length;
  }

  tokens(): string[] {
    return [...new Set(this.arrivals.map(({ token }) => token))];
  }

  /** Genesys forgets the tokens of now. */
  killTokens(): void {
    this.tokens().forEach((token) => this.deadTokens.add(token));
  }

  async send(request: HttpRequest): Promise<HttpAnswer> {
    return request.path === tokenPath ? this.mint(request) : this.answer(request);
  }

  private async mint({ method, path, origin }: HttpRequest): Promise<HttpAnswer> {
    this.mintsAtMs.push(this.clock.now());
    const number = this.mintsAtMs.length;
    const fate = this.mintFates.shift() ?? "fine";
    this.mintsUnderWay += 1;
    this.mostMintsAtOnce = Math.max(this.mostMintsAtOnce, this.mintsUnderWay);
    await this.clock.sleep(this.latencyMs);
    this.mintsUnderWay -= 1;
    if (fate === "limit") {
      const said = "rate limit exceeded; retry in 30 seconds";
      throw new GenesysAuthenticationError(400, "invalid_request", said, origin, undefined);
    }
    if (fate === "refused") {
      throw new GenesysAuthenticationError(401, "invalid_client", "authentication failed", origin, undefined);
    }
    if (fate === "unreachable") {
      throw new GenesysUnreachableError({ method, path, origin }, "ECONNREFUSED", false);
    }
    const body = { access_token: `canary-token-${number}`, expires_in: this.validitySeconds };
    return { status: 200, body, correlationId: undefined };
  }

  private async answer({ method, path, authorization }: HttpRequest): Promise<HttpAnswer> {
    const atMs = this.clock.now();
    const token = authorization.slice("Bearer ".length);
    const scripted = this.fates.shift() ?? "fine";
    const fate = this.deadTokens.has(token) ? "401" : this.isOverLimit(token, atMs) ? 60 : scripted;
    const arrival: Arrival = { atMs, token, path, fate, answeredAtMs: atMs };
    this.arrivals.push(arrival);
    if (fate === "401") {
      this.deadTokens.add(token);
    }
    await this.clock.sleep(this.latencyMs);
    arrival.answeredAtMs = this.clock.now();
    if (fate !== "fine") {
      throw refusal(method, path, fate);
    }
    return { status: 200, body: {}, correlationId: undefined };
  }

  private isOverLimit(token: string, atMs: number): boolean {
    const counted = this.arrivals.filter(
      (one) =>
        one.atMs > atMs - minuteMs &&
        typeof one.fate !== "number" &&
        (this.countsByClient || one.token === token),
    );
    return counted.length >= this.limitPerMinute;
  }
}

function refusal(method: string, path: string, fate: Exclude<Fate, "fine">): GenesysError {
  return new GenesysApiError({
    method,
    path,
    status: typeof fate === "number" ? 429 : Number(fate),
    apiCode: "",
    apiMessage: "",
    correlationId: undefined,
    retryAfterSeconds: typeof fate === "number" ? fate : undefined,
  });
}
