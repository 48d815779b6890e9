// What a plan means for grants, each a permission in a division: which are new, and which are no longer there (pure).
import { defined } from "../../../common/defined";
import { beyond, every, type Grant } from "../../../genesys/knowledge/grant";
import { risksOf } from "../../../genesys/knowledge/riskClasses";
import { type Breakage, type Finding, finding } from "./finding";
import { type Phrase, phrase } from "./phrase";

/**
 * Lines for what `after` allows and `before` did not, and the other way round.
 * @param loss Who loses what goes; absent where nobody is known who holds it.
 */
export function grantFindings(
  subject: string,
  before: readonly Grant[],
  after: readonly Grant[],
  loss?: Breakage,
): Finding[] {
  return [
    ...beyond(after, before).map((grant) => {
      const formerDivisions = divisionsOf(grant, before);
      const words = phrase`${describeGrant(grant)}${formerly(grant, formerDivisions)}`;
      const risks = risksOf(grant);
      return finding(subject, "PERMISSION_ADDED", words, { risks, grant, formerDivisions });
    }),
    ...beyond(before, after).map((grant) =>
      finding(subject, "PERMISSION_REMOVED", phrase`loses ${describeGrant(grant)}`, {
        grant,
        ...defined({ breakage: loss }),
      }),
    ),
  ];
}

/** The tuple in words. */
export function describeGrant(grant: Grant): Phrase {
  const { existingRole, generalPermission, condition } = grant;
  const place = describePlace(grant);
  if (existingRole !== undefined) {
    return phrase`all of the role ${existingRole}, which is not managed here, ${place}`;
  }
  if (generalPermission !== undefined) {
    return phrase`general permission ${generalPermission} ${place}`;
  }
  return phrase`${permissionOf(grant)} ${place}${condition === undefined ? [] : phrase` if ${condition}`}`;
}

/** The permission alone, with its condition. */
export function describePermission(grant: Grant): Phrase {
  const condition = grant.condition === undefined ? phrase`` : phrase` if ${grant.condition}`;
  return phrase`${permissionOf(grant)}${condition}`;
}

function describePlace({ division }: Grant): Phrase {
  return division === every ? phrase`in every division` : phrase`in ${division}`;
}

function permissionOf({ domain, entity, action }: Grant): string {
  return [domain, entity, action].join(":");
}

/** The divisions in which the same permission was held before. */
function divisionsOf(grant: Grant, before: readonly Grant[]): readonly string[] {
  const same = before.filter(
    ({ domain, entity, action, existingRole, generalPermission }) =>
      domain === grant.domain &&
      entity === grant.entity &&
      action === grant.action &&
      existingRole === grant.existingRole &&
      generalPermission === grant.generalPermission,
  );
  return [...new Set(same.map(({ division }) => division))];
}

/** What the same permission was bound to before. */
function formerly({ division, condition }: Grant, divisions: readonly string[]): Phrase {
  if (divisions.length === 0 || (divisions.includes(division) && condition !== undefined)) {
    return [];
  }
  if (divisions.includes(division)) {
    return phrase` (was bound to a condition)`;
  }
  return division === every ? phrase` (was ${divisions.join(", ")})` : [];
}
