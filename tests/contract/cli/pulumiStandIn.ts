// A `pulumi` for tests: prints the state that a test says, refreshes nothing, and fails where it is told to.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const executable = 0o755;

/** As in `pulumi stack export`. */
export interface RecordedResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly parent?: string;
  readonly delete?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** @param folder To be put on the PATH. */
export function writeStandIn(
  folder: string,
  state: readonly RecordedResource[] | { readonly error: string },
): void {
  mkdirSync(folder, { recursive: true });
  const [file, text, answer] =
    "error" in state
      ? (["pulumi-error", `error: ${state.error}\n`, '/bin/cat "${0}-error" >&2; exit 6'] as const)
      : ([
          "pulumi-state",
          `${JSON.stringify({ version: 3, deployment: { resources: state } })}\n`,
          'exec /bin/cat "${0}-state"',
        ] as const);
  writeFileSync(join(folder, file), text);
  // In the shell: Node would take longer to start than most commands take.
  writeFileSync(join(folder, "pulumi"), `#!/bin/sh\nif [ "$1" = stack ]; then ${answer}; fi\n`, {
    mode: executable,
  });
}

const credentialType = "genesys-credentials:index:Credential";
const clientType = "pulumi-nodejs:dynamic/genesys:OAuthClient";

/** The records of a deployed credential: its component and a client in each slot that is given. */
export function recordsOf(
  key: string,
  clients: { readonly a?: string; readonly b?: string },
  stack = "dev",
): readonly RecordedResource[] {
  const prefix = `urn:pulumi:${stack}::genesys-credentials::`;
  const parent = `${prefix}${credentialType}::${key}`;
  return [
    { urn: parent, type: credentialType },
    ...Object.entries(clients).map(([slot, id]) => ({
      urn: `${prefix}${credentialType}$${clientType}::${key}-${slot}`,
      type: clientType,
      id,
      parent,
    })),
  ];
}

/** The record of the stack's identity. */
export function identityRecord(identity: string): RecordedResource {
  const type = "pulumi-nodejs:dynamic/genesys:StackIdentity";
  return { urn: `urn:pulumi:dev::genesys-credentials::${type}::identity`, type, id: identity };
}
