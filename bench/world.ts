// What measurements run in: the simulated services in this process, and stacks with a backend of their own each.
import { deployerClientId } from "../sandbox/genesys/seed";
import { type GenesysSimulator, startGenesysSimulator } from "../sandbox/genesys/server";
import { startSecretsManager } from "../sandbox/secretsmanager/server";
import { type ResolvedPulumi, resolvePulumi } from "../sandbox/toolchain/resolvePulumi";
import type { EmbeddedServices } from "../sandbox/environment";
import { measure, type Measurement } from "./measure";
import type { Subject } from "./subject";

/** The name of every stack: each has a backend of its own. */
export const stackName = "bench";

const deployerSecret = "canary-bench-deployer";

export class World {
  private readonly subjects: Subject[] = [];

  private constructor(
    readonly cli: ResolvedPulumi,
    readonly simulator: GenesysSimulator,
    readonly services: EmbeddedServices,
    private readonly stopServices: () => Promise<void>,
    readonly print: (line: string) => void,
  ) {}

  /** Starts one, and stops it in any case. */
  static async use(print: (line: string) => void, measureIn: (world: World) => Promise<void>): Promise<void> {
    const world = await World.start(print);
    try {
      await measureIn(world);
    } finally {
      await world.stop();
    }
  }

  private static async start(print: (line: string) => void): Promise<World> {
    const cli = await resolvePulumi();
    const simulator = await startGenesysSimulator({ seed: { deployerSecret } });
    const secretsManager = await startSecretsManager();
    const services = {
      genesysUrl: simulator.url,
      secretsManagerUrl: secretsManager.url,
      deployerClientId,
      deployerSecret,
    };
    const stopServices = async (): Promise<void> => {
      await simulator.stop();
      await secretsManager.stop();
    };
    return new World(cli, simulator, services, stopServices, print);
  }

  /** Makes the stack of a subject. */
  async create(subject: Subject): Promise<Subject> {
    this.subjects.push(subject);
    await measure(this.cli.command, ["stack", "init", stackName, "--non-interactive"], subject);
    return subject;
  }

  /** A `pulumi` command on a stack. */
  pulumi(subject: Subject, ...commandArguments: string[]): Promise<Measurement> {
    const all = [...commandArguments, "--non-interactive", "--stack", stackName];
    return measure(this.cli.command, all, subject);
  }

  /** A command of `npm run credentials`. */
  credentials(subject: Subject, ...commandArguments: string[]): Promise<Measurement> {
    const entry = ["-r", "./common/register.js", "cli/main.ts"];
    return measure(process.execPath, [...entry, ...commandArguments], subject);
  }

  private async stop(): Promise<void> {
    for (const subject of this.subjects) {
      subject.remove();
    }
    await this.stopServices();
  }
}
