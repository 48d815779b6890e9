// The upgrade of a stack whose secrets passed through Pulumi: nothing new is made, no consumer notices, and state forgets every secret.
import { readFileSync } from "node:fs";

import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

import { type Marker, parseMarker } from "../../genesys/marker";
import { systemClock } from "../../common/clock";
import { Consumer } from "./consumer";
import { mustSucceed, type RotationScene } from "./rotationScene";
import { knownSecrets, secretsIn } from "./secretSearch";
import {
  adoptedClientId,
  createUpgradeScene,
  declareFixture,
  servingCredentials,
  storedCredentials,
} from "./upgradeFixture";
import { describeEngine, engineTestTimeoutMs } from "./world";

jest.setTimeout(engineTestTimeoutMs);

/** Between two rounds of calls during an update, milliseconds. */
const pauseMs = 50;
/** Fewer calls than this during an update would not have been all the while. */
const fewestCalls = 10;

const clientSecretType = "pulumi-nodejs:dynamic/genesys:ClientSecret";
const secretVersionType = "aws:secretsmanager/secretVersion:SecretVersion";

describeEngine("a stack of version 0.1.0", () => {
  let scene: RotationScene;
  let vault: SecretsManagerClient;
  /** Of before stacks had an identity, by client. */
  const marksBefore = new Map<string, Marker | undefined>();
  beforeAll(async () => {
    scene = await createUpgradeScene();
    vault = new SecretsManagerClient({
      region: "eu-west-1",
      endpoint: scene.world.secretsManager.url,
      credentials: { accessKeyId: "canary-access-key", secretAccessKey: "canary-secret-key" },
    });
  });
  afterAll(async () => {
    vault.destroy();
    await scene.stop();
  });

  it("shows the secrets of its clients in its state, as long as it is not updated", async () => {
    const { clients } = scene.simulator.organization.store.state;
    const recorded = scene.recordedClients().map(({ id }) => id);
    const passedThroughPulumi = clients
      .filter(({ id }) => recorded.includes(id) && id !== adoptedClientId)
      .map(({ secret }) => secret);
    expect(passedThroughPulumi).toHaveLength(7); // two a credential, and one of at-zero
    expect(secretsIn(await revealedState(scene), knownSecrets(scene))).toEqual(passedThroughPulumi.sort());
    mustSucceed(await scene.pulumi(["refresh", "--preview-only"])); // it can still be looked at
    const types = recordedResources(scene).map(({ type }) => type);
    expect(types.filter((type) => type === secretVersionType)).toHaveLength(storedCredentials.length);
  });

  it("would show a secret in other forms, too", () => {
    const secrets = knownSecrets(scene);
    for (const secret of secrets) {
      for (const text of disguises(secret)) {
        expect({ text, found: secretsIn(text, secrets) }).toEqual({ text, found: [secret] });
      }
    }
  });

  it("is updated without a new client, secret or stored value, and without a failed call", async () => {
    const before = standing(scene);
    expect(before.clients).toHaveLength(8);
    expect(before.secrets.map(({ name }) => name)).toEqual(
      storedCredentials.map((key) => `genesys/dev/${key}`),
    );
    const consumers = servingCredentials.map(
      (key) =>
        new Consumer({ name: key, secretMs: 0, keepsToken: false }, vault, `genesys/dev/${key}`, systemClock),
    );
    for (const { id, description } of scene.simulator.organization.describe().clients) {
      marksBefore.set(id, parseMarker(description));
    }
    scene.clearLogs();
    await callDuring(consumers, async () => {
      mustSucceed(await scene.pulumi(["up", "--yes"]));
    });

    for (const { policy, calls, failures } of consumers) {
      expect({ consumer: policy.name, failures }).toEqual({ consumer: policy.name, failures: [] });
      expect(calls).toBeGreaterThan(fewestCalls);
    }
    const { requestLog } = scene.simulator;
    expect(requestLog.find({ method: "POST", path: /^\/api\/v2\/oauth\/clients/ })).toEqual([]);
    expect(scene.puts()).toBe(0);
    expect(standing(scene)).toEqual(before);
    expect(await scene.works(scene.current("revoked-one"))).toBe(false);
    expect(await scene.works(adoptedPair(scene))).toBe(true);
  });

  it("then carries the identity of its stack in every mark, which else is the one that it had", () => {
    const identity = recordedResources(scene).find(({ type }) => type.endsWith(":StackIdentity"))?.id ?? "";
    expect(identity).toMatch(/^[0-9a-f]{16}$/);
    const recorded = scene.recordedClients().map(({ id }) => id);
    for (const { id, description } of scene.simulator.organization.describe().clients) {
      if (recorded.includes(id)) {
        expect(parseMarker(description)).toEqual({ ...marksBefore.get(id), identity });
      }
    }
  });

  it("then holds no secret: not in clear text, not encoded, not cut short", async () => {
    const secrets = knownSecrets(scene);
    expect(secrets).toContain(scene.current("at-three").clientSecret);
    expect(secretsIn(await revealedState(scene), secrets)).toEqual([]);
  });

  it("then is settled: a ClientSecret for each credential with a stored secret, and no SecretVersion", async () => {
    await scene.mustBeSettled();
    const resources = recordedResources(scene);
    expect(resources.map(({ type }) => type)).not.toContain(secretVersionType);
    const owners = resources
      .filter(({ type }) => type === clientSecretType)
      .map(({ parent = "" }) => parent.split("::").at(-1));
    expect(owners.sort()).toEqual([...storedCredentials]);
  });

  it("then rotates as any other, and the pair of before still signs in", async () => {
    const old = scene.current("at-three");
    const others = standing(scene).secrets.filter(({ name }) => name !== "genesys/dev/at-three");
    declareFixture(scene, 4);
    mustSucceed(await scene.up());
    expect(scene.current("at-three").clientId).not.toBe(old.clientId);
    expect(await scene.works(scene.current("at-three"))).toBe(true);
    expect(scene.stored("AWSPREVIOUS", "at-three")).toEqual(old);
    expect(await scene.works(old)).toBe(true);
    expect(standing(scene).secrets.filter(({ name }) => name !== "genesys/dev/at-three")).toEqual(others);
    expect(scene.unknownClients()).toEqual([]);
    expect(secretsIn(await revealedState(scene), knownSecrets(scene))).toEqual([]);
    await scene.mustBeSettled();
  });
});

/** What an upgrade must leave as it is: the live clients, the versions and labels of every secret, the pairs inside Genesys. */
function standing(scene: RotationScene) {
  const { organization } = scene.simulator;
  return {
    clients: scene.clients().map(({ id, state }) => ({ id, state })),
    recorded: scene.recordedClients().map(({ id }) => id),
    secrets: scene.world.secretsManager.vault
      .all()
      .map(({ name, labels, versions }) => ({ name, labels, versions: versions.map(({ id }) => id) }))
      .sort((one, other) => one.name.localeCompare(other.name)),
    integrationCredentials: organization.integrationCredentials
      .list()
      .map(({ id, fields }) => ({ id, fields })),
  };
}

/** Everybody calls, again and again, until the work has ended. */
async function callDuring(consumers: readonly Consumer[], work: () => Promise<void>): Promise<void> {
  const progress = { hasEnded: false };
  const call = async (): Promise<void> => {
    while (!progress.hasEnded) {
      await Promise.all(consumers.map((consumer) => consumer.call()));
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  await Promise.all([
    call(),
    work().finally(() => {
      progress.hasEnded = true;
    }),
  ]);
}

async function revealedState(scene: RotationScene): Promise<string> {
  const exported = await scene.pulumi(["stack", "export", "--show-secrets"]);
  mustSucceed(exported);
  return exported.stdout;
}

interface Recorded {
  readonly type: string;
  readonly id?: string;
  readonly parent?: string;
}

function recordedResources({ world }: RotationScene): readonly Recorded[] {
  const state = JSON.parse(readFileSync(world.stateFile("dev"), "utf8")) as {
    checkpoint: { latest: { resources: Recorded[] } };
  };
  return state.checkpoint.latest.resources;
}

function adoptedPair({ simulator }: RotationScene): { clientId: string; clientSecret: string } {
  const { clients } = simulator.organization.store.state;
  const { id, secret } = clients.find((client) => client.id === adoptedClientId)!;
  return { clientId: id, clientSecret: secret };
}

/** Texts in which a secret might hide, made in other ways than those of the search. */
function disguises(secret: string): string[] {
  const header = Buffer.from(`${adoptedClientId}:${secret}`).toString("base64");
  return [
    secret,
    secret.slice(0, -1),
    encodeURIComponent(`a secret & ${secret}`),
    Buffer.from(secret).toString("base64url"),
    header,
    Buffer.from(`{"clientSecret":"${secret}"}`).toString("base64"),
  ];
}
