// What `revoke` says: of each client what was reached, and what is still open (pure).
import { msPerSecond } from "../../common/clock";
import { tokenValiditySeconds } from "../../genesys/knowledge/tokenValidity";
import { type CredentialClients, type LostClient } from "../world/credentialClients";
import { type RevokedClient } from "./revocation";

/** One line for each client. */
export function describeRevocation(
  name: string,
  { lost, reasons, isInState }: CredentialClients,
  results: readonly RevokedClient[],
  nowMs: number,
): readonly string[] {
  const gone = lost.filter(({ fate }) => fate === "gone");
  const isNone = results.length === 0 && lost.length === 0 && reasons.length === 0 && !isInState;
  return [
    ...(isNone
      ? [`No OAuth client of ${name} exists in Genesys, and neither the state nor AWS knows one.`]
      : []),
    ...results.map((result) => describeResult(result, nowMs)),
    ...gone.map(
      ({ id, foundBy }) =>
        `OAuth client ${id}, known to ${sourcesInWords(foundBy)}: does not exist any more.`,
    ),
  ];
}

/** What keeps the command from saying that nobody can sign in any more. */
export function openEnds(
  name: string,
  { clients, lost, strangers, reasons, isInState }: CredentialClients,
  results: readonly RevokedClient[],
): readonly string[] {
  const byHand = `see to it that each OAuth client named like ${name} is inactive in Genesys`;
  const isNothingFound = isInState && clients.length === 0 && lost.length === 0;
  return [
    ...results
      .filter(({ reached, isWorthRepeating }) => reached === "failed" || isWorthRepeating)
      .map((result) => openResult(result)),
    ...lost.flatMap(({ id, foundBy, fate }) =>
      fate === "gone"
        ? []
        : [
            `OAuth client ${id}, known to ${sourcesInWords(foundBy)}, is not listed, and what became of it is not known: ${fate.reason}`,
          ],
    ),
    ...strangers.flatMap(({ entity, why }) =>
      why === "ambiguous"
        ? [`${entity.name ?? ""} (${entity.id}): may be this credential's and was not touched`]
        : [],
    ),
    ...reasons.map((reason) => `${reason}; until it can be, ${byHand}`),
    ...(isNothingFound
      ? [`the state knows ${name} and no OAuth client of it, and nothing else tells one: ${byHand}`]
      : []),
  ];
}

function openResult({ client, reason = "", isWorthRepeating }: RevokedClient): string {
  const who = `${client.entity.name ?? ""} (${client.id})`;
  return isWorthRepeating
    ? `${who}: ${reason}`
    : `${who}: ${reason}. Genesys refuses it, so that trying again does not help: deactivate it in Genesys, or give the deployer ` +
        "oauth:client:edit and the roles that this client holds";
}

function describeResult(result: RevokedClient, nowMs: number): string {
  const { client, reached, wasSo, reason } = result;
  const validitySeconds = client.entity.accessTokenValiditySeconds ?? tokenValiditySeconds.maximum;
  const tokensUntil = new Date(nowMs + validitySeconds * msPerSecond).toISOString();
  const what = `OAuth client ${client.entity.name ?? ""} (${client.id}, made for generation ${client.generation}${foundInWords(result)})`;
  const because = reason === undefined ? "" : ` (${reason})`;
  const roles = rolesInWords(result);
  switch (reached) {
    case "disabled":
      return `${what}: ${wasSo ? "was already" : "is now"} disabled: no new tokens, and those already minted are dead.${roles}`;
    case "inactive":
      return `${what}: ${wasSo ? "was already" : "is now"} inactive, not disabled${because}: no new tokens; those already minted can live until ${tokensUntil}.${roles}`;
    case "ended":
      return `${what}: was already deleted, and Genesys keeps it for a while: no new tokens. It was not touched.`;
    case "gone":
      return `${what}: does not exist any more.`;
    case "reset":
      return (
        `${what}: is still ACTIVE, since Genesys does not let the deployer deactivate it${because}; its secret was replaced by one ` +
        `that nobody has, so that no copy of the former one gets a token; tokens already minted can live until ${tokensUntil}. ` +
        "Deactivate it in Genesys; after `restore`, only a rotation brings the credential back."
      );
    case "failed":
      return `${what}: NOT revoked${because}.`;
  }
}

function rolesInWords({ lostRoles = 0 }: RevokedClient): string {
  return lostRoles === 0
    ? ""
    : ` ${lostRoles === 1 ? "A role" : `${lostRoles} roles`} that the deployer does not hold had to be taken from it; after \`restore\`, \`pulumi up\` gives back what is declared.`;
}

/** Its marker alone is the usual way, and not worth a word. */
function foundInWords({ client: { foundBy } }: RevokedClient): string {
  return foundBy.includes("marker")
    ? ""
    : `; not by its description, but known to ${sourcesInWords(foundBy)}`;
}

function sourcesInWords(foundBy: LostClient["foundBy"]): string {
  return foundBy
    .map((way) => ({ state: "the state", secret: "the stored secret", marker: "its description" })[way])
    .join(" and ");
}
