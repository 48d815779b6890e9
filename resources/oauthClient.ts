// OAuthClient: a Genesys Cloud OAuth client as a Pulumi resource.
import type * as pulumi from "@pulumi/pulumi";

import type { AwsSettings } from "../common/awsSettings";
import type { ResolvedCredential } from "../declarations/resolve";
import { OwnResource } from "./ownResource";
import type { StackNames } from "./stackIdentity";

/** One role in one division: the role by id or by name; the division `home`, `*` or a name. */
export interface RoleDivisionArgs {
  readonly roleId?: pulumi.Input<string>;
  readonly roleName?: pulumi.Input<string>;
  readonly division: pulumi.Input<string>;
}

/** What a credential declares and its clients do not take as it is: of all else they take each setting under its own name. */
type NotTaken =
  | "key"
  | "roleDivisions"
  | "type"
  | "rotation"
  | "slots"
  | "secret"
  | "integrationCredential"
  | "revoked"
  | "adopt"
  | "formerly";

type Taken = Omit<ResolvedCredential, NotTaken>;

/** Inputs in Genesys's own names; `generation`, `owner`, `type`, `allow` and `usedFor` are ours. */
export type OAuthClientArgs = { readonly [K in keyof Taken]: pulumi.Input<Taken[K]> } & {
  /** The organisation to which the client belongs; any other one is refused. */
  readonly organization: pulumi.Input<{ id?: string; region?: string }>;
  readonly name: pulumi.Input<string>;
  /** Empty for other grant types than CLIENT-CREDENTIALS. */
  readonly roleDivisions: pulumi.Input<readonly RoleDivisionArgs[]>;
  /** `restricted`, or left out. */
  readonly type?: pulumi.Input<string>;
  /** `active`, or `inactive`: no new tokens. */
  readonly state: pulumi.Input<string>;
  /** A higher number means another client: rotation. With `rotation`, it means another secret. */
  readonly generation: pulumi.Input<number>;
  /**
   * There where rotations keep the client: the generation of the credential. From one to the next the client stays; further ahead
   * (emergency) it is replaced.
   */
  readonly rotation?: pulumi.Input<{ clients: string; generation: number }>;
  /** Of the stack: decides whose the client is. */
  readonly identity: pulumi.Input<string>;
  /** Where the credential's pairs are stored: a client that a version of it names is in use. Told to the check and kept by nobody. */
  readonly storedIn: pulumi.Input<{ secretName: string; aws: AwsSettings }>;
  /** What the names of divisions and existing roles stand for. Told to the check and kept by nobody. */
  readonly names?: pulumi.Input<StackNames>;
  /** The live client that is taken over instead of making one. */
  readonly adopt?: pulumi.Input<{ clientId: string; secret: string }>;
};

/**
 * An OAuth client; its Pulumi id is the client id. Its secret is in no input and no output: see ClientSecret.
 * @example
 * const client = new OAuthClient("nightly-report-a", { organization, name: "nightly-report-dev-a", description: "",
 *   authorizedGrantType: "CLIENT-CREDENTIALS", accessTokenValiditySeconds: 3600, state: "active", generation: 0,
 *   roleDivisions: [{ roleName: "employee", division: "home" }], owner: "genesys-credentials/dev/nightly-report",
 *   identity: identity.id, storedIn: { secretName: "genesys/dev/nightly-report", aws: {} } });
 */
export class OAuthClient extends OwnResource {
  constructor(name: string, args: OAuthClientArgs, options?: pulumi.CustomResourceOptions) {
    super("OAuthClient", name, args, [], options);
  }
}
