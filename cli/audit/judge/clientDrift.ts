// What of a live OAuth client differs from its record, roles apart (pure).
import { clientNameIn } from "../../../declarations/adoption";
import { type ResolvedCredential } from "../../../declarations/resolve";
import { type FieldDifference, fieldDifferences } from "../../../genesys/knowledge/oauthClientFields";
import { type OAuthClientEntity } from "../../../genesys/wire";
import { descriptionDifference, difference } from "./differences";
import { type ManagedClient } from "../read/managedClients";
import { quoted } from "../places";

/** Differences in words, and whether one of them decides who can sign in. */
export interface ClientDrift {
  readonly differences: readonly string[];
  readonly concernsSignIn: boolean;
}

/** Compares with the record; without one, with the declaration. The states of both are right: a revocation acts before it is recorded. */
export function clientDrift(
  credential: ResolvedCredential,
  stack: string,
  { recorded, generation, slot }: ManagedClient,
  live: OAuthClientEntity,
): ClientDrift {
  // Where rotations keep the client, the slot of a generation to come is its own.
  const isKept = credential.rotation.clients === "keep";
  const declaredState = credential.slots.find(
    (declared) => declared.generation === generation || (isKept && declared.slot === slot),
  )?.state;
  const name = clientNameIn(credential, stack, { slot, generation });
  const expected = recorded ?? { ...credential, name, state: declaredState, marker: undefined };
  // What a state means, and what of a description is declared, is compared by rules of their own.
  const { state, description, marker, ...fields } = expected;
  const found = fieldDifferences(fields, live);
  const inWords = (isMeant: (one: FieldDifference) => boolean): string[] =>
    found.filter(isMeant).flatMap((one) => difference(one.label, one.declared, one.live));
  const signIn = [
    ...stateDifference([state, declaredState], live.state),
    ...inWords((one) => one.isOfSignIn === true),
  ];
  const other = [
    ...inWords((one) => one.name === "name"),
    ...descriptionDifference(description, marker, live.description),
    ...inWords((one) => one.name !== "name" && one.isOfSignIn !== true),
  ];
  return { differences: [...signIn, ...other], concernsSignIn: signIn.length > 0 };
}

function stateDifference(
  expected: readonly (string | undefined)[],
  live: string | undefined,
): readonly string[] {
  const [first] = expected.filter((state) => state !== undefined);
  // A disabled client can do even less than an inactive one (docs/genesys-api.md 3.3).
  const isRight = expected.includes(live) || (live === "disabled" && expected.includes("inactive"));
  if (live === undefined || first === undefined || isRight) {
    return [];
  }
  return [
    live === "active"
      ? `it is active again although ${first} is recorded: it can sign in`
      : `it is ${quoted(live)} instead of ${first}: it gets no new tokens`,
  ];
}
