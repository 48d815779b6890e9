// The second double: node's own HTTP server over an organisation that behaves otherwise than the simulator's.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";

import type { Clock } from "../../../common/clock";
import { deployerSecret, type Fields, ids, OtherOrganization, type Variant } from "./otherOrganization";
import { Refusal } from "./otherRefusal";
import type { Answered, Route } from "./otherRoute";
import { routesOf } from "./otherRoutes";

export interface OtherDouble {
  readonly url: string;
  readonly organization: OtherOrganization;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clock: Clock;
  readonly commandLine: readonly string[];
  stop(): Promise<void>;
}

export async function startOtherDouble(clock: Clock, variant: Variant): Promise<OtherDouble> {
  const organization = new OtherOrganization(clock, variant);
  const routes = routesOf(organization);
  const server = createServer((request, response) => {
    void serve(organization, routes, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    organization,
    clientId: ids.deployer,
    clientSecret: deployerSecret,
    clock,
    commandLine: ["--organization", ids.organization],
    stop: () => closed(server),
  };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) =>
    server.close(() => {
      resolve();
    }),
  );
}

async function serve(
  organization: OtherOrganization,
  routes: readonly Route[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  const text = Buffer.concat(chunks).toString();
  const { pathname, searchParams: query } = new URL(request.url ?? "", "http://host.invalid");
  const isToken = pathname === "/oauth/token";
  let answer: Answered;
  try {
    answer = isToken
      ? minted(organization, request)
      : answered(organization, routes, `${request.method ?? ""} ${pathname}`, request, { query, text });
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    const { status, code } = error;
    answer = [
      status,
      isToken ? { error: code, error_description: "not now" } : { status, code, message: `refused: ${code}` },
    ];
  }
  const [status, body] = answer;
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Genesys-Correlation-Id": "aaaaaaaa-0000-4000-8000-00000000ffff",
    "inin-ratelimit-count": "1",
  });
  response.end(body === undefined ? "" : JSON.stringify(body));
}

function minted(organization: OtherOrganization, request: IncomingMessage): Answered {
  const encoded = (request.headers.authorization ?? "").slice("Basic ".length);
  const [id = "", secret = ""] = Buffer.from(encoded, "base64").toString().split(":");
  return [200, { access_token: organization.mint(id, secret), token_type: "bearer", expires_in: 86_400 }];
}

function answered(
  organization: OtherOrganization,
  routes: readonly Route[],
  name: string,
  request: IncomingMessage,
  { query, text }: { readonly query: URLSearchParams; readonly text: string },
): Answered {
  const caller = organization.tokens.get((request.headers.authorization ?? "").slice("Bearer ".length));
  if (caller === undefined) {
    throw new Refusal(401, "bad.credentials");
  }
  for (const [pattern, handle] of routes) {
    const [whole, id = ""] = pattern.exec(name) ?? [];
    if (whole !== undefined) {
      return handle({ id, caller, query, body: text === "" ? {} : (JSON.parse(text) as Fields) });
    }
  }
  throw new Refusal(404, "not.found");
}
