// The scene of tests of integration credentials: what is live in Genesys, what was sent, and one that somebody made by hand.
import type { IntegrationCredential } from "../../../sandbox/genesys/state";
import {
  createProviderWorld,
  integrationInputs,
  type ProviderWorld,
  recordedIntegration,
} from "../../providerWorld";

/** Where the API keeps them. */
export const credentialsPath = "/api/v2/integrations/credentials";

/** The id of one that somebody made by hand. */
export const existingId = "1c000000-0000-4000-8000-000000000001";

/** Another pair than the declared one. */
export const other = {
  clientId: "c1000000-0000-4000-8000-00000000000d",
  clientSecret: "canary-other-secret",
};

/** What the run shares with other resources. */
const sharedRequests = /oauth\/token|tokens\/me|subjects\/me/;

/** See the first line of this file. */
export class IntegrationScene {
  private constructor(readonly world: ProviderWorld) {}

  static async create(): Promise<IntegrationScene> {
    return new IntegrationScene(await createProviderWorld());
  }

  /** @throws Jest's error when Genesys holds one without a secret, whatever the test was about */
  async stop(): Promise<void> {
    await this.world.stop();
    expect(this.live().filter(({ fields }) => (fields["clientSecret"] ?? "").trim() === "")).toEqual([]);
  }

  live(): readonly IntegrationCredential[] {
    return this.world.simulator.organization.integrationCredentials.list();
  }

  /** The requests since the last call, as `POST /api/v2/integrations/credentials`; what the run shares is left out. */
  requests(): string[] {
    const { requestLog } = this.world.simulator;
    const sent = requestLog.entries.map(({ method, path }) => `${method} ${path.split("?")[0] ?? ""}`);
    requestLog.clear();
    return sent.filter((request) => !sharedRequests.test(request));
  }

  /** Somebody makes or changes {@link existingId} by hand. */
  seedExisting(changes: object = {}): void {
    const fields = { clientId: "somebody", clientSecret: "canary-somebody" };
    const seed = { id: existingId, name: "Made by hand", fields, ...changes };
    this.world.simulator.organization.seed({ integrationCredentials: [seed] });
  }

  /** Made, with its record. */
  async made(changes: Parameters<typeof integrationInputs>[0] = {}) {
    const run = this.world.newRun();
    const { id, outs } = await run.integrationCredentials.create(integrationInputs(changes));
    this.requests();
    return { run, id, record: recordedIntegration(outs) };
  }
}
