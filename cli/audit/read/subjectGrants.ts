// The roles that clients hold by /authorization/subjects, past their own settings: each is asked for, or, of many, those whose number of roles is not explained.
import { messageOf } from "../../../common/known";
import { type GenesysClient } from "../../../genesys/client";
import { isNotFound } from "../../../genesys/errors";
import { Grants } from "../../../genesys/grants";
import { type RoleDivision } from "../../../genesys/knowledge/roleDivisions";
import { RoleCounts } from "../../../genesys/roleCounts";
import { type OAuthClientEntity } from "../../../genesys/wire";
import { counted } from "../../terminal/counted";
import { type NotChecked } from "../notChecked";
import { askEach } from "./askEach";
import { type RequestAllowance } from "./requestAllowance";
import { explainedGrants, type RoleCountRule, ruleOf } from "./roleCountRule";

/** Up to that many clients are asked for one by one. */
const fewClients = 50;
/** Of many, those that are asked for first, to learn what the numbers of roles mean. */
const sampleSize = 3;

type GrantsById = ReadonlyMap<string, readonly RoleDivision[]>;

/**
 * Whether that and a client's `roleDivisions` are one thing is not known (docs/genesys-api.md 4.6), so both are looked at. By client id; what
 * could not be looked at is in `notChecked`. Never rejects.
 */
export async function readSubjectGrants(
  genesys: GenesysClient,
  clients: readonly OAuthClientEntity[],
  allowance: RequestAllowance,
  notChecked: NotChecked,
): Promise<GrantsById> {
  const held = new Map<string, readonly RoleDivision[]>();
  const askSingly = async (some: readonly OAuthClientEntity[], passedOver = 0): Promise<boolean> => {
    const asked = allowance.take(some, "roles given past the settings of OAuth clients");
    const { answers, failures } = await askEach(
      asked.map(({ id }) => id),
      (id) => grantsOf(genesys, id),
    );
    for (const [id, grants] of answers) {
      held.set(id, grants);
    }
    if (failures.length > 0) {
      const unknown = asked.length - answers.size + passedOver;
      const what = `roles given past the settings of ${counted(unknown, "OAuth client")}`;
      notChecked.add(null, what, messageOf(failures[0]));
    }
    return failures.length === 0;
  };
  if (clients.length <= fewClients) {
    await askSingly(clients);
    return held;
  }
  const [sample, others] = [clients.slice(0, sampleSize), clients.slice(sampleSize)];
  // Where the sample is refused, nobody else is asked.
  if (!(await askSingly(sample, others.length))) {
    return held;
  }
  const counts = await countsOf(genesys, clients, allowance);
  const rule = ruleOf(sample, held, counts);
  for (const client of others) {
    const grants = rule === undefined ? undefined : explainedBy(rule, client, counts);
    if (grants !== undefined) {
      held.set(client.id, grants);
    }
  }
  await askSingly(others.filter(({ id }) => !held.has(id)));
  return held;
}

function explainedBy(
  rule: RoleCountRule,
  client: OAuthClientEntity,
  counts: ReadonlyMap<string, number>,
): readonly RoleDivision[] | undefined {
  return explainedGrants(rule, client.roleDivisions ?? [], counts.get(client.id));
}

async function grantsOf(genesys: GenesysClient, id: string): Promise<readonly RoleDivision[]> {
  try {
    return await new Grants(genesys).of(id);
  } catch (error) {
    if (isNotFound(error)) {
      return []; // it was never given any
    }
    throw error;
  }
}

/** Where the numbers are not told, every client is asked for. */
async function countsOf(
  genesys: GenesysClient,
  clients: readonly OAuthClientEntity[],
  allowance: RequestAllowance,
): Promise<ReadonlyMap<string, number>> {
  allowance.spend(RoleCounts.requestsFor(clients.length));
  try {
    return await new RoleCounts(genesys).of(clients.map(({ id }) => id));
  } catch {
    return new Map();
  }
}
