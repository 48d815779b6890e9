// The scene of recovery tests: a stack whose state is lost, commands that bring it back, and consumers that call all the while.
import { readFileSync, writeFileSync } from "node:fs";

import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

import { systemClock } from "../../common/clock";
import { organizationId } from "../../sandbox/genesys/seed";
import { type CommandResult, runCredentials } from "./credentialsCommand";
import { Consumer } from "./consumer";
import { mustSucceed } from "./rotationScene";
import { createEngineWorld, type EngineWorld, type PulumiOptions, type PulumiResult } from "./world";

const region = "eu-west-1";
/** Between two calls of a consumer. Milliseconds. */
const pollMs = 50;

/** A resource in a state file. */
export interface Recorded {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** A world in which commands can be run and consumers live. */
export class RecoveryScene {
  printed = "";
  /** The command lines that were run, as a page shows them. */
  readonly ran: string[] = [];
  /** The state of a stack that has just been made. */
  private emptyState: string | undefined;

  private constructor(
    readonly world: EngineWorld,
    private readonly vault: SecretsManagerClient,
  ) {}

  static async create(): Promise<RecoveryScene> {
    const world = await createEngineWorld({ hosts: "staying" });
    const vault = new SecretsManagerClient({
      region,
      endpoint: world.secretsManager.url,
      credentials: { accessKeyId: "canary-access-key", secretAccessKey: "canary-secret-key" },
    });
    return new RecoveryScene(world, vault);
  }

  async stop(): Promise<void> {
    this.vault.destroy();
    await this.world.stop();
  }

  declare(
    credentials: string,
    roles = "    reader: { permissions: [analytics:conversationDetail:view] }\n",
  ): void {
    this.world.writeStack(
      "dev",
      `config:
  aws:region: ${region}
  genesys-credentials:organization: { id: ${organizationId} }
  genesys-credentials:roles:
${roles}  genesys-credentials:credentials:
${credentials}`,
    );
  }

  async up(): Promise<void> {
    mustSucceed(await this.pulumi(["up", "--yes", "--skip-preview"]));
  }

  pulumi(commandArguments: readonly string[], options: PulumiOptions = {}): Promise<PulumiResult> {
    this.ran.push(["pulumi", ...commandArguments].join(" "));
    return this.world.pulumi(commandArguments, options);
  }

  async recover(...more: readonly string[]): Promise<CommandResult> {
    this.ran.push(["npm run credentials -- recover --stack dev", ...more].join(" "));
    const result = await runCredentials(this.world, ["recover", "--stack", "dev", ...more]);
    this.printed += result.output;
    return result;
  }

  resources(): readonly Recorded[] {
    const state = JSON.parse(this.stateText()) as {
      checkpoint: { latest: { resources?: readonly Recorded[] } };
    };
    return state.checkpoint.latest.resources ?? [];
  }

  /** With the commands; later with what they left behind. */
  async loseState(): Promise<void> {
    if (this.emptyState === undefined) {
      mustSucceed(await this.pulumi(["stack", "rm", "--force", "--yes", "--preserve-config", "dev"]));
      mustSucceed(await this.pulumi(["stack", "init", "dev"]));
      this.emptyState = this.stateText();
    }
    writeFileSync(this.world.stateFile("dev"), this.emptyState);
  }

  clientIds(): string[] {
    return this.world.simulator.organization
      .describe()
      .clients.map(({ id }) => id)
      .sort();
  }

  /** The writes to Genesys and AWS since the logs were cleared, tokens apart. */
  writes(): string[] {
    const { simulator, secretsManager } = this.world;
    return [
      ...simulator.requestLog.entries
        .filter(({ method, path }) => method !== "GET" && !path.startsWith("/oauth/token"))
        .map(({ method, path }) => `${method} ${path.replace(/[0-9a-f-]{36}/, "{id}")}`),
      ...secretsManager.requestLog
        .map(({ operation }) => operation)
        .filter((operation) => !/^(?:Get|Describe|List)/.test(operation)),
    ].sort();
  }

  clearLogs(): void {
    this.world.simulator.requestLog.clear();
    this.world.secretsManager.clearRequestLog();
  }

  /** Consumers call all the while; nobody repeats a call. */
  async watched(secretNames: readonly string[], work: () => Promise<void>): Promise<void> {
    const policy = { name: "no cache", secretMs: 0, keepsToken: false };
    const consumers = secretNames.map((name) => new Consumer(policy, this.vault, name, systemClock));
    const progress = { hasEnded: false };
    const polling = (async () => {
      while (!progress.hasEnded) {
        await Promise.all(consumers.map((consumer) => consumer.call()));
        await systemClock.sleep(pollMs);
      }
    })();
    try {
      await work();
    } finally {
      progress.hasEnded = true;
      await polling;
    }
    expect([...new Set(consumers.flatMap(({ failures }) => failures))]).toEqual([]);
    expect(consumers.every(({ calls }) => calls > 0)).toBe(true);
  }

  /** The URN of an OAuth client in state. */
  urnOf(name: string): string {
    const found = this.resources().find(({ urn }) => urn.endsWith(`OAuthClient::${name}`));
    return found?.urn ?? "";
  }

  /** As an engine leaves the state that was killed while it changed the resource. */
  addPending(urn: string): void {
    const state = JSON.parse(this.stateText()) as {
      checkpoint: { latest: { resources: readonly Recorded[]; pending_operations?: unknown } };
    };
    const resource = state.checkpoint.latest.resources.find((one) => one.urn === urn);
    state.checkpoint.latest.pending_operations = [{ resource, type: "updating" }];
    writeFileSync(this.world.stateFile("dev"), JSON.stringify(state));
  }

  stateText(): string {
    return readFileSync(this.world.stateFile("dev"), "utf8");
  }
}

/** A credential in the stack file. */
export const plain = (key: string, generation: number, more = ""): string => `    ${key}:
      description: Made by a test
      roles: [reader, { existing: employee }]
      rotation: { generation: ${generation} }
${more}`;
