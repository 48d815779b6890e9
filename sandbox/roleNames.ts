// Names for the roles that a token carries: the token itself only tells their ids, the deployer may look them up.
import { z } from "zod";
import { mintToken, readGenesys } from "./genesysRequests";

const grantsSchema = z.object({
  grants: z.array(
    z.object({
      role: z.object({ id: z.string(), name: z.string().optional() }),
      division: z.object({ id: z.string(), name: z.string().optional() }),
    }),
  ),
});

/** `reporting-reader in division Home` for each; ids where the organisation tells no names. */
export async function nameRoles(
  clientId: string,
  roleDivisions: readonly { readonly roleId: string; readonly divisionId: string }[],
  environment: NodeJS.ProcessEnv,
): Promise<string[]> {
  const apiUrl = environment["GENESYSCLOUD_API_URL"] ?? "";
  const token = await mintToken({
    tokenUrl: `${environment["GENESYSCLOUD_LOGIN_URL"] ?? ""}/oauth/token`,
    clientId: environment["GENESYSCLOUD_OAUTHCLIENT_ID"] ?? "",
    clientSecret: environment["GENESYSCLOUD_OAUTHCLIENT_SECRET"] ?? "",
  });
  const answer = await readGenesys(apiUrl, `/api/v2/authorization/subjects/${clientId}`, token);
  const { grants } = grantsSchema.parse(answer);
  return roleDivisions.map(({ roleId, divisionId }) => {
    const grant = grants.find(({ role, division }) => role.id === roleId && division.id === divisionId);
    return `${grant?.role.name ?? roleId} in division ${grant?.division.name ?? divisionId}`;
  });
}
