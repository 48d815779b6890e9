// What one request does against a Genesys that fails: how often it is sent, how long it waits in all, and what is said at the end.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { GenesysClient } from "../../../genesys/client";
import { defaultRetryPolicy, type RequestKind } from "../../../genesys/retry";
import { FakeClock } from "../../fakeClock";

interface Answer {
  readonly status: number;
  readonly retryAfter?: string;
}

const fine: Answer = { status: 200 };
/** What the last one of a script stands for, once the others are used up. */
const forGood = (status: number, retryAfter?: string): Answer[] => [
  { status, ...(retryAfter === undefined ? {} : { retryAfter }) },
];

let server: Server;
let clock: FakeClock;
let received: string[];
let answers: Answer[];
beforeEach(async () => {
  clock = new FakeClock();
  received = [];
  server = createServer((request, response) => {
    if (request.url === "/oauth/token") {
      response.end('{"access_token":"canary-access-token","expires_in":3600}');
      return;
    }
    received.push(request.method ?? "");
    const { status, retryAfter } = answers[Math.min(received.length, answers.length) - 1] ?? fine;
    response.writeHead(status, retryAfter === undefined ? {} : { "retry-after": retryAfter }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function send(
  method: "GET" | "PUT" | "POST" | "DELETE",
  script: Answer[],
  kind: RequestKind = "repeatable",
): Promise<{ said: string; waitedMs: number }> {
  answers = script;
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new GenesysClient({
    origins: { apiUrl: url, loginUrl: url },
    credentials: { clientId: "c-1", clientSecret: "canary-deployer-secret" },
    clock,
    random: () => 0.999,
  });
  const beganAtMs = clock.now();
  const said = await client.command({ method, path: "/api/v2/thing", kind }).then(
    () => "done",
    (error: unknown) => String(error),
  );
  return { said, waitedMs: clock.now() - beganAtMs };
}

describe("409, another change in the way", () => {
  it.each(["PUT", "POST", "DELETE"] as const)(
    "twice on a %s that may be repeated: it is done",
    async (method) => {
      const { said, waitedMs } = await send(method, [{ status: 409 }, { status: 409 }, fine]);
      expect(said).toBe("done");
      expect(received).toEqual([method, method, method]);
      expect(waitedMs).toBeGreaterThan(0);
    },
  );

  it("for good, as of a name that is taken: reported within a few seconds", async () => {
    const { said, waitedMs } = await send("PUT", forGood(409));
    expect(said).toContain("was answered 409");
    expect(received).toHaveLength(defaultRetryPolicy.maximumConflictAttempts);
    expect(waitedMs).toBeLessThanOrEqual(5000);
  });

  it("on a creation is reported at once", async () => {
    const { said } = await send("POST", forGood(409), "create");
    expect(said).toContain("was answered 409");
    expect(received).toHaveLength(1);
  });
});

describe.each([408, 409, 429, 500, 503, 504])("%i with Retry-After", (status) => {
  it("of ten minutes is not waited for; the error says what Genesys asks for", async () => {
    const { said, waitedMs } = await send("GET", forGood(status, "600"));
    expect(said).toMatch(new RegExp(`was answered ${status}.*Genesys asks to wait 600 s`));
    expect(waitedMs).toBe(0);
    expect(received).toHaveLength(1);
  });

  it.each(["60", "100", "180"])("of %s s for good is waited for within one cap in all", async (seconds) => {
    const { waitedMs } = await send("GET", forGood(status, seconds));
    expect(waitedMs).toBeGreaterThanOrEqual(Number(seconds) * 1000);
    expect(waitedMs).toBeLessThanOrEqual(defaultRetryPolicy.maximumWaitMs);
  });

  it("that grows from answer to answer is waited for within the same cap", async () => {
    const growing = ["1", "10", "90", "150", "170", "180"].map((retryAfter) => ({ status, retryAfter }));
    const { waitedMs } = await send("GET", growing);
    expect(waitedMs).toBeLessThanOrEqual(defaultRetryPolicy.maximumWaitMs);
  });

  it("once is waited for, and the request is done", async () => {
    const { said, waitedMs } = await send("GET", [...forGood(status, "42"), fine]);
    expect(said).toBe("done");
    expect(waitedMs).toBe(42_000);
  });
});

it("408, 503 and 504 on a creation are not waited for, whatever Retry-After says", async () => {
  for (const status of [408, 503, 504]) {
    received = [];
    const { waitedMs } = await send("POST", forGood(status, "5"), "create");
    expect([received.length, waitedMs]).toEqual([1, 0]);
  }
});
