// A recovery in words: what is taken back and from whom, what is new at the next update, and what is refused (pure).
import { type CredentialPlan, hasWork, type RecoveryPlan } from "./plan";
import { type IdentityEvidence } from "./lostIdentity";
import { type OwnClient } from "./clientPlan";

/** The lines for people. */
export function planLines(plan: RecoveryPlan): readonly string[] {
  return [
    ...headed(`Taken back into the state${origin(plan)}:`, takenLines(plan)),
    ...headed("Made new by the next `pulumi up`:", newLines(plan)),
    ...headed("Taken over by the next `pulumi up`, as declared with `adopt`:", adoptedLines(plan)),
    ...headed("Refused, and left as they are:", refusalLines(plan)),
    ...headed("Worth knowing:", noteLines(plan)),
  ];
}

/** Whether anything stands in the way of the next update. */
export function hasRefusals(plan: RecoveryPlan): boolean {
  return refusalLines(plan).length > 0;
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

function takenLines({ roles, credentials }: RecoveryPlan): readonly string[] {
  return [
    ...roles.flatMap((plan) => (plan.outcome === "take" ? [`role ${plan.role.key}: ${plan.entity.id}`] : [])),
    ...credentials.flatMap((plan) => [
      ...plan.slots.flatMap((slot) =>
        slot.outcome === "take" ? [`${plan.credential.key}: ${clientWords(slot.client)}`] : [],
      ),
      ...secretLine(plan),
    ]),
  ];
}

function clientWords({ entity, slot, generation, labels }: OwnClient): string {
  const named = labels.length === 0 ? "" : `, named by ${labels.join(" and ")}`;
  const state = entity.state === undefined || entity.state === "active" ? "" : `, ${entity.state}`;
  return `OAuth client ${entity.id} (slot ${slot}, generation ${generation}${named}${state})`;
}

function secretLine({ credential, secret }: CredentialPlan): readonly string[] {
  if (secret?.outcome !== "take") {
    return [];
  }
  const restored =
    secret.deletedAt === undefined
      ? ""
      : `, restored first: its deletion is scheduled (DeletedDate ${secret.deletedAt})`;
  return [`${credential.key}: secret ${credential.secret.name}${restored}`];
}

function newLines({ roles, credentials }: RecoveryPlan): readonly string[] {
  return [
    ...roles.flatMap(({ role, outcome }) => (outcome === "new" ? [`role ${role.key}`] : [])),
    ...credentials.flatMap(({ credential: { key, secret: declared }, slots, secret }) => [
      ...slots.flatMap(({ slot, outcome }) =>
        outcome === "new"
          ? [`${key}: OAuth client of generation ${slot.generation} (slot ${slot.slot})`]
          : [],
      ),
      ...(secret?.outcome === "new" ? [`${key}: secret ${declared.name}`] : []),
    ]),
  ];
}

function adoptedLines({ roles, credentials }: RecoveryPlan): readonly string[] {
  return [
    ...roles.flatMap(({ role, outcome }) =>
      outcome === "adopted" ? [`role ${role.key}: ${role.adopt?.roleId ?? ""}`] : [],
    ),
    ...credentials.flatMap(({ credential: { key, adopt }, slots }) =>
      slots.flatMap(({ outcome }) =>
        outcome === "adopted" ? [`${key}: OAuth client ${adopt?.clientId ?? ""}`] : [],
      ),
    ),
  ];
}

function refusalLines({ roles, credentials }: RecoveryPlan): readonly string[] {
  return [
    ...roles.flatMap((plan) => (plan.outcome === "refused" ? [`role ${plan.role.key}: ${plan.reason}`] : [])),
    ...credentials.flatMap(({ credential: { key, secret: declared }, slots, secret }) => [
      ...slots.flatMap((plan) => (plan.outcome === "refused" ? [`${key}: ${plan.reason}`] : [])),
      ...(secret?.outcome === "refused" ? [`${key}: secret ${declared.name}: ${secret.reason}`] : []),
    ]),
  ];
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
