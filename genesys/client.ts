// GenesysClient: one authenticated way into the Genesys Cloud API, with its tokens, their budgets and repetition.
import type { z } from "zod";

import { type Clock, systemClock, msPerSecond } from "../common/clock";
import { Redactor } from "../common/redact";
import type { GenesysOrigins } from "../common/regions";
import { GenesysError, GenesysResponseError, isUnauthorized } from "./errors";
import { type HttpAnswer, type HttpExchange, type HttpRequest, HttpTransport, type Transport } from "./http";
import { defaultRetryPolicy, type RequestKind, retryDecision, type RetryPolicy } from "./retry";
import { type AccessToken, type ClientCredentials, TokenEndpoint } from "./token";
import { type Lease, TokenPool } from "./tokenPool";
import { Unread } from "./unread";

/** What a client needs; all but the first two have defaults. */
export interface GenesysClientOptions {
  readonly origins: GenesysOrigins;
  /** The deployer's own pair. */
  readonly credentials: ClientCredentials;
  readonly clock?: Clock;
  readonly redactor?: Redactor;
  readonly retryPolicy?: RetryPolicy;
  /** Of each token of the pool. */
  readonly requestsPerMinute?: number;
  /** Tokens of the deployer, each with a limit of its own. */
  readonly tokenPoolSize?: number;
  readonly timeoutMs?: number;
  /** How long Genesys may work on a question altogether, as on a usage job; what asks may allow less. */
  readonly waitMs?: number;
  /** A number in [0, 1) for each call: spreads repeated attempts. */
  readonly random?: () => number;
  /** One line for people when a wait is long. */
  readonly notify?: (line: string) => void;
  /** Is told of every answer, as it is on the wire. */
  readonly observe?: (exchange: HttpExchange) => void;
  /** In place of HTTP; who passes one sees to time-outs and observation. */
  readonly transport?: Transport;
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
  readonly longestWaitMs: number;
  /** What was answered and could not be read. */
  readonly unread = new Unread((line) => {
    this.notify(this.redactor.redact(line));
  });
  /** Whether anything but reading was sent with the deployer's token. */
  hasWritten = false;
  private readonly transport: Transport;
  private readonly tokenEndpoint: TokenEndpoint;
  private readonly tokens: TokenPool;
  private readonly policy: RetryPolicy;
  private readonly random: () => number;
  private readonly notify: (line: string) => void;
  private readonly announced = new Set<string>();
  /** Errors whose repetition is over: an attempt around another one (a request around its token) must not begin again. */
  private readonly settled = new WeakSet<GenesysError>();
  /** By which token the request went that ended in an error. */
  private readonly leases = new WeakMap<GenesysError, Lease>();

  constructor(options: GenesysClientOptions) {
    this.clock = options.clock ?? systemClock;
    this.redactor = options.redactor ?? new Redactor();
    this.origins = options.origins;
    this.policy = options.retryPolicy ?? defaultRetryPolicy;
    this.longestWaitMs = options.waitMs ?? Infinity;
    this.random = options.random ?? Math.random;
    this.notify = options.notify ?? (() => undefined);
    this.transport = options.transport ?? new HttpTransport(this.clock, options.timeoutMs, options.observe);
    this.tokenEndpoint = new TokenEndpoint(this.transport, this.origins.loginUrl, this.clock, this.redactor);
    this.tokens = new TokenPool({
      clock: this.clock,
      size: options.tokenPoolSize,
      requestsPerMinute: options.requestsPerMinute,
      signIn: () => this.mint(options.credentials),
      openFurther: () => this.tokenEndpoint.mint(options.credentials),
      announcedWaitMs,
      notify: this.notify,
    });
  }

  /** Mints a token with any pair: the deployer's own, or a new one that is to be verified. Repeats when Genesys asks for patience. */
  mint(credentials: ClientCredentials): Promise<AccessToken> {
    return this.attempt("repeatable", () => this.tokenEndpoint.mint(credentials));
  }

  /** One line for people about a long wait: the same is told once. */
  announce(line: string): void {
    if (!this.announced.has(line)) {
      this.announced.add(line);
      this.notify(line);
    }
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

  /** A 401 means that nothing was done: the token is renewed and the request sent again, until a token is refused that was minted meanwhile. */
  private async sendAuthorized(request: ApiRequest): Promise<HttpAnswer> {
    if (request.accessToken !== undefined) {
      return this.transport.send(this.outgoing(request, request.accessToken));
    }
    let lease = await this.tokens.lease();
    this.hasWritten ||= request.method !== "GET";
    const { newestMintNumber } = this.tokens;
    for (;;) {
      try {
        return await this.transport.send(this.outgoing(request, lease.accessToken));
      } catch (error) {
        if (!isUnauthorized(error) || lease.mintNumber > newestMintNumber) {
          throw this.remember(error, lease);
        }
        await lease.renew();
        lease = await this.tokens.lease();
      }
    }
  }

  private remember(error: unknown, lease: Lease): unknown {
    if (error instanceof GenesysError) {
      this.leases.set(error, lease);
    }
    return error;
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
    let waitedMs = 0;
    for (let attempts = 1; ; attempts++) {
      try {
        return await send();
      } catch (error) {
        if (!(error instanceof GenesysError) || this.settled.has(error)) {
          throw error;
        }
        const decision = retryDecision(error, kind, { attempts, waitedMs }, this.random(), this.policy);
        if (!decision.retry) {
          this.settled.add(error);
          throw error;
        }
        const isFirstOfPause = decision.pausesToken ? this.leases.get(error)?.pause(decision.waitMs) : true;
        if (decision.waitMs >= announcedWaitMs && isFirstOfPause !== false) {
          const seconds = Math.ceil(decision.waitMs / msPerSecond);
          this.notify(this.redactor.redact(`Waiting ${seconds} s before trying again: ${error.message}`));
        }
        waitedMs += decision.waitMs;
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
