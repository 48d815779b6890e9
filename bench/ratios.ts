// `npm run bench`: whole `pulumi` processes of this project against empty dynamic resources on the same engine, as ratios.
import { compare, summarize } from "./comparison";
import type { Measurement } from "./measure";
import { emptySubject, ourSubject, type Subject } from "./subject";
import type { World } from "./world";

/** Runs of each measurement; the median counts. Interleaved, so that a slow minute of the machine meets both. */
const runs = 5;

/** Credentials of the large stack, and the resources that they are: component, client, container and stored secret each, with one role and the stack's identity. */
const manyCredentials = 300;
const resourcesPerCredential = 4;
const resourcesBesides = 2;
const resourcesOf = (credentials: number): number => credentials * resourcesPerCredential + resourcesBesides;

/** Each measurement as a line, as soon as it is there. */
export async function measureRatios(world: World): Promise<void> {
  const { cli, services, simulator, print } = world;
  /** The same command on both, `runs` times in turn; `after` is not measured. */
  const inTurn = async (
    [ours, empty]: readonly [Subject, Subject],
    commandArguments: readonly string[],
    after: readonly string[] = [],
  ): Promise<[Measurement[], Measurement[]]> => {
    const results: [Measurement[], Measurement[]] = [[], []];
    for (let index = 0; index < runs; index++) {
      results[0].push(await world.pulumi(ours, ...commandArguments));
      results[1].push(await world.pulumi(empty, ...commandArguments));
      if (after.length > 0) {
        await world.pulumi(ours, ...after);
        await world.pulumi(empty, ...after);
      }
    }
    return results;
  };
  const show = (what: string, [ours, empty]: readonly [Measurement[], Measurement[]]): void => {
    print(compare(what, summarize(ours), summarize(empty)));
  };

  print(
    `Pulumi ${cli.version}, Node ${process.version}, median of ${runs} runs; this project : empty dynamic resources`,
  );
  const resourcesOfOne = resourcesOf(1);
  const one = [
    await world.create(ourSubject(1, cli, services)),
    await world.create(emptySubject(resourcesOfOne, cli, services)),
  ] as const;
  show(
    `up, 1 credential from nothing : ${resourcesOfOne} empty resources`,
    await inTurn(one, ["up", "--yes"], ["destroy", "--yes"]),
  );
  await world.pulumi(one[0], "up", "--yes");
  await world.pulumi(one[1], "up", "--yes");
  show(`preview, 1 credential unchanged : ${resourcesOfOne} empty resources`, await inTurn(one, ["preview"]));
  await world.pulumi(one[0], "destroy", "--yes"); // Its names are needed again below.

  print(
    `Creating ${manyCredentials} credentials (a few minutes: Genesys Cloud allows 300 requests a minute) ...`,
  );
  const many = await world.create(ourSubject(manyCredentials, cli, services));
  const creation = await world.pulumi(many, "up", "--yes", "--skip-preview");
  print(`  ${creation.seconds.toFixed(0)} s, ${simulator.requestLog.count()} requests so far in all`);
  const count = resourcesOf(manyCredentials);
  const empty = await world.create(emptySubject(count, cli, services));
  await world.pulumi(empty, "up", "--yes", "--skip-preview");
  simulator.requestLog.clear();
  const result = await inTurn([many, empty], ["preview", "--expect-no-changes"]);
  show(`preview, ${manyCredentials} credentials unchanged : ${count} empty resources`, result);
  print(`  requests to Genesys Cloud during ${runs} previews: ${simulator.requestLog.count()}`);
}
