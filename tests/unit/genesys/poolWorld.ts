// A client with a pool of tokens before a Genesys in memory, on one clock.
import { GenesysClient, type GenesysClientOptions } from "../../../genesys/client";
import { FakeClock } from "../../fakeClock";
import { LimitedGenesys } from "../../limitedGenesys";

export interface PoolWorld {
  readonly clock: FakeClock;
  readonly genesys: LimitedGenesys;
  /** What was told for people. */
  readonly notices: string[];
  connect(options?: Partial<GenesysClientOptions>): GenesysClient;
  /** Sends so many at once. @returns how they ended, each way once, and how long all took */
  sendMany(client: GenesysClient, count: number): Promise<{ ended: string[]; tookMs: number }>;
}

export function createPoolWorld(): PoolWorld {
  const clock = new FakeClock();
  const genesys = new LimitedGenesys(clock);
  const notices: string[] = [];
  return {
    clock,
    genesys,
    notices,
    connect: (options = {}) =>
      new GenesysClient({
        origins: { apiUrl: "https://api.example.com", loginUrl: "https://login.example.com" },
        credentials: { clientId: "c-1", clientSecret: "canary-deployer-secret" },
        clock,
        transport: genesys,
        random: () => 0,
        notify: (line) => notices.push(line),
        ...options,
      }),
    sendMany: async (client, count) => {
      const beganAtMs = clock.now();
      const ended = await Promise.all(
        Array.from({ length: count }, (_, index) =>
          client.command({ method: "PUT", path: `/api/v2/thing/${index}` }).then(
            () => "done",
            (error: unknown) => String(error),
          ),
        ),
      );
      return { ended: [...new Set(ended)], tookMs: clock.now() - beganAtMs };
    },
  };
}
