// What is compared when one credential is verified from outside.
import { type ResolvedCredential, type ResolvedDeclarations } from "../declarations/resolve";
import { parseSecretPayload, type SecretPayload } from "../secrets/payload";
import { type GenesysClient } from "../genesys/client";
import { type OAuthClientEntity } from "../genesys/wire";
import { grantDifferences, type OrganizationNames } from "./declaredGrants";
import { clientsOf, type LiveClient } from "./liveClients";
import { type SecretReader, type StagingLabel } from "./secretReader";
import { signIn } from "./signIn";

/** What was found out about one staging label. */
export interface LabelResult {
  readonly label: StagingLabel;
  readonly clientId?: string;
  /** Whether a token could be minted; absent when it was not tried. */
  readonly canSignIn?: boolean;
}

/** What was found out about one credential. */
export interface CredentialResult {
  readonly credential: string;
  readonly secretName: string;
  readonly isRevoked: boolean;
  readonly labels: readonly LabelResult[];
  /** What is wrong; empty when all is as declared. */
  readonly findings: readonly string[];
  /** What is unusual and harms nobody who follows AWSCURRENT. */
  readonly warnings: readonly string[];
}

/** What the checks of all credentials share. */
export interface CheckContext {
  readonly declarations: ResolvedDeclarations;
  readonly client: GenesysClient;
  readonly secrets: SecretReader;
  readonly everyClient: readonly OAuthClientEntity[];
  readonly names: OrganizationNames;
}

/** @throws OutsideError, and the errors of `genesys/errors.ts`, when nothing can be said. */
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
  private readonly clients: readonly LiveClient[];

  constructor(
    private readonly credential: ResolvedCredential,
    private readonly context: CheckContext,
  ) {
    this.clients = clientsOf(credential.owner, context.everyClient);
  }

  result(): CredentialResult {
    const { key, secret, revoked } = this.credential;
    const { labels, findings, warnings } = this;
    return { credential: key, secretName: secret.name, isRevoked: revoked, labels, findings, warnings };
  }

  async current(): Promise<void> {
    const label = "AWSCURRENT";
    const payload = await this.payload(label, (problem) => this.findings.push(problem));
    if (payload === undefined) {
      return;
    }
    if (!this.credential.revoked) {
      this.requireCurrentClient(payload.clientId);
    }
    await this.signInAs(label, payload, (problem) => this.findings.push(problem));
  }

  /** A fallback of consumers: wrong only where the former client should work and does not. */
  async previous(): Promise<void> {
    const { rotation, revoked } = this.credential;
    const label = "AWSPREVIOUS";
    const payload = await this.payload(label, (problem, isAbsent) => isAbsent || this.warnings.push(problem));
    if (payload === undefined) {
      return;
    }
    const live = this.clients.find(({ id }) => id === payload.clientId);
    const isKept = rotation.overlap === "previous" && rotation.previous === "keep";
    const isExpected = live !== undefined && (live.generation === rotation.generation || isKept);
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
  ): Promise<SecretPayload | undefined> {
    const { declarations, secrets, client } = this.context;
    const stored = await secrets.read(this.credential.secret.name, label);
    if ("absence" in stored) {
      tell(`${label} of the secret ${this.credential.secret.name} cannot be read: ${stored.absence}`, true);
      return undefined;
    }
    const payload = parseSecretPayload(stored.text);
    if (payload === undefined) {
      tell(`${label} does not hold a client id, a client secret and both hosts`, false);
      return undefined;
    }
    client.redactor.addClientCredentials(payload.clientId, payload.clientSecret);
    const strange = (["tokenUrl", "apiUrl"] as const).filter((host) => payload[host] !== declarations[host]);
    for (const host of strange) {
      tell(`${label} names the ${host} ${payload[host]} instead of ${declarations[host]}`, false);
    }
    if (strange.length > 0) {
      // The secret must not be sent to a host that nobody declared.
      this.labels.push({ label, clientId: payload.clientId });
      return undefined;
    }
    return payload;
  }

  private requireCurrentClient(clientId: string): void {
    const { generation } = this.credential.rotation;
    const expected = this.clients.filter((client) => client.generation === generation);
    if (expected.some(({ id }) => id === clientId)) {
      return;
    }
    const named = this.clients.find(({ id }) => id === clientId);
    const whose =
      named === undefined ? "no client of this credential" : `its client of generation ${named.generation}`;
    const instead =
      expected.length === 0
        ? `no client of generation ${generation} exists: run \`pulumi up\``
        : `the client of generation ${generation} is ${expected.map(({ id }) => id).join(", ")}`;
    this.findings.push(`AWSCURRENT names ${clientId}, ${whose}; ${instead}`);
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

  private differences(
    payload: SecretPayload,
    identity: Extract<Awaited<ReturnType<typeof signIn>>, { identity: unknown }>["identity"],
  ): readonly string[] {
    const { credential, context } = this;
    const { id: organizationId } = context.declarations.organization;
    const differences: string[] = [];
    const compare = (what: string, actual: string | undefined, expected: string | undefined): void => {
      if (actual !== undefined && expected !== undefined && actual !== expected) {
        differences.push(`its ${what} is ${actual} instead of ${expected}`);
      }
    };
    compare("client id", identity.clientId, payload.clientId);
    compare("organisation", identity.organizationId.toLowerCase(), organizationId?.toLowerCase());
    // Genesys has spelt grant types with hyphens and underscores (genesys-api 3.3).
    const grantType = identity.authorizedGrantType?.toUpperCase().replaceAll("_", "-");
    compare("grant type", grantType, credential.authorizedGrantType);
    const held =
      identity.roleDivisions ?? this.clients.find(({ id }) => id === payload.clientId)?.entity.roleDivisions;
    return [
      ...differences,
      ...(held === undefined
        ? ["its roles cannot be told"]
        : grantDifferences(credential, context.declarations, context.names, held)),
    ];
  }
}
