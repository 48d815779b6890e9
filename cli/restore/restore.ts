// `restore`: takes `revoked` out of the stack file; the next `pulumi up` reactivates the clients.
import { type ExitCode, exitCodes } from "../terminal/exitCode";
import { chooseCredential, credentialPath, declarationsInFile } from "../stackFile/stackDeclarations";
import { StackFile } from "../stackFile/stackFile";
import { type Surroundings } from "../terminal/surroundings";

/** What people write behind `restore`. */
export interface RestoreOptions {
  readonly stack?: string;
}

/** @throws UsageError, ConfigError, OutsideError; nothing is written then. */
export function restore(
  name: string,
  options: RestoreOptions,
  { folder, environment, output }: Pick<Surroundings, "folder" | "environment" | "output">,
): ExitCode {
  const file = StackFile.find(folder, options.stack);
  const declarations = declarationsInFile(file.read(environment), file.stack);
  const credential = chooseCredential(declarations, name, file.fileName);
  if (!credential.revoked) {
    output.print(`${name} is not revoked; ${file.fileName} was not changed.`);
    return exitCodes.fine;
  }
  file.edit((edit) => {
    edit.remove([...credentialPath(name), "revoked"]);
  });
  output.print(
    `${file.fileName} no longer says that ${name} is revoked. Genesys was not touched: the next \`pulumi up\` reactivates its ` +
      "OAuth clients with the secret they had. What became of them meanwhile was not looked at: where the state was not refreshed since, it takes " +
      "`pulumi up --refresh`, and where `revoke` could only replace a secret, a rotation. " +
      "After a suspected breach, rotate with --emergency instead of trusting that secret: " +
      `\`npm run credentials -- rotate ${name} --emergency --stack ${file.stack}\`.`,
  );
  return exitCodes.fine;
}
