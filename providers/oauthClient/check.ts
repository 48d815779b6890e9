// What is checked of an OAuth client before anything is written: its form, the names in it, the deployer, and room for it.
import { unknownValue } from "@pulumi/pulumi/runtime";

import { keyOf, parseMarker } from "../../genesys/marker";
import { type AddressesCheck, tellStoredOnly } from "./allowedAddressesCheck";
import { isChanged, isNew } from "../engine/changes";
import { checkClientAdoption, refuseForgottenAdoption } from "./adoptionCheck";
import { generationChange } from "./generations";
import { warnWithoutRoom } from "./headroom";
import type { Neighbourhood, StoredIn } from "./neighbourhood";
import { makingOf, type Ownership } from "./ownership";
import { act } from "../run/action";
import { type HandedOutRole, requirePermissions } from "../run/missingPermissions";
import { kindOfChange } from "../engine/replacement";
import { namesIn, type NamesInInputs, unknownNames } from "../run/nameCheck";
import { lookUpNames } from "../run/nameLookup";
import { resolveRoleName } from "../run/roleDivisions";
import { recordedNamesIn } from "../../genesys/knowledge/recordedNames";
import { checkOAuthClientInputs } from "./form";
import type { OAuthClientInputs } from "./record";
import type { Step } from "../../genesys/knowledge/requiredPermissions";
import { type Checked, type Inputs, refusedFor } from "../engine/checked";
import { without } from "../engine/record";
import { clientKind, objectInWords } from "../live/objectKind";
import { tellOtherState } from "../run/otherState";
import type { Session } from "../run/session";
import type { Standing } from "./standing";
import type { SessionFinder } from "../run/sessions";
import type { OrganizationInput } from "../engine/organization";

/** What checks of one run share. */
export interface OAuthClientChecks {
  readonly sessionFor: SessionFinder;
  /** Knows what state holds: of that, what an interrupted run left behind is not looked for. */
  readonly ownership: Ownership;
  readonly neighbourhood: Neighbourhood;
  /** The clients that a rotation makes; the engine checks those once more, without their former inputs. */
  readonly rotations: Set<string>;
  /** Knows how allowed addresses are sent in this run. */
  readonly addresses: AddressesCheck;
}

/** A reason may quote names of the organisation. */
const longestReason = 1000;

/**
 * Checks an OAuth client. An unchanged one asks nobody.
 * @throws ProviderError when the organisation cannot be asked, or the deployer may not do what is needed.
 */
export async function checkOAuthClient(
  { sessionFor, ownership, neighbourhood, rotations, addresses }: OAuthClientChecks,
  olds: Inputs,
  news: Inputs,
): Promise<Checked> {
  const { storedIn, names, ...declaredInputs } = news;
  const checked = checkOAuthClientInputs(declaredInputs);
  if (checked.failures.length > 0) {
    return checked;
  }
  const { inputs, reason: unsent } = addresses.withField(olds, checked.inputs);
  const { organization, name } = inputs as { organization: OrganizationInput; name: string };
  const action = `Checking OAuth client "${name}"`;
  sessionFor(organization).names.learnTold(recordedNamesIn(names));
  const known = namesIn(olds["roleDivisions"]);
  const declared = namesIn(inputs["roleDivisions"]);
  const unknown = await unknownNames(sessionFor, organization, action, { declared, known });
  const checkedInputs = inputs as unknown as OAuthClientInputs;
  const { owner, adopt } = checkedInputs;
  const renamed = isNew(olds)
    ? sessionFor(organization).renames.get(`credentials/${keyOf(checkedInputs)}`)
    : undefined;
  const problems = [
    ...(unsent === undefined ? [] : [unsent]),
    ...unknown,
    ...(renamed === undefined ? [] : [renamed]),
  ];
  if (problems.length > 0) {
    return { inputs, failures: refusedFor(problems) };
  }
  const making = makingOf(checkedInputs);
  if (isStoredIn(storedIn)) {
    neighbourhood.noteStoredIn(owner, storedIn);
  }
  if (isRotation(olds, inputs)) {
    rotations.add(making);
  }
  if (!isChanged(olds, inputs)) {
    return { inputs, failures: [] };
  }
  tellStoredOnly(() => sessionFor(organization), checkedInputs);
  const session = sessionFor(organization);
  if (rotations.has(making)) {
    if (!isNew(olds) && generationChange(olds, inputs) !== "raised") {
      return { inputs, failures: [] }; // the client stays, with what its names stood for
    }
    await lookUpNames(session, organization.id, {
      divisions: session.names.onRecord("divisions", declared.divisions),
      existingRoles: session.names.onRecord("existingRoles", declared.roleNames),
    });
    return { inputs, failures: refusedFor(goneNames(session, action, declared)) };
  }
  return act(session, action, organization.id, async () => {
    const step = stepOf(olds, inputs);
    const newRoles = [...declared.roleNames].filter((role) => !known.roleNames.has(role));
    if (isNew(olds) && session.raised.has(keyOf(checkedInputs))) {
      ownership.noteRotation(checkedInputs);
    }
    const isMade = step.kind !== "update" && adopt === undefined;
    const looksForOrphans = isMade && session.reconcile && !ownership.hasRecord(checkedInputs);
    await requirePermissions(
      session,
      action,
      [{ ...step, looksForOrphans, looksUpRoles: newRoles.length > 0 }],
      await rolesNamed(session, newRoles),
    );
    if (isMade) {
      await warnWithoutRoom(session, making);
    }
    // Its own client is none that state does not know: of a replacement it is looked at once the record was told.
    const refusals =
      looksForOrphans && isNew(olds) ? await lookAround(session, action, neighbourhood, checkedInputs) : [];
    if (refusals.length > 0) {
      return { inputs, failures: refusedFor(refusals) };
    }
    await refuseForgottenAdoption(session, action, olds, checkedInputs);
    return {
      inputs,
      failures: refusedFor(
        adopt !== undefined && isNew(olds)
          ? await checkClientAdoption(session, action, { ...checkedInputs, adopt })
          : [],
      ),
    };
  });
}

/** Names of a client that a rotation makes whose objects exist no more, as far as Genesys tells. */
function goneNames(session: Session, action: string, declared: NamesInInputs): string[] {
  return [
    ...session.names.problemsAmong("existingRoles", declared.roleNames),
    ...session.names.problemsAmong("divisions", declared.divisions),
  ].map((problem) =>
    session.redactor.line(
      `${action}: ${problem}; nothing was written [UNKNOWN_ROLE_OR_DIVISION]`,
      longestReason,
    ),
  );
}

/** What becomes of a client that is not in the way. */
const notices: Readonly<Partial<Record<Standing, string>>> = {
  leftover: "was left behind by an interrupted run of this stack; the update takes it over",
  outlived: "was left behind by an interrupted run of this stack, and nobody uses it; the update deletes it",
  inUse: "is in use; the update makes a new client beside it, and deletes it where state still holds it",
};

/** Says what is taken over or replaced, and refuses what is in the way. */
async function lookAround(
  session: Session,
  action: string,
  neighbourhood: Neighbourhood,
  inputs: OAuthClientInputs,
): Promise<string[]> {
  const known = inputs.identity === unknownValue ? without(inputs, ["identity"]) : inputs;
  const found = await neighbourhood.neighbours(session, known, true);
  for (const { client, standing } of found) {
    const notice = notices[standing];
    if (notice !== undefined) {
      session.notify(`Notice: ${objectInWords(clientKind, client)} ${notice}.`);
    } else if (standing === "foreign") {
      await tellOtherState(session, parseMarker(client.description), client.id);
    }
  }
  return found.flatMap(({ refusal }) =>
    refusal === undefined ? [] : [session.redactor.line(`${action}: ${refusal}`, longestReason)],
  );
}

function isStoredIn(value: unknown): value is StoredIn {
  const { secretName } = (value ?? {}) as Partial<StoredIn>;
  return typeof secretName === "string" && secretName !== unknownValue;
}

/**
 * Nothing but another generation, or another way to get there, and other names in the mark. A rotation is checked no further: it asks for nothing that was not granted before, should cost few
 * requests, and is safe to fail, since the former client stays. The room for its client is looked at where that is made.
 */
function isRotation(olds: Inputs, inputs: Inputs): boolean {
  const { generation, rotation, identity, owner } = inputs;
  return !isNew(olds) && !isChanged({ ...olds, generation, rotation, identity, owner }, inputs);
}

function stepOf(olds: Inputs, inputs: Inputs): Step {
  const adoptedIdIn = (of: Inputs): string | undefined => (of as Partial<OAuthClientInputs>).adopt?.clientId;
  const adopts = adoptedIdIn(inputs) !== undefined;
  const kind = kindOfChange(olds, inputs, adoptedIdIn);
  const isRaised = kind === "update" && generationChange(olds, inputs) === "raised";
  return { object: "OAuth client", kind: isRaised ? "replace" : kind, adopts };
}

/** The existing roles that these names mean; they are known since their names were checked. */
async function rolesNamed(session: Session, names: readonly string[]): Promise<HandedOutRole[]> {
  const found = await Promise.all(
    names.map(async (name) => {
      const id = await resolveRoleName(session, name, []);
      return id === undefined ? [] : [{ id, name }];
    }),
  );
  return found.flat();
}
