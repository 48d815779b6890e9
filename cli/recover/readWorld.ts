// Reads everything that a recovery is planned from: the organisation, the state and the stored secrets; what cannot be read ends it.
import { canonicalId } from "../../declarations/canonicalId";
import { isSecretKept } from "../../declarations/adoption";
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { type GenesysClient } from "../../genesys/client";
import { type TokenIdentity } from "../../genesys/identity";
import { OAuthClients } from "../../genesys/oauthClients";
import { type SecretStore } from "../../secrets/store";
import { OutsideError, UsageError } from "../terminal/cliError";
import { readOrganizationNames } from "../world/declaredGrants";
import { askOrganization } from "../world/deployer";
import { identityIn, idsOfType, recordedTypes, settlePending, type StackState } from "../world/stackState";
import { type Surroundings } from "../terminal/surroundings";
import { askForUnlisted } from "../world/unlistedClients";
import { type ExportedState, unsafeOperations } from "./exportedState";
import { askAboutEach } from "../world/secretLookup";
import { readStoredFacts, type StoredFacts } from "../world/labelledPairs";
import { type RecoveryFacts } from "./facts";
import { holdsSecret } from "./plan";
import { type StackUrns } from "./stackUrns";
import { type StateAccess } from "./stateWriting";

/** What a recovery asks, and for which stack. */
export interface RecoverySources {
  readonly declarations: ResolvedDeclarations;
  readonly genesys: GenesysClient;
  readonly store: SecretStore;
  readonly access: StateAccess;
  readonly stack: string;
  /** As Pulumi takes it. */
  readonly stackName: string;
  readonly urns: StackUrns;
}

/** What it was told. */
export interface RecoveryWorld {
  readonly exported: ExportedState;
  readonly facts: RecoveryFacts;
  readonly deployer: TokenIdentity;
}

const action = "Recovering";

/** @throws UsageError, OutsideError: nothing was done. */
export async function readWorld(
  { declarations, genesys, store, access, stackName }: RecoverySources,
  surroundings: Surroundings,
): Promise<RecoveryWorld> {
  const exported = await readState(access, stackName);
  const { state } = exported;
  const oauthClients = new OAuthClients(genesys);
  const answer = async (deployer: TokenIdentity): Promise<RecoveryWorld> => {
    const [listed, names, secrets] = await Promise.all([
      oauthClients.list(),
      readOrganizationNames(genesys, declarations.credentials),
      readSecrets(declarations, state, store, surroundings),
    ]);
    const known = new Set(listed.map(({ id }) => canonicalId(id)));
    const named = [...secrets.values()].flatMap(({ pairs }) =>
      pairs.filter(({ apiUrl }) => apiUrl === declarations.apiUrl).map(({ clientId }) => clientId),
    );
    const unlisted = [...new Set(named)].filter((id) => !known.has(id));
    const { shown, fates } = await askForUnlisted(oauthClients, unlisted);
    for (const [id, fate] of fates) {
      if (fate !== "gone") {
        throw new OutsideError(
          `${action}: OAuth client ${id} could not be looked at: ${fate.reason}; nothing was done.`,
        );
      }
    }
    const recorded = [recordedTypes.client, recordedTypes.role].flatMap((type) => [
      ...idsOfType(state, type),
    ]);
    const facts: RecoveryFacts = {
      clients: [...listed, ...shown],
      roles: names.roles,
      names: { ...names, recorded: state.names },
      secrets,
      recordedIdentity: identityIn(state),
      recordedIds: new Set(recorded.map((id) => canonicalId(id))),
    };
    return { exported, facts, deployer };
  };
  return askOrganization(
    genesys,
    declarations,
    action,
    answer,
    (reason) => `${action}: ${reason}; nothing was done.`,
  );
}

async function readState(access: StateAccess, stackName: string): Promise<ExportedState> {
  const read = await access.read();
  if ("reason" in read) {
    throw new OutsideError(
      `${action}: Pulumi's state could not be read: ${read.reason}; nothing was done. Sign in to its backend (\`pulumi login\`); ` +
        `where the stack itself is gone, make it again first: \`pulumi stack init ${stackName}\`.`,
    );
  }
  const unsafe = unsafeOperations(read.value.state);
  if (unsafe.length > 0) {
    const which = unsafe.map(({ type, urn }) => `${type} ${urn}`).join("; ");
    throw new UsageError(
      `${action}: the last update was interrupted, and nobody knows how far it came (${which}); nothing was done. ` +
        `Run ${settlePending(read.value.state, stackName)}, then this again.`,
    );
  }
  return read.value;
}

async function readSecrets(
  { credentials }: ResolvedDeclarations,
  state: StackState,
  store: SecretStore,
  { redactor }: Surroundings,
): Promise<ReadonlyMap<string, StoredFacts>> {
  const wanted = credentials.filter(
    (credential) => !isSecretKept(credential) && !holdsSecret(state, credential),
  );
  const found = await askAboutEach(wanted, ({ secret }) => readStoredFacts(secret.name, store, redactor));
  return new Map([...found].map(([{ key }, facts]) => [key, facts]));
}
