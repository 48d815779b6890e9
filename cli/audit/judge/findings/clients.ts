// Findings about the OAuth clients of credentials: gone, changed by hand, or with roles that nobody declared.
import { adoptionIn } from "../../../../declarations/adoption";
import { clientCredentialsGrant } from "../../../../genesys/knowledge/grantTypes";
import { pairKey } from "../../../../genesys/knowledge/roleDivisions";
import { type OAuthClientEntity } from "../../../../genesys/wire";
import { type AuditFinding } from "../../auditReport";
import { type AuditFacts, type CredentialFacts } from "../../read/auditFacts";
import { clientDrift } from "../clientDrift";
import { finding, ofClient, ofCredential } from "../finding";
import { type GrantDifferences, grantDifferences, pairInWords } from "../heldRoles";
import { type ManagedClient } from "../../read/managedClients";
import { namesGone, goneInWords, madeAgain, setBack } from "../../places";

/** Missing clients, drift, and roles beyond the declared ones. */
export function clientFindings(facts: AuditFacts): readonly AuditFinding[] {
  const { organization, credentials } = facts;
  return organization.clients === undefined
    ? []
    : credentials
        .filter(({ isLive }) => isLive)
        .flatMap((one) =>
          one.clients.flatMap((client) =>
            client.live === undefined
              ? missingFindings(organization.isIncomplete === true, one, client)
              : differenceFindings(facts, one, client, client.live),
          ),
        );
}

/** A client that is not recorded yet is not missing: the next update makes it. */
function missingFindings(
  isIncomplete: boolean,
  one: CredentialFacts,
  client: ManagedClient,
): readonly AuditFinding[] {
  const { stack, credential } = one;
  const { clientId, recorded, name, isCurrent } = client;
  if (recorded === undefined || clientId === null) {
    return [];
  }
  return [
    finding("missing-client", {
      ...ofCredential(one),
      ...ofClient({ id: clientId, name }),
      problem: goneInWords(
        isIncomplete,
        isCurrent ? "consumers cannot sign in" : "copies of the former secret do not work any more",
      ),
      remedy: madeAgain(
        stack.stack,
        adoptionIn(credential, client) === undefined ? undefined : `credentials.${credential.key}`,
      ),
      ...(isCurrent ? {} : { severity: "medium" }),
    }),
  ];
}

/** Drift and undeclared grants. */
function differenceFindings(
  facts: AuditFacts,
  one: CredentialFacts,
  client: ManagedClient,
  live: OAuthClientEntity,
): readonly AuditFinding[] {
  const { stack, credential } = one;
  const about = { ...ofCredential(one), ...ofClient(live) };
  const { differences, concernsSignIn } = clientDrift(credential, stack.stack, client, live);
  const { missing, extra, goneDivisions, goneExistingRoles } = grantsOf(facts, one, client, live);
  const all = [...differences, ...missing.map((words) => `it lacks the ${words}`)];
  const inSettings = new Set(live.roleDivisions?.map(pairKey));
  return [
    ...(all.length === 0
      ? []
      : [
          finding("client-drift", {
            ...about,
            problem: `was changed outside of Pulumi: ${all.join("; ")}`,
            remedy:
              goneDivisions.length + goneExistingRoles.length === 0
                ? setBack(stack.stack)
                : namesGone(
                    `credentials.${credential.key}.roles`,
                    { roles: goneExistingRoles, divisions: goneDivisions },
                    stack.stack,
                  ),
            ...(concernsSignIn ? { severity: "high" } : {}),
          }),
        ]),
    ...extra.map((pair) =>
      finding("undeclared-grant", {
        ...about,
        roleId: pair.roleId,
        problem: `holds the ${pairInWords(pair, facts.organization.names)}, which nobody declared`,
        remedy: inSettings.has(pairKey(pair))
          ? `\`pulumi up --refresh --stack ${stack.stack}\` takes it away; declare it under credentials.${credential.key}.roles where it is meant`
          : "take it away in Genesys, where it was given past the client's own settings and `pulumi up` does not see it",
      }),
    ),
  ];
}

/** Grant types of people have no roles of their own. */
function grantsOf(
  { subjectGrants, roles, organization }: AuditFacts,
  one: CredentialFacts,
  client: ManagedClient,
  { id, roleDivisions }: OAuthClientEntity,
): GrantDifferences {
  if (roleDivisions === undefined || one.credential.authorizedGrantType !== clientCredentialsGrant) {
    return { missing: [], extra: [], goneDivisions: [], goneExistingRoles: [] };
  }
  const held = [...roleDivisions, ...(subjectGrants.get(id) ?? [])];
  const gone = roles.flatMap(({ recorded, live }) =>
    recorded !== undefined && live === undefined ? [recorded.id] : [],
  );
  return grantDifferences(
    one,
    client,
    held,
    organization.names,
    new Set(gone),
    organization.isIncomplete !== true,
  );
}
