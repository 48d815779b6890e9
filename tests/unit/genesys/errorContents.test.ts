// What an error of the client shows of its request: the method and the path, and nothing that was sent with it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { z } from "zod";

import { Redactor } from "../../../common/redact";
import { GenesysClient } from "../../../genesys/client";
import { FakeClock } from "../../fakeClock";
import { textsOf } from "../../fault/leaks";

const token = "canary-access-token";
const secret = "canary-client-secret";

it.each([
  ["an answer that is no JSON", 200, "<html>"],
  ["an answer of another shape", 200, "[]"],
  ["a redirect", 302, ""],
  ["a refusal", 400, '{"code":"bad.request","message":"no"}'],
])("%s", async (_name, status, body) => {
  const server = createServer((_request, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new GenesysClient({
    origins: { apiUrl: url, loginUrl: url },
    credentials: { clientId: "c-1", clientSecret: "canary-deployer-secret" },
    clock: new FakeClock(),
    redactor: new Redactor(),
  });
  try {
    const request = client.request(
      {
        method: "POST",
        path: "/api/v2/integrations/credentials",
        body: { clientSecret: secret },
        kind: "create",
        accessToken: token,
      },
      z.object({ id: z.string() }),
    );
    const error: unknown = await request.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(Error);
    const texts = textsOf(error).join("\n");
    expect(texts).toContain("POST /api/v2/integrations/credentials");
    expect(texts).not.toContain(secret);
    expect(texts).not.toContain(token);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
