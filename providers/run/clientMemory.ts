// What the resources of one run tell each other about OAuth clients, in the memory of this process and nowhere else.
import type { RoleDivision } from "../../genesys/knowledge/roleDivisions";

/** What a client has turned out to be. */
export interface ClientFacts {
  /** The roles that it is to hold. */
  readonly roleDivisions: readonly RoleDivision[];
  /** What may be behind a refused sign-in, besides time; in brackets after the refusal. */
  readonly refusalHint?: string;
  /** Its secret was made by hand and never seen here: another one would cut off whoever holds it. */
  readonly isSecretKept?: boolean;
}

export class ClientMemory {
  /**
   * By owner: how to find out which client the stored secret of a credential names; absent or undefined where this run has nothing to do
   * with one.
   */
  readonly storedClientFinders = new Map<string, (() => Promise<string | undefined>) | undefined>();
  /** By owner: the client that state has in the record of a credential's stored secret, as far as this run has come to it. */
  readonly recordedClients = new Map<string, string>();

  private readonly facts = new Map<string, ClientFacts>();
  private readonly secrets = new Map<string, string>();
  private readonly afterStoring = new Map<string, readonly (() => Promise<void>)[]>();

  know(clientId: string, facts: ClientFacts): void {
    this.facts.set(clientId.toLowerCase(), facts);
  }

  factsOf(clientId: string): ClientFacts | undefined {
    return this.facts.get(clientId.toLowerCase());
  }

  /** Notes what remains to be done as soon as the pair of a credential is stored. */
  whenStored(owner: string, act: () => Promise<void>): void {
    this.afterStoring.set(owner, [...(this.afterStoring.get(owner) ?? []), act]);
  }

  /** Does it, once. */
  async nowStored(owner: string): Promise<void> {
    const acts = this.afterStoring.get(owner) ?? [];
    this.afterStoring.delete(owner);
    for (const act of acts) {
      await act();
    }
  }

  /** The secret in the answer that made a client waits for the one who stores it: Genesys never tells it again. */
  keepSecret(clientId: string, secret: string): void {
    this.secrets.set(clientId.toLowerCase(), secret);
  }

  /** Gives it once; undefined where none waits. */
  takeSecret(clientId: string): string | undefined {
    const secret = this.secrets.get(clientId.toLowerCase());
    this.secrets.delete(clientId.toLowerCase());
    return secret;
  }
}
