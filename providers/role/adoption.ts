// Taking over a role that exists already: which ones may be, what it changes, and the one PUT that does it.
import { listed } from "../../common/listed";
import { yamlScalar } from "../../common/yamlScalar";
import { undefinedWhenNotFound } from "../../genesys/errors";
import { isDefaultRole } from "../../genesys/knowledge/defaultRoles";
import { mayBeMadeBy, parseMarker } from "../../genesys/marker";
import { isUnread } from "../../genesys/answered";
import { generalPermissionsIn } from "../../genesys/knowledge/generalPermissions";
import { isLimitedToNamedResources } from "../../genesys/knowledge/undeclarableRole";
import type { RoleEntity } from "../../genesys/wire";
import {
  type LoosePermissionPolicy,
  normalizePermissionPolicies,
  policyEntries,
} from "../../genesys/knowledge/permissionPolicies";
import { changingRequest, type RoleInputs } from "./record";
import { adoptionReasons, requireAdoptable } from "../live/adoption";
import { objectInWords, roleKind } from "../live/objectKind";
import type { Session } from "../run/session";
import { recoverCommand } from "../engine/recoverCommand";

/** Inputs of a role that is taken over. */
type AdoptingInputs = RoleInputs & { readonly adopt: { readonly roleId: string } };

/** Permissions that one line lists. */
const listedPermissions = 5;

/** For the preview: why the adoption is refused, or a line on what it changes. @throws ProviderError when the organisation cannot be asked. */
export async function checkRoleAdoption(session: Session, inputs: AdoptingInputs): Promise<string[]> {
  const { roleId } = inputs.adopt;
  const listed = (await session.rolesAtStart()).find(({ id }) => id.toLowerCase() === roleId.toLowerCase());
  // What is too young for the list, or listed without its policies, is asked for by its id.
  const live = listed?.permissionPolicies === undefined ? await findRole(session, roleId) : listed;
  const reasons = refusals(live, inputs);
  if (live !== undefined && reasons.length === 0) {
    tellChanges(session, live, inputs);
  }
  return adoptionReasons(session, reasons);
}

/**
 * Makes a live role the declared one: the same id and holders; name, description and permissions as declared, and a marker.
 * @throws ProviderError ADOPTION_REFUSED
 */
export async function takeOverRole(
  session: Session,
  inputs: AdoptingInputs,
  marker: string,
): Promise<RoleEntity> {
  const found = await findRole(session, inputs.adopt.roleId);
  const live = requireAdoptable(`role "${inputs.name}"`, found, refusals(found, inputs));
  return session.roles.update(live.id, changingRequest(live, inputs, marker, generalPermissionsIn(live)));
}

/** By its id, else among all: one 404 may come from a cache. */
async function findRole(session: Session, id: string): Promise<RoleEntity | undefined> {
  return (
    (await session.roles.get(id).catch(undefinedWhenNotFound)) ??
    (await session.roles.list()).find((role) => role.id.toLowerCase() === id.toLowerCase())
  );
}

/** Why a role may not be taken over; empty when it may. What a declaration cannot express must not be there. */
function refusals(live: RoleEntity | undefined, inputs: AdoptingInputs): string[] {
  if (live === undefined) {
    return [
      `no role ${inputs.adopt.roleId} exists in this organisation; correct adopt.roleId, or remove adopt to have a new role made`,
    ];
  }
  const who = objectInWords(roleKind, live);
  const byReference = `refer to it with existing: ${yamlScalar(live.name ?? "")}`;
  const marker = parseMarker(live.description);
  const isForeign = marker !== undefined && !mayBeMadeBy(marker, inputs); // our own was left by a run that was interrupted
  if (isForeign && marker.owner === inputs.owner) {
    return [
      `${who} was made for ${inputs.owner} by another state, identity ${marker.identity ?? ""}; if that state is lost, take its objects back ` +
        `with ${recoverCommand(inputs)}, or ${byReference}`,
    ];
  }
  return [
    ...(isDefaultRole(live)
      ? [`${who} is a default role of Genesys, which is not changed here; ${byReference}`]
      : []),
    ...(isForeign
      ? [
          `${who} belongs to ${marker.owner}, as its description says; take it out of that stack and its marker out of the description ` +
            `first, or ${byReference}`,
        ]
      : []),
    ...(isUnread(live, "permissions")
      ? [`${who} holds general permissions in a form that is not known, which would be lost; ${byReference}`]
      : []),
    ...(isLimitedToNamedResources(live)
      ? [`${who} has policies that are limited to named resources, which would be lost; ${byReference}`]
      : []),
  ];
}

function tellChanges(session: Session, live: RoleEntity, inputs: AdoptingInputs): void {
  const was = allowedWords(live.permissionPolicies ?? [], generalPermissionsIn(live));
  const is = allowedWords(inputs.permissionPolicies, inputs.generalPermissions);
  const lost = was.filter((permission) => !is.includes(permission));
  const gained = is.filter((permission) => !was.includes(permission));
  const permissions = [
    ...(gained.length === 0 ? [] : [`it gains ${someOf(gained)}`]),
    ...(lost.length === 0 ? [] : [`it loses ${someOf(lost)}`]),
  ];
  const changes = [
    ...(live.name === inputs.name ? [] : [`its name to "${inputs.name}"`]),
    ...(permissions.length === 0 ? [] : ["its permissions, as told below"]),
  ];
  const what =
    changes.length === 0 ? "nothing but its description" : `${changes.join(", ")} and its description`;
  session.notify(`Adopting role "${live.name ?? ""}" (${live.id}) changes ${what}.`);
  for (const change of permissions) {
    session.notify(`Adopting role ${live.id}: for everybody who holds it, ${change}.`);
  }
}

/** None of what a preview does not know yet. */
function allowedWords(policies: unknown, general: unknown): readonly string[] {
  const loose = Array.isArray(policies) ? (policies as readonly LoosePermissionPolicy[]) : [];
  const names = Array.isArray(general) ? (general as readonly string[]) : [];
  return [
    ...policyEntries(normalizePermissionPolicies(loose)).map(entryWords),
    ...names.map((name) => `the general permission ${name}`),
  ];
}

function entryWords({ permission, condition }: ReturnType<typeof policyEntries>[number]): string {
  const { domain, entityName, action } = permission;
  return `${domain}:${entityName}:${action}${condition === "" ? "" : " under a condition"}`;
}

function someOf(permissions: readonly string[]): string {
  return listed([...permissions].sort(), listedPermissions);
}
