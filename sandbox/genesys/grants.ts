// Grants: who holds which role in which division, and what that allows.
import { httpStatus } from "../server/httpStatus";
import { badRequest, forbidden, notFound, type SimulatorError } from "./simulatorError";
import { policyGives, wildcard } from "./permissionCatalogue";
import { uniquePairs } from "./bodyFields";
import { type Roles } from "./roles";
import { type Grant, type RoleDivision, type SubjectType } from "./state";
import { type Store } from "./store";
import { type Caller } from "./tokens";

type Source = Grant["source"];

function holds(pairs: readonly RoleDivision[], { roleId, divisionId }: RoleDivision): boolean {
  return pairs.some((pair) => pair.roleId === roleId && pair.divisionId === divisionId);
}

/** The grants of the organisation. */
export class Grants {
  constructor(
    private readonly store: Store,
    private readonly roles: Roles,
  ) {}

  private isIn(grant: Grant, source: Source): boolean {
    return !this.store.switches.separateGrantStores || grant.source === source;
  }

  /** The grants of a subject: as `roleDivisions` of a client shows them, or as `/authorization/subjects` does. */
  of(subjectId: string, source: Source): Grant[] {
    return this.store.state.grants.filter(
      (grant) => grant.subjectId === subjectId && this.isIn(grant, source),
    );
  }

  /** The pairs of {@link of}, each once. */
  pairsOf(subjectId: string, source: Source): RoleDivision[] {
    return uniquePairs(this.of(subjectId, source));
  }

  /** The pairs that count by now, whichever store they are in. */
  effectivePairs(subjectId: string): RoleDivision[] {
    const madeBefore = this.store.now() - this.store.consistency.grantEffectiveAfterMs;
    return uniquePairs(
      this.store.state.grants.filter((grant) => grant.subjectId === subjectId && grant.madeAt <= madeBefore),
    );
  }

  /** Adds what is missing; grants that exist keep their age. Returns the number of new ones. */
  add(subjectId: string, subjectType: SubjectType, source: Source, pairs: readonly RoleDivision[]): number {
    const present = this.of(subjectId, source);
    const missing = uniquePairs(pairs).filter((pair) => !holds(present, pair));
    const madeAt = this.store.now();
    this.store.state.grants.push(
      ...missing.map((pair) => ({ ...pair, subjectId, subjectType, source, madeAt })),
    );
    return missing.length;
  }

  /** Takes grants away. Returns the number of those that were there. */
  remove(subjectId: string, source: Source, pairs: readonly RoleDivision[]): number {
    return this.drop(this.of(subjectId, source).filter((grant) => holds(pairs, grant)));
  }

  /** Makes the list exact. Returns the number of grants taken away. */
  replace(
    subjectId: string,
    subjectType: SubjectType,
    source: Source,
    pairs: readonly RoleDivision[],
  ): number {
    const removed = this.drop(this.of(subjectId, source).filter((grant) => !holds(pairs, grant)));
    this.add(subjectId, subjectType, source, pairs);
    return removed;
  }

  /** Takes away every grant of a role, or of a subject. Returns the subjects concerned. */
  removeAll(of: { readonly roleId: string } | { readonly subjectId: string }): string[] {
    const gone = this.store.state.grants.filter((grant) =>
      "roleId" in of ? grant.roleId === of.roleId : grant.subjectId === of.subjectId,
    );
    this.drop(gone);
    return [...new Set(gone.map((grant) => grant.subjectId))];
  }

  /** @returns how many they are */
  private drop(grants: readonly Grant[]): number {
    const gone = new Set(grants);
    this.store.state.grants = this.store.state.grants.filter((grant) => !gone.has(grant));
    return gone.size;
  }

  /** Refuses a division that does not exist (`*` stands for all), and a role that does not exist or is not visible yet. */
  requireKnown(pairs: readonly RoleDivision[], refuse: (what: string) => SimulatorError): void {
    const { divisions } = this.store.state;
    const noDivision = pairs.find(
      ({ divisionId: id }) => id !== wildcard && !divisions.some((one) => one.id === id),
    );
    const noRole = pairs.find(({ roleId }) => this.roles.find(roleId) === undefined);
    if (noDivision !== undefined) {
      throw refuse(`division ${noDivision.divisionId}`);
    }
    if (noRole !== undefined) {
      throw refuse(`role ${noRole.roleId}`);
    }
  }

  /** Whether the caller has a permission in any division. Conditions and divisions are not looked at. */
  allows(caller: Caller, permission: string): boolean {
    return this.pairsOfCaller(caller).some(({ roleId }) =>
      this.roles.policiesOf(roleId).some((policy) => policyGives(policy, permission)),
    );
  }

  /** The pairs that count for a caller: of its client, or what its token retained when that was deleted. */
  pairsOfCaller(caller: Caller): readonly RoleDivision[] {
    return caller.retained ?? this.effectivePairs(caller.clientId);
  }

  /**
   * "You can only hand out roles that you hold": Genesys's help pages state the rule, its error is not documented.
   * @throws SimulatorError with the status of the switch `heldRoleError`
   */
  requireHeld(caller: Caller, pairs: readonly RoleDivision[]): void {
    const { requireHeldRoles } = this.store.switches;
    const held = this.pairsOfCaller(caller);
    const isHeld = (pair: RoleDivision): boolean =>
      held.some(
        (own) =>
          own.roleId === pair.roleId &&
          (requireHeldRoles === "role" || own.divisionId === pair.divisionId || own.divisionId === wildcard),
      );
    const lacking = pairs.find((pair) => !isHeld(pair));
    if (requireHeldRoles !== "off" && lacking !== undefined) {
      throw this.heldRoleRefusal(lacking.roleId);
    }
  }

  private heldRoleRefusal(roleId: string): SimulatorError {
    const message = `Unable to perform the requested action. You do not hold the role ${roleId}.`;
    const { heldRoleError, heldRoleErrorCode } = this.store.switches;
    switch (heldRoleError) {
      case httpStatus.badRequest:
        return badRequest("bad.request", message);
      case httpStatus.notFound:
        return notFound(`role ${roleId}`);
      case httpStatus.forbidden:
        return forbidden(heldRoleErrorCode, message);
    }
  }
}
