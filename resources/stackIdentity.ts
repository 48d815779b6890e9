// StackIdentity: whose the objects of this stack are; a random id that no rename changes.
import * as pulumi from "@pulumi/pulumi";

import { identityEntries } from "../declarations/identityEntries";
import { type MakingOfEntries, makingOfEntries } from "../declarations/making";
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
  /** What making each one takes, and whose they are in their marks, for the comparison with what the deployer may do; told to the check and kept by nobody. */
  readonly making?: pulumi.Input<MakingOfEntries & { readonly stack: string }>;
}

/**
 * The identity of a stack; its Pulumi id is the identity, 16 hexadecimal digits.
 * @example
 * new StackIdentity("identity", { organization, roles: { "reporting-reader": "reporting-reader" },
 *   credentials: { "nightly-report": "genesys/dev/nightly-report" }, generations: { "nightly-report": 0 }, formerly: { roles: {}, credentials: {} } });
 */
export class StackIdentity extends OwnResource {
  declare readonly divisions: pulumi.Output<StackNames["divisions"]>;
  declare readonly existingRoles: pulumi.Output<StackNames["existingRoles"]>;

  constructor(name: string, args: StackIdentityArgs, options?: pulumi.CustomResourceOptions) {
    super("StackIdentity", name, args, ["divisions", "existingRoles"], options);
  }
}

/** What the written names of divisions and existing roles stand for; a kind without names is absent. */
export interface StackNames {
  readonly divisions?: readonly { readonly name: string; readonly id: string }[];
  readonly existingRoles?: readonly { readonly name: string; readonly id: string }[];
}

/** What all other resources are told of their stack. */
export interface StackFacts {
  readonly identity: pulumi.Output<string>;
  /** What the written names stand for; absent without any. An update of some resources alone (`--target`) leaves the identity out, and not this. */
  readonly names?: pulumi.Output<StackNames>;
}

/** Declares the identity of the stack that has these declarations. */
export function declareStackIdentity(
  declarations: Pick<ResolvedDeclarations, "organization" | "roles" | "credentials">,
): StackFacts {
  const { organization, roles, credentials } = declarations;
  const written = writtenNames(declarations);
  const { id, divisions, existingRoles } = new StackIdentity("identity", {
    organization,
    ...identityEntries(declarations),
    ...written,
    formerly: { roles: formerKeys(roles), credentials: formerKeys(credentials) },
    making: { stack: `${pulumi.getProject()}/${pulumi.getStack()}`, ...makingOfEntries(declarations) },
  });
  const hasNames = Object.keys(written).length > 0;
  return {
    identity: id,
    ...(hasNames ? { names: pulumi.output({ divisions, existingRoles }) as pulumi.Output<StackNames> } : {}),
  };
}

function formerKeys(entries: readonly { readonly key: string; readonly formerly?: string }[]): NamesByKey {
  return Object.fromEntries(
    entries.flatMap(({ key, formerly }) => (formerly === undefined ? [] : [[key, formerly]])),
  );
}
