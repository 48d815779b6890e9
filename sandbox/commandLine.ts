// What was asked for on the command line of `npm run sandbox`.

/** One of the things the sandbox does. */
export type Request =
  | { readonly kind: "demo"; readonly awsPlugin: AwsPlugin }
  | { readonly kind: "serve"; readonly awsPlugin: AwsPlugin }
  | { readonly kind: "exec"; readonly awsPlugin: AwsPlugin; readonly command: readonly [string, ...string[]] }
  | { readonly kind: "reset" }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly problem: string };

/** Which `pulumi-resource-aws` runs: the stand-in of this repository, or the real plugin, which Pulumi downloads. */
export type AwsPlugin = "stand-in" | "real";

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
  let awsPlugin: AwsPlugin = "stand-in";
  for (let index = 0; index < commandLine.length; index++) {
    const word = commandLine[index] ?? "";
    const rest = commandLine.slice(index + 1);
    if (word === "--help" || word === "-h" || word === "help") {
      return { kind: "help" };
    }
    if (word === "--aws" || word.startsWith("--aws=")) {
      const value = word === "--aws" ? rest[0] : word.slice("--aws=".length);
      if (value !== "real" && value !== "stand-in") {
        return { kind: "wrong", problem: `--aws takes real or stand-in, not ${value ?? "nothing"}` };
      }
      awsPlugin = value;
      index += word === "--aws" ? 1 : 0;
    } else if (word === "exec") {
      const command = rest[0] === "--" ? rest.slice(1) : rest;
      return isNonEmpty(command)
        ? { kind: "exec", awsPlugin, command }
        : {
            kind: "wrong",
            problem: "exec needs a command, for example: npm run sandbox -- exec pulumi preview",
          };
    } else if (word === "serve" || word === "reset") {
      return rest.length > 0
        ? { kind: "wrong", problem: `${word} takes no arguments, but was given ${rest.join(" ")}` }
        : word === "serve"
          ? { kind: "serve", awsPlugin }
          : { kind: "reset" };
    } else {
      return { kind: "wrong", problem: `there is no ${word}` };
    }
  }
  return { kind: "demo", awsPlugin };
}

function isNonEmpty(words: readonly string[]): words is readonly [string, ...string[]] {
  return words.length > 0;
}
