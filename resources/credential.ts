// Credential: what a consumer uses, made of one or two OAuth clients (slots) and one stored secret.
import type { Secret } from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";

import { adoptionIn, clientNameIn, isSecretKept } from "../declarations/adoption";
import { resourceNames } from "../declarations/naming";
import type { DeclaredRoleDivision, ResolvedCredential } from "../declarations/resolve";
import type { Slot } from "../declarations/rotation";
import { evidenceRecorder } from "../evidence/record";
import { declareIntegrationCredential } from "./integrationCredential";
import { OAuthClient, type OAuthClientArgs, type RoleDivisionArgs } from "./oauthClient";
import type { Role } from "./role";
import { declareStoredSecret, type Endpoints } from "./storedSecret";

/** What a credential needs from its stack. */
export interface CredentialArgs {
  readonly credential: ResolvedCredential;
  readonly organization: { readonly id?: string; readonly region?: string };
  readonly endpoints: Endpoints;
  /** The roles declared in this stack, by key. */
  readonly roles: ReadonlyMap<string, Role>;
}

/** What the stack exports of a credential; never a secret value. */
export interface CredentialOutputs {
  readonly clientId: pulumi.Output<string>;
  /** Absent where nothing is stored yet: the current client was adopted with its secret kept. */
  readonly secretName?: pulumi.Output<string>;
  /** Absent where nothing is stored yet. */
  readonly secretArn?: pulumi.Output<string>;
  readonly generation: number;
}

/**
 * @example
 * new Credential({ credential, organization, endpoints, roles });
 */
export class Credential extends pulumi.ComponentResource {
  readonly outputs: CredentialOutputs;

  constructor(args: CredentialArgs, options?: pulumi.ComponentResourceOptions) {
    const { credential } = args;
    super("genesys-credentials:index:Credential", resourceNames(credential.key).credential, {}, options);
    const clients = credential.slots.map((slot) => ({ slot, client: this.declareClient(args, slot) }));
    const current = clients.find(({ slot }) => slot.isCurrent)?.client;
    if (current === undefined) {
      throw new pulumi.RunError(`Credential "${credential.key}" has no current slot.`);
    }
    const stored = isSecretKept(credential) ? undefined : this.declareSecret(args, current);
    this.outputs = {
      clientId: current.id,
      ...(stored === undefined ? {} : { secretName: stored.name, secretArn: stored.arn }),
      generation: credential.rotation.generation,
    };
    // The schedule is told for policies, which see nothing of the stack file (policy/rotation.ts).
    const { every } = credential.rotation;
    this.registerOutputs({ ...this.outputs, rotation: every === undefined ? {} : { every } });
  }

  /** Everything that holds the secret of the current client. */
  private declareSecret(
    { credential, organization, endpoints }: CredentialArgs,
    client: OAuthClient,
  ): Secret {
    const { key, secret, description, rotation } = credential;
    const { generation } = rotation;
    const stored = declareStoredSecret(
      resourceNames(key).secret,
      {
        secret,
        description,
        client,
        endpoints,
        evidence: evidenceRecorder({ credential: key, generation, secretName: secret.name }),
      },
      this,
    );
    declareIntegrationCredential({ credential, organization, client, after: stored.version }, this);
    return stored.secret;
  }

  private declareClient(args: CredentialArgs, slot: Slot): OAuthClient {
    const { credential, organization } = args;
    const adopt = adoptionIn(credential, slot);
    return new OAuthClient(
      resourceNames(credential.key).client(slot.slot),
      {
        organization,
        name: clientNameIn(credential, pulumi.getStack(), slot),
        description: credential.description,
        authorizedGrantType: credential.authorizedGrantType,
        accessTokenValiditySeconds: credential.accessTokenValiditySeconds,
        roleDivisions: credential.roleDivisions.map((entry) => roleDivisionArgs(entry, args.roles)),
        ...declaredOnly(credential),
        state: slot.state,
        generation: slot.generation,
        owner: credential.owner,
        // Its name is said above. The clients of other slots are made.
        ...(adopt === undefined ? {} : { adopt: { clientId: adopt.clientId, secret: adopt.secret } }),
      },
      { parent: this },
    );
  }
}

/** Inputs that most credentials do not have: they must not show up in the state of those. */
function declaredOnly({
  registeredRedirectUri,
  scope,
  allowedAddresses,
  type,
  allow,
}: ResolvedCredential): Partial<OAuthClientArgs> {
  return {
    ...(registeredRedirectUri === undefined ? {} : { registeredRedirectUri }),
    ...(scope === undefined ? {} : { scope }),
    ...(allowedAddresses === undefined ? {} : { allowedAddresses }),
    ...(type === "general" ? {} : { type }),
    ...(allow === undefined ? {} : { allow }),
  };
}

function roleDivisionArgs(entry: DeclaredRoleDivision, roles: ReadonlyMap<string, Role>): RoleDivisionArgs {
  if (entry.roleKey === undefined) {
    return {
      ...(entry.roleName === undefined ? {} : { roleName: entry.roleName }),
      division: entry.division,
    };
  }
  const role = roles.get(entry.roleKey);
  if (role === undefined) {
    throw new pulumi.RunError(`Role "${entry.roleKey}" is not declared.`);
  }
  return { roleId: role.id, division: entry.division };
}
