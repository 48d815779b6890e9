// `revoke`: takes a credential out of service at once, then says the same in the stack file so that `pulumi up` agrees.
import { type ResolvedCredential, type ResolvedDeclarations } from "../declarations/resolve";
import { OAuthClients } from "../genesys/oauthClients";
import { type OAuthClientEntity } from "../genesys/wire";
import { type ExitCode, exitCodes, OutsideError, UsageError } from "./cliError";
import { connectDeployer, requireOrganization } from "./deployer";
import { clientsOf, unmarkedNamesakes } from "./liveClients";
import { type RefreshState } from "./pulumiRefresh";
import { revokeClients, type RevokedClient } from "./revocation";
import { chooseCredential, credentialPath, declarationsForCalls } from "./stackDeclarations";
import { StackFile } from "./stackFile/stackFile";
import { type Surroundings } from "./surroundings";

/** What people write behind `revoke`. */
export interface RevokeOptions {
  readonly stack?: string;
  /** Do not ask. */
  readonly yes?: boolean;
}

const msPerSecond = 1000;

/** @throws UsageError, ConfigError, OutsideError; nothing was done then, or the message says what was. */
export async function revoke(
  name: string,
  options: RevokeOptions,
  surroundings: Surroundings,
  refreshState: RefreshState,
): Promise<ExitCode> {
  const { output } = surroundings;
  const file = StackFile.find(surroundings.folder, options.stack);
  const declarations = declarationsForCalls(file.read(), file.stack, surroundings.environment);
  const credential = chooseCredential(declarations, name, file.fileName);
  await confirm(name, file.stack, options, surroundings);
  const { oauthClients, everyClient } = await clientsInGenesys(credential, file, declarations, surroundings);
  const clients = clientsOf(credential.owner, everyClient);
  if (clients.length === 0) {
    output.print(`No OAuth client of ${name} exists in Genesys.`);
  }
  const results = await revokeClients(oauthClients, clients);
  for (const result of results) {
    output.print(describeResult(result, surroundings.clock.now()));
  }
  const namesakes = unmarkedNamesakes(credential, file.stack, everyClient);
  for (const { id, name: clientName } of namesakes) {
    output.note(
      `OAuth client ${clientName ?? ""} (${id}) has the name of a slot of ${name} or is declared to be adopted, but nothing in its ` +
        "description says that it belongs to this stack: it was not touched. If it is this credential's, deactivate it in Genesys.",
    );
  }
  declareRevoked(name, file, surroundings);
  await bringStateInLine(file.stack, results, refreshState, surroundings);
  return outcome(name, results, namesakes.length, surroundings);
}

async function confirm(
  name: string,
  stack: string,
  { yes }: RevokeOptions,
  { ask }: Surroundings,
): Promise<void> {
  if (yes === true) {
    return;
  }
  if (ask === undefined) {
    throw new UsageError(
      `Revoking ${name}: there is no terminal to confirm it on; write --yes. Nothing was done.`,
    );
  }
  const answer = await ask(
    `This takes ${name} of stack ${stack} out of service at once. Type its name to go on: `,
  );
  if (answer?.trim() !== name) {
    throw new UsageError(`Revoking ${name}: the name was not typed again; nothing was done.`);
  }
}

async function clientsInGenesys(
  { key }: ResolvedCredential,
  file: StackFile,
  declarations: ResolvedDeclarations,
  surroundings: Surroundings,
): Promise<{ oauthClients: OAuthClients; everyClient: readonly OAuthClientEntity[] }> {
  const client = connectDeployer(declarations, surroundings);
  const oauthClients = new OAuthClients(client);
  try {
    await requireOrganization(client, declarations, `Revoking ${key}`);
    return { oauthClients, everyClient: await oauthClients.list() };
  } catch (error) {
    if (error instanceof UsageError) {
      throw error;
    }
    throw new OutsideError(
      `Revoking ${key}: ${messageOf(error)}; NOTHING was revoked. Run it again; or write \`revoked: true\` below ${key} ` +
        `in ${file.fileName} and run \`pulumi up\`; or deactivate its OAuth clients in Genesys.`,
    );
  }
}

function describeResult({ client, reached, wasSo, reason }: RevokedClient, nowMs: number): string {
  const validitySeconds = client.entity.accessTokenValiditySeconds ?? longestValiditySeconds;
  const tokensUntil = new Date(nowMs + validitySeconds * msPerSecond).toISOString();
  const what = `OAuth client ${client.entity.name ?? ""} (${client.id}, made for generation ${client.generation})`;
  const because = reason === undefined ? "" : ` (${reason})`;
  switch (reached) {
    case "disabled":
      return `${what}: ${wasSo ? "was already" : "is now"} disabled: no new tokens, and those already minted are dead.`;
    case "inactive":
      return `${what}: ${wasSo ? "was already" : "is now"} inactive, not disabled${because}: no new tokens; those already minted can live until ${tokensUntil}.`;
    case "gone":
      return `${what}: does not exist any more.`;
    case "failed":
      return `${what}: NOT revoked${because}.`;
  }
}

/** Two days: the longest life of a token (genesys-api 3.3). */
const longestValiditySeconds = 172_800;

function declareRevoked(name: string, file: StackFile, { output }: Surroundings): void {
  try {
    const isChanged = file.edit((edit) => {
      edit.set([...credentialPath(name), "revoked"], true);
    });
    output.print(
      isChanged
        ? `${file.fileName} now says \`revoked: true\`; commit it, else the next \`pulumi up\` from elsewhere reactivates the clients.`
        : `${file.fileName} already says \`revoked: true\`.`,
    );
  } catch (error) {
    throw new OutsideError(
      `Writing \`revoked: true\` below ${name} in ${file.fileName}: ${messageOf(error)} ` +
        "What is said above about the OAuth clients holds; write it by hand before the next `pulumi up`, which would reactivate them.",
    );
  }
}

async function bringStateInLine(
  stack: string,
  results: readonly RevokedClient[],
  refreshState: RefreshState,
  { output }: Surroundings,
): Promise<void> {
  if (!results.some(({ reached, wasSo }) => reached !== "failed" && !wasSo)) {
    return;
  }
  const result = await refreshState(stack);
  const byHand = `run \`pulumi refresh --stack ${stack}\` before the next \`pulumi up\`, or let that \`up\` deactivate them once more`;
  switch (result.kind) {
    case "done":
      output.print("Pulumi's state was refreshed: the next `pulumi up` has nothing to change there.");
      return;
    case "absent":
      output.note(`There is no pulumi on the PATH, so its state does not know yet: ${byHand}.`);
      return;
    case "timedOut":
      output.note(`Refreshing Pulumi's state took too long and was ended; the revocation holds: ${byHand}.`);
      return;
    case "failed":
      output.note(`${result.output}\nRefreshing Pulumi's state failed; the revocation holds: ${byHand}.`);
  }
}

function outcome(
  name: string,
  results: readonly RevokedClient[],
  namesakeCount: number,
  { output }: Surroundings,
): ExitCode {
  const open = results.filter(({ isWorthRepeating }) => isWorthRepeating);
  if (open.length > 0) {
    const list = open
      .map(({ client, reason }) => `${client.entity.name ?? ""} (${client.id}): ${reason ?? ""}`)
      .join("\n  ");
    output.note(`Still open for ${name}; run the command again:\n  ${list}`);
    return exitCodes.outside;
  }
  return namesakeCount > 0 ? exitCodes.findings : exitCodes.fine;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
