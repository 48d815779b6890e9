// What of a live OAuth client differs from its record, roles apart (pure).
import { clientNameIn } from "../../../declarations/adoption";
import { type ResolvedCredential } from "../../../declarations/resolve";
import { isSameGrantType } from "../../../genesys/knowledge/grantTypes";
import { type OAuthClientEntity } from "../../../genesys/wire";
import { descriptionDifference, difference } from "./differences";
import { type ManagedClient } from "../read/managedClients";
import { quoted } from "../places";

/** Differences in words, and whether one of them decides who can sign in. */
export interface ClientDrift {
  readonly differences: readonly string[];
  readonly concernsSignIn: boolean;
}

const inactive = "inactive";
const active = "active";

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
  const expected = recorded ?? {
    name: clientNameIn(credential, stack, { slot, generation }),
    description: credential.description,
    authorizedGrantType: credential.authorizedGrantType,
    accessTokenValiditySeconds: credential.accessTokenValiditySeconds,
    state: declaredState,
    registeredRedirectUri: credential.registeredRedirectUri,
    scope: credential.scope,
    marker: undefined,
  };
  const signIn = [
    ...stateDifference([expected.state, declaredState], live.state),
    ...difference("grant type", expected.authorizedGrantType, live.authorizedGrantType, isSameGrantType),
    ...difference(
      "redirect URIs",
      sorted(expected.registeredRedirectUri),
      sorted(live.registeredRedirectUri),
    ),
  ];
  const other = [
    ...difference("name", expected.name, live.name),
    ...descriptionDifference(expected.description, expected.marker, live.description),
    ...difference(
      "access token validity",
      text(expected.accessTokenValiditySeconds),
      text(live.accessTokenValiditySeconds),
    ),
    ...difference("scope", sorted(expected.scope), sorted(live.scope)),
  ];
  return { differences: [...signIn, ...other], concernsSignIn: signIn.length > 0 };
}

function stateDifference(
  expected: readonly (string | undefined)[],
  live: string | undefined,
): readonly string[] {
  // A disabled client can do even less than an inactive one (genesys-api 3.3).
  const states = expected.flatMap((state) => (state === undefined ? [] : [state]));
  const [first] = states;
  if (
    live === undefined ||
    first === undefined ||
    states.includes(live) ||
    (live === "disabled" && states.includes(inactive))
  ) {
    return [];
  }
  return [
    live === active
      ? `it is active again although ${first} is recorded: it can sign in`
      : `it is ${quoted(live)} instead of ${first}: it gets no new tokens`,
  ];
}

/** Neither list has an order. */
function sorted(values: readonly string[] | undefined): string | undefined {
  return values === undefined ? undefined : [...new Set(values)].sort().join(" ");
}

function text(value: number | undefined): string | undefined {
  return value === undefined ? undefined : `${value} s`;
}
