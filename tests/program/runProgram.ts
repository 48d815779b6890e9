// The program under Pulumi's mocks, run once as the engine would.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";

const root = join(__dirname, "..", "..");

/** One resource as the program registered it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

const deployer = {
  GENESYSCLOUD_OAUTHCLIENT_ID: "deployer",
  GENESYSCLOUD_OAUTHCLIENT_SECRET: "canary-deployer-secret",
};

/** Runs it with the config of a stack file. Sets the deployer's environment: restore `process.env` afterwards. */
export async function runProgram(
  config: Record<string, unknown>,
): Promise<{ registered: Registered[]; exports: Record<string, unknown> }> {
  const registered: Registered[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        registered.push({ type, name, inputs: inputs as Record<string, unknown> });
        const made = type.endsWith(":ClientSecret") ? { versionId: `version-of-${name}` } : {};
        return { id: `id-of-${name}`, state: { ...(inputs as object), ...made, arn: `arn-of-${name}` } };
      },
      call: ({ inputs }) => inputs as Record<string, unknown>,
    },
    "genesys-credentials",
    "dev",
  );
  const texts = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  pulumi.runtime.setAllConfig(Object.fromEntries(texts) as Record<string, string>);
  Object.assign(process.env, deployer);
  let exports: Record<string, unknown> = {};
  await new Promise<void>((resolve, reject) => {
    jest.isolateModules(() => {
      try {
        exports = jest.requireActual<Record<string, unknown>>("../../index");
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    void pulumi.runtime.disconnect().then(resolve, reject);
  });
  return { registered, exports };
}

/** The config of the repository's own dev stack, to be changed at will. */
export function devConfig(): Record<string, unknown> {
  return (parse(readFileSync(join(root, "Pulumi.dev.yaml"), "utf8")) as { config: Record<string, unknown> })
    .config;
}

/** What an output comes to. */
export async function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}
