// A small model of what Pulumi's engine does with the answers of a provider: what it records, what it repeats (pulumi.md 5.1).
import type { IntegrationCredentialInputs } from "../../providers/integrationCredential/record";
import type { RoleInputs } from "../../providers/role/record";
import type { OAuthClientInputs } from "../../providers/oauthClient/record";
import { secretOutput } from "../../providers/engine/outputs";
import { type ProviderRun, recordedIntegration } from "../providerWorld";
import { integrationsOf, oauthClientsOf, type Provider, rolesOf } from "./engineProviders";

/** What state holds of one resource. `outs` are as the provider returned them: the secret is in its envelope. */
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
  /** Its inputs hold the secret in the engine's envelope, as state does. */
  integration?: StateRecord<IntegrationCredentialInputs>;
}

/** What the program declares; a resource that is left out is to be deleted. The role's id is filled into the client's inputs. */
export interface Declared {
  readonly role?: RoleInputs;
  readonly client?: OAuthClientInputs;
  readonly integration?: IntegrationCredentialInputs;
}

/** What a failed create or update may carry so that the engine keeps the object. */
interface PartialFailure {
  readonly id?: string;
  readonly properties?: Record<string, unknown>;
}

/** State holds a secret input in the engine's envelope, and hands it over without (pulumi.md 3.1). */
function sealed(
  record: StateRecord<IntegrationCredentialInputs> | undefined,
): StateRecord<IntegrationCredentialInputs> | undefined {
  const inputs = { ...record?.inputs, clientSecret: secretOutput(record?.inputs.clientSecret ?? "") };
  return record === undefined
    ? undefined
    : { ...record, inputs: inputs as unknown as IntegrationCredentialInputs };
}

function opened({ integration }: StackState): StateRecord<IntegrationCredentialInputs> | undefined {
  return integration === undefined
    ? undefined
    : { ...integration, inputs: recordedIntegration({ ...integration.inputs }) };
}

/** `pulumi up` of the whole stack: roles first, deletions last and in the other order. @throws what a method threw */
export async function up(run: ProviderRun, state: StackState, declared: Declared): Promise<void> {
  if (declared.role !== undefined) {
    await upRole(run, state, declared.role);
  }
  if (declared.client !== undefined) {
    await upClient(run, state, declared.client);
  }
  if (declared.integration !== undefined) {
    await upIntegration(run, state, declared.integration);
  }
  if (declared.integration === undefined) {
    await deleteIntegration(run, state);
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

/** Creates, updates or replaces the integration credential. */
export function upIntegration(
  run: ProviderRun,
  state: StackState,
  inputs: IntegrationCredentialInputs,
): Promise<void> {
  return settle(integrationsOf(run), opened(state), inputs, (record) => {
    assign(state, "integration", sealed(record));
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
  return refresh(integrationsOf(run), opened(state), (record) => {
    assign(state, "integration", record === undefined ? undefined : sealed(opened({ integration: record })));
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

async function refresh<Inputs>(
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

async function settle<Inputs extends object>(
  provider: Provider<Inputs>,
  recorded: StateRecord<Inputs> | undefined,
  inputs: Inputs,
  save: (record: StateRecord<Inputs>) => void,
): Promise<void> {
  const olds = (recorded?.inputs ?? {}) as Record<string, unknown>;
  const { failures } = await provider.check(olds, { ...inputs } as Record<string, unknown>);
  if (failures.length > 0) {
    throw new Error(`The inputs of a fault test are refused by check: ${JSON.stringify(failures)}`);
  }
  if (recorded === undefined) {
    await keepingPartial(inputs, save, () => provider.create(inputs));
    return;
  }
  const { replaces } = await provider.diff(recorded.id, recorded.outs, inputs);
  if (replaces.length > 0) {
    await keepingPartial(inputs, save, () => provider.create(inputs));
    await provider.delete(recorded.id, recorded.outs);
    return;
  }
  const isChanged = JSON.stringify(recorded.inputs) !== JSON.stringify(inputs);
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
