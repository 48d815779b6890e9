// What a plan means for grants, each a permission in a division: which are new, and which are no longer there (pure).
import { beyond, every, type Grant } from "../../../genesys/knowledge/grant";
import { risksOf } from "../../../genesys/knowledge/riskClasses";
import { type Finding, finding } from "./finding";
import { type Phrase, phrase } from "./phrase";

/** Lines for what `after` allows and `before` did not, and the other way round. */
export function grantFindings(subject: string, before: readonly Grant[], after: readonly Grant[]): Finding[] {
  return [
    ...beyond(after, before).map((grant) => {
      const words = phrase`${describeGrant(grant)}${formerly(grant, before)}`;
      return finding(subject, "wider", words, { risks: risksOf(grant), grant });
    }),
    ...beyond(before, after).map((grant) => finding(subject, "narrower", describeGrant(grant), { grant })),
  ];
}

/** The tuple in words. */
export function describeGrant(grant: Grant): Phrase {
  const place = grant.division === every ? phrase`in every division` : phrase`in ${grant.division}`;
  if (grant.existingRole !== undefined) {
    return phrase`all of the role ${grant.existingRole}, which is not managed here, ${place}`;
  }
  if (grant.generalPermission !== undefined) {
    return phrase`general permission ${grant.generalPermission} ${place}`;
  }
  const condition = grant.condition === undefined ? phrase`` : phrase` if ${grant.condition}`;
  return phrase`${[grant.domain, grant.entity, grant.action].join(":")} ${place}${condition}`;
}

/** What the same permission was bound to before. */
function formerly(grant: Grant, before: readonly Grant[]): Phrase {
  const same = before.filter(
    ({ domain, entity, action, existingRole, generalPermission }) =>
      domain === grant.domain &&
      entity === grant.entity &&
      action === grant.action &&
      existingRole === grant.existingRole &&
      generalPermission === grant.generalPermission,
  );
  const divisions = [...new Set(same.map(({ division }) => division))];
  if (divisions.length === 0 || (divisions.includes(grant.division) && grant.condition !== undefined)) {
    return [];
  }
  if (divisions.includes(grant.division)) {
    return phrase` (was bound to a condition)`;
  }
  return grant.division === every ? phrase` (was ${divisions.join(", ")})` : [];
}
