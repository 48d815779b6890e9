// `npm run bench`: whole `pulumi` processes of this project against empty dynamic resources on the same engine, as ratios.
import { deployerClientId } from "../sandbox/genesys/seed";
import { startGenesysSimulator } from "../sandbox/genesys/server";
import { startSecretsManager } from "../sandbox/secretsmanager/server";
import { resolvePulumi } from "../sandbox/toolchain/resolvePulumi";
import { compare, summarize } from "./comparison";
import { measure, type Measurement } from "./measure";
import { emptySubject, ourSubject, type Subject } from "./subject";

/** Runs of each measurement; the median counts. Interleaved, so that a slow minute of the machine meets both. */
const runs = 5;

/** Credentials of the large stack, and the resources that they are: client, container and stored secret each, with one role and the stack's identity. */
const manyCredentials = 300;
const resourcesPerCredential = 3;
const resourcesBesides = 2;
const resourcesOfOne = resourcesPerCredential + resourcesBesides;

const deployerSecret = "canary-bench-deployer";

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function main(): Promise<void> {
  const cli = await resolvePulumi();
  const simulator = await startGenesysSimulator({ seed: { deployerSecret } });
  const secretsManager = await startSecretsManager();
  const services = {
    genesysUrl: simulator.url,
    secretsManagerUrl: secretsManager.url,
    deployerClientId,
    deployerSecret,
  };
  const subjects: Subject[] = [];
  const pulumi = (subject: Subject, ...commandArguments: string[]): Promise<Measurement> =>
    measure(cli.command, [...commandArguments, "--non-interactive", "--stack", "bench"], subject);
  const create = async (subject: Subject): Promise<Subject> => {
    subjects.push(subject);
    await measure(cli.command, ["stack", "init", "bench", "--non-interactive"], subject);
    return subject;
  };
  /** The same command on both, `runs` times in turn; `after` is not measured. */
  const inTurn = async (
    [ours, empty]: readonly [Subject, Subject],
    commandArguments: readonly string[],
    after: readonly string[] = [],
  ): Promise<[Measurement[], Measurement[]]> => {
    const results: [Measurement[], Measurement[]] = [[], []];
    for (let index = 0; index < runs; index++) {
      results[0].push(await pulumi(ours, ...commandArguments));
      results[1].push(await pulumi(empty, ...commandArguments));
      if (after.length > 0) {
        await pulumi(ours, ...after);
        await pulumi(empty, ...after);
      }
    }
    return results;
  };
  const show = (what: string, [ours, empty]: readonly [Measurement[], Measurement[]]): void => {
    print(compare(what, summarize(ours), summarize(empty)));
  };

  try {
    print(
      `Pulumi ${cli.version}, Node ${process.version}, median of ${runs} runs; this project : empty dynamic resources`,
    );
    const one = [
      await create(ourSubject(1, cli, services)),
      await create(emptySubject(resourcesOfOne, cli, services)),
    ] as const;
    show(
      `up, 1 credential from nothing : ${resourcesOfOne} empty resources`,
      await inTurn(one, ["up", "--yes"], ["destroy", "--yes"]),
    );
    await pulumi(one[0], "up", "--yes");
    await pulumi(one[1], "up", "--yes");
    show(
      `preview, 1 credential unchanged : ${resourcesOfOne} empty resources`,
      await inTurn(one, ["preview"]),
    );
    await pulumi(one[0], "destroy", "--yes"); // Its names are needed again below.

    print(
      `Creating ${manyCredentials} credentials (a few minutes: Genesys Cloud allows 300 requests a minute) ...`,
    );
    const many = await create(ourSubject(manyCredentials, cli, services));
    const creation = await pulumi(many, "up", "--yes", "--skip-preview");
    print(
      `  ${creation.seconds.toFixed(0)} s, ${simulator.requestLog.entries.length} requests so far in all`,
    );
    for (const count of [manyCredentials, manyCredentials * resourcesPerCredential]) {
      const empty = await create(emptySubject(count, cli, services));
      await pulumi(empty, "up", "--yes", "--skip-preview");
      simulator.requestLog.clear();
      const result = await inTurn([many, empty], ["preview", "--expect-no-changes"]);
      show(`preview, ${manyCredentials} credentials unchanged : ${count} empty resources`, result);
      print(`  requests to Genesys Cloud during ${runs} previews: ${simulator.requestLog.entries.length}`);
    }
  } finally {
    subjects.forEach((subject) => {
      subject.remove();
    });
    await simulator.stop();
    await secretsManager.stop();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`npm run bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
