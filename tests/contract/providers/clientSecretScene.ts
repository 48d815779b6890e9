// The scene of tests of stored secrets: clients whose secret nobody remembers, what was sent to whom, and what is stored in the end.
import type { ClientSecretInputs, ClientSecretOutputs } from "../../../providers/clientSecret/record";
import type { OAuthClientInputs } from "../../../providers/oauthClient/record";
import { deployerClientId } from "../../../sandbox/genesys/seed";
import { type VersionContent, versionIdOf } from "../../../secrets/versionId";
import {
  clientInputs,
  clientSecretInputs,
  createProviderWorld,
  type ProviderRun,
  type ProviderWorld,
  recordedClient,
  recordedSecret,
} from "../../providerWorld";
import { isCurrentWorking, type StoredVersion, versionLabelled, versionsOf } from "../../storedSecrets";

/** What the deployer asks Genesys at the start of every run. */
const shared = new Set(["POST /oauth/token", "GET /api/v2/tokens/me"]);

/** A stored secret with its record. */
export interface Stored {
  readonly id: string;
  readonly inputs: ClientSecretInputs;
  readonly record: ClientSecretOutputs;
}

/** See the first line of this file. */
export class ClientSecretScene {
  private readonly clients = new Map<string, { inputs: OAuthClientInputs; outs: Record<string, unknown> }>();

  private constructor(readonly world: ProviderWorld) {}

  static async create(): Promise<ClientSecretScene> {
    return new ClientSecretScene(await createProviderWorld());
  }

  stop(): Promise<void> {
    return this.world.stop();
  }

  /** Another process made a client: its secret is known to nobody. @returns its id */
  async client(changes: Partial<OAuthClientInputs> = {}): Promise<string> {
    const id = await this.clientBy(this.unseeingRun(), changes);
    this.clearLogs();
    return id;
  }

  /** Clients that earlier calls made are on record, and no leftovers. */
  private unseeingRun(): ProviderRun {
    return this.world.newRun({ reconcile: false });
  }

  private async clientBy(run: ProviderRun, changes: Partial<OAuthClientInputs>): Promise<string> {
    const inputs = clientInputs(changes);
    const { id, outs } = await run.oauthClients.create(inputs);
    this.clients.set(id, { inputs, outs });
    return id;
  }

  /** A process of its own that has seen the records of all clients, as in every `up` without targets. */
  async laterRun(): Promise<ProviderRun> {
    const run = this.world.newRun();
    for (const [id, { inputs, outs }] of this.clients) {
      await run.oauthClients.diff(id, recordedClient(outs), inputs);
    }
    return run;
  }

  /** A client whose secret is stored, all in one process. */
  async stored(
    changes: Partial<ClientSecretInputs> = {},
    client: Partial<OAuthClientInputs> = {},
  ): Promise<Stored> {
    const run = this.unseeingRun();
    const { generation = 0 } = changes;
    const id = await this.clientBy(run, { generation, ...client });
    return this.storedBy(run, clientSecretInputs(id, changes));
  }

  /** Stores the secret. @param run A process of its own where absent. */
  async storedBy(run: ProviderRun, inputs: ClientSecretInputs): Promise<Stored> {
    const { outs } = await run.clientSecrets.create(inputs);
    this.clearLogs();
    return { id: inputs.clientId, inputs, record: recordedSecret(outs) };
  }

  /** What was sent to Genesys since the last call, without what every run shares; `own` by the client itself. */
  genesysRequests(): string[] {
    const { requestLog } = this.world.simulator;
    const sent = requestLog.entries.map(({ method, path, clientId }) => ({
      isOwn: clientId !== deployerClientId,
      text: `${method} ${(path.split("?")[0] ?? "").replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, "{id}")}`,
    }));
    requestLog.clear();
    return sent.flatMap(({ isOwn, text }) => (isOwn ? [`own ${text}`] : shared.has(text) ? [] : [text]));
  }

  /** What was sent to AWS since the last call. */
  awsRequests(): string[] {
    const { secretsManager } = this.world;
    const sent = secretsManager.requestLog.map(({ operation }) => operation);
    secretsManager.clearRequestLog();
    return sent;
  }

  clearLogs(): void {
    this.world.simulator.requestLog.clear();
    this.world.secretsManager.clearRequestLog();
  }

  /** The version that consumers read. */
  current(): StoredVersion {
    const current = versionLabelled(this.world.secretsManager);
    if (current === undefined) {
      throw new Error("nothing is stored");
    }
    return current;
  }

  /** Every version, as `id: labels`. */
  labels(): Record<string, readonly string[]> {
    return Object.fromEntries(versionsOf(this.world.secretsManager).map(({ id, labels }) => [id, labels]));
  }

  /** @throws Jest's error where a consumer could not sign in */
  expectWorking(): void {
    expect(isCurrentWorking(this.world)).toBe(true);
  }

  /** Somebody presses "generate new secret" in Genesys: what is stored is dead. */
  async resetSecret(clientId: string): Promise<void> {
    await this.world.newRun().session.oauthClients.regenerateSecret(clientId);
    this.clearLogs();
  }

  /** Somebody changes the client in Genesys. */
  changeClient(id: string, changes: object): void {
    this.world.simulator.organization.seed({ clients: [{ id, ...changes }] });
  }
}

/** The two requests of a pair's proof. */
export const proof = ["own POST /oauth/token", "own GET /api/v2/tokens/me"];
/** The request that makes another secret. */
export const newSecret = "POST /api/v2/oauth/clients/{id}/secret";

/** The id that the version of these inputs has. */
export function versionId(inputs: Omit<VersionContent, "attempt">, attempt = 0): string {
  return versionIdOf({ ...inputs, attempt });
}
