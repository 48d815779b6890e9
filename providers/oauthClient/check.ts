// What is checked of an OAuth client before anything is written: its form, the names in it, the deployer, and room for it.
import { unknownValue } from "@pulumi/pulumi/runtime";

import { keyOf, parseMarker } from "../../genesys/marker";
import { type AddressesCheck, tellStoredOnly } from "./allowedAddressesCheck";
import { isChanged, isNew } from "../engine/changes";
import { checkClientAdoption, refuseForgottenAdoption } from "./adoptionCheck";
import { generationChange } from "./generations";
import { warnWithoutRoom } from "./headroom";
import type { Neighbourhood, StoredIn } from "./neighbourhood";
import type { Ownership } from "./ownership";
import { explained } from "../run/action";
import { type HandedOutRole, requirePermissions } from "../run/deployerPermissions";
import { replacingInputs } from "../engine/replacement";
import { namesIn, unknownNames } from "../run/nameCheck";
import { checkOAuthClientInputs } from "./form";
import type { OAuthClientInputs } from "./record";
import type { Step } from "../../genesys/knowledge/requiredPermissions";
import type { Checked, CheckFailure } from "../engine/checked";
import { without } from "../engine/record";
import { tellOtherState } from "../run/otherState";
import type { Session } from "../run/session";
import type { SessionFinder } from "../run/sessions";
import type { OrganizationInput } from "../engine/organization";

type Inputs = Readonly<Record<string, unknown>>;

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

/** One making of a client, whatever the identity of the stack. */
export function makingOf({ owner, generation }: Pick<OAuthClientInputs, "owner" | "generation">): string {
  return `${owner}#${generation}`;
}

/**
 * Checks an OAuth client. An unchanged one asks nobody.
 * @throws ProviderError when the organisation cannot be asked, or the deployer may not do what is needed.
 */
export async function checkOAuthClient(
  { sessionFor, ownership, neighbourhood, rotations, addresses }: OAuthClientChecks,
  olds: Inputs,
  news: Inputs,
): Promise<Checked> {
  const { storedIn, ...declaredInputs } = news;
  const checked = checkOAuthClientInputs(declaredInputs);
  if (checked.failures.length > 0) {
    return checked;
  }
  const { inputs, reason } = addresses.withField(olds, checked.inputs);
  if (reason !== undefined) {
    return { inputs, failures: [{ property: "allowedAddresses", reason }] };
  }
  const { organization, name } = inputs as { organization: OrganizationInput; name: string };
  const action = `Checking OAuth client "${name}"`;
  const known = namesIn(olds["roleDivisions"]);
  const declared = namesIn(inputs["roleDivisions"]);
  const reasons = await unknownNames(sessionFor, organization, action, { declared, known });
  if (reasons.length > 0) {
    return { inputs, failures: reasons.map((reason) => ({ property: "roleDivisions", reason })) };
  }
  const checkedInputs = inputs as unknown as OAuthClientInputs;
  const { owner, adopt } = checkedInputs;
  const renamed = isNew(olds)
    ? sessionFor(organization).renames.get(`credentials/${keyOf(checkedInputs)}`)
    : undefined;
  if (renamed !== undefined) {
    return { inputs, failures: [{ property: "", reason: renamed }] };
  }
  const making = makingOf(checkedInputs);
  if (isStoredIn(storedIn)) {
    neighbourhood.noteStoredIn(owner, storedIn);
  }
  if (isRotation(olds, inputs)) {
    rotations.add(making);
  }
  if (isChanged(olds, inputs)) {
    tellStoredOnly(() => sessionFor(organization), checkedInputs);
  }
  if (isChanged(olds, inputs) && !rotations.has(making)) {
    const session = sessionFor(organization);
    await session.enter(action, organization.id);
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
      return { inputs, failures: refusals };
    }
    await refuseForgottenAdoption(session, action, olds, checkedInputs);
    if (adopt !== undefined && isNew(olds)) {
      return { inputs, failures: await checkClientAdoption(session, action, { ...checkedInputs, adopt }) };
    }
  }
  return { inputs, failures: [] };
}

/** Says what is taken over or replaced, and refuses what is in the way. */
async function lookAround(
  session: Session,
  action: string,
  neighbourhood: Neighbourhood,
  inputs: OAuthClientInputs,
): Promise<CheckFailure[]> {
  return explained(session, action, async () => {
    const known = inputs.identity === unknownValue ? without(inputs, ["identity"]) : inputs;
    const found = await neighbourhood.neighbours(session, known, true);
    for (const { client, standing } of found) {
      const who = `OAuth client ${client.id} ("${client.name ?? ""}")`;
      if (standing === "leftover") {
        session.notify(
          `Notice: ${who} was left behind by an interrupted run of this stack; the update takes it over.`,
        );
      } else if (standing === "outlived") {
        session.notify(
          `Notice: ${who} was left behind by an interrupted run of this stack, and nobody uses it; the update deletes it.`,
        );
      } else if (standing === "inUse") {
        session.notify(
          `Notice: ${who} is in use; the update makes a new client beside it, and deletes it where state still holds it.`,
        );
      } else if (standing === "foreign") {
        await tellOtherState(session, parseMarker(client.description), client.id);
      }
    }
    return found.flatMap(({ refusal }) =>
      refusal === undefined
        ? []
        : [
            {
              property: "",
              reason: session.redactor.line(`${action}: ${refusal}`, longestReason),
            },
          ],
    );
  });
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
  return (
    !isNew(olds) && !isChanged(present({ ...olds, generation, rotation, identity, owner }), present(inputs))
  );
}

/** Without what is there and undefined. */
function present(inputs: Inputs): Inputs {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));
}

function stepOf(olds: Inputs, inputs: Inputs): Step {
  const adoptedId = adoptedIdIn(inputs);
  const adopts = adoptedId !== undefined;
  if (isNew(olds)) {
    return { object: "OAuth client", kind: "create", adopts };
  }
  // The id of the present client is not known here: that another one is named is taken for a replacement.
  const isOtherAdopted = adopts && adoptedIdIn(olds) !== adoptedId;
  const isReplaced =
    isOtherAdopted || replacingInputs(olds, inputs).length > 0 || generationChange(olds, inputs) === "raised";
  return { object: "OAuth client", kind: isReplaced ? "replace" : "update", adopts };
}

function adoptedIdIn(inputs: Inputs): string | undefined {
  return (inputs as Partial<OAuthClientInputs>).adopt?.clientId;
}

/** The existing roles of these names; they are known since their names were checked. */
async function rolesNamed(session: Session, names: readonly string[]): Promise<HandedOutRole[]> {
  const found = await Promise.all(
    names.map(async (name) => (await session.rolesNamed(name)).map(({ id }) => ({ id, name }))),
  );
  return found.flat();
}
