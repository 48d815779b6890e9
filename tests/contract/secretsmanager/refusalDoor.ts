// A door in front of moto_server: what moto refuses for want of a permission leaves it in the form that AWS gives to it.
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import { buffer, text } from "node:stream/consumers";

const forbidden = 403;
const badRequest = 400;
const badGateway = 502;

/** A running door. */
export interface RefusalDoor {
  readonly url: string;
  stop(): Promise<void>;
}

async function pass(motoUrl: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  // Headers as they came, `Host` included: they are signed.
  const forwarded = request(motoUrl, { method: "POST", headers: incoming.headers, agent: false });
  forwarded.end(await buffer(incoming));
  const [answer] = (await once(forwarded, "response")) as [IncomingMessage];
  const body = await text(answer);
  const [, refusal] = /<Code>AccessDenied<\/Code>\s*<Message>(.*?)<\/Message>/s.exec(body) ?? [];
  const contentType = { "content-type": "application/x-amz-json-1.1" };
  if (answer.statusCode === forbidden && refusal !== undefined) {
    // moto answers all services with IAM's XML and 403; the SDK could not read it here.
    outgoing.writeHead(badRequest, contentType);
    outgoing.end(JSON.stringify({ __type: "AccessDeniedException", Message: refusal }));
  } else {
    outgoing.writeHead(answer.statusCode ?? badGateway, contentType);
    outgoing.end(body);
  }
}

/** Opens it on a free port of the loopback. */
export async function openRefusalDoor(motoUrl: string): Promise<RefusalDoor> {
  const server = createServer((incoming, outgoing) => {
    pass(motoUrl, incoming, outgoing).catch((error: unknown) => {
      outgoing.destroy(error instanceof Error ? error : undefined);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
