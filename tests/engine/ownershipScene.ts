// One deployed stack that can be put back to how it was, and everything that is asked of it in a situation: what commands say, and who can still sign in.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import axios from "axios";

import { systemClock } from "../../common/clock";
import { Redactor } from "../../common/redact";
import { runCommandLine } from "../../cli/main";
import { Output } from "../../cli/terminal/output";
import { organizationId } from "../../sandbox/genesys/seed";
import { worldPaths } from "../../sandbox/worldPaths";
import { mustSucceed } from "./rotationScene";
import { createEngineWorld, type EngineWorld, type PulumiResult } from "./world";

/** A pair as consumers read it. */
export interface Pair {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What a command line did. */
export interface Said {
  readonly exitCode: number;
  readonly output: string;
}

/** What the stack file declares, as far as situations change it. */
export interface Declared {
  readonly key?: string;
  readonly formerly?: string;
  readonly generation?: number;
  readonly roleKey?: string;
  readonly permissions?: readonly string[];
}

const region = "eu-west-1";
const secretName = "genesys/dev/nightly-report";
/** Between two calls of the consumer. Milliseconds. */
const pollMs = 50;
const okStatus = 200;

export class OwnershipScene {
  /** Situations rename the stack. */
  stack = "dev";
  /** Another backend, where a situation has one. */
  backend: Record<string, string> = {};
  private atFirst: (() => void) | undefined;

  private constructor(readonly world: EngineWorld) {}

  /** A stack that has rotated once, so that both slots are in use. */
  static async create(): Promise<OwnershipScene> {
    const scene = new OwnershipScene(await createEngineWorld({ hosts: "staying" }));
    scene.declare({ generation: 0 });
    mustSucceed(await scene.up());
    scene.keepFormerState();
    scene.declare();
    mustSucceed(await scene.up());
    scene.atFirst = scene.snapshot();
    return scene;
  }

  stop(): Promise<void> {
    return this.world.stop();
  }

  declare({
    key = "nightly-report",
    formerly,
    generation = 1,
    permissions = ["routing:queue:view"],
  }: Declared = {}): void {
    this.world.writeStack(
      this.stack,
      `config:
  aws:region: ${region}
  aws:maxRetries: 2
  genesys-credentials:organization: { id: ${organizationId} }
  genesys-credentials:roles:
    reporting-reader: { permissions: ${JSON.stringify(permissions)} }
  genesys-credentials:credentials:
    ${key}:
      description: Nightly report
      roles: [reporting-reader, { existing: employee }]
      rotation: { generation: ${generation} }
      secret: { name: ${secretName}, recoveryWindowInDays: 7 }
${formerly === undefined ? "" : `      formerly: ${formerly}\n`}`,
    );
  }

  pulumi(...commandArguments: string[]): Promise<PulumiResult> {
    const impatience = { GENESYSCLOUD_WAIT_SECONDS: "1", GENESYSCLOUD_TIMEOUT_SECONDS: "5" };
    return this.world.pulumi(commandArguments, { env: { ...impatience, ...this.backend } });
  }

  /** With its preview, as people run it. */
  up(...more: string[]): Promise<PulumiResult> {
    return this.pulumi("up", "--yes", "--stack", this.stack, ...more);
  }

  /** `npm run credentials -- <words> --stack <stack>`. */
  async credentials(...words: string[]): Promise<Said> {
    let output = "";
    const redactor = new Redactor();
    const sink = (text: string): void => {
      output += text;
    };
    const exitCode = await runCommandLine([...words, "--stack", this.stack], {
      folder: this.world.folder,
      environment: { ...this.world.environment, ...this.backend },
      clock: systemClock,
      redactor,
      output: new Output(redactor, sink, sink),
    });
    return { exitCode, output };
  }

  /** The pairs of every client that this stack, or a former state of it, has made: what a consumer may hold. */
  pairs(): Pair[] {
    return this.world.simulator.organization.store.state.clients
      .filter(
        ({ version }) =>
          (version.description ?? "").includes("[pulumi:") || version.name.startsWith("nightly-report"),
      )
      .map(({ id, secret }) => ({ clientId: id, clientSecret: secret }));
  }

  /** The pair that consumers read; undefined where nothing can be read. */
  current(): Pair | undefined {
    const secret = this.world.secretsManager.vault.all().find(({ name }) => name === secretName);
    const id = secret?.labels["AWSCURRENT"];
    const text =
      secret?.deletionAtMs === undefined
        ? secret?.versions.find((one) => one.id === id)?.secretString
        : undefined;
    return text === undefined ? undefined : (JSON.parse(text) as Pair);
  }

  /** Whether the pair mints a token now. */
  async signsIn({ clientId, clientSecret }: Pair): Promise<boolean> {
    const { status } = await axios.post(
      `${this.world.simulator.url}/oauth/token`,
      new URLSearchParams({ grant_type: "client_credentials" }),
      { auth: { username: clientId, password: clientSecret }, validateStatus: () => true },
    );
    return status === okStatus;
  }

  /** Runs the work with a consumer that reads the secret and signs in all the while. @returns how often it was refused */
  async withConsumer<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly refused: number }> {
    const over = new AbortController();
    let refused = 0;
    const consumer = (async () => {
      while (!over.signal.aborted) {
        const pair = this.current();
        refused += pair !== undefined && (await this.signsIn(pair)) ? 0 : 1;
        await new Promise((resolve) => setTimeout(resolve, pollMs));
      }
    })();
    let result: T;
    try {
      result = await work();
    } finally {
      over.abort();
      await consumer;
    }
    return { result, refused };
  }

  /** A client as the organisation keeps it. */
  client(id: string) {
    return this.world.simulator.organization.store.state.clients.find((client) => client.id === id)!;
  }

  /** What a person does in the admin page. */
  describeByHand(description: string): void {
    for (const { clientId } of this.pairs()) {
      const client = this.client(clientId);
      client.version = { ...client.version, description };
    }
  }

  get formerState(): string {
    return join(this.world.folder, "former-state.json");
  }

  private keepFormerState(): void {
    cpSync(this.world.stateFile("dev"), this.formerState);
  }

  /** Remembers the world as it is now. @returns what puts it back */
  snapshot(): () => void {
    const { folder, simulator, secretsManager } = this.world;
    const { stack, backend } = this;
    const sandbox = join(folder, ".sandbox");
    const places = [
      ...readdirSync(sandbox)
        .filter((name) => name.endsWith("backend"))
        .map((name) => join(sandbox, name)),
      join(worldPaths(folder).pulumiHome, "workspaces"), // which stack is selected
    ];
    const kept = mkdtempSync(join(sandbox, "kept-"));
    places.forEach((place, index) => {
      cpSync(place, join(kept, String(index)), { recursive: true });
    });
    const settings = settingsFiles(folder).map((file) => [file, readFileSync(file, "utf8")] as const);
    const { state } = simulator.organization.store;
    const [organization, secrets] = [structuredClone(state), structuredClone(secretsManager.vault.all())];
    return () => {
      places.forEach((place, index) => {
        rmSync(place, { recursive: true, force: true });
        cpSync(join(kept, String(index)), place, { recursive: true });
      });
      for (const file of settingsFiles(folder)) {
        rmSync(file);
      }
      for (const [file, content] of settings) {
        writeFileSync(file, content);
      }
      Object.assign(state, structuredClone(organization));
      const live = secretsManager.vault.all() as unknown[];
      live.splice(0, live.length, ...structuredClone(secrets));
      this.stack = stack;
      this.backend = backend;
    };
  }

  /** Puts the world back to how the scene began. */
  restore(): void {
    this.atFirst?.();
  }
}

/** The project's and its stacks'. */
function settingsFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /^Pulumi(?:\.[a-z]+)?\.yaml$/.test(name))
    .map((name) => join(folder, name));
}
