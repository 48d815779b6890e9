// The scene of tests of integration credentials: what is live in Genesys, what was sent, and one that somebody made by hand.
import type { IntegrationCredential } from "../../../sandbox/genesys/state";
import {
  createProviderWorld,
  integrationInputs,
  type ProviderWorld,
  recordedIntegration,
} from "../../providerWorld";
import { integrationPairs, storeIntegrationPairs } from "../../storedSecrets";

/** Where the API keeps them. */
export const credentialsPath = "/api/v2/integrations/credentials";

/** The id of one that somebody made by hand. */
export const existingId = "1c000000-0000-4000-8000-000000000001";

const [first, second] = integrationPairs;

/** The declared pair as Genesys holds it. */
export const fields = { clientId: first.clientId, clientSecret: first.clientSecret };

/** Another pair than the declared one: its inputs. */
export const other = { clientId: second.clientId, versionId: second.versionId };

/** The other pair as Genesys holds it. */
export const otherFields = { clientId: second.clientId, clientSecret: second.clientSecret };

/** What the run shares with other resources. */
const sharedRequests = /oauth\/token|tokens\/me|subjects\/me/;

/** See the first line of this file. */
export class IntegrationScene {
  private constructor(readonly world: ProviderWorld) {}

  static async create(): Promise<IntegrationScene> {
    const world = await createProviderWorld();
    storeIntegrationPairs(world.secretsManager);
    return new IntegrationScene(world);
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

  /** The requests to AWS since the last call. */
  awsRequests(): string[] {
    const { secretsManager } = this.world;
    const sent = secretsManager.requestLog.map(({ operation }) => operation);
    secretsManager.clearRequestLog();
    return sent;
  }

  /** Somebody makes or changes {@link existingId} by hand. */
  seedExisting(changes: object = {}): void {
    const pair = { clientId: "somebody", clientSecret: "canary-somebody" };
    const seed = { id: existingId, name: "Made by hand", fields: pair, ...changes };
    this.world.simulator.organization.seed({ integrationCredentials: [seed] });
  }

  /** Made, with its record. */
  async made(changes: Parameters<typeof integrationInputs>[0] = {}) {
    const run = this.world.newRun();
    const { id, outs } = await run.integrationCredentials.create(integrationInputs(changes));
    this.requests();
    this.awsRequests();
    return { run, id, record: recordedIntegration(outs) };
  }
}
