// A credential with its slots and its stored secret, driven through the providers as Pulumi's engine would: in order, deletions last.
import type { SlotName } from "../../common/slot";
import { type RotationInput, slotsOf } from "../../declarations/rotation/slots";
import type { ClientSecretInputs } from "../../providers/clientSecret/record";
import type { OAuthClientInputs } from "../../providers/oauthClient/record";
import { StackIdentityProvider } from "../../providers/stackIdentity/provider";
import { secretName } from "../storedSecrets";
import { clientInputs, clientSecretInputs, type ProviderRun } from "../providerWorld";
import { refresh, settle, type StateRecord } from "./engine";
import { clientSecretsOf, oauthClientsOf } from "./engineProviders";

/** How the credential is declared to rotate. */
export interface DeclaredRotation extends Pick<RotationInput, "generation" | "overlap" | "previous"> {
  readonly clients: "replace" | "keep";
}

/** What state holds of one credential. */
export class CredentialStack {
  readonly clients = new Map<SlotName, StateRecord<OAuthClientInputs>>();
  secret: StateRecord<ClientSecretInputs> | undefined;
  /** Inputs of the stack's identity. */
  private identity: Record<string, unknown> = {};
  /** Replaced, and not deleted yet: what a failed update leaves. */
  private readonly pending: StateRecord<OAuthClientInputs>[] = [];

  /** The state as it is now. @returns what brings it back, as when an older state is restored */
  keep(): () => void {
    const { secret, identity } = this;
    const [clients, pending] = [new Map(this.clients), [...this.pending]];
    return () => {
      this.clients.clear();
      clients.forEach((record, slot) => this.clients.set(slot, record));
      this.secret = secret;
      this.identity = identity;
      this.pending.splice(0, this.pending.length, ...pending);
    };
  }

  /** The ids of the clients that state knows. */
  recordedIds(): string[] {
    return [...this.clients.values(), ...this.pending].map(({ id }) => id);
  }

  /** `pulumi up`. The first failure ends it. @throws what a method threw */
  async up(run: ProviderRun, declared: DeclaredRotation): Promise<void> {
    const [current, former] = slotsOf({ ...declared, revoked: false });
    if (current === undefined) {
      throw new Error("a credential without a slot");
    }
    const { generation } = declared;
    const identity = new StackIdentityProvider(() => run.session);
    const credentials = { "nightly-report": secretName };
    const news = { roles: {}, credentials, generations: { "nightly-report": generation } };
    this.identity = (await identity.check(this.identity, news)).inputs;
    const rotation = declared.clients === "keep" ? { rotation: { clients: "keep", generation } } : {};
    await this.upClient(run, current.slot, {
      generation: current.generation,
      state: current.state,
      ...rotation,
    });
    await this.upSecret(run, clientSecretInputs(this.clients.get(current.slot)?.id ?? "", { generation }));
    if (former !== undefined) {
      await this.upClient(run, former.slot, {
        generation: former.generation,
        state: former.state,
        ...rotation,
      });
    }
    await this.deleteRest(run, [current.slot, ...(former === undefined ? [] : [former.slot])]);
  }

  /** `pulumi refresh`. What is gone leaves state. @throws what a method threw */
  async refresh(run: ProviderRun): Promise<void> {
    for (const [slot, record] of [...this.clients]) {
      await refresh(oauthClientsOf(run), record, (seen) => {
        if (seen === undefined) {
          this.clients.delete(slot);
        } else {
          this.clients.set(slot, seen);
        }
      });
    }
    await refresh(clientSecretsOf(run), this.secret, (seen) => {
      this.secret = seen;
    });
  }

  private upClient(run: ProviderRun, slot: SlotName, changes: Partial<OAuthClientInputs>): Promise<void> {
    const inputs = clientInputs({ name: `nightly-report-dev-${slot}`, ...changes });
    return settle(
      oauthClientsOf(run),
      this.clients.get(slot),
      inputs,
      (record) => {
        this.clients.set(slot, record);
      },
      (replaced) => {
        this.pending.push(replaced);
        return Promise.resolve();
      },
    );
  }

  private upSecret(run: ProviderRun, inputs: ClientSecretInputs): Promise<void> {
    return settle(clientSecretsOf(run), this.secret, inputs, (record) => {
      this.secret = record;
    });
  }

  /** What was replaced, and what is not declared any more; each leaves state as soon as it is deleted. */
  private async deleteRest(run: ProviderRun, declared: readonly SlotName[]): Promise<void> {
    const provider = oauthClientsOf(run);
    for (const replaced of [...this.pending]) {
      await provider.delete(replaced.id, replaced.outs);
      this.pending.splice(this.pending.indexOf(replaced), 1);
    }
    for (const [slot, { id, outs }] of [...this.clients].filter(([name]) => !declared.includes(name))) {
      await provider.delete(id, outs);
      this.clients.delete(slot);
    }
  }
}
