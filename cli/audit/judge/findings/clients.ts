// Findings about the OAuth clients of credentials: gone, changed by hand, or with roles that nobody declared.
import { adoptionIn } from "../../../../declarations/adoption";
import { clientCredentialsGrant } from "../../../../genesys/knowledge/grantTypes";
import { type AuditFinding } from "../../auditReport";
import { type AuditFacts, type CredentialFacts } from "../../read/auditFacts";
import { clientDrift } from "../clientDrift";
import { finding } from "../finding";
import { grantDifferences, pairInWords } from "../heldRoles";
import { type ManagedClient } from "../../read/managedClients";
import { clientPlace, madeAgain, setBack } from "../../places";

/** Missing clients, drift, and roles beyond the declared ones. */
export function clientFindings(facts: AuditFacts): readonly AuditFinding[] {
  const { organization } = facts;
  if (organization === undefined || !("value" in organization.clients)) {
    return [];
  }
  return facts.credentials
    .filter(({ isLive }) => isLive)
    .flatMap((one) =>
      one.clients.flatMap((client) =>
        client.live === undefined
          ? missingFindings(one, client)
          : [...driftFindings(facts, one, client), ...grantFindings(facts, one, client)],
      ),
    );
}

/** A client that is not recorded yet is not missing: the next update makes it. */
function missingFindings(
  { stack, credential }: CredentialFacts,
  client: ManagedClient,
): readonly AuditFinding[] {
  if (client.recorded === undefined || client.clientId === null) {
    return [];
  }
  return [
    finding("missing-client", {
      stack: stack.stack,
      credential: credential.key,
      clientId: client.clientId,
      place: clientPlace({ id: client.clientId, name: client.name }),
      problem: client.isCurrent
        ? "is in state and does not exist in Genesys: consumers cannot sign in"
        : "is in state and does not exist in Genesys: copies of the former secret do not work any more",
      remedy: madeAgain(
        stack.stack,
        adoptionIn(credential, client) === undefined ? undefined : `credentials.${credential.key}`,
      ),
      ...(client.isCurrent ? {} : { severity: "medium" }),
    }),
  ];
}

function driftFindings(
  facts: AuditFacts,
  { stack, credential }: CredentialFacts,
  client: ManagedClient,
): readonly AuditFinding[] {
  const { live } = client;
  if (live === undefined) {
    return [];
  }
  const { differences, concernsSignIn } = clientDrift(credential, stack.stack, client, live);
  const missing = grantsOf(facts, { stack, credential }, client).missing.map(
    (words) => `it lacks the ${words}`,
  );
  const all = [...differences, ...missing];
  return all.length === 0
    ? []
    : [
        finding("client-drift", {
          stack: stack.stack,
          credential: credential.key,
          clientId: live.id,
          place: clientPlace(live),
          problem: `was changed outside of Pulumi: ${all.join("; ")}`,
          remedy: setBack(stack.stack),
          ...(concernsSignIn ? { severity: "high" } : {}),
        }),
      ];
}

function grantFindings(
  facts: AuditFacts,
  { stack, credential }: CredentialFacts,
  client: ManagedClient,
): readonly AuditFinding[] {
  const { live } = client;
  if (live === undefined) {
    return [];
  }
  return grantsOf(facts, { stack, credential }, client).extra.map((pair) => {
    const isInSettings = (live.roleDivisions ?? []).some(
      ({ roleId, divisionId }) => roleId === pair.roleId && divisionId === pair.divisionId,
    );
    return finding("undeclared-grant", {
      stack: stack.stack,
      credential: credential.key,
      clientId: live.id,
      roleId: pair.roleId,
      place: clientPlace(live),
      problem: `holds the ${pairInWords(pair, namesOf(facts))}, which nobody declared`,
      remedy: isInSettings
        ? `\`pulumi up --refresh --stack ${stack.stack}\` takes it away; declare it under credentials.${credential.key}.roles where it is meant`
        : "take it away in Genesys, where it was given past the client's own settings and `pulumi up` does not see it",
    });
  });
}

/** Grant types of people have no roles of their own. */
function grantsOf(
  facts: AuditFacts,
  one: Pick<CredentialFacts, "stack" | "credential">,
  client: ManagedClient,
): ReturnType<typeof grantDifferences> {
  const { live } = client;
  if (live?.roleDivisions === undefined || one.credential.authorizedGrantType !== clientCredentialsGrant) {
    return { missing: [], extra: [] };
  }
  const held = [...live.roleDivisions, ...(facts.subjectGrants.get(live.id) ?? [])];
  const gone = facts.roles.flatMap(({ recorded, live: role }) =>
    recorded !== undefined && role === undefined ? [recorded.id] : [],
  );
  return grantDifferences(one, client, held, namesOf(facts), new Set(gone));
}

function namesOf({ organization }: AuditFacts): NonNullable<AuditFacts["organization"]>["names"] {
  return organization?.names ?? { reason: "nobody signed in" };
}
