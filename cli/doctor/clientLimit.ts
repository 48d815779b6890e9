// How many OAuth clients the organisation may still have, as far as Genesys tells, and its limits as they are.
import { messageOf } from "../../common/known";
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { type GenesysClient } from "../../genesys/client";
import { isForbidden, isNotFound } from "../../genesys/errors";
import {
  clientLimitIn,
  clientLimitNamespaces,
  confirmedClientLimitKey,
  type LimitKey,
  type OrganizationLimit,
  shownLimits,
} from "../../genesys/knowledge/clientLimit";
import { Limits } from "../../genesys/limits";
import { isDeleted } from "../../genesys/oauthClients";
import { credentialClients, type Evidence } from "../world/credentialClients";
import { clientsInSlot, isOfEarlierGeneration } from "../world/liveClients";
import { type Line, linesOn } from "./line";

/** What Genesys tells of the organisation's limits. */
export interface ToldLimits {
  readonly limits: readonly OrganizationLimit[];
  /** By the name of the namespace. */
  readonly untold: ReadonlyMap<string, Untold>;
}

/** Why a namespace is not told. */
interface Untold {
  readonly reason: string;
  /** Whether that is no failure: newer descriptions ask for no permission, an older one does, and the namespaces are not promised. */
  readonly isRefused: boolean;
}

/** One request for each namespace; one that is not told hides neither the other one nor the count of clients. Never rejects. */
export async function readLimits(client: GenesysClient): Promise<ToldLimits> {
  const untold = new Map<string, Untold>();
  const told = await Promise.all(
    clientLimitNamespaces.map(async (namespace) => {
      try {
        return await new Limits(client).of(namespace);
      } catch (error) {
        untold.set(namespace, {
          reason: messageOf(error),
          isRefused: isForbidden(error) || isNotFound(error),
        });
        return [];
      }
    }),
  );
  return { limits: told.flat(), untold };
}

/** The limits as they are: one line a namespace. */
export function limitLines({ limits, untold }: ToldLimits): readonly Line[] {
  return clientLimitNamespaces.map((namespace) => {
    const { pass, warn } = linesOn("Genesys", "limits", `limits ${namespace}`);
    const lost = untold.get(namespace);
    if (lost !== undefined) {
      const found = `not told: ${lost.reason}`;
      return lost.isRefused
        ? pass(found)
        : warn(found, "run this again later; the other checks do not need it");
    }
    const own = limits.filter((limit) => limit.namespace === namespace);
    const { shown, otherCount } = shownLimits(own);
    const texts = shown.map(({ key, value }) => `${key} = ${JSON.stringify(value ?? null)}`);
    const others = otherCount === 0 ? [] : [`${otherCount} more that speak of other things`];
    return pass(own.length === 0 ? "none are told" : [...texts, ...others].join(", "));
  });
}

/**
 * Whether the clients that the next update makes, and the one of a rotation after it, have room.
 * @param confirmed The limit of OAuth clients; undefined while it is not known which one that is.
 */
export function checkClientLimit(
  { limits }: ToldLimits,
  { credentials }: Pick<ResolvedDeclarations, "credentials">,
  evidence: Pick<Evidence, "everyClient" | "state">,
  stack: string,
  confirmed: LimitKey | undefined = confirmedClientLimitKey,
): Line {
  const { pass, warn, fail } = linesOn("Genesys", "client-limit", "OAuth clients");
  const count = evidence.everyClient.filter((client) => !isDeleted(client)).length;
  const needed = credentials.flatMap((credential) => {
    const { rotation, slots } = credential;
    const { clients: live } = credentialClients({ credential, stack, declared: credentials }, evidence);
    return slots.filter(({ slot, generation }) => {
      const [own] = clientsInSlot(live, slot);
      return own === undefined || isOfEarlierGeneration(own, generation, rotation);
    });
  }).length;
  const makes = `the next update makes ${needed}`;
  if (confirmed === undefined) {
    return pass(
      `there are ${count}; ${makes}; which of Genesys's limits is that of OAuth clients is not documented`,
    );
  }
  const limit = clientLimitIn(limits, confirmed);
  if (limit === undefined) {
    return pass(`there are ${count}; ${makes}; Genesys has not told its limit`);
  }
  const left = limit - count;
  const found = `there are ${count} of at most ${limit}; ${makes}`;
  const remedy =
    "delete clients that nobody uses, ask Genesys for more, or set `rotation.overlap: none` (docs/rotation.md)";
  if (needed > left) {
    return fail(found, remedy);
  }
  return left - needed < 1 ? warn(`${found}, and then no rotation has room`, remedy) : pass(found);
}
