// What is compared when one credential is verified from outside.
import { slotOwning } from "../../common/slot";
import { canonicalId, isSameId } from "../../declarations/canonicalId";
import { type ResolvedCredential, type ResolvedDeclarations } from "../../declarations/resolve";
import { type SecretPayload } from "../../secrets/payload";
import { currentLabel, previousLabel, type SecretStore } from "../../secrets/store";
import { type GenesysClient } from "../../genesys/client";
import { type TokenIdentity } from "../../genesys/identity";
import { isSameGrantType } from "../../genesys/knowledge/grantTypes";
import { parseMarker } from "../../genesys/marker";
import { type OAuthClientEntity } from "../../genesys/wire";
import { grantDifferences, type OrganizationNames } from "../world/declaredGrants";
import { provenClients } from "../world/credentialClients";
import { type Known } from "../../common/known";
import { clientsInSlot, type LiveClient } from "../world/liveClients";
import { type NamedClient } from "../world/namedClients";
import { type CredentialResult, type LabelResult, type StagingLabel } from "./credentialResult";
import { signIn } from "./signIn";
import { storedText } from "./storedText";
import { otherIdentityWords } from "../world/stackMarks";
import { identityIn, type StackState } from "../world/stackState";
import { readPayload } from "../../secrets/storedPayload";
import { strangeHosts } from "../world/storedPair";
import { standingOfPair } from "../world/storedSecret";

type StoredPayload = SecretPayload & { readonly versionId: string };

/** What the checks of all credentials share. */
export interface CheckContext {
  readonly declarations: ResolvedDeclarations;
  readonly client: GenesysClient;
  readonly secrets: SecretStore;
  readonly everyClient: readonly OAuthClientEntity[];
  readonly stack: string;
  readonly state: Known<StackState>;
  readonly names: OrganizationNames;
}

/** @throws SecretsError, and the errors of `genesys/errors.ts`, when nothing can be said. */
export async function checkCredential(
  credential: ResolvedCredential,
  context: CheckContext,
): Promise<CredentialResult> {
  const check = new CredentialCheck(credential, context);
  await check.current();
  await check.previous();
  return check.result();
}

class CredentialCheck {
  private readonly findings: string[] = [];
  private readonly warnings: string[] = [];
  private readonly labels: LabelResult[] = [];
  private readonly named: NamedClient[] = [];
  private clients: readonly LiveClient[] = [];
  private others: readonly OAuthClientEntity[] = [];

  constructor(
    private readonly credential: ResolvedCredential,
    private readonly context: CheckContext,
  ) {
    this.findClients();
  }

  /** Again with each version that is read: what it names may be the credential's although its description was edited. */
  private findClients(): void {
    const { stack, state, everyClient, declarations } = this.context;
    const wanted = { credential: this.credential, stack, declared: declarations.credentials };
    const found = provenClients(wanted, { everyClient, state, named: { clients: this.named } });
    this.clients = found.clients;
    this.others = found.strangers.filter(({ why }) => why === "otherIdentity").map(({ entity }) => entity);
  }

  result(): CredentialResult {
    const { key, secret, revoked } = this.credential;
    const { labels, findings } = this;
    const others = this.others.map(
      ({ id, description }) =>
        `OAuth client ${id} ${otherIdentityWords.found(parseMarker(description)?.identity)}; ${otherIdentityWords.remedy(this.context.stack)}`,
    );
    const warnings = [...this.warnings, ...others];
    return { credential: key, secretName: secret.name, isRevoked: revoked, labels, findings, warnings };
  }

  async current(): Promise<void> {
    const label = currentLabel;
    const payload = await this.payload(label, (problem) => this.findings.push(problem));
    if (payload === undefined) {
      return;
    }
    if (!this.credential.revoked) {
      this.requireCurrentClient(payload);
    }
    await this.signInAs(label, payload, (problem) => this.findings.push(problem));
  }

  /** A fallback of consumers: wrong only where the former client should work and does not. */
  async previous(): Promise<void> {
    const { rotation, revoked } = this.credential;
    const label = previousLabel;
    const payload = await this.payload(label, (problem, isAbsent) => isAbsent || this.warnings.push(problem));
    if (payload === undefined) {
      return;
    }
    const live = this.clients.find(({ id }) => isSameId(id, payload.clientId));
    const isKept = rotation.overlap === "previous" && rotation.previous === "keep";
    const isExpected = live !== undefined && (live.slot === slotOwning(rotation.generation) || isKept);
    await this.signInAs(label, payload, (problem) => {
      const reason = live === undefined ? "its OAuth client is gone" : "the overlap is closed";
      return revoked || isExpected
        ? this.findings.push(problem)
        : this.warnings.push(`${problem} (${reason})`);
    });
  }

  /** The payload under a label when it can be used safely; its absence and its problems are told. */
  private async payload(
    label: StagingLabel,
    tell: (problem: string, isAbsent: boolean) => unknown,
  ): Promise<StoredPayload | undefined> {
    const { declarations, secrets, client } = this.context;
    const { name } = this.credential.secret;
    const stored = await storedText(secrets, name, label);
    if ("absence" in stored) {
      tell(`${label} of the secret ${name} cannot be read: ${stored.absence}`, true);
      return undefined;
    }
    const payload = readPayload(stored.text, client.redactor);
    if (payload === undefined) {
      tell(`${label} does not hold a client id, a client secret and both hosts`, false);
      return undefined;
    }
    const strange = strangeHosts(payload, declarations);
    for (const host of strange) {
      tell(`${label} names the ${host} ${payload[host]} instead of ${declarations[host]}`, false);
    }
    if (strange.length > 0) {
      // The secret must not be sent to a host that nobody declared.
      this.labels.push({ label, clientId: payload.clientId });
      return undefined;
    }
    this.named.push({ clientId: canonicalId(payload.clientId), labels: [label] });
    this.findClients();
    return { ...payload, versionId: stored.versionId };
  }

  /** The client of the slot that the declared generation lives in, whichever generation it was made for. */
  private requireCurrentClient(stored: StoredPayload): void {
    const { clientId } = stored;
    const { rotation } = this.credential;
    const { generation } = rotation;
    const { named, slot, behind } = standingOfPair(stored, this.clients, rotation);
    const remedy = "run `pulumi up --refresh`";
    if (named?.slot === slot) {
      if (behind !== undefined) {
        this.findings.push(`AWSCURRENT names ${clientId}, ${behind}: ${remedy}`);
      }
      return;
    }
    const whose =
      named === undefined
        ? `no client of this credential${this.unreadState()}`
        : `its client in slot ${named.slot}`;
    const [own] = clientsInSlot(this.clients, slot);
    const instead = own === undefined ? "which has no client" : `whose client is ${own.id}`;
    this.findings.push(
      `AWSCURRENT names ${clientId}, ${whose}; generation ${generation} is of slot ${slot}, ${instead}: ${remedy}`,
    );
  }

  private identity(): string | undefined {
    const { state } = this.context;
    return "value" in state ? identityIn(state.value) : undefined;
  }

  /** Without the state a client is known by its description alone. */
  private unreadState(): string {
    const { state } = this.context;
    return "reason" in state
      ? ` as far as one can tell without the state, which could not be read (${state.reason})`
      : "";
  }

  private async signInAs(
    label: StagingLabel,
    payload: SecretPayload,
    tell: (problem: string) => unknown,
  ): Promise<void> {
    const result = await signIn(this.context.client, payload);
    const canSignIn = "identity" in result;
    this.labels.push({ label, clientId: payload.clientId, canSignIn });
    if (!canSignIn) {
      if (!this.credential.revoked) {
        tell(`${label} cannot sign in: ${result.refusal}`);
      }
      return;
    }
    if (this.credential.revoked) {
      tell(
        `${label} can still sign in, although the credential is revoked: run \`pulumi up\` or \`npm run credentials -- revoke\``,
      );
      return;
    }
    for (const difference of this.differences(payload, result.identity)) {
      tell(`${label}: ${difference}`);
    }
  }

  private differences(payload: SecretPayload, identity: TokenIdentity): readonly string[] {
    const { credential, context } = this;
    const { id: organizationId } = context.declarations.organization;
    const differences: string[] = [];
    const compare = (
      what: string,
      actual: string | undefined,
      expected: string | undefined,
      isSame: (left: string, right: string) => boolean = (left, right) => left === right,
    ): void => {
      if (actual !== undefined && expected !== undefined && !isSame(actual, expected)) {
        differences.push(`its ${what} is ${actual} instead of ${expected}`);
      }
    };
    compare("client id", identity.clientId, payload.clientId, isSameId);
    compare("organisation", identity.organizationId.toLowerCase(), organizationId?.toLowerCase());
    compare("grant type", identity.authorizedGrantType, credential.authorizedGrantType, isSameGrantType);
    const held =
      identity.roleDivisions ??
      this.clients.find(({ id }) => isSameId(id, payload.clientId))?.entity.roleDivisions;
    const { unreadableRoleCount = 0 } = identity;
    return [
      ...differences,
      ...(unreadableRoleCount === 0 ? [] : [`${unreadableRoleCount} of its roles cannot be read`]),
      ...(held === undefined
        ? ["its roles cannot be told"]
        : grantDifferences(credential, context.declarations, context.names, held, this.identity())),
    ];
  }
}
