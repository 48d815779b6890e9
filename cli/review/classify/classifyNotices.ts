// What a plan means to those outside of the stack, as the provider has asked Genesys: who else loses a role, and which licences are needed (pure).
import { type PlanNotice } from "../../../common/planNotice";
import { type Planned } from "../plan/plannedResources";
import { type RoleState } from "../plan/resourceStates";
import { type Finding, linesOn } from "./finding";
import { joined, phrase } from "./phrase";

/** One line for each notice, and one for all that the client of the preview lacks. */
export function noticeFindings(
  notices: readonly PlanNotice[],
  roles: readonly Planned<RoleState>[],
): Finding[] {
  const lacking = notices.filter(({ code }) => code === "DEPLOYER_LACKS");
  return [
    ...notices.filter((notice) => !lacking.includes(notice)),
    ...lacking.slice(0, 1).map((first) => ({ ...first, items: lacking.flatMap(({ items }) => items) })),
  ].map((notice) => noticeFinding(notice, roles));
}

function noticeFinding({ code, role, items }: PlanNotice, roles: readonly Planned<RoleState>[]): Finding {
  const line = linesOn(`role ${role}`);
  const list = joined(
    items.map((item) => phrase`${item}`),
    "; ",
  );
  switch (code) {
    case "ROLE_HOLDERS_LOST": {
      const isAdopted = roles.some(({ key, before }) => key === role && before?.adoptedId !== undefined);
      const revert = isAdopted ? phrase`a revert without its \`adopt\` makes` : phrase`a revert makes`;
      return line("ROLE_HOLDERS_LOST", {
        breakage: {
          who: list,
          when: phrase`from the end of this update, which deletes the role`,
          wayBack: phrase`${revert} another role: somebody has to give it to them by hand`,
        },
      })`the role goes, and others than this stack's clients hold it`;
    }
    case "ROLE_HOLDERS_UNKNOWN":
      return line("ROLE_HOLDERS_UNKNOWN")`the role goes, and who else holds it could not be known: ${list}`;
    case "DEPLOYER_LACKS":
      return linesOn(undefined)(
        "DEPLOYER_LACKS",
      )`the client of this preview, ${role}, lacks ${list}; the deployment needs that (the deployer decides at ${["`up`"]})`;
    case "LICENSES":
      return line("LICENSES")`what is new in it needs licences: ${list}`;
  }
}
