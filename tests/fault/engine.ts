// A small model of what Pulumi's engine does with the answers of a provider: what it records, what it repeats (docs/platform-facts.md 1.5).
import type { ClientSecretInputs } from "../../providers/clientSecret/record";
import type { IntegrationCredentialInputs } from "../../providers/integrationCredential/record";
import type { OAuthClientInputs } from "../../providers/oauthClient/record";
import type { RoleInputs } from "../../providers/role/record";
import type { ProviderRun } from "../providerWorld";
import {
  clientSecretsOf,
  integrationsOf,
  oauthClientsOf,
  type Provider,
  rolesOf,
  throwRefusal,
} from "./engineProviders";

/** What state holds of one resource. */
export interface StateRecord<Inputs> {
  readonly id: string;
  readonly inputs: Inputs;
  readonly outs: Record<string, unknown>;
  /** The last create or update failed after the object existed: the next `up` updates it even without a change. */
  readonly hasInitErrors: boolean;
}

/** The resources of a stack with at most one of each kind. */
export interface StackState {
  role?: StateRecord<RoleInputs>;
  client?: StateRecord<OAuthClientInputs>;
  secret?: StateRecord<ClientSecretInputs>;
  integration?: StateRecord<IntegrationCredentialInputs>;
}

/**
 * What the program declares; a resource that is left out is to be deleted. The role's id is filled into the client's inputs, the client's
 * into those of its secret.
 */
export interface Declared {
  readonly role?: RoleInputs;
  readonly client?: OAuthClientInputs;
  readonly secret?: ClientSecretInputs;
  readonly integration?: IntegrationCredentialInputs;
}

/** What a failed create or update may carry so that the engine keeps the object. */
interface PartialFailure {
  readonly id?: string;
  readonly properties?: Record<string, unknown>;
}

/** `pulumi up` of the whole stack: roles first, deletions last and in the other order. @throws what a method threw */
export async function up(run: ProviderRun, state: StackState, declared: Declared): Promise<void> {
  if (declared.role !== undefined) {
    await upRole(run, state, declared.role);
  }
  if (declared.client !== undefined) {
    await upClient(run, state, declared.client);
  }
  if (declared.secret !== undefined) {
    await upSecret(run, state, declared.secret);
  }
  if (declared.integration !== undefined) {
    await upIntegration(run, state, declared.integration);
  }
  if (declared.integration === undefined) {
    await deleteIntegration(run, state);
  }
  if (declared.secret === undefined) {
    await deleteSecret(run, state);
  }
  if (declared.client === undefined) {
    await deleteClient(run, state);
  }
  if (declared.role === undefined) {
    await deleteRole(run, state);
  }
}

/** Creates, updates or replaces the role. */
export function upRole(run: ProviderRun, state: StackState, inputs: RoleInputs): Promise<void> {
  return settle(rolesOf(run), state.role, inputs, (record) => {
    assign(state, "role", record);
  });
}

/** Creates, updates or replaces the client; it holds the declared role besides its own. */
export function upClient(run: ProviderRun, state: StackState, inputs: OAuthClientInputs): Promise<void> {
  const managed = state.role === undefined ? [] : [{ roleId: state.role.id, division: "home" }];
  const complete = { ...inputs, roleDivisions: [...managed, ...inputs.roleDivisions] };
  return settle(oauthClientsOf(run), state.client, complete, (record) => {
    assign(state, "client", record);
  });
}

/** Creates, updates or replaces the stored secret of the client. */
export function upSecret(run: ProviderRun, state: StackState, inputs: ClientSecretInputs): Promise<void> {
  const complete = { ...inputs, clientId: state.client?.id ?? inputs.clientId };
  return settle(clientSecretsOf(run), state.secret, complete, (record) => {
    assign(state, "secret", record);
  });
}

export async function deleteSecret(run: ProviderRun, state: StackState): Promise<void> {
  if (state.secret !== undefined) {
    await clientSecretsOf(run).delete(state.secret.id, state.secret.outs);
    assign(state, "secret", undefined);
  }
}

/** `pulumi refresh` of the stored secret. */
export function refreshSecret(run: ProviderRun, state: StackState): Promise<void> {
  return refresh(clientSecretsOf(run), state.secret, (record) => {
    assign(state, "secret", record);
  });
}

/** Creates, updates or replaces the integration credential. */
export function upIntegration(
  run: ProviderRun,
  state: StackState,
  inputs: IntegrationCredentialInputs,
): Promise<void> {
  return settle(integrationsOf(run), state.integration, inputs, (record) => {
    assign(state, "integration", record);
  });
}

export async function deleteIntegration(run: ProviderRun, state: StackState): Promise<void> {
  if (state.integration !== undefined) {
    await integrationsOf(run).delete(state.integration.id, state.integration.outs);
    assign(state, "integration", undefined);
  }
}

/** `pulumi refresh` of the integration credential. */
export function refreshIntegration(run: ProviderRun, state: StackState): Promise<void> {
  return refresh(integrationsOf(run), state.integration, (record) => {
    assign(state, "integration", record);
  });
}

export async function deleteClient(run: ProviderRun, state: StackState): Promise<void> {
  if (state.client !== undefined) {
    await oauthClientsOf(run).delete(state.client.id, state.client.outs);
    assign(state, "client", undefined);
  }
}

export async function deleteRole(run: ProviderRun, state: StackState): Promise<void> {
  if (state.role !== undefined) {
    await rolesOf(run).delete(state.role.id, state.role.outs);
    assign(state, "role", undefined);
  }
}

/** `pulumi refresh` of the client. */
export function refreshClient(run: ProviderRun, state: StackState): Promise<void> {
  return refresh(oauthClientsOf(run), state.client, (record) => {
    assign(state, "client", record);
  });
}

/** `pulumi refresh` of the role. */
export function refreshRole(run: ProviderRun, state: StackState): Promise<void> {
  return refresh(rolesOf(run), state.role, (record) => {
    assign(state, "role", record);
  });
}

/** `pulumi refresh` of one resource. */
export async function refresh<Inputs>(
  provider: Provider<Inputs>,
  recorded: StateRecord<Inputs> | undefined,
  save: (record: StateRecord<Inputs> | undefined) => void,
): Promise<void> {
  if (recorded === undefined) {
    return;
  }
  const { id, props, inputs } = await provider.read(recorded.id, recorded.outs);
  save(
    id === undefined || props === undefined
      ? undefined
      : { ...recorded, outs: props, inputs: { ...recorded.inputs, ...inputs } },
  );
}

/**
 * Creates, updates or replaces one resource.
 * @param retire What becomes of the former record after a replacement: it is deleted at once, where the engine does so at the end.
 */
export async function settle<Inputs extends object>(
  provider: Provider<Inputs>,
  recorded: StateRecord<Inputs> | undefined,
  inputs: Inputs,
  save: (record: StateRecord<Inputs>) => void,
  retire: (former: StateRecord<Inputs>) => Promise<void> = ({ id, outs }) => provider.delete(id, outs),
): Promise<void> {
  const olds = (recorded?.inputs ?? {}) as Record<string, unknown>;
  const { failures } = await provider.check(olds, { ...inputs } as Record<string, unknown>);
  throwRefusal(failures);
  if (recorded === undefined) {
    await keepingPartial(inputs, save, () => provider.create(inputs));
    return;
  }
  const { replaces, changes } = await provider.diff(recorded.id, recorded.outs, inputs);
  if (replaces.length > 0) {
    throwRefusal((await provider.check({}, { ...inputs } as Record<string, unknown>)).failures); // of the one to be made
    await keepingPartial(inputs, save, () => provider.create(inputs));
    await retire(recorded);
    return;
  }
  const isChanged = changes === true || JSON.stringify(recorded.inputs) !== JSON.stringify(inputs);
  if (isChanged || recorded.hasInitErrors) {
    await keepingPartial(inputs, save, async () => ({
      id: recorded.id,
      ...(await provider.update(recorded.id, recorded.outs, inputs)),
    }));
  }
}

/** An error with an id is a partial success: the engine records it. Without one it records nothing new. */
async function keepingPartial<Inputs>(
  inputs: Inputs,
  save: (record: StateRecord<Inputs>) => void,
  act: () => Promise<{ id: string; outs: Record<string, unknown> }>,
): Promise<void> {
  try {
    save({ ...(await act()), inputs, hasInitErrors: false });
  } catch (error) {
    const { id, properties } = error as PartialFailure;
    if (id !== undefined && properties !== undefined) {
      save({ id, inputs, outs: properties, hasInitErrors: true });
    }
    throw error;
  }
}

function assign<Key extends keyof StackState>(
  state: StackState,
  key: Key,
  record: StackState[Key] | undefined,
): void {
  if (record === undefined) {
    Reflect.deleteProperty(state, key);
  } else {
    state[key] = record;
  }
}
