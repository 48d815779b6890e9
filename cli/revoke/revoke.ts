// `revoke`: takes a credential out of service at once, then says the same in the stack file so that `pulumi up` agrees.
import { OAuthClients } from "../../genesys/oauthClients";
import { OutsideError, UsageError } from "../terminal/cliError";
import { type ExitCode, exitCodes } from "../terminal/exitCode";
import { type CredentialClients } from "../world/credentialClients";
import { askOrganization, connectDeployer } from "../world/deployer";
import { readNamedClients } from "../world/namedClients";
import { type AskPulumi } from "../terminal/pulumiProcess";
import { type RefreshState } from "./pulumiRefresh";
import { revokeClients, type RevokedClient } from "./revocation";
import { describeRevocation, openEnds } from "./revocationText";
import { chooseCredential, credentialPath, declarationsForCalls } from "../stackFile/stackDeclarations";
import { StackFile } from "../stackFile/stackFile";
import { stateOf } from "../world/stackState";
import { type Surroundings } from "../terminal/surroundings";
import { describeStranger, type Wanted } from "../world/strangers";
import { findClients } from "../world/unlistedClients";

/** What people write behind `revoke`. */
export interface RevokeOptions {
  readonly stack?: string;
  /** Do not ask. */
  readonly yes?: boolean;
}

/** What else is asked and told besides Genesys. */
export interface RevokeHelpers {
  readonly refreshState: RefreshState;
  readonly pulumi: AskPulumi;
}

/** @throws UsageError, ConfigError, OutsideError; nothing was done then, or the message says what was. */
export async function revoke(
  name: string,
  options: RevokeOptions,
  surroundings: Surroundings,
  { refreshState, pulumi }: RevokeHelpers,
): Promise<ExitCode> {
  const { output, folder, environment } = surroundings;
  const file = StackFile.find(folder, options.stack);
  const declarations = declarationsForCalls(file.read(environment), file.stack, environment);
  const credential = chooseCredential(declarations, name, file.fileName);
  await confirm(name, file.stack, options, surroundings);
  const client = connectDeployer(declarations, surroundings);
  const oauthClients = new OAuthClients(client);
  const [{ identity, everyClient }, state, named] = await Promise.all([
    askOrganization(
      client,
      declarations,
      `Revoking ${name}`,
      async (deployer) => ({ identity: deployer, everyClient: await oauthClients.list() }),
      (reason) =>
        `Revoking ${name}: ${reason}; NOTHING was revoked. Run it again; or write \`revoked: true\` below ${name} ` +
        `in ${file.fileName} and run \`pulumi up\`; or deactivate its OAuth clients in Genesys.`,
    ),
    stateOf(pulumi, file.pulumiName),
    readNamedClients([credential], declarations, surroundings),
  ]);
  const wanted: Wanted = { credential, stack: file.stack, declared: declarations.credentials };
  const asked = { everyClient, state, named: named.get(name), incomplete: client.unread.incomplete };
  const found = await findClients(wanted, asked, oauthClients);
  const results = await revokeClients(oauthClients, found.clients, identity.roleDivisions);
  for (const line of describeRevocation(name, found, results, surroundings.clock.now())) {
    output.print(line);
  }
  for (const stranger of found.strangers) {
    output.note(describeStranger(name, file.stack, stranger));
  }
  declareRevoked(name, file, surroundings);
  await bringStateInLine(file.pulumiName, results, refreshState, surroundings);
  return outcome(name, file.stack, found, results, surroundings);
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
    const reason = error instanceof Error ? error.message : String(error);
    throw new OutsideError(
      `Writing \`revoked: true\` below ${name} in ${file.fileName}: ${reason} ` +
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
  stack: string,
  found: CredentialClients,
  results: readonly RevokedClient[],
  { output }: Surroundings,
): ExitCode {
  const open = openEnds(name, found, results);
  if (open.length > 0) {
    const advice = `when that is put right, run it again: npm run credentials -- revoke ${name} --stack ${stack} --yes`;
    output.note(`Still open for ${name}; ${advice}\n  ${open.join("\n  ")}`);
    return exitCodes.outside;
  }
  const isDoubtful = found.strangers.length > 0 || results.some(({ reached }) => reached === "reset");
  return isDoubtful ? exitCodes.findings : exitCodes.fine;
}
