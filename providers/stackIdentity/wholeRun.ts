// What a whole run takes of the deployer, as far as the keys tell that are new or gone: compared before anything is written, everything missing in one error.
import { z } from "zod";

import type { Step } from "../../genesys/knowledge/requiredPermissions";
import type { Inputs } from "../engine/checked";
import { ifTold } from "../run/ifTold";
import { type HandedOutRole, requirePermissions } from "../run/missingPermissions";
import { resolveRoleName } from "../run/roleDivisions";
import type { Session } from "../run/session";
import { type FormerKeys, namesIn, type NamesByKey, removedKeys } from "./record";

/** What the program tells of its entries (declarations/making.ts); what it does not tell is not compared here. */
const makingSchema = z
  .object({
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
  .catch({ roles: {}, credentials: {} });

type Making = z.infer<typeof makingSchema>;

export function makingIn(told: unknown): Making {
  return makingSchema.parse(told);
}

/**
 * Every other resource waits for the stack's identity, so that nothing is written before this. What changes of an entry that stays is
 * compared when its own resource is come to. A deployer that cannot sign in is told by that as well.
 * @throws ProviderError DEPLOYER_PERMISSIONS
 */
export async function requireForWholeRun(
  session: Session,
  organizationId: string | undefined,
  declared: {
    readonly olds: Inputs;
    readonly inputs: Inputs;
    readonly formerly: FormerKeys;
    readonly making: Making;
  },
): Promise<void> {
  const { steps, roleNames } = plannedIn(declared, session.reconcile);
  if (steps.length === 0 || !(await session.canEnter(organizationId))) {
    return;
  }
  await requirePermissions(
    session,
    "Checking what this run needs",
    steps,
    await handedOut(session, roleNames),
  );
}

/** The steps of entries that come and go, and the existing roles that are handed out. */
function plannedIn(
  { olds, inputs, formerly, making }: { olds: Inputs; inputs: Inputs; formerly: FormerKeys; making: Making },
  looksForOrphans: boolean,
): { readonly steps: readonly Step[]; readonly roleNames: readonly string[] } {
  const roles = comeAndGone(olds["roles"], inputs["roles"], formerly.roles);
  const credentials = comeAndGone(olds["credentials"], inputs["credentials"], formerly.credentials);
  const newRoles = roles.come.flatMap((key) => making.roles[key] ?? []);
  const newCredentials = credentials.come.flatMap((key) => making.credentials[key] ?? []);
  const steps: Step[] = [
    ...newRoles.map((made): Step => ({ object: "role", kind: "create", looksForOrphans, ...made })),
    ...roles.gone.map((): Step => ({ object: "role", kind: "delete" })),
    ...newCredentials.flatMap(({ adopts, roleNames, hasIntegrationCredential }): Step[] => [
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
  return { steps, roleNames: [...new Set(newCredentials.flatMap(({ roleNames }) => roleNames))] };
}

function comeAndGone(before: unknown, now: unknown, formerly: NamesByKey) {
  const [old, declared] = [namesIn(before), namesIn(now)];
  const renamed = Object.values(formerly);
  return {
    come: removedKeys(declared, old).filter((key) => formerly[key] === undefined),
    gone: removedKeys(old, declared).filter((key) => !renamed.includes(key)),
  };
}

/** One that Genesys does not tell is a matter of the client that gets it. */
async function handedOut(session: Session, names: readonly string[]): Promise<HandedOutRole[]> {
  const found = await Promise.all(
    names.map(async (name) => {
      const id = await ifTold(() => resolveRoleName(session, name, []));
      return id === undefined ? [] : [{ id, name }];
    }),
  );
  return found.flat();
}
