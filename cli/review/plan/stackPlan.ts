// The plan of one stack: every credential before and after the update, with its grants.
import { defined } from "../../../common/defined";
import { distinctGrants, type Grant } from "../../../genesys/knowledge/grant";
import { type IdentityPlan, identityPlan } from "./identityPlan";
import { type Planned, plannedResources, type PlannedResources } from "./plannedResources";
import { type Preview } from "./preview";
import { type ClientState, type RoleState } from "./resourceStates";
import { type ChangedResource, changedResources } from "./otherChanges";
import { RoleLookup, type Side } from "./roleLookup";
import { declarationsOf, withUnchanged } from "./unchangedResources";

/** What a credential, or a role that no credential holds, may do on one side of the update. */
export interface Snapshot {
  /** Of all its active clients together. */
  readonly grants: readonly Grant[];
  readonly clients: readonly ClientState[];
}

/** One credential. A side is absent when the credential is not there. */
export interface CredentialPlan extends Pick<
  PlannedResources,
  "clients" | "secrets" | "pairs" | "formerVersions" | "integrations"
> {
  readonly key: string;
  readonly before?: Snapshot;
  readonly after?: Snapshot;
}

/** A role that no credential of the stack holds, as far as the preview shows. */
export interface LooseRolePlan {
  readonly key: string;
  readonly before?: readonly Grant[];
  readonly after?: readonly Grant[];
}

/** Everything that a review judges. */
export interface StackPlan
  extends
    Pick<Preview, "stack" | "notices" | "errors" | "violations" | "previewedAt">,
    Pick<PlannedResources, "roles" | "others"> {
  readonly credentials: readonly CredentialPlan[];
  readonly looseRoles: readonly LooseRolePlan[];
  /** What becomes of the stack's identity, and how many objects only get its mark. */
  readonly identity: IdentityPlan;
  /** Every resource that the engine would change, whether or not anything here has words for it. */
  readonly changed: readonly ChangedResource[];
  /** False when an error cut the preview short. */
  readonly reachedEnd: boolean;
  /** False when the preview leaves out what stays the same and its config does not tell it either. */
  readonly isComplete: boolean;
}

/** Slots end a client's logical name where its credential is not told otherwise. */
const slotSuffix = /-[ab]$/;

/** Works out the plan of one preview. */
export function planOf(preview: Preview): StackPlan {
  const shown = plannedResources(preview);
  const declared = preview.isComplete ? declarationsOf(preview) : undefined;
  const planned = declared === undefined ? shown : withUnchanged(shown, declared);
  const roleKeys = new Map(
    (declared?.credentials ?? []).map(({ key, roleDivisions }) => [
      key,
      roleDivisions.map(({ roleKey }) => roleKey),
    ]),
  );
  const clients = planned.clients.map((client) => ({ ...client, credential: credentialOf(client) }));
  const lookup = new RoleLookup(planned.roles, clients, roleKeys, planned.names);
  const keys = new Set([
    ...clients.map(({ credential }) => credential),
    ...[planned.secrets, planned.pairs, planned.formerVersions, planned.integrations]
      .flat()
      .map(credentialOf),
  ]);
  const credentials = [...keys].sort().map((key) => credentialPlan(key, clients, planned, lookup));
  const { stack, notices, errors, violations, previewedAt } = preview;
  const { others } = planned;
  const roles = planned.roles.map((role) => lookup.withKnownDivisions(role));
  return {
    ...{ stack, notices, errors, violations, credentials, roles, others },
    ...defined({ previewedAt }),
    looseRoles: roles.filter(({ urn }) => !lookup.held.has(urn)).map((role) => looseRole(role, lookup)),
    identity: identityPlan(planned),
    changed: changedResources(preview),
    reachedEnd: preview.isComplete,
    isComplete:
      declared !== undefined ||
      preview.steps.some(({ op, after }) => op === "same" && after?.parent !== undefined),
  };
}

function credentialOf({ credential, key }: { readonly credential?: string; readonly key: string }): string {
  return credential ?? key.replace(slotSuffix, "");
}

function credentialPlan(
  key: string,
  everyClient: readonly Planned<ClientState>[],
  planned: PlannedResources,
  lookup: RoleLookup,
): CredentialPlan {
  const isOurs = (one: { readonly credential?: string; readonly key: string }): boolean =>
    credentialOf(one) === key;
  const clients = everyClient.filter(isOurs);
  const snapshot = (side: Side): Snapshot | undefined => {
    const states = clients.flatMap((client) => client[side] ?? []);
    return states.length === 0
      ? undefined
      : {
          clients: states,
          grants: distinctGrants(states.flatMap((state) => lookup.grantsOf(state, side, key))),
        };
  };
  return {
    key,
    ...defined({ before: snapshot("before"), after: snapshot("after") }),
    clients,
    secrets: planned.secrets.filter(isOurs),
    pairs: planned.pairs.filter(isOurs),
    formerVersions: planned.formerVersions.filter(isOurs),
    integrations: planned.integrations.filter(isOurs),
  };
}

function looseRole(role: Planned<RoleState>, lookup: RoleLookup): LooseRolePlan {
  const grants = (state: RoleState): Grant[] =>
    distinctGrants(
      (state.divisions.length === 0 ? ["home"] : state.divisions).flatMap((division) =>
        lookup.grantsOfRole(role.key, state, division),
      ),
    );
  return defined({
    key: role.key,
    before: role.before && grants(role.before),
    after: role.after && grants(role.after),
  });
}
