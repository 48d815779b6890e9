// The command line of `npm run sandbox`.
import { parseCommandLine } from "../../../sandbox/commandLine";

test.each([
  [[], { kind: "demo", awsPlugin: "stand-in" }],
  [["--aws", "real"], { kind: "demo", awsPlugin: "real" }],
  [["serve"], { kind: "serve", awsPlugin: "stand-in" }],
  [["reset"], { kind: "reset" }],
  [["--help"], { kind: "help" }],
  [["help"], { kind: "help" }],
  [
    ["exec", "pulumi", "preview", "--expect-no-changes"],
    exec("stand-in", "pulumi", "preview", "--expect-no-changes"),
  ],
  [["exec", "--help"], exec("stand-in", "--help")],
  [["exec", "pulumi", "--help"], exec("stand-in", "pulumi", "--help")],
  [["exec", "--", "pulumi", "up"], exec("stand-in", "pulumi", "up")],
  [["--aws=real", "exec", "pulumi", "up", "--aws", "x"], exec("real", "pulumi", "up", "--aws", "x")],
  [
    ["exec", "npm", "run", "sandbox", "--", "reset"],
    exec("stand-in", "npm", "run", "sandbox", "--", "reset"),
  ],
])("%j", (words, request) => {
  expect(parseCommandLine(words)).toEqual(request);
});

test.each([
  [["exec"], "missing required argument 'command'"],
  [["--aws"], "option '--aws <plugin>' argument missing"],
  [["--aws", "exec"], "argument 'exec' is invalid. Allowed choices are real, stand-in"],
  [["reset", "--all"], "unknown option '--all'"],
  [["start"], "there is no start"],
])("%j is refused", (words, problem) => {
  expect(parseCommandLine(words)).toEqual({ kind: "wrong", problem: expect.stringContaining(problem) });
});

function exec(awsPlugin: string, ...command: string[]): object {
  return { kind: "exec", awsPlugin, command };
}
