// The plan of a recovery: for everything that is declared and that the state does not hold, which live object it is (pure).
import { isSecretKept } from "../../declarations/adoption";
import { canonicalId } from "../../declarations/canonicalId";
import { type ResolvedCredential, type ResolvedDeclarations } from "../../declarations/resolve";
import { isClientRecordOf, keysOf, logicalNameOf, slotOfRecord } from "../world/recordOf";
import { recordedTypes, type RecordedResource, type StackState } from "../world/stackState";
import { inSlot, type OwnClient, ownClients, planSlot, type SlotPlan } from "./clientPlan";
import { type RecoveryFacts } from "./facts";
import { type Belonging } from "./lostIdentity";
import { planRole, type RolePlan } from "./rolePlan";
import { planSecret, type SecretPlan } from "./secretPlan";

/** What becomes of one credential. */
export interface CredentialPlan {
  readonly credential: ResolvedCredential;
  /** Of the slots that the state does not hold. */
  readonly slots: readonly SlotPlan[];
  /** Undefined where the state holds it, or nothing is stored yet. */
  readonly secret: SecretPlan | undefined;
  /** Clients that carry the credential's mark and have no place in it: they are left as they are. */
  readonly leftOver: readonly OwnClient[];
  /** URN of the component that the state holds; undefined where it has to be written. */
  readonly component: string | undefined;
}

/** All of it. */
export interface RecoveryPlan {
  readonly belonging: Belonging;
  readonly roles: readonly RolePlan[];
  readonly credentials: readonly CredentialPlan[];
}

export function planRecovery(
  declarations: ResolvedDeclarations,
  stack: string,
  state: StackState,
  facts: RecoveryFacts,
  belonging: Belonging,
): RecoveryPlan {
  const held = state.resources.filter(({ isPendingDeletion }) => !isPendingDeletion);
  const missingRoles = declarations.roles.filter(
    (role) =>
      !held.some(({ type, urn }) => type === recordedTypes.role && keysOf(role).includes(logicalNameOf(urn))),
  );
  return {
    belonging,
    roles: missingRoles.map((role) => planRole(role, facts, belonging)),
    credentials: declarations.credentials.map((credential) =>
      planCredential(credential, { declarations, stack, state, held, facts, belonging }),
    ),
  };
}

interface Around {
  readonly declarations: ResolvedDeclarations;
  readonly stack: string;
  readonly state: StackState;
  readonly held: readonly RecordedResource[];
  readonly facts: RecoveryFacts;
  readonly belonging: Belonging;
}

function planCredential(
  credential: ResolvedCredential,
  { declarations, stack, state, held, facts, belonging }: Around,
): CredentialPlan {
  const records = held.filter(
    (resource) =>
      resource.type === recordedTypes.client &&
      isClientRecordOf(resource, credential, declarations.credentials),
  );
  const own = ownClients(credential, facts, belonging, stack);
  const missing = credential.slots.filter(
    ({ slot }) => !records.some((record) => slotOfRecord(record) === slot),
  );
  const slots = missing.map((slot) => planSlot(slot, credential, own, facts, stack));
  const ownIds = new Set([
    ...own.map(({ entity }) => canonicalId(entity.id)),
    ...records.flatMap(({ id }) => (id === undefined ? [] : [canonicalId(id)])),
  ]);
  const stored = isSecretKept(credential) ? undefined : facts.secrets.get(credential.key);
  const placed = slots.flatMap((plan) =>
    plan.outcome === "new" ? [] : (inSlot(own, plan.slot.slot)[0] ?? []),
  );
  return {
    credential,
    slots,
    secret:
      stored === undefined
        ? undefined
        : (heldElsewhere(stored.arn, state) ??
          planSecret(stored, { credential, facts, ownIds, apiUrl: declarations.apiUrl })),
    leftOver: own.filter((client) => !placed.includes(client)),
    component: componentIn(held, credential),
  };
}

/** A secret that is in state twice would be deleted in the one place while the other one is in use. */
function heldElsewhere(arn: string | undefined, { resources }: StackState): SecretPlan | undefined {
  const held = resources.find(
    ({ type, id }) => type === recordedTypes.secret && arn !== undefined && id === arn,
  );
  if (held === undefined) {
    return undefined;
  }
  const reason = held.isPendingDeletion
    ? `the state holds it as one to be deleted, ${held.urn}: the next \`pulumi up\` does that, and makes it anew under another secret.name`
    : `the state holds it in another place, ${held.urn}: where the credential's key was renamed, write \`formerly\`; otherwise ` +
      `\`pulumi state delete --force '${held.urn}'\` lets go of it there, and then run this again`;
  return { outcome: "refused", reason };
}

/** Whether the state holds the secret of a credential: below its component, or under its name. */
export function holdsSecret(state: StackState, credential: ResolvedCredential): boolean {
  const held = state.resources.filter(({ isPendingDeletion }) => !isPendingDeletion);
  const component = componentIn(held, credential);
  return held.some(
    ({ type, parent }) => type === recordedTypes.secret && component !== undefined && parent === component,
  );
}

function componentIn(held: readonly RecordedResource[], credential: ResolvedCredential): string | undefined {
  return held.find(
    ({ type, urn }) => type === recordedTypes.credential && keysOf(credential).includes(logicalNameOf(urn)),
  )?.urn;
}

/** Whether anything is to be written or restored. */
export function hasWork({ roles, credentials }: RecoveryPlan): boolean {
  return (
    roles.some(({ outcome }) => outcome === "take") ||
    credentials.some(
      ({ slots, secret }) => secret?.outcome === "take" || slots.some(({ outcome }) => outcome === "take"),
    )
  );
}
