// Hosts that stay from command to command of a world, for suites of many commands: each command saves the start of four Node processes.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** Where the hosts listen. */
interface Ports {
  readonly languagePort: number;
  readonly awsPort: number;
}

/** What a command gets so that it uses the hosts. */
export interface HostedCommand {
  readonly commandArguments: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

/** Commands that run the program or ask plugins; each takes `--client`. */
const hosted: readonly string[] = ["up", "preview", "refresh", "destroy"];

export class StandingHosts {
  private constructor(private readonly process: ChildProcess) {}

  /**
   * @param folder That of the program.
   * @param preload A file for Node's `-r`.
   * @param onOutput Gets what program and plugin print, which no command shows.
   */
  static start(folder: string, preload: string, onOutput: (text: string) => void): StandingHosts {
    const child = fork(join(__dirname, "standingHostsMain.js"), [folder], {
      // No mark of the world: who looks for the processes of a command does not find this one.
      env: { PATH: process.env["PATH"] ?? "", AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
      execArgv: ["-r", preload],
      silent: true,
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (data: Buffer) => {
        onOutput(data.toString());
      });
    }
    return new StandingHosts(child);
  }

  /** The command with the addresses of hosts that work in this environment until the next command. One command at a time. */
  async serve(commandArguments: readonly string[], environment: NodeJS.ProcessEnv): Promise<HostedCommand> {
    if (!hosted.includes(commandArguments[0] ?? "")) {
      return { commandArguments, environment };
    }
    const { languagePort, awsPort } = await this.started(environment);
    return {
      commandArguments: [...commandArguments, "--client", `127.0.0.1:${languagePort}`],
      environment: { ...environment, PULUMI_DEBUG_PROVIDERS: `aws:${awsPort}` },
    };
  }

  private async started(environment: NodeJS.ProcessEnv): Promise<Ports> {
    const settled = new AbortController();
    const { signal } = settled;
    try {
      const answer = once(this.process, "message", { signal }) as Promise<[Ports]>;
      const end = once(this.process, "exit", { signal }).then(([code]): never => {
        throw new Error(`the hosts that stay ended with ${String(code)}`);
      });
      this.process.send(environment);
      const [ports] = await Promise.race([answer, end]);
      return ports;
    } finally {
      settled.abort();
    }
  }

  async stop(): Promise<void> {
    if (this.process.connected) {
      const hasEnded = once(this.process, "exit");
      this.process.disconnect();
      await hasEnded;
    }
  }
}
