// A forward proxy as companies have them: tunnels by CONNECT, and remembers what it was asked and what it could read.
import http from "node:http";
import net, { type AddressInfo } from "node:net";

const okStatus = 200;

export interface TunnelProxy {
  readonly url: string;
  /** Authorities of CONNECT, as `127.0.0.1:4711`. */
  readonly tunnels: string[];
  /** Everything that passed through the proxy's hands, as text. */
  readonly seen: () => string;
  stop(): Promise<void>;
}

/** @param refusal Status with which CONNECT is refused; tunnels are opened when it is left out. */
export async function startTunnelProxy(refusal?: number): Promise<TunnelProxy> {
  const tunnels: string[] = [];
  const chunks: Buffer[] = [];
  const sockets = new Set<net.Socket>();
  const server = http.createServer((request, response) => {
    chunks.push(
      Buffer.from(`${request.method ?? ""} ${request.url ?? ""} ${JSON.stringify(request.headers)}`),
    );
    response.writeHead(refusal ?? okStatus);
    response.end();
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", () => socket.destroy());
  });
  server.on("connect", (request, client: net.Socket) => {
    tunnels.push(request.url ?? "");
    if (refusal !== undefined) {
      client.end(
        `HTTP/1.1 ${refusal} ${http.STATUS_CODES[refusal] ?? "Refused"}\r\ncontent-length: 0\r\n\r\n`,
      );
      return;
    }
    const { hostname, port } = new URL(`http://${request.url ?? ""}`);
    const target = net.connect(Number(port), hostname, () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      client.pipe(target);
      target.pipe(client);
    });
    sockets.add(target);
    target.on("error", () => client.destroy());
    client.on("error", () => target.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tunnels,
    seen: () => Buffer.concat(chunks).toString("latin1"),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        sockets.forEach((socket) => socket.destroy());
      }),
  };
}
