// A recovery in words: what is taken back and from whom, what is new at the next update, and what is refused (pure).
import { type ResolvedCredential } from "../../declarations/resolve";
import { hasWork, type RecoveryPlan } from "./plan";
import { type IdentityEvidence } from "./lostIdentity";
import { type OwnClient, type SlotPlan } from "./clientPlan";
import { type RolePlan } from "./rolePlan";
import { type SecretPlan } from "./secretPlan";

/** The lines for people. */
export function planLines(plan: RecoveryPlan): readonly string[] {
  return [
    ...headed(`Taken back into the state${origin(plan)}:`, linesOf("take", plan)),
    ...headed("Made new by the next `pulumi up`:", linesOf("new", plan)),
    ...headed("Taken over by the next `pulumi up`, as declared with `adopt`:", linesOf("adopted", plan)),
    ...headed("Refused, and left as they are:", linesOf("refused", plan)),
    ...headed("Worth knowing:", noteLines(plan)),
  ];
}

/** Whether anything stands in the way of the next update. */
export function hasRefusals(plan: RecoveryPlan): boolean {
  return linesOf("refused", plan).length > 0;
}

/** Identities to choose from. */
export function evidenceLines(evidence: readonly IdentityEvidence[]): readonly string[] {
  return evidence.map(
    ({ identity, clients, roles, named }) =>
      `  ${identity}: OAuth clients: ${clients} (stored secrets of this stack name ${named} of them), roles: ${roles}`,
  );
}

function origin(plan: RecoveryPlan): string {
  const { lost, recorded } = plan.belonging;
  if (!hasWork(plan)) {
    return "";
  }
  if (lost === undefined) {
    return recorded === undefined ? "" : `, identity ${recorded}`;
  }
  return recorded === undefined
    ? `, from identity ${lost}, which the stack has again then`
    : `, from identity ${lost}; the stack stays ${recorded}, and the next \`pulumi up\` writes that into their descriptions`;
}

function headed(head: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [head, ...lines.map((line) => `  ${line}`)];
}

/** All that has one outcome: the roles, then of each credential its clients and its secret. */
function linesOf(outcome: RolePlan["outcome"], { roles, credentials }: RecoveryPlan): readonly string[] {
  const isSo = (plan: { readonly outcome: string }): boolean => plan.outcome === outcome;
  return [
    ...roles.filter(isSo).map((plan) => `role ${plan.role.key}${roleWords(plan)}`),
    ...credentials.flatMap(({ credential, slots, secret }) => [
      ...slots.filter(isSo).map((plan) => `${credential.key}: ${slotWords(plan, credential)}`),
      ...(secret !== undefined && isSo(secret)
        ? [`${credential.key}: secret ${credential.secret.name}${secretWords(secret)}`]
        : []),
    ]),
  ];
}

function roleWords(plan: RolePlan): string {
  switch (plan.outcome) {
    case "take":
      return `: ${plan.entity.id}`;
    case "new":
      return "";
    case "adopted":
      return `: ${plan.role.adopt?.roleId ?? ""}`;
    case "refused":
      return `: ${plan.reason}`;
  }
}

function slotWords(plan: SlotPlan, { adopt }: ResolvedCredential): string {
  switch (plan.outcome) {
    case "take":
      return clientWords(plan.client);
    case "new":
      return `OAuth client of generation ${plan.slot.generation} (slot ${plan.slot.slot})`;
    case "adopted":
      return `OAuth client ${adopt?.clientId ?? ""}`;
    case "refused":
      return plan.reason;
  }
}

function clientWords({ entity, slot, generation, labels }: OwnClient): string {
  const named = labels.length === 0 ? "" : `, named by ${labels.join(" and ")}`;
  const state = entity.state === undefined || entity.state === "active" ? "" : `, ${entity.state}`;
  return `OAuth client ${entity.id} (slot ${slot}, generation ${generation}${named}${state})`;
}

function secretWords(plan: SecretPlan): string {
  switch (plan.outcome) {
    case "take":
      return plan.deletedAt === undefined
        ? ""
        : `, restored first: its deletion is scheduled (DeletedDate ${plan.deletedAt})`;
    case "new":
      return "";
    case "refused":
      return `: ${plan.reason}`;
  }
}

function noteLines({ belonging, credentials }: RecoveryPlan): readonly string[] {
  return [
    ...belonging.others.map(
      ({ identity, clients, roles }) =>
        `identity ${identity} has objects under the names of this stack too (OAuth clients: ${clients}, roles: ${roles}); they are left as they are`,
    ),
    ...credentials.flatMap(({ credential, slots, leftOver }) => [
      ...slots.flatMap((plan) =>
        plan.outcome === "take" &&
        plan.slot.state === "active" &&
        plan.client.entity.state !== "active" &&
        plan.client.entity.state !== undefined
          ? [
              `${credential.key}: OAuth client ${plan.client.entity.id} is ${plan.client.entity.state} and declared active: the next \`pulumi up\` activates it; ` +
                "to keep it closed write `revoked: true` before",
            ]
          : [],
      ),
      ...leftOver.map(
        (client) =>
          `${credential.key}: ${clientWords(client)} carries its mark, and another one has its place: left as it is; \`npm run credentials -- doctor\` tells about it`,
      ),
    ]),
  ];
}
