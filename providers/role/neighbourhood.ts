// What lives around a role that is about to be made or renamed: asked of Genesys, told in the preview, and asked again after a 409.
import { unknownValue } from "@pulumi/pulumi/runtime";

import { isConflict, undefinedWhenNotFound } from "../../genesys/errors";
import { isEnded } from "../../genesys/knowledge/clientLife";
import { isSameName } from "../../genesys/roles";
import type { RoleEntity } from "../../genesys/wire";
import { ProviderError } from "../engine/providerError";
import { without } from "../engine/record";
import { objectInWords, roleKind } from "../live/objectKind";
import type { Session } from "../run/session";
import { type Claim, refusalOf, type Standing, standingOf } from "./standing";

/** What there is for a claim; all of it was alive a moment ago. */
export interface Neighbours {
  /** Left behind by interrupted runs: nobody but the deployer holds them. Those with the claimed name first. */
  readonly leftovers: readonly RoleEntity[];
  /** Of this very role, and in use or on record: a replacement by force makes a new one beside them. */
  readonly replaced: readonly RoleEntity[];
  /** Why the claim is refused; undefined where nothing is in its way. */
  readonly refusal: string | undefined;
  /** Who refuses it, where that is another state of the same stack. */
  readonly otherState?: RoleEntity;
}

/** One role as it stands to the claim. */
interface Neighbour {
  readonly role: RoleEntity;
  readonly standing: Standing;
  readonly refusal: string | undefined;
}

export class RoleNeighbourhood {
  /** The roles that state holds, as far as this run is told. */
  private readonly recordedIds = new Set<string>();
  /** The markers of those that it goes on to hold. */
  private readonly markers = new Map<string, string>();

  noteRecord(id: string): void {
    this.recordedIds.add(id.toLowerCase());
  }

  noteAlive(id: string, marker: string | undefined): void {
    this.noteRecord(id);
    if (marker !== undefined) {
      this.markers.set(id.toLowerCase(), marker);
    }
  }

  /** Whether a record to be deleted is an old one of a role that lives on: whoever takes a role over gives it another marker. */
  isFormerRecord(id: string, marker: string): boolean {
    const present = this.markers.get(id.toLowerCase());
    return present !== undefined && present !== marker;
  }

  /**
   * Everything alive that the claim has to do with. Beyond the list of the run only what is near is asked for.
   * @param ownId The role that is renamed or adopted, which is not in its own way; undefined where one is made.
   */
  async around(session: Session, claim: Claim, ownId?: string): Promise<Neighbours> {
    const everyRole = await session.rolesAtStart();
    const own = everyRole.find(({ id }) => id.toLowerCase() === ownId?.toLowerCase());
    if (own !== undefined && isSameName(own.name, claim.name)) {
      return { leftovers: [], replaced: [], refusal: undefined }; // it claims no name that it does not have
    }
    const near = nearOnes(everyRole, claim, ownId);
    // As they are now: a list may be older, and show what is deleted.
    const alive = await Promise.all(
      near.map(({ role }) => session.roles.get(role.id).catch(undefinedWhenNotFound)),
    );
    const found = nearOnes(
      alive.filter((role) => role !== undefined),
      claim,
      ownId,
    );
    const ours = found.flatMap(({ role, refusal }) => (refusal === undefined ? [role] : []));
    const heldIds = ours.length === 0 ? new Set<string>() : await heldRoleIds(session);
    const isInUse = ({ id }: RoleEntity): boolean =>
      this.recordedIds.has(id.toLowerCase()) || heldIds.has(id.toLowerCase());
    const hasName = ({ name }: RoleEntity): boolean => isSameName(name, claim.name);
    const leftovers = ours.filter((role) => !isInUse(role));
    const inTheWay = found.find(({ refusal }) => refusal !== undefined);
    return {
      leftovers: [...leftovers.filter(hasName), ...leftovers.filter((role) => !hasName(role))],
      replaced: ours.filter(isInUse),
      refusal: inTheWay?.refusal,
      ...(inTheWay?.standing === "lost" ? { otherState: inTheWay.role } : {}),
    };
  }
}

/** @throws ProviderError ROLE_NAME_TAKEN */
export function refuseTakenName(action: string, refusal: string | undefined): void {
  if (refusal !== undefined) {
    throw new ProviderError("ROLE_NAME_TAKEN", `${action}: ${refusal}`);
  }
}

/**
 * What a refused write says: Genesys answers 409 also to what has nothing to do with the name, so the name is looked for.
 * @returns ROLE_NAME_TAKEN where another role has the name, else the error as it is.
 */
export async function explainConflict(
  session: Session,
  action: string,
  claim: Claim,
  ownId: string | undefined,
  error: unknown,
): Promise<unknown> {
  if (!isConflict(error)) {
    return error;
  }
  const namesakes = await session.roles.findByName(claim.name).catch(() => []);
  const [found] = nearOnes(namesakes, claim, ownId);
  return found === undefined
    ? error
    : new ProviderError("ROLE_NAME_TAKEN", `${action}: ${found.refusal ?? refusalOfHolder(found.role)}`);
}

/** One that was made for this very role could have been taken over, had it not been in use or unwanted. */
export function refusalOfHolder(role: RoleEntity): string {
  return (
    `${objectInWords(roleKind, role)} was made for this very role by another run and is in use, or was not looked for; it was left as it is: ` +
    "restore the state that knows it, or rename or delete it where nobody needs it"
  );
}

function nearOnes(roles: readonly RoleEntity[], claimant: Claim, ownId: string | undefined): Neighbour[] {
  // Of an identity that is not known yet nothing can be ours.
  const claim = claimant.identity === unknownValue ? without(claimant, ["identity"]) : claimant;
  return roles
    .filter(({ id }) => id.toLowerCase() !== ownId?.toLowerCase())
    .flatMap((role) => {
      const standing = standingOf(role, claim);
      return standing === undefined
        ? []
        : [{ role, standing, refusal: refusalOf(role, standing, claim, ownId !== undefined) }];
    });
}

/** The roles, in lower case, that some client other than the deployment's holds. */
async function heldRoleIds(session: Session): Promise<ReadonlySet<string>> {
  const holders = (await session.clientsAtStart()).filter(
    (client) => !isEnded(client) && client.id.toLowerCase() !== session.deployerClientId.toLowerCase(),
  );
  return new Set(
    holders.flatMap(({ roleDivisions = [] }) => roleDivisions.map(({ roleId }) => roleId.toLowerCase())),
  );
}
