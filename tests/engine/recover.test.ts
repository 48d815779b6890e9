// `recover` on the real engine: a lost state, a removal that is reverted, a secret that state knows nothing of; nobody is cut off.
import { readFileSync, writeFileSync } from "node:fs";

import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

import { systemClock } from "../../common/clock";
import { deployerClientId, employeeRoleId, homeDivisionId, organizationId } from "../../sandbox/genesys/seed";
import { type CommandResult, runCredentials } from "./credentialsCommand";
import { Consumer } from "./consumer";
import { mustSucceed, until } from "./rotationScene";
import { createEngineWorld, deployerSecret, describeEngine, type EngineWorld } from "./world";

/** Milliseconds: four updates of thirty credentials, on a loaded machine. */
jest.setTimeout(480_000);

const update = ["up", "--yes", "--skip-preview"];
const driftGate = ["refresh", "--preview-only", "--expect-no-changes"];
const region = "eu-west-1";
const handMadeSecret = "canary-made-by-hand";
const handMade = {
  kept: "c1000000-0000-4000-8000-00000000000a",
  renewed: "c1000000-0000-4000-8000-00000000000b",
  rotated: "c1000000-0000-4000-8000-00000000000c",
  role: "70000000-0000-4000-8000-00000000000a",
};
/** Between two calls of a consumer. Milliseconds. */
const pollMs = 50;

/** A resource in an exported state. */
interface Recorded {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** A world in which commands can be run and consumers live. */
class RecoveryScene {
  printed = "";
  private constructor(
    readonly world: EngineWorld,
    private readonly vault: SecretsManagerClient,
  ) {}

  static async create(): Promise<RecoveryScene> {
    const world = await createEngineWorld();
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
    mustSucceed(await this.world.pulumi(update));
  }

  async recover(...more: readonly string[]): Promise<CommandResult> {
    const result = await runCredentials(this.world, ["recover", "--stack", "dev", ...more]);
    this.printed += result.output;
    return result;
  }

  async resources(): Promise<readonly Recorded[]> {
    const exported = await this.world.pulumi(["stack", "export"]);
    mustSucceed(exported);
    const { deployment } = JSON.parse(exported.stdout) as {
      deployment: { resources?: readonly Recorded[] };
    };
    return deployment.resources ?? [];
  }

  async loseState(): Promise<void> {
    mustSucceed(await this.world.pulumi(["stack", "rm", "--force", "--yes", "--preserve-config", "dev"]));
    mustSucceed(await this.world.pulumi(["stack", "init", "dev"]));
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

  stateText(): string {
    return readFileSync(this.world.stateFile("dev"), "utf8");
  }
}

/** What a record is to say again: the time of a role's making is in no answer of Genesys. */
function comparable(resources: readonly Recorded[]): unknown[] {
  return resources
    .filter(({ type }) => /genesys:(?:OAuthClient|Role|StackIdentity)$/.test(type))
    .map(({ urn, id, inputs, outputs = {} }) => {
      const { createdAt: _createdAt, ...shown } = outputs;
      return { urn, id, inputs, outputs: shown };
    })
    .sort((one, other) => one.urn.localeCompare(other.urn));
}

const plain = (key: string, generation: number, more = ""): string => `    ${key}:
      description: Made by a test
      roles: [reader, { existing: employee }]
      rotation: { generation: ${generation} }
${more}`;

describeEngine("recovering a stack of thirty credentials whose state is lost", () => {
  let scene: RecoveryScene;
  beforeAll(async () => {
    scene = await RecoveryScene.create();
    const inHome = (roleId: string): { roleId: string; divisionId: string } => ({
      roleId,
      divisionId: homeDivisionId,
    });
    const client = (id: string, name: string): object => ({
      id,
      name,
      secret: handMadeSecret,
      description: "Made by hand",
      roleDivisions: [inHome(employeeRoleId)],
    });
    scene.world.simulator.organization.seed({
      roles: [{ id: handMade.role, name: "Queue Reader", permissions: ["routing:queue:view"] }],
      clients: [
        client(handMade.kept, "Kept"),
        client(handMade.renewed, "Renewed"),
        client(handMade.rotated, "Rotated"),
      ] as never,
      grants: [{ subjectId: deployerClientId, ...inHome(handMade.role) }],
    });
  });
  afterAll(async () => {
    await scene.stop();
  });

  const roles = `    adopted-reader: { name: Queue Reader, permissions: [routing:queue:view], adopt: { roleId: ${handMade.role} } }
    reader: { description: Reads, permissions: [analytics:conversationDetail:view] }
    wide: { allowWildcards: true, permissions: ["routing:queue:*"] }
`;
  /** @param step Of the history: each rotation is an update of its own. */
  const credentials = (step: number): string => {
    const upTo = (generation: number): number => Math.min(step, generation);
    const numbers = (count: number, prefix: string): string[] =>
      Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
    return [
      ...numbers(5, "zero").map((key) => plain(key, 0)),
      ...numbers(6, "one").map((key) => plain(key, upTo(1))),
      ...numbers(6, "two").map((key) => plain(key, upTo(2))),
      ...[1, 2].map(
        (generation) => `    turning-${generation}:
      roles: [{ existing: employee }]
      rotation: { generation: ${upTo(generation)}, clients: keep }
`,
      ),
      `    single:
      roles: [reader]
      rotation: { generation: ${upTo(2)}, overlap: none }
    closing:
      roles: [reader]
      rotation: { generation: ${upTo(1)}, previous: revoked }
    closed:
      roles: [reader]
      rotation: { generation: ${upTo(1)} }
      revoked: ${String(step > 1)}
    data-actions:
      roles: [adopted-reader]
      rotation: { generation: ${upTo(1)} }
      integrationCredential: { name: "Data actions" }
    people:
      grantType: CODE
      redirectUris: [https://example.com/callback]
      scopes: [analytics, users]
    bounded:
      type: restricted
      allow: [analytics:conversationDetail:view]
      roles: [reader]
    placed:
      roles: [{ role: wide, divisions: ["*"] }, { role: reader, divisions: [Sales, Support] }]
      allowedAddresses: [203.0.113.0/24]
      accessTokenValiditySeconds: 3600
      secret: { name: somewhere/else, tags: { team: reports }, keys: snake, recoveryWindowInDays: 7 }
    edited:
      description: To be edited by hand
      roles: [reader]
    adopted-kept:
      roles: [{ existing: employee }]
      adopt: { clientId: ${handMade.kept}, secret: keep, name: Kept }
    adopted-renewed:
      roles: [{ existing: employee }]
      adopt: { clientId: ${handMade.renewed}, secret: regenerate }
    adopted-rotated:
      roles: [{ existing: employee }]
      rotation: { generation: ${upTo(1)} }
      adopt: { clientId: ${handMade.rotated}, secret: keep }
`,
    ].join("");
  };
  /** Those whose consumers call all the while. */
  const watched = [
    "zero-0",
    "one-0",
    "two-0",
    "turning-2",
    "single",
    "closing",
    "data-actions",
    "adopted-renewed",
  ].map((key) => `genesys/dev/${key}`);

  it("takes back what is live, from nothing but the organisation, the account and the repository", async () => {
    for (const step of [0, 1, 2]) {
      scene.declare(credentials(step), roles);
      await scene.up();
    }
    expect(credentials(0).match(/^ {4}\S+:$/gm)).toHaveLength(30);
    const [before, clientsBefore] = [await scene.resources(), scene.clientIds()];
    const secretsBefore = scene.world.secretsManager.vault.all().map(({ arn, labels }) => ({ arn, labels }));

    await scene.watched(watched, async () => {
      await scene.loseState();
      const empty = scene.stateText();
      scene.clearLogs();
      const shown = await scene.recover("--dry-run");
      expect(shown).toMatchObject({
        exitCode: 0,
        output: expect.stringMatching(
          /from identity [0-9a-f]{16}, which[\s\S]*two-0: OAuth client \S+ \(slot a, generation 2, named by AWSCURRENT\)[\s\S]*Nothing was done/,
        ),
      });
      expect(scene.stateText()).toBe(empty);
      expect(await scene.recover()).toMatchObject({
        exitCode: 2,
        output: expect.stringContaining("no terminal"),
      });
      expect(await scene.recover("--yes")).toMatchObject({ exitCode: 0 });
      expect(scene.writes()).toEqual([]);
      expect(comparable(await scene.resources())).toEqual(comparable(before));

      await scene.up();
      // The place inside Genesys cannot be read: it gets the stored pair once more.
      expect(scene.writes()).toEqual(["PUT /api/v2/integrations/credentials/{id}"]);
    });

    expect(scene.clientIds()).toEqual(clientsBefore);
    expect(scene.world.secretsManager.vault.all().map(({ arn, labels }) => ({ arn, labels }))).toEqual(
      secretsBefore,
    );
    mustSucceed(await scene.world.pulumi(["preview", "--expect-no-changes"]));
    mustSucceed(await scene.world.pulumi(driftGate));
    const urns = (resources: readonly Recorded[]): string[] =>
      resources
        .map(({ urn }) => urn)
        .filter((urn) => !urn.includes("pulumi:providers:"))
        .sort();
    expect(urns(await scene.resources())).toEqual(urns(before));
    expect(await scene.recover()).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining("Nothing to recover"),
    });
  });

  it("shows no secret", () => {
    for (const secret of [deployerSecret, handMadeSecret, "canary-"]) {
      expect(scene.printed.includes(secret)).toBe(false);
    }
  });
});

describeEngine("recovering what a state has lost in part", () => {
  let scene: RecoveryScene;
  beforeAll(async () => {
    scene = await RecoveryScene.create();
    scene.declare(both);
    await scene.up();
  });
  afterAll(async () => {
    await scene.stop();
  });

  const steady = plain("steady", 0);
  const nightly = plain("nightly-report", 0, "      secret: { recoveryWindowInDays: 7 }\n");
  const both = steady + nightly;
  const nightlySecret = "genesys/dev/nightly-report";
  const others = ["genesys/dev/steady"];
  const secret = (name = nightlySecret) =>
    scene.world.secretsManager.vault.all().find((one) => one.name === name);
  const mustBeSettled = async (): Promise<void> => {
    mustSucceed(await scene.world.pulumi(["preview", "--expect-no-changes"]));
    mustSucceed(await scene.world.pulumi(driftGate));
  };
  const stored = (): { clientId: string } => {
    const found = secret();
    const current = found?.versions.find(({ id }) => id === found.labels["AWSCURRENT"]);
    return JSON.parse(current?.secretString ?? "{}") as { clientId: string };
  };
  const nightlyClients = (): string[] =>
    scene.world.simulator.organization
      .describe()
      .clients.filter(({ name, state }) => name.startsWith("nightly-report") && state === "active")
      .map(({ id }) => id);

  it("a removal that is reverted while its secret is still restorable", async () => {
    const arn = secret()?.arn;
    await scene.watched(others, async () => {
      scene.declare(steady);
      await scene.up();
      scene.declare(both);
      scene.clearLogs();
      const refused = await scene.world.pulumi(["preview"]);
      expect(refused.exitCode).not.toBe(0);
      expect(refused.stdout + refused.stderr).toContain("`npm run credentials -- recover --stack dev` [");
      expect(scene.writes()).toEqual([]);
      expect(await scene.recover("--yes")).toMatchObject({
        exitCode: 0,
        output: expect.stringMatching(
          /restored first[\s\S]*Made new by the next[\s\S]*was restored\.[\s\S]*taken into the state: 1/,
        ),
      });
      expect(scene.writes()).toEqual(["RestoreSecret"]);
      await scene.up();
    });
    expect(secret()?.arn).toBe(arn);
    expect(nightlyClients()).toEqual([stored().clientId]);
    await mustBeSettled();
  });

  it("a secret of which the state knows nothing, since the first update was killed; the pending creation is dropped", async () => {
    scene.declare(both + plain("fresh", 0));
    scene.world.secretsManager.faults.arm({ operation: "CreateSecret", kind: "timeout", phase: "after" });
    const name = "genesys/dev/fresh";
    const killed = scene.world.pulumi(update, {
      onStart: (child) => {
        void until("the secret to be made", () => secret(name) !== undefined).then(() =>
          child.kill("SIGKILL"),
        );
      },
    });
    expect((await killed).exitCode).not.toBe(0);
    scene.world.secretsManager.faults.clear();
    mustSucceed(await scene.world.pulumi(["cancel", "--yes"]));
    const refused = await scene.world.pulumi(["preview"]);
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout + refused.stderr).toContain("recover --stack dev");
    const before = await scene.resources();
    expect(await scene.recover("--yes")).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining(`fresh: secret ${name}`),
    });
    expect((await scene.resources()).slice(0, before.length)).toEqual(before);
    const arn = secret(name)?.arn;
    await scene.up();
    expect(secret(name)?.arn).toBe(arn);
    await mustBeSettled();
    scene.declare(both);
    await scene.up();
  });

  it("broken off before the secrets were taken in, it says so and goes on from there", async () => {
    const before = scene.clientIds();
    await scene.watched([nightlySecret, ...others], async () => {
      await scene.loseState();
      scene.world.secretsManager.faults.arm({
        operation: "GetResourcePolicy",
        kind: "accessDenied",
        times: 99,
      });
      const broken = await scene.recover("--yes");
      expect(broken).toMatchObject({
        exitCode: 3,
        output: expect.stringMatching(
          /Taking secrets into the state of stack dev: [\s\S]*roles and clients are in the state[\s\S]*run it again: npm run credentials -- recover --stack dev/,
        ),
      });
      scene.world.secretsManager.faults.clear();
      expect(await scene.recover("--yes")).toMatchObject({
        exitCode: 0,
        output: expect.not.stringContaining("OAuth client"),
      });
      await scene.up();
    });
    expect(scene.clientIds()).toEqual(before);
    await mustBeSettled();
  });

  it("a client whose description a person has edited, by its stored secret; its mark comes back", async () => {
    const { clientId } = stored();
    const before = scene.clientIds();
    const edited = scene.world.simulator.organization.store.state.clients.find(({ id }) => id === clientId);
    edited!.description = "Owner: Ms Example";
    await scene.watched([nightlySecret, ...others], async () => {
      await scene.loseState();
      expect(await scene.recover("--yes")).toMatchObject({
        exitCode: 0,
        output: expect.stringContaining(clientId),
      });
      await scene.up();
    });
    expect(scene.clientIds()).toEqual(before);
    expect(edited!.description).toMatch(
      /^Made by a test \[pulumi:[0-9a-f]{16}\/genesys-credentials\/dev\/nightly-report#0:[0-9a-f]+\]$/,
    );
    await mustBeSettled();
  });

  it("several identities: a person chooses, and what the other one has made is left as it is", async () => {
    const [lost = ""] = (await scene.resources()).flatMap(({ type, id }) =>
      type.endsWith(":StackIdentity") ? (id ?? []) : [],
    );
    const clone = "0123456789abcdef";
    const cloneId = "c1000000-0000-4000-8000-00000000000d";
    const description = `Of the clone [pulumi:${clone}/genesys-credentials/dev/nightly-report#0:0a1b2c3d4e5f]`;
    const seeded = { id: cloneId, name: "nightly-report-dev-a", secret: handMadeSecret, description };
    const roleDivisions = [{ roleId: employeeRoleId, divisionId: homeDivisionId }];
    scene.world.simulator.organization.seed({ clients: [{ ...seeded, roleDivisions }] as never });
    await scene.watched([nightlySecret, ...others], async () => {
      await scene.loseState();
      const empty = scene.stateText();
      expect(await scene.recover("--yes")).toMatchObject({
        exitCode: 2,
        output: expect.stringMatching(
          new RegExp(`${clone}: OAuth clients: 1[\\s\\S]*${lost}: OAuth clients: 2`),
        ),
      });
      expect(scene.stateText()).toBe(empty);
      expect(await scene.recover("--yes", "--identity", lost)).toMatchObject({ exitCode: 0 });
      await scene.up();
    });
    expect(
      scene.world.simulator.organization.describe().clients.find(({ id }) => id === cloneId),
    ).toMatchObject({ description, state: "active" });
    scene.world.simulator.organization.store.state.clients =
      scene.world.simulator.organization.store.state.clients.filter(({ id }) => id !== cloneId);
    await mustBeSettled();
  });

  it("a secret that is at the top of the state: told with the way out, which works", async () => {
    await scene.loseState();
    const arn = secret()?.arn ?? "";
    const type = "aws:secretsmanager/secret:Secret";
    mustSucceed(
      await scene.world.pulumi([
        "import",
        type,
        "nightly-report",
        arn,
        "--protect=false",
        "--generate-code=false",
        "--yes",
        "--skip-preview",
      ]),
    );
    const refused = await scene.recover("--yes");
    expect(refused.exitCode).toBe(1);
    const [, urn = ""] = /`pulumi state delete --force '([^']+)'`/.exec(refused.output) ?? [];
    mustSucceed(await scene.world.pulumi(["state", "delete", "--force", "--yes", urn]));
    expect(await scene.recover("--yes")).toMatchObject({ exitCode: 0 });
    await scene.watched([nightlySecret, ...others], () => scene.up());
    expect(secret()?.arn).toBe(arn);
    await mustBeSettled();
  });

  it("a change of which nobody knows the end is looked up first", async () => {
    mustSucceed(
      await scene.world.pulumi([
        "state",
        "delete",
        "--yes",
        "--target-dependents",
        await urnOf(scene, "nightly-report-a"),
      ]),
    );
    addPending(scene, await urnOf(scene, "steady-a"));
    expect(await scene.recover("--yes")).toMatchObject({
      exitCode: 2,
      output: expect.stringContaining("Run `pulumi refresh --stack dev`"),
    });
    mustSucceed(await scene.world.pulumi(["refresh", "--yes", "--skip-preview", "--stack", "dev"]));
    const before = scene.clientIds();
    expect(await scene.recover("--yes")).toMatchObject({ exitCode: 0 });
    await scene.watched([nightlySecret, ...others], () => scene.up());
    expect(scene.clientIds()).toEqual(before);
    await mustBeSettled();
  });
});

async function urnOf(scene: RecoveryScene, name: string): Promise<string> {
  const found = (await scene.resources()).find(({ urn }) => urn.endsWith(`OAuthClient::${name}`));
  return found?.urn ?? "";
}

/** As an engine leaves it that was killed while it changed the resource. */
function addPending(scene: RecoveryScene, urn: string): void {
  const state = JSON.parse(scene.stateText()) as {
    checkpoint: { latest: { resources: readonly Recorded[]; pending_operations?: unknown } };
  };
  const resource = state.checkpoint.latest.resources.find((one) => one.urn === urn);
  state.checkpoint.latest.pending_operations = [{ resource, type: "updating" }];
  writeFileSync(scene.world.stateFile("dev"), JSON.stringify(state));
}
