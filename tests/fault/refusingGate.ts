// A gate before the simulator that can be shut: whoever connects then is refused, as by a host on which nothing listens.
import http from "node:http";
import type { AddressInfo } from "node:net";

export interface RefusingGate {
  readonly url: string;
  /** Connections are refused from now on. */
  shut(): Promise<void>;
  /** Listens again on the same port. */
  open(): Promise<void>;
}

const loopback = "127.0.0.1";

/** Starts an open gate. Each connection carries one request, so that shutting it leaves no connection that is in use again. */
export async function startRefusingGate(targetUrl: string): Promise<RefusingGate> {
  const server = http.createServer((request, response) => {
    const { method, headers } = request;
    const forwarded = http.request(
      new URL(request.url ?? "/", targetUrl),
      { method: method ?? "GET", headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 0, { ...answer.headers, connection: "close" });
        answer.pipe(response);
      },
    );
    request.pipe(forwarded);
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => {
      server.listen(port, loopback, resolve);
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${loopback}:${port}`,
    shut: () =>
      new Promise((resolve) => {
        if (!server.listening) {
          resolve();
          return;
        }
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
    open: async () => {
      if (!server.listening) {
        await listen(port);
      }
    },
  };
}
