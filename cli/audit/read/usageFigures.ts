// The usage of every OAuth client: by one job for all of them, or, where there is no such job for the deployer, client by client.
import { messageOf } from "../../../common/known";
import { type GenesysClient } from "../../../genesys/client";
import { isForbidden } from "../../../genesys/errors";
import { type OAuthClientEntity } from "../../../genesys/wire";
import { type Output } from "../../terminal/output";
import { type NotChecked } from "../notChecked";
import { canHaveFigures, type UsageWindow } from "./clientUsage";
import { readUsageByClient } from "./usageByClient";
import { readUsageOfOrganization, type UsageFigures } from "./usageOfOrganization";
import { UsageProgress } from "./usageProgress";

/** What is not known is in `notChecked`. Never rejects. */
export async function readUsage(
  genesys: GenesysClient,
  clients: readonly OAuthClientEntity[],
  window: UsageWindow,
  output: Pick<Output, "progress" | "endProgress" | "note">,
  notChecked: NotChecked,
): Promise<UsageFigures> {
  const progress = new UsageProgress(output, genesys.clock);
  try {
    const figures = await readUsageOfOrganization(genesys, clients, window, progress, notChecked);
    if (!("error" in figures)) {
      return figures;
    }
    const grown = clients.filter((client) => canHaveFigures(client, window));
    output.note(fallbackNote(figures.error, grown.length));
    const singly = new UsageProgress(output, genesys.clock);
    const byClient = await readUsageByClient(genesys, grown, window, singly, notChecked);
    return { byClient, otherRows: 0 };
  } finally {
    progress.end();
  }
}

/** One line: it takes longer, and what would make it short. */
function fallbackNote(error: unknown, clients: number): string {
  const remedy = isForbidden(error)
    ? "; with usage:organization:view in a role of the deployer it is one question for all"
    : "";
  return `Auditing: usage is asked client by client, two requests for each of ${clients}, since one job for all was refused: ${messageOf(error)}${remedy}.`;
}
