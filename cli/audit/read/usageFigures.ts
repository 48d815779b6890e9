// Asks for the usage of every OAuth client, in batches, and goes on without those that cannot be told.
import { type GenesysClient } from "../../../genesys/client";
import { isForbidden } from "../../../genesys/errors";
import { Usage } from "../../../genesys/usage";
import { type OAuthClientEntity } from "../../../genesys/wire";
import { messageOf } from "../../../common/known";
import { type Output } from "../../terminal/output";
import { type ClientUsage } from "../auditReport";
import { clientUsage, type UsageWindow } from "./clientUsage";
import { inParallel } from "../../../common/inParallel";
import { type NotChecked } from "../notChecked";
import { clientPlace } from "../places";

/** Clients whose queries run at a time: by the time the last one is started, the first has ended, and is not polled in vain. */
const batchSize = 40;
/** Failures that are told one by one; as many without a success mean that the rest need not be asked. */
const toldFailures = 5;

interface Failure {
  readonly client: OAuthClientEntity;
  readonly error: unknown;
}

/** The usage by client id; what is not in it is in `notChecked`. Never rejects. */
export async function readUsage(
  genesys: GenesysClient,
  clients: readonly OAuthClientEntity[],
  window: UsageWindow,
  output: Pick<Output, "progress" | "endProgress">,
  notChecked: NotChecked,
): Promise<ReadonlyMap<string, ClientUsage>> {
  const area = new Usage(genesys);
  const usage = new Map<string, ClientUsage>();
  const failures: Failure[] = [];
  let asked = 0;
  let ended = 0;
  const tellProgress = (): void => {
    ended += 1;
    output.progress(`usage ${ended}/${clients.length}`);
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
  try {
    // The first one alone: a permission that is missing is then told once.
    while (asked < clients.length && !isHopeless()) {
      const size = asked === 0 ? 1 : usage.size === 0 ? toldFailures - 1 : batchSize;
      const batch = clients.slice(asked, asked + size);
      const started = await inParallel(batch, (client) =>
        attempt(client, async () => ({ client, executionId: await area.start(client.id, window) })),
      );
      await inParallel(started.flat(), ({ client, executionId }) =>
        attempt(client, async () => {
          usage.set(client.id, clientUsage(await area.collect(client.id, executionId), window));
          tellProgress();
        }),
      );
      asked += batch.length;
    }
  } finally {
    output.endProgress();
  }
  tellFailures(failures, clients.length, asked, usage.size, notChecked);
  return usage;
}

function tellFailures(
  failures: readonly Failure[],
  total: number,
  asked: number,
  known: number,
  notChecked: NotChecked,
): void {
  const forbidden = failures.find(({ error }) => isForbidden(error));
  const blocks = known === 0 ? (["unused"] as const) : [];
  if (forbidden !== undefined) {
    const what = `usage of ${total - known} OAuth clients`;
    notChecked.add(null, what, messageOf(forbidden.error), blocks);
    return;
  }
  for (const { client, error } of failures.slice(0, toldFailures)) {
    notChecked.add(null, `usage of ${clientPlace(client)}`, messageOf(error), blocks);
  }
  const rest = total - asked + Math.max(0, failures.length - toldFailures);
  if (rest > 0) {
    notChecked.add(null, `usage of ${rest} more OAuth clients`, "those before failed");
  }
}
