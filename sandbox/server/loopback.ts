// The loopback address: where everything of the sandbox listens, so that nothing from outside arrives.
import { type AddressInfo, type Server } from "node:net";

/** Host of every server here. */
export const loopback = "127.0.0.1";

/** Origin of what listens on a port, as `http://127.0.0.1:4711`. */
export function originOf(port: number): string {
  return `http://${loopback}:${port}`;
}

/**
 * Starts listening; on any free port for 0.
 * @returns the port
 * @throws Error of the network, see {@link isPortTaken}
 */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host: loopback, exclusive: true }, resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Whether listening failed because another program has the port. */
export function isPortTaken(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "EADDRINUSE";
}
