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

/** Commands that run the program or ask plugins. */
const hosted: readonly string[] = ["up", "preview", "refresh", "destroy"];

export class StandingHosts {
  private constructor(
    private readonly process: ChildProcess,
    private readonly ports: Ports,
  ) {}

  /** @param folder that of the program; @param preload a file for Node's `-r`. */
  static async start(folder: string, preload: string): Promise<StandingHosts> {
    const child = fork(join(__dirname, "standingHostsMain.js"), [folder], {
      // No mark of the world: who looks for the processes of a command does not find this one.
      env: { PATH: process.env["PATH"] ?? "", AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
      execArgv: ["-r", preload],
    });
    const [ports] = (await once(child, "message")) as [Ports];
    return new StandingHosts(child, ports);
  }

  /** The command with the hosts' addresses, which from then on are in its environment. One command at a time. */
  async serve(commandArguments: readonly string[], environment: NodeJS.ProcessEnv): Promise<HostedCommand> {
    if (!hosted.includes(commandArguments[0] ?? "")) {
      return { commandArguments, environment };
    }
    const isReady = once(this.process, "message");
    this.process.send(environment);
    await isReady;
    const { languagePort, awsPort } = this.ports;
    return {
      commandArguments: [...commandArguments, "--client", `127.0.0.1:${languagePort}`],
      environment: { ...environment, PULUMI_DEBUG_PROVIDERS: `aws:${awsPort}` },
    };
  }

  async stop(): Promise<void> {
    const hasEnded = once(this.process, "exit");
    this.process.kill("SIGKILL");
    await hasEnded;
  }
}
