// What a stack declares already, as far as an adoption must respect it: keys, names, and the live objects behind them.
import { canonicalId } from "../../declarations/canonicalId";
import { clientName, ownerText } from "../../declarations/naming";
import { type ResolvedDeclarations, type ResolvedRole } from "../../declarations/resolve";
import { keyOf, parseMarker } from "../../genesys/marker";
import { isSameName } from "../../genesys/roles";
import { type OAuthClientEntity, type RoleEntity } from "../../genesys/wire";
import { keysOf } from "../world/recordOf";
import { type MarkStanding, type StackMarks, standingOf } from "../world/stackMarks";

/** Who made a live object, by its marker. */
export interface LiveOwner {
  /** `<project>/<stack>/<key>`. */
  readonly owner: string;
  readonly standing: MarkStanding;
}

/** What the state of the stack holds; nothing where it is not known. */
export interface HeldInState {
  readonly identity?: string | undefined;
  readonly clientIds: ReadonlySet<string>;
  readonly roleIds: ReadonlySet<string>;
}

export class StackEntries {
  readonly secretNames: ReadonlySet<string>;
  /** Names of roles that credentials refer to with `existing:`. */
  readonly existingNames: readonly string[];
  readonly roleKeys: readonly string[];
  readonly credentialKeys: readonly string[];
  readonly stack: string;
  private readonly marks: StackMarks;

  constructor(
    { project, stack }: { readonly project: string; readonly stack: string },
    private readonly declared: Pick<ResolvedDeclarations, "roles" | "credentials">,
    private readonly held: HeldInState,
  ) {
    const { roles, credentials } = declared;
    this.stack = stack;
    this.marks = { identity: held.identity, ownerPrefix: ownerText(project, stack, "") };
    this.roleKeys = roles.map(({ key }) => key);
    this.credentialKeys = credentials.map(({ key }) => key);
    this.secretNames = new Set(credentials.map(({ secret }) => secret.name));
    this.existingNames = credentials.flatMap(({ roleDivisions }) =>
      roleDivisions.flatMap(({ roleName }) => roleName ?? []),
    );
  }

  /** The credential that adopts a client; undefined when none does. */
  credentialAdopting(clientId: string): string | undefined {
    return this.declared.credentials.find(({ adopt }) => adopt?.clientId === canonicalId(clientId))?.key;
  }

  /** The credential whose clients have this name. */
  credentialWithClientNamed(name: string): string | undefined {
    return this.credentialKeys.find((key) =>
      (["a", "b"] as const).some((slot) => clientName(this.stack, key, slot) === name),
    );
  }

  /** Whether the state holds this client or role, whatever its description says. */
  isInState({ id }: Pick<OAuthClientEntity | RoleEntity, "id">): boolean {
    return this.held.clientIds.has(canonicalId(id)) || this.held.roleIds.has(canonicalId(id));
  }

  /** The declared role that a live one is, by `adopt` or by its marker; undefined when it is none. */
  declaredRole(live: RoleEntity): ResolvedRole | undefined {
    const marker = parseMarker(live.description);
    const isOurs = marker !== undefined && standingOf(marker, this.marks) === "ours";
    const { roles } = this.declared;
    return (
      roles.find(({ adopt }) => adopt?.roleId === canonicalId(live.id)) ??
      roles.find((role) => isOurs && keysOf(role).includes(keyOf(marker)))
    );
  }

  /** The declared role of this name in Genesys. */
  roleNamed(name: string): ResolvedRole | undefined {
    return this.declared.roles.find((role) => isSameName(role.name, name));
  }

  /** Undefined when the description has no marker. */
  ownerOf({ description }: OAuthClientEntity | RoleEntity): LiveOwner | undefined {
    const marker = parseMarker(description);
    return marker && { owner: marker.owner, standing: standingOf(marker, this.marks) };
  }
}
