// Clients whose usage is not known: the first are told one by one, the rest as a number, and a refusal that meets all of them once.
import { messageOf } from "../../../common/known";
import { isForbidden } from "../../../genesys/errors";
import { type OAuthClientEntity } from "../../../genesys/wire";
import { type NotChecked } from "../notChecked";
import { clientPlace } from "../places";

/** Failures that are told one by one; as many without a success mean that the rest need not be asked. */
export const toldFailures = 5;

/** What became of the question about one client. */
export interface UsageFailure {
  readonly client: OAuthClientEntity;
  readonly error: unknown;
}

/** What was asked of how many. */
export interface AskedUsage {
  readonly total: number;
  readonly asked: number;
  readonly known: number;
}

/** Puts them into `notChecked`; where nothing at all is known, or the rest was not asked, nothing can be said of unused clients. */
export function tellUsageFailures(
  failures: readonly UsageFailure[],
  { total, asked, known }: AskedUsage,
  notChecked: NotChecked,
): void {
  const forbidden = failures.find(({ error }) => isForbidden(error));
  const blocks = known === 0 || forbidden !== undefined ? (["unused"] as const) : [];
  if (forbidden !== undefined) {
    notChecked.add(null, `usage of ${total - known} OAuth clients`, messageOf(forbidden.error), blocks);
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
