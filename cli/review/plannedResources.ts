// What a preview plans for OAuth clients, roles and stored secrets: each before and after, sorted by kind.
import { integrationState, type IntegrationState, integrationType } from "./integrationState";
import { nameOfUrn, type Preview, type PreviewStep, type ResourceState } from "./preview";
import {
  clientState,
  type ClientState,
  clientType,
  roleState,
  type RoleState,
  secretState,
  type SecretState,
  versionState,
  type VersionState,
} from "./resourceStates";

/** One resource of one kind. */
export interface Planned<State> {
  readonly urn: string;
  /** The logical name. */
  readonly key: string;
  /** Key of the credential to which it belongs. */
  readonly credential?: string;
  readonly before?: State;
  readonly after?: State;
  readonly isReplaced: boolean;
  /** Changed in place. */
  readonly isUpdated: boolean;
  /** Pulumi lets go of it, and does not delete it. */
  readonly isRetained: boolean;
}

/** All of a preview that concerns credentials. */
export interface PlannedResources {
  readonly clients: readonly Planned<ClientState>[];
  readonly roles: readonly Planned<RoleState>[];
  readonly secrets: readonly Planned<SecretState>[];
  readonly versions: readonly Planned<VersionState>[];
  readonly integrations: readonly Planned<IntegrationState>[];
  /** Changed resources of other kinds: type and name. */
  readonly others: readonly { readonly op: string; readonly type: string; readonly key: string }[];
}

const credentialType = "genesys-credentials:index:Credential";
const roleType = "pulumi-nodejs:dynamic/genesys:Role";
const secretType = "aws:secretsmanager/secret:Secret";
const versionType = "aws:secretsmanager/secretVersion:SecretVersion";
/** Resources that say nothing about access by themselves. */
const silentTypes = /^(pulumi:|genesys-credentials:index:)/;

const makingOps = new Set(["create", "create-replacement", "import", "import-replacement", "read"]);
const endingOps = new Set([
  "delete",
  "delete-replaced",
  "discard",
  "discard-replaced",
  "remove-pending-replace",
]);
const replacingOps = new Set(["replace", "create-replacement", "delete-replaced", "import-replacement"]);

/** Sorts the steps of a preview by kind. */
export function plannedResources(preview: Preview): PlannedResources {
  const stepsByUrn = new Map<string, PreviewStep[]>();
  for (const step of preview.steps) {
    stepsByUrn.set(step.urn, [...(stepsByUrn.get(step.urn) ?? []), step]);
  }
  const all = [...stepsByUrn].map(([urn, steps]) => ({ urn, steps, type: typeOf(steps) }));
  const known = [clientType, roleType, secretType, versionType, integrationType];
  const ofType = <State>(type: string, read: (state: ResourceState) => State): Planned<State>[] =>
    all.filter((one) => one.type === type).map(({ urn, steps }) => planned(urn, steps, read));
  return {
    clients: ofType(clientType, clientState),
    roles: ofType(roleType, roleState),
    secrets: ofType(secretType, secretState),
    versions: ofType(versionType, versionState),
    integrations: ofType(integrationType, integrationState),
    others: all
      .filter(({ type }) => !known.includes(type) && !silentTypes.test(type))
      .flatMap(({ urn, steps, type }) =>
        steps
          .filter(({ op }) => op !== "same" && op !== "read")
          .map(({ op }) => ({ op, type, key: nameOfUrn(urn) })),
      ),
  };
}

function typeOf(steps: readonly PreviewStep[]): string {
  return steps.map(({ before, after }) => (after ?? before)?.type).find((type) => type !== undefined) ?? "";
}

function planned<State>(
  urn: string,
  steps: readonly PreviewStep[],
  read: (state: ResourceState) => State,
): Planned<State> {
  const before = steps.find((step) => step.before !== undefined && !makingOps.has(step.op))?.before;
  const after = steps.filter((step) => step.after !== undefined && !endingOps.has(step.op)).at(-1)?.after;
  const parent = (after ?? before)?.parent;
  return {
    urn,
    key: nameOfUrn(urn),
    ...(parent?.includes(credentialType) === true ? { credential: nameOfUrn(parent) } : {}),
    ...(before === undefined ? {} : { before: read(before) }),
    ...(after === undefined ? {} : { after: read(after) }),
    isReplaced: steps.some(({ op }) => replacingOps.has(op)),
    isUpdated: steps.some(({ op }) => op === "update"),
    isRetained: before?.retainOnDelete ?? false,
  };
}
