// Git in one folder, without the settings of whoever runs the tests.
import { spawnSync } from "node:child_process";

/** Runs a git command and gives what it printed; throws where it failed. */
export type Git = (...argv: string[]) => string;

export function gitIn(folder: string): Git {
  return (...argv) => {
    const { status, stdout, stderr } = spawnSync("git", argv, {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: process.env["PATH"], GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
    });
    if (status !== 0) {
      throw new Error(`git ${argv.join(" ")}: ${stderr}`);
    }
    return stdout.trim();
  };
}
