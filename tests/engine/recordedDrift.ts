// The drift gate without an engine: our own providers, in the test's process, are asked what a refresh would ask them.
import { readFileSync } from "node:fs";

import type { AwsSettings } from "../../common/awsSettings";
import { Redactor } from "../../common/redact";
import { readSettings } from "../../genesys/settings";
import { ClientSecretProvider } from "../../providers/clientSecret/provider";
import type { ClientSecretOutputs } from "../../providers/clientSecret/record";
import { OAuthClientProvider } from "../../providers/oauthClient/provider";
import type { OAuthClientOutputs } from "../../providers/oauthClient/record";
import { RoleProvider } from "../../providers/role/provider";
import type { RoleOutputs } from "../../providers/role/record";
import { Session } from "../../providers/run/session";
import { SecretStore } from "../../secrets/store";

type Properties = Readonly<Record<string, unknown>>;

/** A resource in a state file. */
interface Recorded {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly delete?: boolean;
  readonly inputs?: Properties;
  readonly outputs?: Properties;
}

/** What a provider says of a resource that it has looked for; nothing of one that is gone. */
interface Shown {
  readonly id?: string;
  readonly props?: unknown;
  readonly inputs?: unknown;
}

/** Where the providers look. */
export interface LookedAt {
  readonly stateFile: string;
  /** As the providers' process has it. */
  readonly environment: NodeJS.ProcessEnv;
  readonly secretsManagerUrl: string;
}

/** Anything does for the emulator. */
const awsKeys = { accessKeyId: "canary-access-key", secretAccessKey: "canary-secret-key" };

/**
 * Fails where what our providers see is not what the state file records, or where a deletion is still to be done. As in the drift gate, a
 * creation that was killed may still be noted as pending. The secret's container is not looked at: only the engine can ask its plugin.
 */
export async function mustReadAsRecorded({
  stateFile,
  environment,
  secretsManagerUrl,
}: LookedAt): Promise<void> {
  const { checkpoint } = JSON.parse(readFileSync(stateFile, "utf8")) as {
    checkpoint: { latest: { resources: readonly Recorded[] } };
  };
  const { resources } = checkpoint.latest;
  expect(resources.filter((resource) => resource.delete === true)).toEqual([]);

  const session = new Session(readSettings(environment, undefined), {
    redactor: new Redactor(),
    notify: () => undefined,
  });
  const sessionFor = (): Session => session;
  const stores: SecretStore[] = [];
  const storeFor = (aws: AwsSettings = {}): SecretStore => {
    const endpoints = { secretsmanager: secretsManagerUrl, sts: secretsManagerUrl };
    const store = new SecretStore({ ...aws, endpoints }, awsKeys);
    stores.push(store);
    return store;
  };
  const clients = new OAuthClientProvider(sessionFor, undefined, storeFor);
  const roles = new RoleProvider(sessionFor);
  const secrets = new ClientSecretProvider(sessionFor, storeFor);
  const readers: Readonly<Record<string, (id: string, outputs: unknown) => Promise<Shown>>> = {
    OAuthClient: (id, outputs) => clients.read(id, outputs as OAuthClientOutputs),
    Role: (id, outputs) => roles.read(id, outputs as RoleOutputs),
    ClientSecret: (id, outputs) => secrets.read(id, outputs as ClientSecretOutputs),
  };
  try {
    for (const { urn, type, id = "", inputs, outputs } of resources) {
      const read = readers[type.split(":").at(-1) ?? ""];
      if (read !== undefined) {
        const shown = await read(id, outputs);
        expect({ urn, ...plain(shown) }).toEqual({ urn, ...plain({ id, props: outputs, inputs }) });
      }
    }
  } finally {
    for (const store of stores) {
      store.close();
    }
  }
}

/** As it would be in a state file, without the provider's own entry, which the engine keeps. */
function plain({ id, props, inputs }: Shown): Shown {
  const own = (properties: unknown): unknown =>
    JSON.parse(
      JSON.stringify(properties ?? {}, (key, value: unknown) => (key === "__provider" ? undefined : value)),
    );
  return { ...(id === undefined ? {} : { id }), props: own(props), inputs: own(inputs) };
}
