// The one axios instance: sends a single request, maps every failure to our errors, lets no AxiosError out.
import http from "node:http";
import https from "node:https";

import axios, { type AxiosInstance, isAxiosError } from "axios";

import { type Clock, msPerSecond } from "../common/clock";
import { environmentVariables } from "../common/environmentVariables";
import { jsonOf } from "../common/jsonOf";
import { oneLine } from "../common/oneLine";
import {
  GenesysApiError,
  GenesysAuthenticationError,
  GenesysResponseError,
  GenesysUnreachableError,
} from "./errors";
import { httpStatus } from "./httpStatus";
import { parseRetryAfterSeconds } from "./retry";
import { errorBodySchema } from "./wire";

/** One request as it goes out. `path` is already built from checked ids (see apiPath.ts). */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly origin: string;
  readonly path: string;
  /** Several values of one name are sent as often as there are values, as the SDKs do. */
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly authorization: string;
  /** Sent as JSON, or as a form when it is a URLSearchParams. */
  readonly body?: unknown;
  /** A connection of its own: a kept-alive socket that the server is closing would make the outcome of a creation unknown. */
  readonly freshConnection?: boolean;
}

/** A success: the parsed JSON, or undefined for an empty body. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly correlationId: string | undefined;
}

/** One exchange as it was. Its body may hold a secret or a token: whoever takes it in shows neither. */
export interface HttpExchange extends Omit<HttpAnswer, "correlationId"> {
  readonly request: HttpRequest;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, unknown>>;
}

const defaultTimeoutMs = environmentVariables.GENESYSCLOUD_TIMEOUT_SECONDS.standard * msPerSecond;
const maximumSockets = 16;
const mebibyte = 1024 * 1024;
/** The list of all clients of a large organisation is one page of about 1.5 KB a client. */
const maximumAnswerBytes = 16 * mebibyte;
/** `request.bytes.max` (docs/genesys-api.md 6). */
const maximumRequestBytes = 512_000;
/** Its errors are OAuth-shaped, unlike those of the API (docs/genesys-api.md 2). */
export const tokenPath = "/oauth/token";
/** Not refusals of a pair, in whatever form they come: the login host is busy or failing. */
const busyStatuses: readonly number[] = [httpStatus.requestTimeout, httpStatus.tooManyRequests];
const statusOfRedirects = 300;
const statusOfFailures = 400;
const userAgent = "genesys-credentials/0.1.0";

/** NODE_TLS_REJECT_UNAUTHORIZED=0 is a default of agents; said outright, certificates are always checked. */
const verifiedTls = { rejectUnauthorized: true };

/** Network errors raised before anything was sent. */
const notSentReasons = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ERR_INVALID_URL",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "EPROTO",
]);

/** Whatever sends one request and says what became of it. */
export type Transport = Pick<HttpTransport, "send">;

/** Sends one request at a time and says what became of it. Knows nothing of tokens, budgets or repetition. */
export class HttpTransport {
  private readonly axios: AxiosInstance;

  constructor(
    private readonly clock: Clock,
    /** For the whole exchange, body included. */
    private readonly timeoutMs: number = defaultTimeoutMs,
    /** Is told of every answer, refusals too. */
    private readonly observe?: (exchange: HttpExchange) => void,
  ) {
    this.axios = axios.create({
      adapter: "http",
      httpAgent: new http.Agent({ keepAlive: true, maxSockets: maximumSockets }),
      httpsAgent: new https.Agent({ keepAlive: true, maxSockets: maximumSockets, ...verifiedTls }),
      maxRedirects: 0, // the bearer token must not follow a redirect to another host
      maxContentLength: maximumAnswerBytes,
      maxBodyLength: maximumRequestBytes,
      responseType: "text",
      transformResponse: [(text: unknown) => text],
      validateStatus: () => true,
      paramsSerializer: { indexes: null },
      headers: { "User-Agent": userAgent, Accept: "application/json" },
    });
  }

  /**
   * @throws GenesysApiError, GenesysAuthenticationError (token endpoint), GenesysUnreachableError, GenesysResponseError
   */
  async send(request: HttpRequest): Promise<HttpAnswer> {
    const isForm = request.body instanceof URLSearchParams;
    let response;
    try {
      response = await this.axios.request<string>({
        // Plain http goes to loopback only, and never by way of a proxy that would read the token.
        ...(request.origin.startsWith("http:") ? { proxy: false as const } : {}),
        method: request.method,
        baseURL: request.origin,
        url: request.path,
        params: request.query,
        data: request.body === undefined || isForm ? request.body : JSON.stringify(request.body),
        headers: {
          Authorization: request.authorization,
          "Content-Type": isForm ? "application/x-www-form-urlencoded" : "application/json",
        },
        timeout: this.timeoutMs,
        signal: AbortSignal.timeout(this.timeoutMs),
        ...(request.freshConnection === true
          ? { httpAgent: new http.Agent(), httpsAgent: new https.Agent(verifiedTls) }
          : {}),
      });
    } catch (error) {
      throw unreachable(request, error, this.timeoutMs);
    }
    const { status, data: text } = response;
    const headers = response.headers as Record<string, unknown>;
    this.observe?.({ request, status, headers, body: jsonOf(text) });
    const correlationId =
      textHeader(headers, "inin-correlation-id") ?? textHeader(headers, "genesys-correlation-id");
    if (status >= statusOfFailures) {
      throw this.failure(request, status, headers, text, correlationId);
    }
    if (status >= statusOfRedirects) {
      const problem = "a redirect, which is never followed; check the host";
      throw new GenesysResponseError(request, status, problem, correlationId);
    }
    const body = jsonOf(text);
    if (body === undefined && text !== "") {
      const problem = "the body is not JSON (a proxy's page, or cut short)";
      throw new GenesysResponseError(request, status, problem, correlationId, true);
    }
    return { status, body, correlationId };
  }

  private failure(
    request: HttpRequest,
    status: number,
    headers: Record<string, unknown>,
    text: string,
    headerCorrelationId: string | undefined,
  ): Error {
    const body = errorBodySchema.safeParse(jsonOf(text)).data;
    const correlationId = headerCorrelationId ?? body?.contextId;
    const oauthError = request.path === tokenPath ? oneLine(body?.error ?? "") : "";
    const description = oneLine(body?.error_description ?? "") || oneLine(body?.description ?? "");
    if (oauthError !== "" && status < httpStatus.serverError && !busyStatuses.includes(status)) {
      return new GenesysAuthenticationError(status, oauthError, description, request.origin, correlationId);
    }
    return new GenesysApiError({
      method: request.method,
      path: request.path,
      status,
      apiCode: oneLine(body?.code ?? "") || oauthError,
      apiMessage: oneLine(body?.message ?? "") || description,
      correlationId,
      retryAfterSeconds: parseRetryAfterSeconds(headers["retry-after"], this.clock.now()),
    });
  }
}

/** Only the chosen words are kept: an AxiosError carries the bearer token and the request body. */
function unreachable(request: HttpRequest, error: unknown, timeoutMs: number): Error {
  const raw = isAxiosError(error) ? (error.code ?? "") : "";
  if (raw === "ERR_BAD_RESPONSE") {
    const problem = "the answer is larger than allowed or was cut short";
    return new GenesysResponseError(request, undefined, problem, undefined, true);
  }
  const name = { method: request.method, path: request.path, origin: request.origin };
  if (raw === "ERR_BAD_REQUEST") {
    const reason = `the request is larger than ${maximumRequestBytes} bytes`;
    return new GenesysUnreachableError(name, reason, false);
  }
  const isTimeout = raw === "ECONNABORTED" || raw === "ETIMEDOUT" || raw === "ERR_CANCELED";
  const reason = isTimeout
    ? `no answer within ${timeoutMs} ms`
    : /^[A-Z0-9_]{3,60}$/.test(raw)
      ? raw
      : "the connection failed";
  return new GenesysUnreachableError(name, reason, !notSentReasons.has(raw));
}

function textHeader(headers: Record<string, unknown>, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" && /^[\x21-\x7e]{1,100}$/.test(value) ? value : undefined;
}
