// What a whole run takes of the deployer, as far as the keys tell that are new or gone: compared before anything is written, everything missing in one error.
import { z } from "zod";

import { isEnded } from "../../genesys/knowledge/clientLife";
import type { Step } from "../../genesys/knowledge/requiredPermissions";
import { keyOf, parseMarker, stackPathOf } from "../../genesys/marker";
import type { Inputs } from "../engine/checked";
import { ifTold } from "../run/ifTold";
import { type HandedOutRole, isAllowed, requirePermissions } from "../run/missingPermissions";
import { resolveRoleName } from "../run/roleDivisions";
import type { Session } from "../run/session";
import { type FormerKeys, namesIn, type NamesByKey, removedKeys } from "./record";

/** What the program tells of its entries (declarations/making.ts); what it does not tell is not compared here. */
const makingSchema = z
  .object({
    stack: z.string(),
    roles: z.record(z.string(), z.object({ adopts: z.boolean(), grants: z.boolean() })),
    credentials: z.record(
      z.string(),
      z.object({
        adopts: z.boolean(),
        roleNames: z.array(z.string()),
        hasIntegrationCredential: z.boolean(),
      }),
    ),
  })
  .catch({ stack: "", roles: {}, credentials: {} });

type Making = z.infer<typeof makingSchema>;

export function makingIn(told: unknown): Making {
  return makingSchema.parse(told);
}

/** Keys that come and keys that go. */
interface Turnover {
  readonly come: readonly string[];
  readonly gone: readonly string[];
}

type Turnovers = Readonly<Record<"roles" | "credentials", Turnover>>;

/**
 * Every other resource waits for the stack's identity, so that nothing is written before this. What changes of an entry that stays is
 * compared when its own resource is come to. A deployer that cannot sign in is told by that as well.
 * @throws ProviderError DEPLOYER_PERMISSIONS
 */
export async function requireForWholeRun(
  session: Session,
  organizationId: string | undefined,
  {
    olds,
    inputs,
    formerly,
    making,
  }: {
    readonly olds: Inputs;
    readonly inputs: Inputs;
    readonly formerly: FormerKeys;
    readonly making: Making;
  },
): Promise<void> {
  const seeming = {
    roles: turnover(olds["roles"], inputs["roles"], formerly.roles),
    credentials: turnover(olds["credentials"], inputs["credentials"], formerly.credentials),
  };
  const isSettled = stepsOf(seeming, making, session.reconcile).length === 0;
  if (!session.checksDeployer || isSettled || !(await session.canEnter(organizationId))) {
    return;
  }
  const needs = async (turnovers: Turnovers): Promise<Parameters<typeof requirePermissions>> => [
    session,
    "Checking what this run needs",
    stepsOf(turnovers, making, session.reconcile),
    await handedOut(session, turnovers, making),
  ];
  if (!(await isAllowed(...(await needs(seeming))))) {
    await requirePermissions(...(await needs(await asFarAsLive(session, seeming, making.stack))));
  }
}

function stepsOf({ roles, credentials }: Turnovers, making: Making, looksForOrphans: boolean): Step[] {
  return [
    ...roles.come
      .flatMap((key) => making.roles[key] ?? [])
      .map((made): Step => ({ object: "role", kind: "create", looksForOrphans, ...made })),
    ...roles.gone.map((): Step => ({ object: "role", kind: "delete" })),
    ...credentials.come
      .flatMap((key) => making.credentials[key] ?? [])
      .flatMap(({ adopts, roleNames, hasIntegrationCredential }): Step[] => [
        {
          object: "OAuth client",
          kind: "create",
          adopts,
          looksForOrphans: looksForOrphans && !adopts,
          looksUpRoles: roleNames.length > 0,
        },
        ...(hasIntegrationCredential ? [{ object: "integration credential", kind: "create" } as const] : []),
      ]),
    ...credentials.gone.map((): Step => ({ object: "OAuth client", kind: "delete" })),
  ];
}

function turnover(before: unknown, now: unknown, formerly: NamesByKey): Turnover {
  const [old, declared] = [namesIn(before), namesIn(now)];
  const renamed = Object.values(formerly);
  return {
    come: removedKeys(declared, old).filter((key) => formerly[key] === undefined),
    gone: removedKeys(old, declared).filter((key) => !renamed.includes(key)),
  };
}

/**
 * The record of the keys is not the state: a stack of before there was one, or a credential that was recovered, has what seems to come, and
 * what an interrupted run never made does not go. What is live tells it; where Genesys does not tell that, the record stands.
 */
async function asFarAsLive(
  session: Session,
  { roles, credentials }: Turnovers,
  stack: string,
): Promise<Turnovers> {
  const clients = await ifTold(session.clientsAtStart);
  const lasting = clients?.filter((client) => !isEnded(client));
  return {
    roles: withLive(roles, await ifTold(session.rolesAtStart), stack),
    credentials: withLive(credentials, lasting, stack),
  };
}

function withLive(
  { come, gone }: Turnover,
  live: readonly { readonly description?: string | undefined }[] | undefined,
  stack: string,
): Turnover {
  if (live === undefined) {
    return { come, gone };
  }
  const markers = live.flatMap(({ description }) => parseMarker(description) ?? []);
  const keys = new Set(markers.filter((marker) => stackPathOf(marker) === stack).map(keyOf));
  return { come: come.filter((key) => !keys.has(key)), gone: gone.filter((key) => keys.has(key)) };
}

/** The existing roles that new clients get. One that Genesys does not tell is a matter of the client that gets it. */
async function handedOut(
  session: Session,
  { credentials }: Turnovers,
  making: Making,
): Promise<HandedOutRole[]> {
  const names = new Set(credentials.come.flatMap((key) => making.credentials[key]?.roleNames ?? []));
  const found = await Promise.all(
    [...names].map(async (name) => {
      const id = await ifTold(() => resolveRoleName(session, name, []));
      return id === undefined ? [] : [{ id, name }];
    }),
  );
  return found.flat();
}
