// The clients of every credential of a stack for `list`: as few questions as tell them.
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { OAuthClients } from "../../genesys/oauthClients";
import { type CredentialClients } from "../world/credentialClients";
import { askOrganization, connectDeployer } from "../world/deployer";
import { type Known } from "../../common/known";
import { readNamedClients } from "../world/namedClients";
import { type StackState } from "../world/stackState";
import { type Surroundings } from "../terminal/surroundings";
import { findClients } from "../world/unlistedClients";

/** What lives, and why the state could not be looked at. */
export interface ListedClients {
  /** By the credential's key. */
  readonly found: ReadonlyMap<string, CredentialClients>;
  readonly stateReason: string | undefined;
  /** Since when the state has them, by client id; of an adopted client that is its adoption. */
  readonly recordedAt: ReadonlyMap<string, string | undefined>;
  /** Whether the list of Genesys lacks clients that could not be read, which was told. */
  readonly isIncomplete: boolean;
}

/** AWS is asked for what is declared revoked alone: only there a client that nothing else tells would be told wrongly. @throws UsageError, OutsideError */
export async function listedClients(
  declarations: ResolvedDeclarations,
  stack: string,
  pendingState: Promise<Known<StackState>>,
  surroundings: Surroundings,
): Promise<ListedClients> {
  const { credentials } = declarations;
  const client = connectDeployer(declarations, surroundings);
  const oauthClients = new OAuthClients(client);
  const [everyClient, state, named] = await Promise.all([
    askOrganization(
      client,
      declarations,
      "Listing",
      () => oauthClients.list(),
      (reason) => `Listing the OAuth clients: ${reason}; \`--offline\` shows what the file says.`,
    ),
    pendingState,
    readNamedClients(
      credentials.filter(({ revoked }) => revoked),
      declarations,
      surroundings,
    ),
  ]);
  const { incomplete } = client.unread;
  const found = await Promise.all(
    credentials.map(async (credential) => {
      const asked = { everyClient, state, named: named.get(credential.key), incomplete };
      const wanted = { credential, stack, declared: credentials };
      return [credential.key, await findClients(wanted, asked, oauthClients)] as const;
    }),
  );
  return {
    found: new Map(found),
    stateReason: "reason" in state ? state.reason : undefined,
    recordedAt: new Map(
      "value" in state ? state.value.resources.map(({ id = "", recordedAt }) => [id, recordedAt]) : [],
    ),
    isIncomplete: incomplete.length > 0,
  };
}
