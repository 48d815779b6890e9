// Credential: what a consumer uses, made of one or two OAuth clients (slots) and one stored secret.
import * as pulumi from "@pulumi/pulumi";

import { defined } from "../common/defined";
import type { AwsSettings } from "../common/awsSettings";
import { adoptionIn, clientNameIn, isSecretKept } from "../declarations/adoption";
import { resourceNames } from "../declarations/naming";
import type { DeclaredRoleDivision } from "../declarations/roleReferences";
import type { ResolvedCredential } from "../declarations/resolve";
import type { Slot } from "../declarations/rotation/slots";
import { ClientSecret } from "./clientSecret";
import { IntegrationCredential, pairType } from "./integrationCredential";
import { OAuthClient, type RoleDivisionArgs } from "./oauthClient";
import type { Role } from "./role";
import type { StackFacts } from "./stackIdentity";
import { declareStoredSecret } from "./storedSecret";

/** What a credential needs from its stack. */
export interface CredentialArgs {
  readonly credential: ResolvedCredential;
  readonly organization: { readonly id?: string; readonly region?: string };
  /** Where the consumer calls (origin) and signs in (URL of the token endpoint). */
  readonly endpoints: { readonly apiUrl: string; readonly tokenUrl: string };
  readonly aws: AwsSettings;
  readonly stackFacts: StackFacts;
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
 * new Credential({ credential, organization, endpoints, aws, stackFacts, roles });
 */
export class Credential extends pulumi.ComponentResource {
  readonly outputs: CredentialOutputs;

  constructor(args: CredentialArgs, options?: pulumi.ComponentResourceOptions) {
    const { credential } = args;
    const withAliases = { ...options, ...formerName(credential, (names) => names.credential) };
    super("genesys-credentials:index:Credential", resourceNames(credential.key).credential, {}, withAliases);
    const [currentSlot, formerSlot] = credential.slots;
    if (currentSlot === undefined) {
      throw new pulumi.RunError(`Credential "${credential.key}" has no current slot.`);
    }
    const current = this.declareClient(args, currentSlot);
    const stored = isSecretKept(credential) ? undefined : this.declareSecret(args, currentSlot, current);
    if (formerSlot !== undefined) {
      // A former client is deactivated only once the stored secret names the current one.
      const isEnded = formerSlot.state !== "active" && stored !== undefined;
      this.declareClient(args, formerSlot, isEnded ? [stored.clientSecret] : []);
    }
    this.outputs = {
      clientId: current.id,
      ...(stored === undefined ? {} : { secretName: stored.secret.name, secretArn: stored.secret.arn }),
      generation: credential.rotation.generation,
    };
    // For policies, which see nothing of the stack file (policy/rotation.ts), and for commands (cli/world/stackState.ts). Only what is known
    // at once: the engine writes the whole state for this, and in the end a state is as large as it gets.
    const { every, generation } = credential.rotation;
    this.registerOutputs({ generation, rotation: defined({ every }) });
  }

  /** Everything that holds the secret of the current client. */
  private declareSecret(args: CredentialArgs, slot: Slot, client: OAuthClient) {
    const { credential, organization, aws } = args;
    const { key, secret: declared, description, owner } = credential;
    const names = resourceNames(key);
    const ofSecret = { parent: this, ...formerName(credential, ({ secret }) => secret) };
    // Nothing is made in AWS for a client that Genesys refused.
    const secret = declareStoredSecret(names.secret, declared, description, {
      ...ofSecret,
      dependsOn: [client],
    });
    const clientSecret = new ClientSecret(
      names.secret,
      {
        organization,
        clientId: client.id,
        authorizedGrantType: credential.authorizedGrantType,
        state: slot.state,
        generation: slot.generation,
        owner,
        secretName: declared.name,
        secretArn: secret.id, // its ARN; unlike `arn` it stays known while the secret is being updated
        ...defined({ kmsKeyId: declared.kmsKeyId }),
        keys: declared.keys,
        ...args.endpoints,
        aws,
      },
      ofSecret,
    );
    const { integrationCredential } = credential;
    if (integrationCredential !== undefined) {
      new IntegrationCredential(
        names.integrationCredential,
        {
          organization,
          name: integrationCredential.name,
          credentialType: pairType,
          clientId: client.id,
          secretArn: secret.id,
          versionId: clientSecret.versionId,
          aws,
          ...defined({ existingId: integrationCredential.id }),
          owner,
        },
        {
          parent: this,
          ...formerName(credential, (former) => former.integrationCredential),
        },
      );
    }
    return { secret, clientSecret };
  }

  private declareClient(
    args: CredentialArgs,
    slot: Slot,
    dependsOn: readonly pulumi.Resource[] = [],
  ): OAuthClient {
    const { credential, organization, stackFacts, aws } = args;
    // All else is an input of the client under its own name.
    const {
      key,
      roleDivisions,
      type,
      rotation,
      slots: _slots,
      secret,
      integrationCredential: _integrationCredential,
      revoked: _revoked,
      adopt: _adopt,
      formerly: _formerly,
      ...taken
    } = credential;
    const adopt = adoptionIn(credential, slot);
    return new OAuthClient(
      resourceNames(key).client(slot.slot),
      {
        organization,
        ...taken,
        name: clientNameIn(credential, pulumi.getStack(), slot),
        roleDivisions: roleDivisions.map((entry) => roleDivisionArgs(entry, args.roles)),
        ...(type === "general" ? {} : { type }),
        state: slot.state,
        generation: slot.generation,
        ...(rotation.clients === "keep"
          ? { rotation: { clients: rotation.clients, generation: rotation.generation } }
          : {}),
        ...stackFacts,
        storedIn: { secretName: secret.name, aws },
        // Its name is said above. The clients of other slots are made.
        ...(adopt === undefined ? {} : { adopt: { clientId: adopt.clientId, secret: adopt.secret } }),
      },
      {
        parent: this,
        dependsOn: [...dependsOn],
        ...formerName(credential, (former) => former.client(slot.slot)),
      },
    );
  }
}

/**
 * The name before the key was renamed, of the component and of each of its parts: the engine passes the component's on in the one update
 * that renames it, and where that fails before the parts, the next one would make all of them anew.
 */
function formerName(
  { formerly }: ResolvedCredential,
  nameIn: (names: ReturnType<typeof resourceNames>) => string,
): Pick<pulumi.ResourceOptions, "aliases"> {
  return formerly === undefined ? {} : { aliases: [{ name: nameIn(resourceNames(formerly)) }] };
}

function roleDivisionArgs(entry: DeclaredRoleDivision, roles: ReadonlyMap<string, Role>): RoleDivisionArgs {
  const { roleKey, roleName, division } = entry;
  if (roleKey === undefined) {
    return { ...defined({ roleName }), division };
  }
  const role = roles.get(roleKey);
  if (role === undefined) {
    throw new pulumi.RunError(`Role "${roleKey}" is not declared.`);
  }
  return { roleId: role.id, division };
}
