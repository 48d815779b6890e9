// The OAuth clients of the organisation that no audited stack has, and whose they are.
import { z } from "zod";
import { canonicalId } from "../../../declarations/canonicalId";
import { isEnded } from "../../../genesys/knowledge/clientLife";
import { parseMarker } from "../../../genesys/marker";
import { type OAuthClientEntity } from "../../../genesys/wire";
import { type UnmanagedClient } from "../auditReport";
import { recordedIds } from "../read/auditedStacks";
import { type AuditFacts } from "../read/auditFacts";
import { stackOfMarker } from "./markedStacks";

/** Genesys's own clients belong to an organisation of theirs (docs/genesys-api.md 5.1). */
const builtIn = z.object({ organization: z.object({ id: z.literal("purecloud-builtin") }) });

/** Sorted by name; the client of the deployer and those of other stacks among them. */
export function unmanagedClients(facts: AuditFacts): readonly UnmanagedClient[] {
  const { organization, usage } = facts;
  return unmanagedEntities(facts)
    .map((entity) => ({
      organizationId: organization.organizationId ?? "",
      clientId: entity.id,
      name: entity.name ?? "",
      description: entity.description ?? "",
      grantType: entity.authorizedGrantType ?? null,
      state: entity.state ?? null,
      createdAt: entity.dateCreated ?? null,
      owner: otherOwner(facts, entity) ?? null,
      isDeployer: entity.id === organization.deployerClientId,
      isKnown: facts.settings.knownClients.has(canonicalId(entity.id)),
      usage: usage.get(entity.id) ?? null,
    }))
    .sort((left, right) => (`${left.name} ${left.clientId}` < `${right.name} ${right.clientId}` ? -1 : 1));
}

/** Those of them that nobody looks after: no stack, not the deployer, not Genesys, nobody who is named; about to be adopted is looked after. */
export function unownedEntities(facts: AuditFacts): readonly OAuthClientEntity[] {
  const adopted = facts.credentials.flatMap(({ credential }) => credential.adopt?.clientId ?? []);
  return unmanagedEntities(facts).filter(
    (entity) =>
      parseMarker(entity.description) === undefined &&
      !isEnded(entity) &&
      entity.id !== facts.organization.deployerClientId &&
      !facts.settings.knownClients.has(canonicalId(entity.id)) &&
      !adopted.includes(canonicalId(entity.id)) &&
      !builtIn.safeParse(entity).success,
  );
}

function unmanagedEntities(facts: AuditFacts): readonly OAuthClientEntity[] {
  const known = new Set([
    ...recordedIds(facts.stacks, "clients"),
    ...facts.credentials.flatMap((one) => one.clients.flatMap(({ clientId }) => clientId ?? [])),
  ]);
  return (facts.organization.clients ?? []).filter(({ id }) => !known.has(id));
}

/** The owner in the marker, unless it is an audited stack: that one does not know the client. */
function otherOwner(facts: AuditFacts, { description }: OAuthClientEntity): string | undefined {
  const marker = parseMarker(description);
  return stackOfMarker(facts, marker) === undefined ? marker?.owner : undefined;
}
