// Which role a role use means, and what the role allows before and after the update.
import { defined } from "../../../common/defined";
import { type RecordedNames } from "../../../genesys/knowledge/recordedNames";
import { homeDivision } from "../../../declarations/roleReferences";
import { covers, every, type Grant, notManaged } from "../../../genesys/knowledge/grant";
import { type Planned, type PlannedResources } from "./plannedResources";
import { nameOfUrn, unknownValue } from "./preview";
import { type ClientState, type RoleState, type RoleUse } from "./resourceStates";

/** The side of the update that is looked at. */
export type Side = "before" | "after";

/** Shown for a division that only the update will know. */
const unknownDivision = "a division not known yet";

/** Roles and divisions of one stack, by every name that they have. */
export class RoleLookup {
  private readonly roleById = new Map<string, Planned<RoleState>>();
  private readonly existingIdByName = new Map<string, string>();
  private readonly existingNameById = new Map<string, string>();
  private readonly divisionIdByName = new Map<string, string>();
  /** URNs of declared roles that some credential holds, on either side. */
  readonly held = new Set<string>();

  constructor(
    private readonly roles: readonly Planned<RoleState>[],
    clients: PlannedResources["clients"],
    private readonly declaredRoleKeys: ReadonlyMap<string, readonly (string | undefined)[]>,
    names: PlannedResources["names"] = {},
  ) {
    this.learnNames(names.after);
    this.learnNames(names.before);
    for (const role of roles) {
      for (const id of [role.before?.id, role.after?.id]) {
        if (id !== undefined) {
          this.roleById.set(id, role);
        }
      }
    }
    for (const client of clients) {
      this.learnFromDeclarations(client);
      this.learnFromState(client.before);
    }
  }

  /** What a client may do; nothing while it is inactive. */
  grantsOf(client: ClientState, side: Side, credential: string): Grant[] {
    if (!client.isActive) {
      return [];
    }
    const declaredKeys = side === "after" ? this.declaredKeysFor(client, credential) : undefined;
    return client.roleUses.flatMap((use, index) =>
      this.grantsOfUse(use, client, side, declaredKeys?.[index]),
    );
  }

  /** What a declared role allows in a division. */
  grantsOfRole(key: string, role: RoleState | undefined, division: string): Grant[] {
    const name = role?.name ?? key;
    const named = (role?.policies ?? []).flatMap(({ domain, entity, actions, condition }) =>
      actions.map((action) => defined({ domain, entity, action, division, condition, role: name })),
    );
    // Genesys expands a wildcard when it is applied: what it stood for counts, where that is known.
    const open = (role?.wildcards ?? [])
      .map((wildcard) => wildcardGrant(wildcard, division))
      .filter((grant) => !named.some((one) => covers(grant, { ...one, division })));
    const general = (role?.generalPermissions ?? []).map((generalPermission) => ({
      ...{ domain: notManaged, entity: notManaged, action: notManaged },
      division,
      generalPermission,
      role: name,
    }));
    return [...named, ...open, ...general];
  }

  /** The role with the divisions of its deployer under the names that grants have: another name for the same one is no difference. */
  withKnownDivisions(role: Planned<RoleState>): Planned<RoleState> {
    const named = (state: RoleState): RoleState => ({
      ...state,
      divisions: [...new Set(state.divisions.map((division) => this.divisionName(division)))].sort(),
    });
    return {
      ...role,
      ...defined({ before: role.before && named(role.before), after: role.after && named(role.after) }),
    };
  }

  private grantsOfUse(
    use: RoleUse,
    client: ClientState,
    side: Side,
    declaredKey: string | undefined,
  ): Grant[] {
    const division = this.divisionName(use.division);
    const key = use.roleKey ?? declaredKey;
    if (use.roleName === undefined) {
      const candidates = key === undefined ? this.candidates(use, client) : this.rolesOfKey(key);
      // Where one of several roles is meant: all of them afterwards, none before. That errs towards "wider".
      const meant = candidates.length > 1 && side === "before" ? [] : candidates;
      for (const role of candidates) {
        this.held.add(role.urn);
      }
      if (candidates.length > 0) {
        return meant.flatMap((role) => this.grantsOfRole(role.key, role[side], division));
      }
    }
    const existingRole = this.existingName(use);
    return [{ domain: notManaged, entity: notManaged, action: notManaged, division, existingRole }];
  }

  private rolesOfKey(key: string): Planned<RoleState>[] {
    return this.roles.filter((role) => role.key === key);
  }

  /** The declared roles that an id can mean: the one that has it; else those of the dependencies that no other id means. */
  private candidates(use: RoleUse, client: ClientState): Planned<RoleState>[] {
    const known = this.roleById.get(use.roleId ?? "");
    if (known !== undefined) {
      return [known];
    }
    const explained = client.roleUses.flatMap(({ roleId }) => this.roleById.get(roleId ?? "")?.urn ?? []);
    return client.roleUrns
      .filter((urn) => !explained.includes(urn))
      .flatMap((urn) => this.roles.find((role) => role.urn === urn || role.key === nameOfUrn(urn)) ?? []);
  }

  /** The declared keys behind the role uses, where the preview's config has them. */
  private declaredKeysFor(
    client: ClientState,
    credential: string,
  ): readonly (string | undefined)[] | undefined {
    const keys = this.declaredRoleKeys.get(credential);
    return keys?.length === client.roleUses.length &&
      client.roleUses.every(({ roleName }, index) => (roleName === undefined) === (keys[index] !== undefined))
      ? keys
      : undefined;
  }

  private learnFromDeclarations(client: Planned<ClientState>): void {
    const keys = client.after && this.declaredKeysFor(client.after, client.credential ?? "");
    client.after?.roleUses.forEach(({ roleId }, index) => {
      const role = this.roles.find(({ key }) => key === keys?.[index]);
      if (roleId !== undefined && roleId !== unknownValue && role !== undefined) {
        this.roleById.set(roleId, role);
      }
    });
  }

  /** A name that is written anew may stand for what another one stood for. */
  private learnNames(names: RecordedNames | undefined): void {
    names?.divisions.forEach((id, name) => this.divisionIdByName.set(name, id));
    names?.existingRoles.forEach((id, name) => {
      this.existingIdByName.set(name, id);
      this.existingNameById.set(id, name);
    });
  }

  private learnFromState(state: ClientState | undefined): void {
    state?.roleUses.forEach(({ roleName, division }, index) => {
      const resolved = state.resolved[index];
      if (resolved === undefined) {
        return;
      }
      this.divisionIdByName.set(division, resolved.divisionId);
      if (roleName !== undefined) {
        this.existingIdByName.set(roleName, resolved.roleId);
        this.existingNameById.set(resolved.roleId, roleName);
      }
    });
  }

  /** One name for each division, so that `home` and the home division's own name are the same. */
  private divisionName(division: string): string {
    if (division === unknownValue) {
      return unknownDivision;
    }
    const id = this.divisionIdByName.get(division) ?? division;
    const names = [...this.divisionIdByName].filter(([, one]) => one === id).map(([name]) => name);
    return names.includes(homeDivision) ? homeDivision : (names.sort()[0] ?? division);
  }

  private existingName({ roleName, roleId }: RoleUse): string {
    const id = roleName === undefined ? roleId : this.existingIdByName.get(roleName);
    return this.existingNameById.get(id ?? "") ?? roleName ?? roleId ?? "a role not known yet";
  }
}

/** `domain:entity:action` in a division. */
export function wildcardGrant(wildcard: string, division: string): Grant {
  const [domain = every, entity = every, action = every] = wildcard.split(":");
  return { domain, entity, action, division };
}
