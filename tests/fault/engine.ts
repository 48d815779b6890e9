// A small model of what Pulumi's engine does with the answers of a provider: what it records, what it repeats (pulumi.md 5.1).
import type { RoleInputs } from "../../providers/roleRecord";
import type { OAuthClientInputs } from "../../providers/oauthClientRecord";
import { type ProviderRun, recordedClient, recordedRole } from "../providerWorld";

/** What state holds of one resource. `outs` are as the provider returned them: the secret is in its envelope. */
export interface StateRecord<Inputs> {
  readonly id: string;
  readonly inputs: Inputs;
  readonly outs: Record<string, unknown>;
  /** The last create or update failed after the object existed: the next `up` updates it even without a change. */
  readonly hasInitErrors: boolean;
}

/** The resources of a stack with at most one role and one client. */
export interface StackState {
  role?: StateRecord<RoleInputs>;
  client?: StateRecord<OAuthClientInputs>;
}

/** What the program declares; a resource that is left out is to be deleted. The role's id is filled into the client's inputs. */
export interface Declared {
  readonly role?: RoleInputs;
  readonly client?: OAuthClientInputs;
}

/** The methods of both providers, with inputs and records of one kind of resource. */
interface Provider<Inputs> {
  check(olds: Record<string, unknown>, news: Record<string, unknown>): Promise<{ failures: unknown[] }>;
  diff(id: string, olds: Record<string, unknown>, news: Inputs): Promise<{ replaces: string[] }>;
  create(inputs: Inputs): Promise<{ id: string; outs: Record<string, unknown> }>;
  read(id: string, outs: Record<string, unknown>): Promise<Readable>;
  update(id: string, olds: Record<string, unknown>, news: Inputs): Promise<{ outs: Record<string, unknown> }>;
  delete(id: string, olds: Record<string, unknown>): Promise<void>;
}

interface Readable {
  readonly id?: string;
  readonly props?: Record<string, unknown>;
  readonly inputs?: Record<string, unknown>;
}

/** What a failed create or update may carry so that the engine keeps the object. */
interface PartialFailure {
  readonly id?: string;
  readonly properties?: Record<string, unknown>;
}

function oauthClientsOf(run: ProviderRun): Provider<OAuthClientInputs> {
  const { oauthClients } = run;
  return {
    check: (olds, news) => oauthClients.check(olds, news),
    diff: (id, olds, news) => oauthClients.diff(id, olds, news),
    create: (inputs) => oauthClients.create(inputs),
    read: (id, outs) => oauthClients.read(id, recordedClient(outs)),
    update: (id, outs, news) => oauthClients.update(id, recordedClient(outs), news),
    delete: (id, outs) => oauthClients.delete(id, recordedClient(outs)),
  };
}

function rolesOf(run: ProviderRun): Provider<RoleInputs> {
  const { roles } = run;
  return {
    check: (olds, news) => roles.check(olds, news),
    diff: (id, olds, news) => roles.diff(id, olds, news),
    create: (inputs) => roles.create(inputs),
    read: (id, outs) => roles.read(id, recordedRole(outs)),
    update: (id, outs, news) => roles.update(id, recordedRole(outs), news),
    delete: (id, outs) => roles.delete(id, recordedRole(outs)),
  };
}

/** `pulumi up` of the whole stack: roles first, deletions last and in the other order. @throws what a method threw */
export async function up(run: ProviderRun, state: StackState, declared: Declared): Promise<void> {
  if (declared.role !== undefined) {
    await upRole(run, state, declared.role);
  }
  if (declared.client !== undefined) {
    await upClient(run, state, declared.client);
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
