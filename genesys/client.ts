// GenesysClient: one authenticated way into the Genesys Cloud API, with its token, budget and repetition.
import type { z } from "zod";

import { type Clock, systemClock, msPerSecond } from "../common/clock";
import { Redactor } from "../common/redact";
import type { GenesysOrigins } from "../common/regions";
import { GenesysError, GenesysResponseError, isUnauthorized } from "./errors";
import { type HttpAnswer, type HttpRequest, HttpTransport } from "./http";
import { RequestBudget } from "./rateLimit";
import { defaultRetryPolicy, type RequestKind, retryDecision, type RetryPolicy } from "./retry";
import { type AccessToken, CachedToken, type ClientCredentials, TokenEndpoint } from "./token";

/** What a client needs; all but the first two have defaults. */
export interface GenesysClientOptions {
  readonly origins: GenesysOrigins;
  /** The deployer's own pair. */
  readonly credentials: ClientCredentials;
  readonly clock?: Clock;
  readonly redactor?: Redactor;
  readonly retryPolicy?: RetryPolicy;
  readonly requestsPerMinute?: number;
  readonly timeoutMs?: number;
  /** A number in [0, 1) for each call: spreads repeated attempts. */
  readonly random?: () => number;
  /** One line for people when a wait is long. */
  readonly notify?: (line: string) => void;
}

/** A request of an API area (`oauthClients.ts` and its neighbours). */
export interface ApiRequest extends Pick<HttpRequest, "method" | "path" | "query" | "body"> {
  /** Default: `repeatable`. */
  readonly kind?: RequestKind;
  /** A token other than the deployer's; such a request is not counted against the deployer's budget. */
  readonly accessToken?: string;
}

/** Waits from this length on are announced. */
const announcedWaitMs = 5000;

/**
 * @example
 * const client = new GenesysClient({ origins: originsOfRegion("eu-west-1"), credentials });
 * const everyClient = await new OAuthClients(client).list();
 */
export class GenesysClient {
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly origins: GenesysOrigins;
  private readonly transport: HttpTransport;
  private readonly tokenEndpoint: TokenEndpoint;
  private readonly token: CachedToken;
  private readonly budget: RequestBudget;
  private readonly policy: RetryPolicy;
  private readonly random: () => number;
  private readonly notify: (line: string) => void;
  /** Errors whose repetition is over: an attempt around another one (a request around its token) must not begin again. */
  private readonly settled = new WeakSet<GenesysError>();

  constructor(options: GenesysClientOptions) {
    this.clock = options.clock ?? systemClock;
    this.redactor = options.redactor ?? new Redactor();
    this.origins = options.origins;
    this.policy = options.retryPolicy ?? defaultRetryPolicy;
    this.random = options.random ?? Math.random;
    this.notify = options.notify ?? (() => undefined);
    this.transport = new HttpTransport(this.clock, options.timeoutMs);
    this.tokenEndpoint = new TokenEndpoint(this.transport, this.origins.loginUrl, this.clock, this.redactor);
    this.token = new CachedToken(() => this.mint(options.credentials), this.clock);
    this.budget = new RequestBudget(this.clock, options.requestsPerMinute);
  }

  /** Mints a token with any pair: the deployer's own, or a new one that is to be verified. Repeats when Genesys asks for patience. */
  mint(credentials: ClientCredentials): Promise<AccessToken> {
    return this.attempt("repeatable", () => this.tokenEndpoint.mint(credentials));
  }

  /** Sends a request and checks the shape of the answer. @throws the errors of `errors.ts`, nothing else. */
  request<T extends z.ZodType>(request: ApiRequest, schema: T): Promise<z.infer<T>> {
    return this.attempt(request.kind, async () => {
      const { body, status, correlationId } = await this.sendAuthorized(request);
      const parsed = schema.safeParse(body);
      if (!parsed.success) {
        throw new GenesysResponseError(request, status, shapeProblem(parsed.error), correlationId, true);
      }
      return parsed.data;
    });
  }

  /** Sends a request whose answer has no body, or none that matters. */
  async command(request: ApiRequest): Promise<void> {
    await this.attempt(request.kind, () => this.sendAuthorized(request));
  }

  /** A 401 means that nothing was done: the token is renewed once and the request sent again. */
  private async sendAuthorized(request: ApiRequest): Promise<HttpAnswer> {
    if (request.accessToken !== undefined) {
      return this.transport.send(this.outgoing(request, request.accessToken));
    }
    const accessToken = await this.token.get();
    await this.budget.admit();
    try {
      return await this.transport.send(this.outgoing(request, accessToken));
    } catch (error) {
      if (!isUnauthorized(error)) {
        throw error;
      }
      this.token.invalidate(accessToken);
      const renewed = await this.token.get();
      await this.budget.admit();
      return this.transport.send(this.outgoing(request, renewed));
    }
  }

  /** The request as it goes out with this token: method, path, query and body as they are. */
  private outgoing({ kind, accessToken: _own, ...asGiven }: ApiRequest, bearer: string): HttpRequest {
    return {
      ...asGiven,
      origin: this.origins.apiUrl,
      authorization: `Bearer ${bearer}`,
      freshConnection: kind === "create",
    };
  }

  private async attempt<T>(kind: RequestKind = "repeatable", send: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await send();
      } catch (error) {
        if (!(error instanceof GenesysError) || this.settled.has(error)) {
          throw error;
        }
        const decision = retryDecision(error, kind, attempt, this.random(), this.policy);
        if (!decision.retry) {
          this.settled.add(error);
          throw error;
        }
        if (decision.waitMs >= announcedWaitMs) {
          const seconds = Math.ceil(decision.waitMs / msPerSecond);
          this.notify(this.redactor.redact(`Waiting ${seconds} s before trying again: ${error.message}`));
        }
        if (decision.pausesEveryone) {
          this.budget.pause(decision.waitMs);
        }
        await this.clock.sleep(decision.waitMs);
      }
    }
  }
}

/** The first difference between an answer and its expected shape: a path and a word, never a value. */
function shapeProblem(error: z.ZodError): string {
  const path = error.issues[0]?.path ?? [];
  const place = path.length === 0 ? "the body" : `field ${path.map(String).join(".")}`;
  return `${place} does not have the expected form`;
}
