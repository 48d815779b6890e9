// Carries a recovery out: restores secrets, writes the state in one step, takes the secrets into it. Broken off anywhere, it can be run again.
import { randomUUID } from "node:crypto";
import { canonicalId } from "../../declarations/canonicalId";
import { OAuthClients } from "../../genesys/oauthClients";
import { Roles } from "../../genesys/roles";
import { readAllowedAddressesSwitch } from "../../genesys/settings";
import { currentLabel } from "../../secrets/store";
import { OutsideError } from "../terminal/cliError";
import { type Known, messageOf } from "../../common/known";
import { readStoredFacts } from "../world/labelledPairs";
import { recordedTypes } from "../world/stackState";
import { logicalNameOf } from "../world/recordOf";
import { type Surroundings } from "../terminal/surroundings";
import { addedResources, componentOf, secretNameOf, type TakenRecords, takenClients } from "./addedResources";
import { generationWritten } from "./clientPlan";
import { clientRecord, type RecordContext } from "./clientRecord";
import { type ExportedState, withResources } from "./exportedState";
import { type CredentialPlan, type RecoveryPlan } from "./plan";
import { type RecoverySources, type RecoveryWorld } from "./readWorld";
import { roleRecord } from "./roleRecord";
import { planSecret } from "./secretPlan";

/** @returns Whether all of the plan came true. @throws OutsideError that says what was done. */
export async function carryOut(
  planned: RecoveryPlan,
  world: RecoveryWorld,
  sources: RecoverySources,
  surroundings: Surroundings,
): Promise<boolean> {
  const { output } = surroundings;
  const { stack, stackName, declarations, access, urns } = sources;
  const again = `run it again: npm run credentials -- recover --stack ${stackName}`;
  const records = await readRecords(planned, world, sources, surroundings);
  const { plan, restored, problems } = await restoreSecrets(planned, world, sources, surroundings, again);
  for (const line of [...restored, ...problems]) {
    output.print(line);
  }
  const added = addedResources(
    plan,
    records,
    declarations,
    world.exported.state,
    urns,
    randomUUID(),
    world.facts.names,
  );
  if (added.length > 0) {
    await requireUnchanged(world.exported, sources, again);
    requireDone(
      await access.write(withResources(world.exported, added)),
      `Writing the state of stack ${stack}`,
      `the state is as it was${restored.length === 0 ? "" : "; the secrets named above are restored"}. When that is put right, ${again}`,
    );
    output.print(`The state of stack ${stack} was written: resources taken back: ${added.length}.`);
  }
  const secrets = plan.credentials.flatMap((one) =>
    one.secret?.outcome === "take"
      ? [{ name: secretNameOf(one), arn: one.secret.arn, parent: componentOf(one, urns) }]
      : [],
  );
  if (secrets.length > 0) {
    requireDone(
      await access.importSecrets(secrets),
      `Taking secrets into the state of stack ${stack}`,
      `roles and clients are in the state, and the secrets may not be; nothing was made or deleted. When that is put right, ${again}`,
    );
    output.print(`Secrets taken into the state: ${secrets.length}.`);
  }
  output.print(
    `Now run \`pulumi preview --stack ${stackName}\` and \`pulumi up\`: it proves what is stored and makes what is new.`,
  );
  return problems.length === 0;
}

/** Of everything that is taken back the record, from what Genesys shows now. */
async function readRecords(
  plan: RecoveryPlan,
  { exported, facts, deployer }: RecoveryWorld,
  { declarations, genesys }: RecoverySources,
  { environment }: Surroundings,
): Promise<TakenRecords> {
  const taken = plan.roles.flatMap((role) => (role.outcome === "take" ? [role] : []));
  const context: RecordContext = {
    organization: declarations.organization,
    organizationId: deployer.organizationId,
    names: facts.names,
    roleIds: new Map([
      ...exported.state.resources.flatMap(({ type, urn, id }) =>
        type === recordedTypes.role && id !== undefined ? [[logicalNameOf(urn), id] as const] : [],
      ),
      ...taken.map(({ role, entity }) => [role.key, entity.id] as const),
    ]),
    allowedAddresses: readAllowedAddressesSwitch(environment),
  };
  const roles = new Roles(genesys);
  const clients = new OAuthClients(genesys);
  try {
    const roleRecords = await Promise.all(
      taken.map(async ({ role, entity, marker }) => {
        const live = await roles.get(entity.id);
        return [entity.id, roleRecord(role, live, marker, deployer, context)] as const;
      }),
    );
    const clientRecords = await Promise.all(
      plan.credentials.flatMap(({ credential, slots }) =>
        slots.map(async (planned) => {
          if (planned.outcome !== "take") {
            return [];
          }
          const { client, slot } = planned;
          const pairs = facts.secrets.get(credential.key)?.pairs ?? [];
          const current = pairs.find(({ labels }) => labels.includes(currentLabel));
          const applied =
            current === undefined ? undefined : generationWritten(current.clientId, [current], credential);
          const live = await clients.get(client.entity.id);
          const generation = applied ?? credential.rotation.generation;
          return [
            [client.entity.id, clientRecord(client, live, slot, credential, generation, context)] as const,
          ];
        }),
      ),
    );
    return {
      roles: new Map(roleRecords),
      clients: new Map(clientRecords.flat()),
      deployerClientId: deployer.clientId,
    };
  } catch (error) {
    throw new OutsideError(`Recovering: ${messageOf(error)}; nothing was done.`);
  }
}

interface Restored {
  readonly plan: RecoveryPlan;
  /** What was done, a line each. */
  readonly restored: readonly string[];
  /** What was restored and is not this credential's. */
  readonly problems: readonly string[];
}

/** What a secret holds can be read only when its deletion was taken back; one that is not the credential's stays out of the state. */
async function restoreSecrets(
  plan: RecoveryPlan,
  { facts }: RecoveryWorld,
  { declarations, store }: RecoverySources,
  { redactor }: Surroundings,
  again: string,
): Promise<Restored> {
  const restored: string[] = [];
  const problems: string[] = [];
  const credentials: CredentialPlan[] = [];
  for (const one of plan.credentials) {
    const { credential, secret } = one;
    if (secret?.outcome !== "take" || secret.deletedAt === undefined) {
      credentials.push(one);
      continue;
    }
    const { name } = credential.secret;
    try {
      await store.restore(secret.arn);
      restored.push(`The secret ${name} was restored.`);
      const ownIds = new Set(takenClients(one).map(({ entity }) => canonicalId(entity.id)));
      const context = { credential, facts, ownIds, apiUrl: declarations.apiUrl };
      const now = planSecret(await readStoredFacts(name, store, redactor), context);
      if (now.outcome === "refused") {
        problems.push(
          `The secret ${name} is not taken into the state, since it is not this credential's: ${now.reason}. It is no longer scheduled for deletion.`,
        );
      }
      credentials.push({ ...one, secret: now });
    } catch (error) {
      const done =
        restored.length === 0 ? "nothing was done" : `the state is as it was. ${restored.join(" ")}`;
      throw new OutsideError(
        `Restoring the secret ${name}: ${messageOf(error)}; ${done} When that is put right, ${again}`,
      );
    }
  }
  return { plan: { ...plan, credentials }, restored, problems };
}

/** Somebody's update since then would be lost. */
async function requireUnchanged(
  { text }: ExportedState,
  { access }: RecoverySources,
  again: string,
): Promise<void> {
  const now = await access.read();
  if ("reason" in now || now.value.text !== text) {
    const what =
      "reason" in now ? `it could not be read again: ${now.reason}` : "somebody has changed it meanwhile";
    throw new OutsideError(
      `Writing the state: ${what}; it was left as it is. Let the other update end, then ${again}`,
    );
  }
}

function requireDone(result: Known<string>, action: string, done: string): void {
  if ("reason" in result) {
    throw new OutsideError(`${action}: ${result.reason}; ${done}`);
  }
}
