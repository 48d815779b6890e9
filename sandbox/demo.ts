// `npm run sandbox`: declares the credentials of stack dev in the simulated organisation, then uses them as their consumers would.
import { useCredential } from "./consumer";
import { devStackName } from "./devStack";
import { exitCodeOfSignal } from "./program";
import { nameRoles } from "./roleNames";
import { inSession, type Session, type SessionOptions } from "./session";
import { readDeployedCredentials } from "./stackOutputs";

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
export function runDemo(options: SessionOptions, print: Print): Promise<number> {
  const { signals } = options;
  return inSession(options, async (session) => {
    const { pulumi, variables } = session;
    print(`Pulumi ${pulumi.version}, ${originWords[pulumi.origin]}`);
    print(`Genesys Cloud    ${variables["GENESYSCLOUD_API_URL"] ?? ""}`);
    print(`Secrets Manager  ${variables["AWS_ENDPOINT_URL_SECRETS_MANAGER"] ?? ""}`);
    await session.restoreDevStack();
    print("");
    print(`> pulumi ${updateArguments.join(" ")}`);
    const exitCode = await session.run(pulumi.command, updateArguments);
    if (signals.received !== undefined) {
      return exitCodeOfSignal(signals.received);
    }
    if (exitCode !== 0) {
      print("");
      print("The update failed; the reason stands above. To start over: npm run sandbox -- reset");
      return exitCode;
    }
    await prove(session, signals.aborted, print);
    return 0;
  });
}

async function prove(
  { runPulumi, variables }: Session,
  interrupted: AbortSignal,
  print: Print,
): Promise<void> {
  const deployed = await readDeployedCredentials(runPulumi);
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
    interrupted.throwIfAborted();
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
