// The clients of every credential of a stack for `list`: as few questions as tell them.
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { OAuthClients } from "../../genesys/oauthClients";
import { type OAuthClientEntity } from "../../genesys/wire";
import { openStore } from "../world/awsEnvironment";
import { OutsideError } from "../terminal/cliError";
import {
  credentialClients,
  type CredentialClients,
  unlistedIds,
  type Wanted,
} from "../world/credentialClients";
import { connectDeployer } from "../world/deployer";
import { type Known } from "../../common/known";
import { type NamedClients, readNamedClients } from "../world/namedClients";
import { type StackState } from "../world/stackState";
import { type Surroundings } from "../terminal/surroundings";
import { askForUnlisted } from "../world/unlistedClients";

/** What lives, and why the state could not be looked at. */
export interface ListedClients {
  /** By the credential's key. */
  readonly found: ReadonlyMap<string, CredentialClients>;
  readonly stateReason: string | undefined;
}

/** AWS is asked for what is declared revoked alone: only there a client that nothing else tells would be told wrongly. @throws OutsideError */
export async function listedClients(
  declarations: ResolvedDeclarations,
  stack: string,
  pendingState: Promise<Known<StackState>>,
  surroundings: Surroundings,
): Promise<ListedClients> {
  const { credentials } = declarations;
  const [{ oauthClients, everyClient }, state, named] = await Promise.all([
    listClients(declarations, surroundings),
    pendingState,
    namedClients(declarations, surroundings),
  ]);
  const found = await Promise.all(
    credentials.map(async (credential) => {
      const wanted: Wanted = { credential, stack, declared: credentials };
      const asked = { everyClient, state, named: named.get(credential.key) };
      const { shown, fates } = await askForUnlisted(oauthClients, unlistedIds(wanted, asked));
      const evidence = { ...asked, everyClient: [...everyClient, ...shown], fates };
      return [credential.key, credentialClients(wanted, evidence)] as const;
    }),
  );
  return { found: new Map(found), stateReason: "reason" in state ? state.reason : undefined };
}

async function listClients(
  declarations: ResolvedDeclarations,
  surroundings: Surroundings,
): Promise<{ oauthClients: OAuthClients; everyClient: readonly OAuthClientEntity[] }> {
  try {
    const oauthClients = new OAuthClients(connectDeployer(declarations, surroundings));
    return { oauthClients, everyClient: await oauthClients.list() };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OutsideError(`Listing the OAuth clients: ${reason}; \`--offline\` shows what the file says.`);
  }
}

async function namedClients(
  { aws, apiUrl, credentials }: ResolvedDeclarations,
  { environment, redactor }: Surroundings,
): Promise<ReadonlyMap<string, NamedClients>> {
  const store = openStore(aws, environment);
  try {
    const named = credentials
      .filter(({ revoked }) => revoked)
      .map(
        async ({ key, secret }) =>
          [key, await readNamedClients(secret.name, store, apiUrl, redactor)] as const,
      );
    return new Map(await Promise.all(named));
  } finally {
    store.close();
  }
}
