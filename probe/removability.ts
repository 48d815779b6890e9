// Asks, before anything is made, whether it could be found and taken away again: what could not is not made.
import { httpStatus } from "../genesys/httpStatus";
import { clientCredentialsGrant } from "../genesys/knowledge/grantTypes";
import { tokenValiditySeconds } from "../genesys/knowledge/tokenValidity";
import type { ApiRequest } from "../genesys/client";
import { refusalWords } from "./answer";
import type { Ledger, Removable } from "./ledger";
import { descriptionOf, nameOf } from "./mark";
import type { Found } from "./marked";
import type { ProbeClient } from "./probeClient";

/**
 * Sends each request of the removal once, about an id that nobody has: a deployer who may send it hears that it is not known, any other one 403.
 * Should Genesys look for the object first, it hears nothing, and the removal tells what stays.
 * @param unseen Kinds that could not be listed: what is made and not told, because an answer is lost, would not be found.
 * @throws the errors of genesys/
 */
export async function requireRemovable(
  client: ProbeClient,
  ledger: Ledger,
  unseen: Found["unseen"],
  homeDivisionId: string,
): Promise<void> {
  unseen.forEach((reason, kind) => ledger.notToBeMade.set(kind, reason));
  for (const [what, request] of trials(ledger, homeDivisionId)) {
    const answer = await client.answer({ kind: "repeatable", ...request });
    if (answer.status === httpStatus.forbidden && !ledger.notToBeMade.has(what)) {
      ledger.notToBeMade.set(what, refusalWords(answer));
    }
  }
}

function trials(
  { nobodysId: id, runId, deployerId }: Ledger,
  divisionId: string,
): readonly (readonly [Removable, ApiRequest])[] {
  const inactive = {
    name: nameOf(runId, "nobody"),
    description: descriptionOf(runId),
    authorizedGrantType: clientCredentialsGrant,
    accessTokenValiditySeconds: tokenValiditySeconds.minimum,
    state: "inactive",
    roleDivisions: [],
  };
  const grants = [{ roleId: id, divisionId }];
  return [
    ["client", { method: "PUT", path: `/api/v2/oauth/clients/${id}`, body: inactive }],
    ["client", { method: "DELETE", path: `/api/v2/oauth/clients/${id}` }],
    ["role", { method: "DELETE", path: `/api/v2/authorization/roles/${id}` }],
    ["integration credential", { method: "DELETE", path: `/api/v2/integrations/credentials/${id}` }],
    [
      "grant",
      {
        method: "POST",
        path: `/api/v2/authorization/subjects/${deployerId}/bulkremove`,
        body: { grants },
      },
    ],
  ];
}
