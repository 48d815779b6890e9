// Chooses ports that stay the world's own: free now, and outside the range the system hands out to connections.
import { randomInt } from "node:crypto";
import { createServer, type Server } from "node:net";
import { SandboxError } from "./sandboxError";
import { closeServer, listenOnLoopback } from "./server/loopback";

/** Below Linux's ephemeral range (32768 and up), so that no outgoing connection occupies a chosen port later. */
const lowestPort = 20_000;
const highestPort = 30_000;

/** Ports that are tried before giving up. */
const maximumAttempts = 200;

/** `count` different free ports of the loopback address. */
export async function chooseFreePorts(count: number): Promise<number[]> {
  const held: { readonly port: number; readonly server: Server }[] = [];
  try {
    for (let attempt = 0; held.length < count; attempt++) {
      if (attempt === maximumAttempts) {
        throw new SandboxError(
          `Choosing ports for the sandbox: no free ports between ${lowestPort} and ${highestPort} on 127.0.0.1; end some programs that listen there.`,
        );
      }
      const port = randomInt(lowestPort, highestPort);
      const server = createServer();
      await listenOnLoopback(server, port).then(
        () => held.push({ port, server }),
        () => undefined,
      );
    }
    return held.map(({ port }) => port);
  } finally {
    await Promise.all(held.map(({ server }) => closeServer(server)));
  }
}
