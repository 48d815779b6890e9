// The loopback address: where everything of the sandbox listens, so that nothing from outside arrives.
import { once } from "node:events";
import { Server as HttpServer } from "node:http";
import { type AddressInfo, type Server } from "node:net";

/** Host of every server here. */
export const loopback = "127.0.0.1";

/** Origin of what listens on a port, as `http://127.0.0.1:4711`. */
export function originOf(port: number): string {
  return `http://${loopback}:${port}`;
}

/** A connection that cannot be accepted, as when file descriptors run out, ends neither the server nor its process. */
const stay = (): void => undefined;

/**
 * Starts listening; on any free port for 0.
 * @returns the port
 * @throws Error of the network, see {@link isPortTaken}
 */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  server.listen({ port, host: loopback, exclusive: true });
  await once(server, "listening");
  // Taken off first: a server that starts over listens more than once.
  server.off("error", stay).on("error", stay);
  return (server.address() as AddressInfo).port;
}

/** Stops listening; connections of HTTP are dropped, others must have ended. */
export async function closeServer(server: Server): Promise<void> {
  await new Promise((resolve) => {
    server.close(resolve);
    if (server instanceof HttpServer) {
      server.closeAllConnections();
    }
  });
}

/** Whether listening failed because another program has the port. */
export function isPortTaken(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "EADDRINUSE";
}
