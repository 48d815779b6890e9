// What was asked for on the command line of `npm run sandbox`.
import { Command, CommanderError, Option } from "commander";

/** One of the things the sandbox does. */
export type Request =
  | { readonly kind: "demo"; readonly awsPlugin: AwsPlugin }
  | { readonly kind: "serve"; readonly awsPlugin: AwsPlugin }
  | { readonly kind: "exec"; readonly awsPlugin: AwsPlugin; readonly command: readonly [string, ...string[]] }
  | { readonly kind: "reset" }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly problem: string };

const awsPlugins = ["real", "stand-in"] as const;

/** Which `pulumi-resource-aws` runs: the stand-in of this repository, or the real plugin, which Pulumi downloads. */
export type AwsPlugin = (typeof awsPlugins)[number];

/** Shown by `--help`, and after a wrong command line. */
export const usage = `npm run sandbox                         the demonstration: declare a credential, create it, use it as its consumer would
npm run sandbox -- exec <command...>    run any command in the sandbox: exec pulumi preview, exec bash
npm run sandbox -- serve                keep the simulated services running until Ctrl-C
npm run sandbox -- reset                forget everything and start over
npm run sandbox -- --help               this text

Options stand before the word exec:
  --aws real       use the real AWS plugin of Pulumi (downloaded once) instead of the stand-in

Endpoints that the environment already sets are used instead of the embedded services:
  GENESYSCLOUD_API_URL, GENESYSCLOUD_LOGIN_URL, GENESYSCLOUD_OAUTHCLIENT_ID, GENESYSCLOUD_OAUTHCLIENT_SECRET,
  AWS_ENDPOINT_URL_SECRETS_MANAGER`;

/** Reads the arguments. Everything after the word `exec` belongs to the command, options included. */
export function parseCommandLine(commandLine: readonly string[]): Request {
  let request: Request = { kind: "help" };
  const nothing = (): void => undefined;
  const program = new Command()
    .addOption(new Option("--aws <plugin>").choices(awsPlugins).default("stand-in"))
    .argument("[word]")
    .helpCommand(true)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: nothing, writeErr: nothing }); // told by main.ts
  const awsPlugin = (): AwsPlugin => program.opts<{ aws: AwsPlugin }>().aws;
  program.action((word?: string) => {
    request =
      word === undefined
        ? { kind: "demo", awsPlugin: awsPlugin() }
        : { kind: "wrong", problem: `there is no ${word}` };
  });
  program.command("serve").action(() => {
    request = { kind: "serve", awsPlugin: awsPlugin() };
  });
  program.command("reset").action(() => {
    request = { kind: "reset" };
  });
  program
    .command("exec <command...>")
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action((command: [string, ...string[]]) => {
      request = { kind: "exec", awsPlugin: awsPlugin(), command };
    });
  try {
    program.parse(commandLine, { from: "user" });
    return request;
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      throw error;
    }
    // Help ends the reading too, as an error without anything wrong.
    return error.exitCode === 0
      ? { kind: "help" }
      : { kind: "wrong", problem: error.message.replace(/^error: |\.$/g, "") };
  }
}
