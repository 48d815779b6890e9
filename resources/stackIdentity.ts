// StackIdentity: whose the objects of this stack are; a random id that no rename changes.
import type * as pulumi from "@pulumi/pulumi";

import { identityEntries } from "../declarations/identityEntries";
import type { ResolvedDeclarations } from "../declarations/resolve";
import { writtenNames } from "../declarations/writtenNames";
import { OwnResource } from "./ownResource";

/** Names by key. */
type NamesByKey = Readonly<Record<string, string>>;

/** What the stack declares: a later run sees from it which keys went away and which came, without asking anybody. */
export interface StackIdentityArgs {
  readonly organization: pulumi.Input<{ id?: string; region?: string }>;
  /** The name in Genesys of each declared role. */
  readonly roles: pulumi.Input<NamesByKey>;
  /** The name in AWS of each declared credential's secret. */
  readonly credentials: pulumi.Input<NamesByKey>;
  /** The generation of each declared credential. */
  readonly generations: pulumi.Input<Readonly<Record<string, number>>>;
  /** Names of divisions in which roles are held; the provider fills in what each stands for, and keeps that. Absent without any. */
  readonly divisions?: pulumi.Input<readonly { name: string }[]>;
  /** The same of roles that the stack does not manage. */
  readonly existingRoles?: pulumi.Input<readonly { name: string }[]>;
  /** The former key of each renamed one; told to the check and kept by nobody. */
  readonly formerly: pulumi.Input<{ roles: NamesByKey; credentials: NamesByKey }>;
}

/**
 * The identity of a stack; its Pulumi id is the identity, 16 hexadecimal digits.
 * @example
 * new StackIdentity("identity", { organization, roles: { "reporting-reader": "reporting-reader" },
 *   credentials: { "nightly-report": "genesys/dev/nightly-report" }, generations: { "nightly-report": 0 }, formerly: { roles: {}, credentials: {} } });
 */
export class StackIdentity extends OwnResource {
  constructor(name: string, args: StackIdentityArgs, options?: pulumi.CustomResourceOptions) {
    super("StackIdentity", name, args, [], options);
  }
}

/** The identity of the stack that has these declarations. */
export function declareStackIdentity(
  declarations: Pick<ResolvedDeclarations, "organization" | "roles" | "credentials">,
): StackIdentity {
  const { organization, roles, credentials } = declarations;
  return new StackIdentity("identity", {
    organization,
    ...identityEntries(declarations),
    ...writtenNames(declarations),
    formerly: { roles: formerKeys(roles), credentials: formerKeys(credentials) },
  });
}

function formerKeys(entries: readonly { readonly key: string; readonly formerly?: string }[]): NamesByKey {
  return Object.fromEntries(
    entries.flatMap(({ key, formerly }) => (formerly === undefined ? [] : [[key, formerly]])),
  );
}
