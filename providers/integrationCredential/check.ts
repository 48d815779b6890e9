// What is checked of an integration credential before anything is written: its form, the deployer, and whose it is.
import { unknownValue } from "@pulumi/pulumi/runtime";
import { z } from "zod";

import { isChanged, isNew } from "../engine/changes";
import { act } from "../run/action";
import { requirePermissions } from "../run/missingPermissions";
import { without } from "../engine/record";
import { kindOfChange } from "../engine/replacement";
import { findNamesakes, liveCredential, noteOfTakeOver, takeOverProblem } from "./ownership";
import type { IntegrationCredentialInputs } from "./record";
import { type Checked, type Inputs, refusedFor } from "../engine/checked";
import { checkForm, filledText, type Form, optionalSettings } from "../engine/form";
import type { Session } from "../run/session";
import type { SessionFinder } from "../run/sessions";

/** A reason may quote names of the organisation. */
const longestReason = 600;

/** The only type that holds the pair of an OAuth client (docs/genesys-api.md 8). */
const pairType = "pureCloudOAuthClient";

const form: Form = {
  organization: optionalSettings,
  name: filledText,
  clientId: filledText,
  secretArn: filledText,
  owner: filledText,
  aws: optionalSettings,
  credentialType: z.literal(pairType).default(pairType).describe(`must be ${pairType}`),
  existingId: filledText.optional().describe("must be the id of an integration credential"),
  versionId: filledText.optional().describe("must be the id of a stored version"),
};

/**
 * Checks an integration credential. An unchanged one asks nobody, and neither does one that only gets another pair: a rotation asks for
 * nothing that was not granted before, should cost few requests, and is safe to fail.
 * @param knownIds Those that state is known to hold.
 * @throws ProviderError when the organisation cannot be asked, or the deployer may not do what is needed.
 */
export async function checkIntegrationCredential(
  sessionFor: SessionFinder,
  olds: Inputs,
  news: Inputs,
  knownIds: ReadonlySet<string>,
): Promise<Checked> {
  const checked = checkForm(form, news);
  const { inputs } = checked;
  if (checked.failures.length > 0 || !isChanged(olds, inputs) || isOtherPairOnly(olds, inputs)) {
    return checked;
  }
  const declared = inputs as unknown as IntegrationCredentialInputs;
  const action = `Checking integration credential "${declared.name}"`;
  const session = sessionFor(declared.organization);
  return act(session, action, declared.organization.id, async () => {
    const kind = kindOfChange(olds, inputs, ({ existingId }) => existingId);
    await requirePermissions(session, action, [{ object: "integration credential", kind }]);
    const reasons = await placeReasons(session, olds, declared, knownIds);
    return {
      inputs,
      failures: refusedFor(reasons.map((reason) => session.redactor.line(reason, longestReason))),
    };
  });
}

/** `clientSecret` stood in records before the secret left Pulumi. */
function isOtherPairOnly(olds: Inputs, inputs: Inputs): boolean {
  const ofPair = ["clientId", "secretArn", "versionId", "aws", "clientSecret"];
  return !isNew(olds) && !isChanged(without(olds, ofPair), without(inputs, ofPair));
}

async function placeReasons(
  session: Session,
  olds: Inputs,
  declared: IntegrationCredentialInputs,
  knownIds: ReadonlySet<string>,
): Promise<readonly string[]> {
  const { existingId, credentialType, name, owner } = declared;
  if (existingId === unknownValue || name === unknownValue) {
    return []; // a preview that does not know yet which one it is
  }
  if (existingId !== undefined) {
    if (olds["existingId"] === existingId) {
      return [];
    }
    const live = await liveCredential(session, existingId);
    const reason = takeOverProblem(existingId, live, credentialType);
    if (live !== undefined && reason === undefined && isNew(olds)) {
      session.notify(await noteOfTakeOver(session, live, owner));
    }
    return reason === undefined ? [] : [reason];
  }
  if (olds["name"] === name && !isNew(olds)) {
    return [];
  }
  const clientIds = [declared.clientId, olds["clientId"]].filter(
    (id) => typeof id === "string" && id !== unknownValue,
  ) as string[];
  const claim = { name, credentialType, owner, clientIds };
  const { refusals } = await findNamesakes(session, claim, knownIds);
  return refusals;
}
