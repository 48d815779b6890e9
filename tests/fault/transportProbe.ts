// A process of its own that sends requests by our transport: Node reads TLS and proxy settings from the environment of a process.
import { systemClock } from "../../common/clock";
import { GenesysError } from "../../genesys/errors";
import { type HttpRequest, HttpTransport } from "../../genesys/http";

/** What became of one request. */
export type ProbeResult = { readonly status: number } | { readonly code: string; readonly message: string };

const timeoutMs = 10_000;

async function probe(origin: string): Promise<ProbeResult[]> {
  const transport = new HttpTransport(systemClock, timeoutMs);
  const requests: HttpRequest[] = [
    { method: "GET", origin, path: "/kept-alive", authorization: "Bearer canary-probe-token" },
    {
      method: "POST",
      origin,
      path: "/fresh",
      authorization: "Bearer canary-probe-token",
      body: {},
      freshConnection: true,
    },
  ];
  const results: ProbeResult[] = [];
  for (const request of requests) {
    try {
      results.push({ status: (await transport.send(request)).status });
    } catch (error) {
      const { code, message } = error as GenesysError;
      results.push(error instanceof GenesysError ? { code, message } : { code: "FOREIGN", message });
    }
  }
  return results;
}

void probe(process.argv[2] ?? "").then((results) => {
  process.stdout.write(JSON.stringify(results));
  process.exit(0);
});
