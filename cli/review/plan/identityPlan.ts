// What a preview plans for the stack's identity, and for the marks in descriptions that follow from it and from names (pure).
import { keyOf } from "../../../genesys/marker";
import { type Planned, type PlannedResources } from "./plannedResources";
import { type Mark } from "./resourceStates";

export interface IdentityPlan {
  /** Every object then gets another mark, in the next update. */
  readonly isMadeAnew: boolean;
  /** Clients and roles whose mark is written anew, whatever else changes, and not because of another key alone. */
  readonly marked: number;
  /** Entries that were renamed: whom it concerns, as findings name it, and the old key. */
  readonly renamed: readonly { readonly subject: string; readonly from: string }[];
  /** Divisions and existing roles that are written by another name than before, and are the same. */
  readonly rewritten: readonly RewrittenName[];
}

/** One object under two names. */
export interface RewrittenName {
  readonly what: "division" | "role";
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

export function identityPlan({
  clients,
  roles,
  isIdentityReplaced,
  names: { before, after },
}: Pick<PlannedResources, "clients" | "roles" | "isIdentityReplaced" | "names">): IdentityPlan {
  const kept = [...clients, ...roles].filter(
    ({ before, after, isReplaced }) => before !== undefined && after !== undefined && !isReplaced,
  );
  const marked = kept.filter(
    ({ before, after }) =>
      placeIn(before) !== placeIn(after) || before?.mark.identity !== after?.mark.identity,
  );
  const renamed = new Map(
    kept.flatMap((one) => {
      const [from, to] = [keyIn(one.before), keyIn(one.after)];
      const subject = roles.some((role) => role === one) ? `role ${to ?? ""}` : (to ?? "");
      return from === undefined || to === undefined || from === to
        ? []
        : [[subject, { subject, from }] as const];
    }),
  );
  return {
    isMadeAnew: isIdentityReplaced,
    marked: marked.length,
    renamed: [...renamed.values()],
    rewritten: [
      ...rewritten("division", before?.divisions, after?.divisions),
      ...rewritten("role", before?.existingRoles, after?.existingRoles),
    ],
  };
}

function rewritten(
  what: RewrittenName["what"],
  before: ReadonlyMap<string, string> = new Map(),
  after: ReadonlyMap<string, string> = new Map(),
): RewrittenName[] {
  const gone = [...before].filter(([name]) => !after.has(name));
  return [...after].flatMap(([to, id]) => {
    const from = before.has(to) ? undefined : gone.find(([, former]) => former === id)?.[0];
    return from === undefined ? [] : [{ what, id, from, to }];
  });
}

/** What a mark says besides the key: the project and the stack. */
function placeIn(state: Planned<{ readonly mark: Mark }>["before"]): string | undefined {
  return state?.mark.owner?.replace(/[^/]*$/, "");
}

function keyIn(state: Planned<{ readonly mark: Mark }>["before"]): string | undefined {
  const owner = state?.mark.owner;
  return owner === undefined ? undefined : keyOf({ owner });
}
