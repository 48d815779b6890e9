// A request with its answer, and what of either the SDK does not declare.
import { jsonOf } from "../../../common/jsonOf";
import { declared } from "./comparedShapes";
import { endpointOf } from "./declaredShapes";
import { departures } from "./valueCheck";

const firstFailure = 400;

export interface Exchange {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** Texts of the bodies. */
  readonly sent: string;
  readonly status: number;
  readonly answered: string;
}

/** `METHOD /path`. */
export function nameOf({ method, url }: Exchange): string {
  return `${method} ${url.split("?")[0] ?? ""}`;
}

/** Of both; the body of a request that was refused may be anything. */
export function exchangeDepartures(exchange: Exchange): string[] {
  const endpoint = endpointOf(declared, nameOf(exchange));
  if (endpoint === undefined) {
    return [`${nameOf(exchange)} is not declared`];
  }
  const { query: known = [], body } = declared.endpoints[endpoint] ?? {};
  const { url, sent } = exchange;
  const asked = [...new URL(url, "http://genesys.invalid").searchParams.keys()];
  return [
    ...asked
      .filter((name) => !known.includes(name))
      .map((name) => `${endpoint}: the query parameter ${name} is not declared`),
    ...(isRefused(exchange) ? [] : bodyDepartures(sent, body, `${endpoint}: the request`)),
    ...answerDepartures(exchange),
  ];
}

/** Of the answer alone; every refusal has the same form, of unknown endpoints too. */
export function answerDepartures(exchange: Exchange): string[] {
  const endpoint = endpointOf(declared, nameOf(exchange));
  if (exchange.method === "HEAD") {
    return []; // no answer to it has a body
  }
  if (isRefused(exchange)) {
    return bodyDepartures(exchange.answered, "ErrorBody", `${endpoint ?? nameOf(exchange)}: the refusal`);
  }
  return endpoint === undefined
    ? [`${nameOf(exchange)} is not declared`]
    : bodyDepartures(exchange.answered, declared.endpoints[endpoint]?.answer, `${endpoint}: the answer`);
}

function isRefused({ status }: Exchange): boolean {
  return status >= firstFailure;
}

function bodyDepartures(text: string, type: string | undefined, place: string): string[] {
  if (type === undefined || text === "") {
    return (type === undefined) === (text === "")
      ? []
      : [`${place} ${text === "" ? "has no body" : "has a body"}`];
  }
  const value = jsonOf(text);
  return value === undefined ? [`${place} is no JSON`] : departures(value, type, place);
}
