// The version under which the engine looks for the plugin: that of the SDK package the program uses.

/** The version of the installed `@pulumi/aws`, such as `7.48.0`. */
export function pluginVersion(): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a package.json, not a module
  const { version } = require("@pulumi/aws/package.json") as { version: string };
  return version;
}
