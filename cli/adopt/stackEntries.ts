// What a stack declares already, as far as an adoption must respect it: keys, names, and the live objects behind them.
import { canonicalId } from "../../declarations/canonicalId";
import { clientName, configNamespace } from "../../declarations/naming";
import { type ResolvedDeclarations, type ResolvedRole } from "../../declarations/resolve";
import { parseMarker } from "../../genesys/marker";
import { type OAuthClientEntity, type RoleEntity } from "../../genesys/wire";

/** Who made a live object, by its marker. */
export interface LiveOwner {
  /** `<project>/<stack>/<key>`. */
  readonly owner: string;
  readonly isThisStack: boolean;
}

/** See the first line of this file. */
export class StackEntries {
  readonly secretNames: ReadonlySet<string>;
  /** Names of roles that credentials refer to with `existing:`. */
  readonly existingNames: ReadonlySet<string>;
  readonly roleKeys: readonly string[];
  readonly credentialKeys: readonly string[];
  private readonly roles: readonly ResolvedRole[];
  private readonly keysByClientId: ReadonlyMap<string, string>;
  private readonly keysByClientName: ReadonlyMap<string, string>;

  constructor(
    readonly stack: string,
    { roles, credentials }: ResolvedDeclarations,
  ) {
    this.roles = roles;
    this.roleKeys = roles.map(({ key }) => key);
    this.credentialKeys = credentials.map(({ key }) => key);
    this.secretNames = new Set(credentials.map(({ secret }) => secret.name));
    this.existingNames = new Set(
      credentials.flatMap(({ roleDivisions }) => roleDivisions.flatMap(({ roleName }) => roleName ?? [])),
    );
    this.keysByClientId = new Map(
      credentials.flatMap(({ key, adopt }) => (adopt === undefined ? [] : [[adopt.clientId, key] as const])),
    );
    this.keysByClientName = new Map(
      this.credentialKeys.flatMap((key) =>
        (["a", "b"] as const).map((slot) => [clientName(stack, key, slot), key] as const),
      ),
    );
  }

  /** The credential that adopts a client; undefined when none does. */
  credentialAdopting(clientId: string): string | undefined {
    return this.keysByClientId.get(canonicalId(clientId));
  }

  /** The credential whose clients have this name. */
  credentialWithClientNamed(name: string): string | undefined {
    return this.keysByClientName.get(name);
  }

  /** The declared role that a live one is, by `adopt` or by its marker; undefined when it is none. */
  declaredRole(live: RoleEntity): ResolvedRole | undefined {
    const owner = parseMarker(live.description)?.owner;
    return (
      this.roles.find(({ adopt }) => adopt?.roleId === canonicalId(live.id)) ??
      this.roles.find(({ marker }) => marker === owner)
    );
  }

  /** The declared role of this name in Genesys. */
  roleNamed(name: string): ResolvedRole | undefined {
    return this.roles.find((role) => role.name === name);
  }

  /** Undefined when the description has no marker. */
  ownerOf({ description }: OAuthClientEntity | RoleEntity): LiveOwner | undefined {
    const owner = parseMarker(description)?.owner;
    return owner === undefined
      ? undefined
      : { owner, isThisStack: owner.startsWith(`${configNamespace}/${this.stack}/`) };
  }
}
