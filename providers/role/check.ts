// What is checked of a role before anything is written: its form, its permissions against the catalogue, its divisions, and the deployer.
import { defined } from "../../common/defined";
import { act } from "../run/action";
import { unknownValue } from "@pulumi/pulumi/runtime";

import { isChanged, isNew } from "../engine/changes";
import { requirePermissions } from "../run/missingPermissions";
import { kindOfChange } from "../engine/replacement";
import { divisionNamesIn, unknownNames } from "../run/nameCheck";
import { type Checked, type Inputs, refusedFor } from "../engine/checked";
import { checkAllowance, type RoleAllowance } from "./allowance";
import { checkRoleAdoption } from "./adoption";
import type { RoleNeighbourhood } from "./neighbourhood";
import { checkRoleInputs } from "./form";
import { recordedNamesIn } from "../../genesys/knowledge/recordedNames";
import type { RoleInputs } from "./record";
import { parseMarker } from "../../genesys/marker";
import type { Step } from "../../genesys/knowledge/requiredPermissions";
import { objectInWords, roleKind } from "../live/objectKind";
import { tellOtherState } from "../run/otherState";
import type { Session } from "../run/session";
import type { SessionFinder } from "../run/sessions";
import { tellLicences } from "./licences";
import { tellUnlisted } from "./unlistedPermissions";
import type { OrganizationInput } from "../engine/organization";

/** A reason may list permissions: enough to be useful, too little to fill a log. */
const longestReason = 2000;

/**
 * Checks a role. An unchanged one asks nobody.
 * @throws ProviderError when the organisation cannot be asked, or the deployer may not do what is needed.
 */
export async function checkRole(
  sessionFor: SessionFinder,
  neighbourhood: RoleNeighbourhood,
  olds: Inputs,
  news: Inputs,
): Promise<Checked> {
  const { names, ...declared } = news;
  const checked = checkRoleInputs(declared);
  if (checked.failures.length > 0) {
    return checked;
  }
  const { organization, name } = checked.inputs as { organization: OrganizationInput; name: string };
  const action = `Checking role "${name}"`;
  sessionFor(organization).names.learnTold(recordedNamesIn(names));
  const { inputs, reasons } = await withAllowance(sessionFor, organization, action, olds, checked.inputs);
  const unknown = await unknownNames(sessionFor, organization, action, {
    declared: divisionNamesIn(inputs["deployerDivisions"]),
    known: divisionNamesIn(olds["deployerDivisions"]),
  });
  const problems = [...reasons, ...unknown];
  if (problems.length > 0 || !isChanged(olds, inputs)) {
    return { inputs, failures: refusedFor(problems) };
  }
  const session = sessionFor(organization);
  return act(session, action, organization.id, async () => {
    const { adopt, ...others } = inputs as unknown as RoleInputs;
    const looksAround = isNew(olds) && name !== unknownValue && (adopt !== undefined || session.reconcile);
    await requirePermissions(session, action, [stepOf(session, olds, inputs, looksAround)]);
    const refusals = looksAround
      ? await lookAround(session, action, neighbourhood, inputs as unknown as RoleInputs)
      : [];
    return {
      inputs,
      failures: refusedFor(
        refusals.length === 0 && adopt !== undefined && isNew(olds)
          ? await checkRoleAdoption(session, { ...others, adopt })
          : refusals,
      ),
    };
  });
}

/** Says what is taken over or replaced, and refuses what is in the way. */
async function lookAround(
  session: Session,
  action: string,
  neighbourhood: RoleNeighbourhood,
  inputs: RoleInputs,
): Promise<string[]> {
  const { adopt } = inputs;
  const { leftovers, replaced, refusal, otherState } = await neighbourhood.around(
    session,
    inputs,
    adopt?.roleId,
  );
  if (refusal !== undefined) {
    if (otherState !== undefined) {
      await tellOtherState(session, parseMarker(otherState.description), otherState.id);
    }
    return [`${session.redactor.line(`${action}: ${refusal}`, longestReason)} [ROLE_NAME_TAKEN]`];
  }
  const left = adopt === undefined ? leftovers : [];
  for (const [index, role] of left.entries()) {
    session.notify(
      `Notice: ${objectInWords(roleKind, role)} was left behind by an interrupted run of this stack; the update ${index === 0 ? "takes it over" : "removes it"}.`,
    );
  }
  for (const role of left.length > 0 ? [] : replaced) {
    session.notify(
      `Notice: ${objectInWords(roleKind, role)} is in use; the update makes a new role beside it, and deletes it where state still holds it.`,
    );
  }
  return [];
}

/** The inputs with wildcards expanded, and what the catalogue says against them. */
async function withAllowance(
  sessionFor: SessionFinder,
  organization: OrganizationInput,
  action: string,
  olds: Inputs,
  inputs: Record<string, unknown>,
): Promise<{ readonly inputs: Record<string, unknown>; readonly reasons: readonly string[] }> {
  if (JSON.stringify([inputs["permissionPolicies"], inputs["wildcards"]]).includes(unknownValue)) {
    return { inputs, reasons: [] }; // a preview that does not know yet what the role will allow
  }
  const before = { permissionPolicies: [], ...olds } as unknown as RoleAllowance;
  const allowance = await checkAllowance(before, inputs as unknown as RoleAllowance, async () => {
    const session = sessionFor(organization);
    return act(session, action, organization.id, session.catalogue);
  });
  const { permissionPolicies, wildcards, problems, unlisted, licences } = allowance;
  if (unlisted !== undefined && problems.length === 0) {
    tellUnlisted(sessionFor(organization), String(inputs["name"]), unlisted);
  }
  if (licences !== undefined && problems.length === 0) {
    tellLicences(sessionFor(organization), inputs as unknown as RoleInputs, licences);
  }
  return {
    inputs: { ...inputs, permissionPolicies, ...defined({ wildcards }) },
    // They may quote the catalogue.
    reasons: problems.map((problem) => sessionFor(organization).redactor.line(problem, longestReason)),
  };
}

function stepOf(session: Session, olds: Inputs, inputs: Inputs, looksForOrphans: boolean): Step {
  const adoptedIdIn = (of: Inputs): string | undefined => (of as Partial<RoleInputs>).adopt?.roleId;
  const kind = kindOfChange(olds, inputs, adoptedIdIn);
  const isGranted = inputs["grantToDeployer"] === true;
  if (kind === "update") {
    const isGrantedAnew =
      olds["grantToDeployer"] !== true ||
      isMore(session, olds["deployerDivisions"], inputs["deployerDivisions"]);
    return { object: "role", kind, grants: isGranted && isGrantedAnew };
  }
  const adopts = adoptedIdIn(inputs) !== undefined;
  return { object: "role", kind, looksForOrphans, adopts, grants: isGranted };
}

/** A division that is written by another name is none more. */
function isMore({ names }: Session, before: unknown, now: unknown): boolean {
  const idsIn = (divisions: unknown): readonly unknown[] =>
    Array.isArray(divisions)
      ? divisions.map(
          (one: unknown) => (typeof one === "string" ? names.idOf("divisions", one) : undefined) ?? one,
        )
      : [];
  const known = idsIn(before);
  return idsIn(now).some((division) => !known.includes(division));
}
