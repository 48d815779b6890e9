// Asks for the usage of each OAuth client, in batches, and goes on without those that cannot be told.
import { inParallel } from "../../../common/inParallel";
import { type GenesysClient } from "../../../genesys/client";
import { isForbidden } from "../../../genesys/errors";
import { Usage } from "../../../genesys/usage";
import { jobIntervals, type UsageInterval } from "../../../genesys/usageInterval";
import { isNotOpen, UsageJobs } from "../../../genesys/usageJobs";
import { type UsageRow } from "../../../genesys/usageRows";
import { type OAuthClientEntity } from "../../../genesys/wire";
import { type ClientUsage } from "../auditReport";
import { type NotChecked } from "../notChecked";
import { clientUsage, type UsageWindow } from "./clientUsage";
import { tellUsageFailures, toldFailures, type UsageFailure } from "./usageFailures";
import { type UsageProgress } from "./usageProgress";

/** Clients whose queries run at a time: by the time the last one is started, the first has ended, and is not polled in vain. */
const batchSize = 40;

/** A way to ask: what was started, by ids, is collected later. */
interface Way {
  readonly start: (clientId: string, interval: UsageInterval) => Promise<readonly string[]>;
  readonly collect: (clientId: string, ids: readonly string[]) => Promise<readonly UsageRow[]>;
}

/** What is asked in place of a single job. The usage by client id; what is not in it is in `notChecked`. Never rejects. */
export async function readUsageByClient(
  genesys: GenesysClient,
  clients: readonly OAuthClientEntity[],
  window: UsageWindow,
  progress: UsageProgress,
  notChecked: NotChecked,
): Promise<ReadonlyMap<string, ClientUsage>> {
  const usage = new Map<string, ClientUsage>();
  const failures: UsageFailure[] = [];
  let way: Way | undefined;
  let asked = 0;
  let ended = 0;
  const tellProgress = (): void => {
    ended += 1;
    progress.read("client", ended, clients.length, false);
  };
  const attempt = async <T>(client: OAuthClientEntity, question: () => Promise<T>): Promise<readonly T[]> => {
    try {
      return [await question()];
    } catch (error) {
      failures.push({ client, error });
      tellProgress();
      return [];
    }
  };
  const isHopeless = (): boolean =>
    failures.some(({ error }) => isForbidden(error)) || (usage.size === 0 && failures.length >= toldFailures);
  // The first one alone: which way is open, or a permission that is missing, is then found out once.
  while (asked < clients.length && !isHopeless()) {
    const size = asked === 0 ? 1 : usage.size === 0 ? toldFailures - 1 : batchSize;
    const batch = clients.slice(asked, asked + size);
    const started = await inParallel(batch, (client) =>
      attempt(client, async () => {
        const begun = await startBy(way === undefined ? waysOf(genesys) : [way], client.id, window);
        way = begun.way;
        return { client, ...begun };
      }),
    );
    await inParallel(started.flat(), ({ client, way: own, ids }) =>
      attempt(client, async () => {
        usage.set(client.id, clientUsage(await own.collect(client.id, ids), window));
        tellProgress();
      }),
    );
    asked += batch.length;
  }
  tellUsageFailures(failures, { total: clients.length, asked, known: usage.size }, notChecked);
  return usage;
}

/** The former requests first: they are open to whoever may see clients. They are deprecated, so jobs of a client take their place. */
function waysOf(genesys: GenesysClient): readonly Way[] {
  const queries = new Usage(genesys);
  const jobs = new UsageJobs(genesys);
  return [
    {
      start: async (id, interval) => [await queries.start(id, interval)],
      collect: async (id, [query = ""]) => queries.collect(id, query),
    },
    {
      start: async (id, interval) => {
        const ids: string[] = [];
        for (const part of jobIntervals(interval)) {
          ids.push(await jobs.startOfClient(id, part));
        }
        return ids;
      },
      collect: async (id, ids) => {
        const rows: UsageRow[] = [];
        for (const job of ids) {
          for (const { date = "", requests = NaN } of await jobs.collectOfClient(id, job)) {
            rows.push({ date, requests });
          }
        }
        return rows;
      },
    },
  ];
}

/** Begins by the first of the ways that is open. @throws what the first one was answered, where none is */
async function startBy(
  ways: readonly Way[],
  clientId: string,
  window: UsageWindow,
): Promise<{ readonly way: Way; readonly ids: readonly string[] }> {
  let refusal: unknown;
  for (const way of ways) {
    try {
      return { way, ids: await way.start(clientId, window) };
    } catch (error) {
      refusal ??= error;
      if (!isNotOpen(error)) {
        break;
      }
    }
  }
  throw refusal;
}
