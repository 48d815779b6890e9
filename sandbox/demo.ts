// `npm run sandbox`: declares the credentials of stack dev in the simulated organisation, then uses them as their consumers would.
import { useCredential } from "./consumer";
import { devStackName, prepareDevStack } from "./devStack";
import { nameRoles } from "./roleNames";
import { openSession, type Session, type SessionOptions } from "./session";
import { readDeployedCredentials } from "./stackOutputs";
import { exitCodeOfSignal, runCommand } from "./toolchain/runCommand";

/** One line for a person; the demonstration's own words go to standard output. */
export type Print = (line: string) => void;

/** How the CLI was come by, in words. */
const originWords = {
  path: "found on PATH",
  cache: "kept from an earlier run",
  installed: "installed now",
  built: "built now",
} as const;

/** The update, without the preview (nobody is asked) and without what the demonstration shows in its own words. */
const updateArguments = ["up", "--yes", "--skip-preview", "--suppress-outputs", "--stack", devStackName];

/** Runs the demonstration to its end; returns the exit code. */
export async function runDemo(options: SessionOptions, print: Print): Promise<number> {
  const session = await openSession(options);
  try {
    const variables = session.environment.variables;
    print(`Pulumi ${session.pulumi.version}, ${originWords[session.pulumi.origin]}`);
    print(`Genesys Cloud    ${variables["GENESYSCLOUD_API_URL"] ?? ""}`);
    print(`Secrets Manager  ${variables["AWS_ENDPOINT_URL_SECRETS_MANAGER"] ?? ""}`);
    await prepareDevStack({
      paths: session.paths,
      pulumi: session.pulumi.command,
      environment: variables,
      signal: options.signals.aborted,
      again: true,
    });
    print("");
    print(`> pulumi ${updateArguments.join(" ")}`);
    const exitCode = await runCommand(session.pulumi.command, updateArguments, {
      environment: variables,
      folder: options.project,
      signals: options.signals,
    });
    if (options.signals.received !== undefined) {
      return exitCodeOfSignal(options.signals.received);
    }
    if (exitCode !== 0) {
      print("");
      print("The update failed; the reason stands above. To start over: npm run sandbox -- reset");
      return exitCode;
    }
    await prove(session, options, print);
    return 0;
  } finally {
    await session.close();
  }
}

async function prove(session: Session, options: SessionOptions, print: Print): Promise<void> {
  const variables = session.environment.variables;
  const deployed = await readDeployedCredentials(session, options.signals.aborted);
  for (const [name, credential] of Object.entries(deployed)) {
    if (credential.secretName === undefined) {
      print("");
      print(
        `Credential ${name}: its client ${credential.clientId} keeps the secret that it had; nothing is stored yet.`,
      );
      continue;
    }
    const report = await useCredential(credential.secretName, variables);
    const roles = await nameRoles(report.clientId, report.roleDivisions, variables);
    options.signals.aborted.throwIfAborted();
    print("");
    print(`Credential ${name}, used as its consumer uses it:`);
    print(`  secret   ${credential.secretName}: ${report.labels.join(", ")}`);
    print(`  token    minted with the pair in the secret, accepted by ${report.organization}`);
    print(`  client   ${report.clientId}`);
    roles.forEach((role, index) => {
      print(`  ${index === 0 ? "roles " : "      "}   ${role}`);
    });
  }
  print("");
  print("Next:");
  print("  npm run sandbox -- exec pulumi preview --diff     change a line of Pulumi.dev.yaml first");
  print("  npm run sandbox -- exec pulumi up");
  print("  npm run sandbox -- exec bash                      a shell in the sandbox");
  print("  npm run sandbox -- exec pulumi destroy            take everything away again");
  print("  npm run sandbox -- reset                          forget the sandbox and start over");
}
