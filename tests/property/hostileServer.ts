// A server that speaks the API well, until it is told how to answer one of its endpoints badly.
import http from "node:http";
import type { AddressInfo } from "node:net";

import { deployerClientId, employeeRoleId, homeDivisionId, organizationId } from "../../sandbox/genesys/seed";

/** The endpoints, as an answer is found for them: `POST /api/v2/oauth/clients`, ids as `{id}`. */
export type Endpoint = keyof ReturnType<typeof goodAnswers>;

/** An answer as it goes out. */
export interface HostileAnswer {
  readonly status: number;
  readonly body: string | Buffer;
  readonly headers?: http.OutgoingHttpHeaders;
}

export interface HostileServer {
  readonly url: string;
  /** `GET /path?query` of every request, as it came in. */
  readonly received: string[];
  /** What the server was told of secrets: headers and bodies of requests. */
  readonly confided: string[];
  /** Every other endpoint answers well. */
  answerBadly(endpoint: Endpoint, answer: HostileAnswer): void;
  /** Answers well again and forgets. */
  reset(): void;
  stop(): Promise<void>;
}

/** In a hostile text: replaced with the Authorization header of the request. */
export const echoMark = "@authorization@";
export const newSecret = "canary-new-client-secret";
export const clientId = "c1000000-0000-4000-8000-00000000000a";
export const roleId = "70000000-0000-4000-8000-00000000000b";
export const credentialId = "1c000000-0000-4000-8000-00000000000c";

/** What a well-behaved Genesys would answer. */
export function goodAnswers() {
  const roleDivisions = [{ roleId: employeeRoleId, divisionId: homeDivisionId }];
  const client = {
    id: clientId,
    name: "nightly-report-dev-a",
    description: "Nightly report",
    authorizedGrantType: "CLIENT-CREDENTIALS",
    accessTokenValiditySeconds: 3600,
    roleDivisions,
    state: "active",
    dateCreated: "2026-10-01T09:00:00Z",
  };
  const role = {
    id: roleId,
    name: "reporting-reader",
    description: "Reads reports",
    permissionPolicies: [{ domain: "routing", entityName: "queue", actionSet: ["view"] }],
  };
  const integration = {
    id: credentialId,
    name: "Data actions: nightly report",
    type: { id: "pureCloudOAuthClient", name: "pureCloudOAuthClient" },
  };
  const employee = { ...role, id: employeeRoleId, name: "employee" };
  const home = { id: homeDivisionId, name: "Home" };
  const queueView = {
    domain: "routing",
    entityType: "queue",
    action: "view",
    allowsConditions: true,
    divisionAware: true,
  };
  const everything = ["oauth", "authorization", "integrations"].map((domain) => ({
    domain,
    entityName: "*",
    actions: ["*"],
  }));
  return {
    "POST /oauth/token": { access_token: "canary-access-token", token_type: "bearer", expires_in: 3600 },
    "GET /api/v2/tokens/me": {
      organization: { id: organizationId, name: "Sandbox" },
      OAuthClient: { id: deployerClientId, authorizedGrantType: "CLIENT-CREDENTIALS", roleDivisions },
    },
    "GET /api/v2/organizations/me": { id: organizationId, name: "Sandbox" },
    "GET /api/v2/authorization/permissions": {
      entities: [{ domain: "routing", permissionMap: { queue: [queueView] } }],
      pageCount: 1,
    },
    "GET /api/v2/authorization/subjects/me": {
      id: deployerClientId,
      grants: [{ role: { id: employeeRoleId, policies: everything } }],
    },
    "GET /api/v2/authorization/divisions": {
      entities: [home, { id: "d-sales", name: "Sales" }],
      pageCount: 1,
    },
    "GET /api/v2/authorization/divisions/home": home,
    "GET /api/v2/authorization/roles": { entities: [employee], pageCount: 1 },
    "POST /api/v2/authorization/roles": role,
    "GET /api/v2/authorization/roles/{id}": role,
    "PUT /api/v2/authorization/roles/{id}": role,
    "DELETE /api/v2/authorization/roles/{id}": {},
    "GET /api/v2/authorization/roles/{id}/subjectgrants": { entities: [], pageCount: 1 },
    "POST /api/v2/authorization/subjects/{id}/bulkadd": {},
    "POST /api/v2/authorization/subjects/{id}/bulkremove": {},
    "GET /api/v2/oauth/clients": { entities: [], pageCount: 1 },
    "POST /api/v2/oauth/clients": { ...client, secret: newSecret },
    "GET /api/v2/oauth/clients/{id}": client,
    "PUT /api/v2/oauth/clients/{id}": client,
    "DELETE /api/v2/oauth/clients/{id}": {},
    "POST /api/v2/oauth/clients/{id}/secret": { ...client, secret: newSecret },
    // Before the one with an id: `listing` would be one as well.
    "GET /api/v2/integrations/credentials/listing": { entities: [] },
    "POST /api/v2/integrations/credentials": integration,
    "GET /api/v2/integrations/credentials/{id}": {
      ...integration,
      credentialFields: { clientId, clientSecret: "" },
    },
    "PUT /api/v2/integrations/credentials/{id}": integration,
    "DELETE /api/v2/integrations/credentials/{id}": {},
  };
}

export const endpoints = Object.keys(goodAnswers()) as Endpoint[];

/** The only paths there are; an id is a plain word. */
const known: readonly [Endpoint, RegExp][] = endpoints.map((endpoint) => [
  endpoint,
  new RegExp(`^${endpoint.replace("{id}", "(?!home$)[A-Za-z0-9][A-Za-z0-9_-]{0,99}")}$`),
]);

/** The endpoint of a request; undefined for a path that no template gives. */
export function endpointOf(request: string): Endpoint | undefined {
  const bare = request.split("?")[0] ?? "";
  return known.find(([, pattern]) => pattern.test(bare))?.[0];
}

export async function startHostileServer(): Promise<HostileServer> {
  const received: string[] = [];
  const confided: string[] = [];
  const bad = new Map<Endpoint, HostileAnswer>();
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const line = `${request.method ?? ""} ${request.url ?? ""}`;
      const authorization = request.headers.authorization ?? "";
      received.push(line);
      confided.push(authorization, Buffer.concat(chunks).toString());
      const { status, body, headers } = answerTo(line, authorization, bad);
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    confided,
    answerBadly: (endpoint, answer) => bad.set(endpoint, answer),
    reset: () => {
      bad.clear();
      received.length = 0;
      confided.length = 0;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

const okStatus = 200;
const notFoundStatus = 404;

function answerTo(
  line: string,
  authorization: string,
  bad: ReadonlyMap<Endpoint, HostileAnswer>,
): HostileAnswer {
  const endpoint = endpointOf(line);
  if (endpoint === undefined) {
    return { status: notFoundStatus, body: "{}" };
  }
  const answer = bad.get(endpoint);
  if (answer !== undefined) {
    return typeof answer.body === "string"
      ? {
          ...answer,
          body: answer.body.replaceAll(echoMark, JSON.stringify(echoOf(authorization)).slice(1, -1)),
        }
      : answer;
  }
  const good = goodAnswers();
  return { status: okStatus, body: JSON.stringify(good[endpoint]) };
}

/** The header, and the pair in it. */
function echoOf(authorization: string): string {
  const basic = /^Basic (.+)$/.exec(authorization)?.[1];
  return basic === undefined
    ? authorization
    : `${authorization} ${Buffer.from(basic, "base64").toString("utf8")}`;
}
