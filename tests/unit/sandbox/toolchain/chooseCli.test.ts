// Which way to a CLI is taken, and what is said when none works.
import {
  type Attempt,
  chooseCli,
  type CliSources,
  ToolchainError,
} from "../../../../sandbox/toolchain/chooseCli";

const cli = (command: string): Attempt => ({ cli: { command, version: "3.259.0" } });

/** Sources that give what is listed, refuse the rest, and record which were asked. */
function sources(
  given: Partial<Record<keyof CliSources, Attempt>>,
): CliSources & { readonly asked: string[] } {
  const asked: string[] = [];
  const way = (name: keyof CliSources) => (): Promise<Attempt> => {
    asked.push(name);
    return Promise.resolve(given[name] ?? { reason: `${name} has none.` });
  };
  return {
    asked,
    path: way("path"),
    cache: way("cache"),
    installed: way("installed"),
    built: way("built"),
  };
}

test("the CLI on PATH wins, and nothing else is looked at", async () => {
  const given = sources({ path: cli("/path/pulumi"), cache: cli("/cache/pulumi") });
  await expect(chooseCli(given)).resolves.toEqual({
    command: "/path/pulumi",
    version: "3.259.0",
    origin: "path",
  });
  expect(given.asked).toEqual(["path"]);
});

test.each([
  ["cache", ["path", "cache"]],
  ["installed", ["path", "cache", "installed"]],
  ["built", ["path", "cache", "installed", "built"]],
] as const)("%s is used when those before it have none", async (origin, asked) => {
  const given = sources({ [origin]: cli("/there/pulumi") });
  await expect(chooseCli(given)).resolves.toEqual({ command: "/there/pulumi", version: "3.259.0", origin });
  expect(given.asked).toEqual(asked);
});

test("where none works, one message names the three ways and why each failed", async () => {
  const given = sources({
    path: { reason: "no pulumi on PATH." },
    installed: { reason: "get.pulumi.com cannot be reached (ENOTFOUND)." },
    built: { reason: "no go on PATH." },
  });
  const error: unknown = await chooseCli(given).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ToolchainError);
  expect((error as Error).message.split("\n")).toEqual([
    "Finding the Pulumi CLI: none of the three ways worked; use one of them:",
    "  1. Put Pulumi 3.226.0 or later on PATH (https://www.pulumi.com/docs/install/). Now: no pulumi on PATH.",
    "  2. Let this machine reach https://get.pulumi.com; the installer then runs by itself. Now: get.pulumi.com cannot be reached (ENOTFOUND).",
    "  3. Put Go 1.25.11 or later on PATH; the CLI is then built from its Go module. Now: no go on PATH.",
  ]);
});
