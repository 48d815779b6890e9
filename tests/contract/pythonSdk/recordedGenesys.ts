// A recorder in front of a simulator: passes every request on, and tells which of them, or of the answers, the SDK does not declare so.
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { declared } from "./comparedShapes";
import { endpointOf } from "./declaredShapes";
import { type Exchange, exchangeDepartures, nameOf } from "./exchange";

const loopback = "127.0.0.1";

export interface RecordedGenesys {
  readonly port: number;
  readonly url: string;
  /** The endpoints that were asked, by the SDK's spelling; one that it does not have by its path. */
  endpoints(): ReadonlySet<string>;
  /** What the SDK does not declare, of requests that were granted and of all answers. */
  departures(): readonly string[];
  stop(): Promise<void>;
}

/** @param target Origin of the simulator. */
export async function recordGenesys(target: string): Promise<RecordedGenesys> {
  const exchanges: Exchange[] = [];
  const agent = new http.Agent();
  const server = http.createServer((request, response) => {
    passOn(target, agent, request, response).then(
      (exchange) => exchanges.push(exchange),
      (error: unknown) => response.destroy(error as Error),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, loopback, resolve));
  const { port } = server.address() as AddressInfo;
  const ofApi = (): Exchange[] => exchanges.filter(({ url }) => url.startsWith("/api/"));
  return {
    port,
    url: `http://${loopback}:${port}`,
    endpoints: () =>
      new Set(ofApi().map((exchange) => endpointOf(declared, nameOf(exchange)) ?? nameOf(exchange))),
    departures: () => [...new Set(ofApi().flatMap(exchangeDepartures))],
    stop: async () => {
      server.closeAllConnections();
      agent.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function passOn(
  target: string,
  agent: http.Agent,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Exchange> {
  const { method = "", url = "" } = request;
  const sent = await textOf(request);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const passed = http.request(`${target}${url}`, { method, headers: request.headers, agent }, resolve);
    passed.on("error", reject).end(sent);
  });
  const { statusCode: status = 0, headers } = answer;
  const answered = await textOf(answer);
  response.writeHead(status, headers).end(answered);
  return { method, url, sent, status, answered };
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}
