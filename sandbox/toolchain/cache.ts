// Where CLIs that were installed or built are kept, for all checkouts of one user.
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { type Attempt } from "./chooseCli";
import { isExecutableFile } from "./findOnPath";
import { pulumiVersion } from "./version";

/** The project's folder in the user's cache: `$XDG_CACHE_HOME`, else `~/.cache`. */
export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  const configured = environment["XDG_CACHE_HOME"] ?? "";
  // The XDG base directory specification: relative paths are to be ignored.
  const base = isAbsolute(configured) ? configured : join(environment["HOME"] ?? homedir(), ".cache");
  return join(base, "genesys-credentials");
}

/** Where {@link pulumiVersion} is, once it has been installed or built. */
export function cachedPlaces(environment: NodeJS.ProcessEnv) {
  const folder = join(cacheFolder(environment), `pulumi-${pulumiVersion}`);
  return {
    folder,
    /** Root of an official installation; its programs are in `bin`. */
    installedRoot: join(folder, "installed"),
    /** A CLI that was built from the Go module; the language host is not beside it. */
    builtCommand: join(folder, "built", "pulumi"),
  };
}

/** The second way to a CLI: what an earlier run installed or built. Both places are filled by one rename, so what is there is whole. */
export function cachedPulumi(environment: NodeJS.ProcessEnv): Attempt {
  const places = cachedPlaces(environment);
  const command = [join(places.installedRoot, "bin", "pulumi"), places.builtCommand].find(isExecutableFile);
  return command === undefined
    ? { reason: `nothing in ${places.folder}.` }
    : { cli: { command, version: pulumiVersion } };
}
