// Whose pair a credential's stored secret holds after an update: a rotation, its revert, or neither (pure).
import { type Planned } from "../plan/plannedResources";
import { nameOfUrn } from "../plan/preview";
import { type ClientState } from "../plan/resourceStates";
import { type Side } from "../plan/roleLookup";
import { type CredentialPlan } from "../plan/stackPlan";

export type PlannedClient = Planned<ClientState>;

/** What the stored secret turns to. */
export interface Turn {
  /**
   * `new client`: one that this update makes. `kept client`: the idle one, with another secret. `earlier client`: back to the one of a
   * lower generation. `same client`: back by as many generations as there are slots. `waiting client`: one that an update before has made
   * and that nothing is stored of yet.
   */
  readonly to: "new client" | "kept client" | "earlier client" | "same client" | "waiting client";
  readonly client: PlannedClient;
}

/** Undefined where the pair of the same client at the same generation stays, and for a credential that comes or goes. */
export function turnOf(plan: CredentialPlan): Turn | undefined {
  const { before, pairs } = plan;
  const pair = pairs.find(({ after }) => after !== undefined);
  const client = clientAt(plan, pair?.after?.clientUrn);
  if (before === undefined || pair === undefined || client === undefined) {
    return undefined;
  }
  if (isNew(client)) {
    return { to: "new client", client };
  }
  const [was, is] = [generationOn("before", plan), pair.after?.generation];
  if (was === undefined || is === undefined || was === is) {
    return undefined;
  }
  if (is > was) {
    return { to: client.after?.isKept === true ? "kept client" : "waiting client", client };
  }
  return { to: pair.before?.clientUrn === pair.after?.clientUrn ? "same client" : "earlier client", client };
}

/** The client of a URN; one that the preview leaves out has only its logical name. */
export function clientAt({ clients }: CredentialPlan, urn: string | undefined): PlannedClient | undefined {
  return urn === undefined ? undefined : clients.find(({ key }) => key === nameOfUrn(urn));
}

/** The client whose pair consumers hold at this moment; undefined where the preview does not show it. */
export function presentClient(plan: CredentialPlan): PlannedClient | undefined {
  const was = generationOn("before", plan);
  return plan.clients.find(({ before }) => before !== undefined && before.generation === was);
}

/** Whether the client that is there now will be gone. */
export function ends(client: PlannedClient): boolean {
  return (
    client.before !== undefined &&
    (client.after === undefined || client.isReplaced) &&
    !client.isRetained &&
    !client.isGone
  );
}

/** Whether the update makes the client. */
export function isNew(client: PlannedClient): boolean {
  return client.after !== undefined && (client.before === undefined || client.isReplaced);
}

/** The generation that the stored secret is at on one side; where the preview does not show that, the latest of the clients. */
export function generationOn(side: Side, plan: CredentialPlan): number | undefined {
  const pair = plan.pairs.find((one) => one[side] !== undefined)?.[side];
  const generations = plan[side]?.clients.flatMap(({ generation }) => generation ?? []) ?? [];
  return pair?.generation ?? (generations.length === 0 ? undefined : Math.max(...generations));
}

/**
 * Whether a rotation deletes the client as rotations do: it was idle, the client of the generation before the present one, and nobody
 * adopted it with copies of its secret in use.
 */
export function rotationEnds(plan: CredentialPlan, client: PlannedClient): boolean {
  const [was, is] = [generationOn("before", plan), generationOn("after", plan)];
  const isRotation = was !== undefined && is !== undefined && is > was;
  return (
    isRotation &&
    ends(client) &&
    client.before?.generation !== undefined &&
    client.before.generation < was &&
    client.before.adopt?.secret !== "keep"
  );
}
