// The resources that a preview leaves out because nothing happens to them, from the declarations that it carries in its config.
import { defined } from "../../../common/defined";
import { isSecretKept } from "../../../declarations/adoption";
import { isConfigError } from "../../../declarations/configError";
import { resourceNames } from "../../../declarations/naming";
import { rawDeclarationsOf } from "../../../declarations/rawDeclarations";
import { type ResolvedCredential, type ResolvedDeclarations } from "../../../declarations/resolve";
import { declarationsIn } from "../../stackFile/stackDeclarations";
import { type Planned, type PlannedResources } from "./plannedResources";
import { type Preview } from "./preview";
import { canonicalJson, type ClientState, policyState, type RoleState } from "./resourceStates";
import { type SecretState } from "./secretStates";

/** The declarations in the preview's config; undefined when they are secret, absent or of another version of this program. */
export function declarationsOf(preview: Preview): ResolvedDeclarations | undefined {
  if (Object.keys(preview.config).length === 0) {
    return undefined;
  }
  try {
    return declarationsIn(rawDeclarationsOf(preview.config), preview.project, preview.stack);
  } catch (error) {
    if (isConfigError(error)) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Adds what the preview left out. Without `--show-sames` it shows changed resources only, but a changed role says nothing without
 * the credentials that hold it. Only for a preview that went through: in another one, what is missing may not have been reached.
 */
export function withUnchanged(planned: PlannedResources, declared: ResolvedDeclarations): PlannedResources {
  const roles = declared.roles
    .filter(({ key }) => planned.roles.every((role) => role.key !== key))
    .map((role) =>
      unchanged<RoleState>(role.key, undefined, {
        name: role.name,
        description: role.description,
        policies: role.permissionPolicies.map(policyState),
        wildcards: role.wildcards ?? [],
        generalPermissions: role.generalPermissions ?? [],
        unlisted: role.unlisted ?? [],
        divisions: role.deployerDivisions,
        isGivenToDeployer: role.grantToDeployer,
        mark: {},
      }),
    );
  return {
    ...planned,
    roles: [...planned.roles, ...roles],
    clients: [
      ...planned.clients,
      ...declared.credentials.flatMap((credential) => unchangedClients(planned, credential)),
    ],
    secrets: [
      ...planned.secrets,
      ...declared.credentials
        .filter((credential) => !isSecretKept(credential))
        .filter(({ key }) => planned.secrets.every((secret) => secret.key !== key))
        .map((credential) => unchangedSecret(credential)),
    ],
  };
}

function unchangedClients(planned: PlannedResources, credential: ResolvedCredential): Planned<ClientState>[] {
  return credential.slots.flatMap((slot) => {
    const name = resourceNames(credential.key).client(slot.slot);
    if (planned.clients.some(({ key }) => key === name)) {
      return [];
    }
    return unchanged<ClientState>(name, credential.key, {
      generation: slot.generation,
      isActive: slot.state === "active",
      description: credential.description,
      validitySeconds: credential.accessTokenValiditySeconds,
      grantType: credential.authorizedGrantType,
      type: credential.type,
      roleUses: credential.roleDivisions,
      roleUrns: [],
      resolved: [],
      isKept: credential.rotation.clients === "keep",
      mark: {},
      holdsSecret: false,
      ...defined({ allowedAddresses: credential.allowedAddresses, usedFor: credential.usedFor }),
      lists: {},
    });
  });
}

function unchangedSecret({ key, description, secret }: ResolvedCredential): Planned<SecretState> {
  return unchanged(key, key, {
    name: secret.name,
    description,
    recoveryWindowInDays: secret.recoveryWindowInDays,
    ...defined({ kmsKeyId: secret.kmsKeyId }),
    tags: canonicalJson(secret.tags),
  });
}

function unchanged<State>(key: string, credentialKey: string | undefined, state: State): Planned<State> {
  return {
    urn: key,
    key,
    ...defined({ credential: credentialKey }),
    before: state,
    after: state,
    isReplaced: false,
    isUpdated: false,
    isRetained: false,
    isGone: false,
    isRepaired: false,
    differences: [],
  };
}
