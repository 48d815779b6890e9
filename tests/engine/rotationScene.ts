// The scene of rotation tests: credentials on the real engine, and what is live in Genesys, stored in AWS and known to state.
import { existsSync, readFileSync } from "node:fs";

import axios from "axios";

import { organizationId } from "../../sandbox/genesys/seed";
import { type GenesysSimulator, startGenesysSimulator } from "../../sandbox/genesys/server";
import { worldPaths } from "../../sandbox/worldPaths";
import { mustReadAsRecorded } from "./recordedDrift";
import { createEngineWorld, deployerSecret, type EngineWorldOptions, type EngineWorld } from "./world";
import type { PulumiOptions, PulumiResult } from "./world";

/** The rotation settings of a credential, as in the stack file. */
export interface DeclaredRotation {
  readonly generation: number;
  readonly every?: string;
  readonly clients?: "replace" | "keep";
  readonly overlap?: "previous" | "none";
  readonly previous?: "keep" | "revoked";
  readonly revoked?: boolean;
}

/** One stored value with the version that holds it. */
export interface StoredValue {
  readonly versionId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The credential of tests that need only one. */
export const credential = "nightly-report";
const stack = "dev";
const region = "eu-west-1";

/** Genesys requests of the provider give up soon: a test waits for some of them. Seconds. */
export const impatience = { GENESYSCLOUD_WAIT_SECONDS: "1", GENESYSCLOUD_TIMEOUT_SECONDS: "2" } as const;

/** How often the test looks whether another process has come to a point, and for how long. Milliseconds. */
const lookEveryMs = 20;
const lookForMs = 60_000;

/** Waits for another process to bring something about. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const beganAtMs = Date.now();
  while (!(await isSo())) {
    if (Date.now() - beganAtMs > lookForMs) {
      throw new Error(`waited ${lookForMs} ms in vain for ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

/** See the first line of this file. */
export class RotationScene {
  private constructor(
    readonly world: EngineWorld,
    /** The simulated organisation; another object after {@link restartSimulator}. */
    public simulator: GenesysSimulator,
  ) {}

  /** @param options as for the world, whose hosts stay unless they say otherwise; the organisation is kept in a file, so that it outlives its server. */
  static async create(options: EngineWorldOptions = {}): Promise<RotationScene> {
    const world = await createEngineWorld({ hosts: "staying", ...options });
    const simulator = await startGenesysSimulator({
      ...options,
      ...snapshotOf(world),
      seed: { deployerSecret },
    });
    return new RotationScene(world, simulator);
  }

  async stop(): Promise<void> {
    await this.world.stop();
    await this.simulator.stop();
  }

  /** The same organisation behind a new listener on the same port, as after a crash. */
  async restartSimulator(): Promise<void> {
    const { port } = this.simulator;
    this.simulator = await startGenesysSimulator({ port, ...snapshotOf(this.world) });
  }

  /** Writes the stack file. */
  declare(rotations: Readonly<Record<string, DeclaredRotation>>): void {
    const credentials = Object.entries(rotations).map(
      ([key, { revoked = false, ...rotation }]) => `    ${key}:
      description: Made by a test
      roles: [reporting-reader, { existing: employee }]
      revoked: ${String(revoked)}
      rotation: ${JSON.stringify(rotation)}
      secret: { recoveryWindowInDays: 0 }
`,
    );
    this.world.writeStack(
      stack,
      `config:
  aws:region: ${region}
  aws:maxRetries: 2
  genesys-credentials:organization: { id: ${organizationId} }
  genesys-credentials:roles:
    reporting-reader: { permissions: [analytics:conversationDetail:view] }
  genesys-credentials:credentials:
${credentials.join("")}`,
    );
  }

  pulumi(commandArguments: readonly string[], options: PulumiOptions = {}): Promise<PulumiResult> {
    return this.world.pulumi(commandArguments, { ...options, env: { ...this.origins(), ...options.env } });
  }

  private origins(): { readonly GENESYSCLOUD_API_URL: string; readonly GENESYSCLOUD_LOGIN_URL: string } {
    const { url } = this.simulator;
    return { GENESYSCLOUD_API_URL: url, GENESYSCLOUD_LOGIN_URL: url };
  }

  up(options: PulumiOptions = {}, ...more: readonly string[]): Promise<PulumiResult> {
    return this.pulumi(["up", "--yes", "--skip-preview", ...more], options);
  }

  /** Declares, updates, and fails with what the update said when it fails. */
  async apply(rotations: Readonly<Record<string, DeclaredRotation>>): Promise<void> {
    this.declare(rotations);
    mustSucceed(await this.up());
  }

  /**
   * Fails unless what is live is what is recorded, and nothing is left to do. After an update that succeeded, what is recorded is what
   * was declared. Asked without the engine; each suite ends with the engine's own answer, {@link mustBeSettled}.
   */
  mustShowNoDrift(): Promise<void> {
    return mustReadAsRecorded({
      stateFile: this.world.stateFile(stack),
      environment: { ...this.world.environment, ...this.origins() },
      secretsManagerUrl: this.world.secretsManager.url,
    });
  }

  /** Fails unless live, recorded and declared are the same, in the eyes of the engine. */
  async mustBeSettled(): Promise<void> {
    // Drift that the refresh finds is a change as well (tests/engine/special.test.ts shows a gate that sees some).
    mustSucceed(await this.up({}, "--refresh", "--expect-no-changes"));
  }

  /** The live OAuth clients besides the deployer's. */
  clients(): { readonly id: string; readonly name: string; readonly state: string }[] {
    return this.simulator.organization
      .describe()
      .clients.filter(({ description = "" }) => description.includes("[pulumi:"))
      .map(({ id, name, state }) => ({ id, name, state }));
  }

  /** Ids of live clients that carry this project's marker and are in no state file. */
  unknownClients(): string[] {
    const known = this.recordedClients().map(({ id }) => id);
    return this.clients()
      .map(({ id }) => id)
      .filter((id) => !known.includes(id));
  }

  /** The value that carries the label; undefined when none does. Asks the vault past the request log. */
  stored(label = "AWSCURRENT", key = credential): StoredValue | undefined {
    const secret = this.secret(key);
    const version = secret?.versions.find(({ id }) => id === secret.labels[label]);
    if (version === undefined) {
      return undefined;
    }
    const payload = JSON.parse(version.secretString ?? "") as Omit<StoredValue, "versionId">;
    return { versionId: version.id, clientId: payload.clientId, clientSecret: payload.clientSecret };
  }

  /** The value that consumers read. */
  current(key = credential): StoredValue {
    const value = this.stored("AWSCURRENT", key);
    if (value === undefined) {
      throw new Error(`the secret of ${key} has no current value`);
    }
    return value;
  }

  secret(key = credential) {
    return this.world.secretsManager.vault.all().find(({ name }) => name === `genesys/${stack}/${key}`);
  }

  /** Whether the pair mints a token that the API accepts. */
  async works({ clientId, clientSecret }: Omit<StoredValue, "versionId">): Promise<boolean> {
    const { url } = this.simulator;
    const token = await axios.post<{ access_token: string }>(
      `${url}/oauth/token`,
      new URLSearchParams({ grant_type: "client_credentials" }),
      { auth: { username: clientId, password: clientSecret }, validateStatus: () => true },
    );
    const headers = { Authorization: `Bearer ${token.data.access_token}` };
    const me = await axios.get(`${url}/api/v2/tokens/me`, { headers, validateStatus: () => true });
    return token.status === 200 && me.status === 200;
  }

  /** How many PutSecretValue requests were sent since the log was cleared. */
  puts(): number {
    return this.world.secretsManager.requestLog.filter(({ operation }) => operation === "PutSecretValue")
      .length;
  }

  clearLogs(): void {
    this.simulator.requestLog.clear();
    this.world.secretsManager.clearRequestLog();
  }

  /** A person writes, past Pulumi, into the secret. @returns the version id */
  putByHand(text: string): string {
    const token = `by-hand-${Date.now().toString().padStart(tokenLength, "0")}`;
    return this.world.secretsManager.vault.put(
      region,
      `genesys/${stack}/${credential}`,
      token,
      { secretString: text },
      undefined,
    ).version.id;
  }

  /** The OAuth clients in state, those that wait for their deletion included, by id. */
  recordedClients(): { readonly id: string; readonly generation: number }[] {
    const path = this.world.stateFile(stack);
    if (!existsSync(path)) {
      return [];
    }
    const state = JSON.parse(readFileSync(path, "utf8")) as RecordedState;
    return (state.checkpoint.latest.resources ?? [])
      .filter(({ type, id }) => type.endsWith(":OAuthClient") && id !== undefined)
      .map(({ id = "", outputs }) => ({ id, generation: outputs?.generation ?? -1 }))
      .sort((one, other) => one.id.localeCompare(other.id));
  }
}

/** What these tests read of a state file. */
interface RecordedState {
  readonly checkpoint: {
    readonly latest: {
      readonly resources?: readonly {
        readonly type: string;
        readonly id?: string;
        readonly outputs?: { readonly generation?: number };
      }[];
    };
  };
}

/** AWS wants 32 characters in a token. */
const tokenLength = 32;

/** Fails with what the command said. */
export function mustSucceed({ exitCode, stdout, stderr }: PulumiResult): void {
  if (exitCode !== 0) {
    throw new Error(`pulumi ended with ${exitCode}:\n${stdout}\n${stderr}`);
  }
}

function snapshotOf(world: EngineWorld): { snapshotPath: string } {
  return { snapshotPath: worldPaths(world.folder).genesysSnapshot };
}
