// Starts moto_server, the Python emulator that the contract suite compares with, when it is installed.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";

/** Milliseconds until the version check and the start have to be through; both load Python. */
const checkTimeoutMs = 30_000;
const startTimeoutMs = 20_000;
const pollMs = 100;

/** Why moto_server cannot be used here, or undefined when it can. */
export function whyNoMoto(): string | undefined {
  const { error, status } = spawnSync("moto_server", ["--help"], {
    stdio: "ignore",
    timeout: checkTimeoutMs,
  });
  if (error !== undefined) {
    return `moto_server is not on PATH (${error.message}); install it with: pip install 'moto[server]'`;
  }
  return status === 0 ? undefined : `moto_server --help ended with ${String(status)}`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function isAnswering(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/moto-api/data.json`)).ok;
  } catch {
    return false;
  }
}

/** A running moto_server. */
export interface MotoServer {
  readonly url: string;
  stop(): Promise<void>;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}

/** Starts it on a free port and waits until it answers. @throws Error when it ends or stays silent. */
export async function startMoto(): Promise<MotoServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  const deadline = Date.now() + startTimeoutMs;
  while (!(await isAnswering(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop(child);
      throw new Error(`Starting moto_server on port ${port}: it did not answer`);
    }
    // A foreign process has a clock of its own: there is nothing to wait for but its answer.
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  return { url, stop: () => stop(child) };
}
