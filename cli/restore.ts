// `restore`: takes `revoked` out of the stack file; the next `pulumi up` reactivates the clients.
import { type ExitCode, exitCodes } from "./cliError";
import { chooseCredential, credentialPath, declarationsInFile } from "./stackDeclarations";
import { StackFile } from "./stackFile/stackFile";
import { type Surroundings } from "./surroundings";

/** What people write behind `restore`. */
export interface RestoreOptions {
  readonly stack?: string;
}

/** @throws UsageError, ConfigError, OutsideError; nothing is written then. */
export function restore(
  name: string,
  options: RestoreOptions,
  { folder, output }: Pick<Surroundings, "folder" | "output">,
): ExitCode {
  const file = StackFile.find(folder, options.stack);
  const credential = chooseCredential(declarationsInFile(file.read(), file.stack), name, file.fileName);
  if (!credential.revoked) {
    output.print(`${name} is not revoked; ${file.fileName} was not changed.`);
    return exitCodes.fine;
  }
  file.edit((edit) => {
    edit.remove([...credentialPath(name), "revoked"]);
  });
  output.print(
    `${file.fileName} no longer says that ${name} is revoked. Genesys was not touched: the next \`pulumi up\` reactivates its ` +
      "OAuth clients with the secret they had. After a suspected breach, rotate with --emergency instead of trusting that secret: " +
      `\`npm run credentials -- rotate ${name} --emergency --stack ${file.stack}\`.`,
  );
  return exitCodes.fine;
}
