// Who observes a client is told of every answer as it is on the wire: refusals, token requests and bodies that cannot be read too.
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { z } from "zod";

import { GenesysClient } from "../../../genesys/client";
import type { HttpExchange } from "../../../genesys/http";

const answers: Readonly<Record<string, readonly [status: number, body: string]>> = {
  "/oauth/token": [200, JSON.stringify({ access_token: "canary-token-1", expires_in: 300 })],
  "/made": [204, ""],
  "/refused": [409, JSON.stringify({ code: "general.conflict", message: "no" })],
  "/page": [200, "<html>"],
};

let server: Server;
let seen: HttpExchange[];
let client: GenesysClient;

beforeEach(async () => {
  server = createServer((request, response) => {
    const [status, body] = answers[request.url ?? ""] ?? [404, ""];
    response.writeHead(status, { "X-Seen": "yes" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  seen = [];
  client = new GenesysClient({
    origins: { apiUrl: url, loginUrl: url },
    credentials: { clientId: "c", clientSecret: "canary-secret" },
    observe: (exchange) => seen.push(exchange),
  });
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function told(): readonly (readonly unknown[])[] {
  return seen.map(({ request: { method, path }, status, body }) => [method, path, status, body]);
}

it("a success, with the status that a command keeps to itself", async () => {
  await client.command({ method: "DELETE", path: "/made" });
  expect(told()).toEqual([
    ["POST", "/oauth/token", 200, { access_token: "canary-token-1", expires_in: 300 }],
    ["DELETE", "/made", 204, undefined],
  ]);
  expect(seen[1]?.headers["x-seen"]).toBe("yes");
});

it("a refusal, before it becomes an error", async () => {
  const request = { method: "POST", path: "/refused", body: {}, kind: "create" } as const;
  await expect(client.request(request, z.unknown())).rejects.toThrow("409 general.conflict");
  expect(told().at(-1)).toEqual(["POST", "/refused", 409, { code: "general.conflict", message: "no" }]);
});

it("an answer that is no JSON has no body", async () => {
  const request = { method: "GET", path: "/page", kind: "dispensable" } as const;
  await expect(client.request(request, z.unknown())).rejects.toThrow("not JSON");
  expect(told().at(-1)).toEqual(["GET", "/page", 200, undefined]);
});
