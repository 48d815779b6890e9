// What a preview says about an adoption: why it is refused, or what it changes in the live client.
import { defined } from "../../common/defined";
import { act } from "../run/action";
import { unknownValue } from "@pulumi/pulumi/runtime";

import { oneLine } from "../../common/oneLine";
import { fieldDifferences } from "../../genesys/knowledge/oauthClientFields";
import { isEnded } from "../../genesys/knowledge/clientLife";
import { descriptionWithoutMarker, mayBeMadeBy, parseMarker } from "../../genesys/marker";
import type { OAuthClientEntity } from "../../genesys/wire";
import { isNew } from "../engine/changes";
import { type AdoptingInputs, clientRefusals } from "./adoption";
import { heldRoleChanges } from "./heldRoles";
import { isClientCredentials } from "../../genesys/knowledge/grantTypes";
import type { Inputs } from "../engine/checked";
import type { ClientAdoptionInput, OAuthClientInputs } from "./record";
import { ProviderError } from "../engine/providerError";
import { adoptionReasons } from "../live/adoption";
import { clientKind } from "../live/objectKind";
import { findLive } from "../live/presence";
import type { Session } from "../run/session";
import type { SessionFinder } from "../run/sessions";

/** Characters of a name, a description or a list in a line that tells several of them. */
const longestShown = 60;

/** @throws ProviderError when the organisation cannot be asked. */
export async function checkClientAdoption(
  session: Session,
  action: string,
  inputs: AdoptingInputs,
): Promise<string[]> {
  const live = await findAtStart(session, inputs);
  const reasons = clientRefusals(session, live, inputs);
  if (live !== undefined && reasons.length === 0) {
    await tellChanges(session, action, live, inputs);
    if (inputs.adopt.secret === "regenerate") {
      warnOfNewSecret(session, live.id);
    }
  }
  return adoptionReasons(session, reasons);
}

/** Says beforehand that a secret dies. */
export function warnOfNewSecret(session: Session, clientId: string): void {
  session.notify(
    `Warning: the present secret of OAuth client ${clientId} dies at once when the update runs: whoever uses it cannot sign in ` +
      "until they read the stored secret.",
  );
}

/**
 * Refuses to forget that a client was adopted while its secret is not known and it is the current client: there would be nothing to
 * store.
 * @throws ProviderError ADOPTION_SECRET_UNKNOWN, and when the organisation cannot be asked.
 */
export async function refuseForgottenAdoption(
  session: Session,
  action: string,
  olds: Inputs,
  inputs: OAuthClientInputs,
): Promise<void> {
  const former = olds["adopt"] as ClientAdoptionInput | undefined;
  const isForgotten = !isNew(olds) && former?.secret === "keep" && inputs.adopt === undefined;
  if (!isForgotten || olds["generation"] !== inputs.generation) {
    return;
  }
  if (!(await isFormerClient(session, inputs))) {
    throw new ProviderError(
      "ADOPTION_SECRET_UNKNOWN",
      `${action}: the client ${former.clientId} was adopted with its secret kept, so its secret is not known and nothing could be stored; ` +
        "nothing was written. Leave adopt as it is until the first rotation has run, or write secret: regenerate",
    );
  }
}

/**
 * Refuses `secret: keep` for the current client where its secret is stored: what keeps its secret stores nothing, so the stored secret
 * would be taken away from its consumers. Of a former client nothing is taken away.
 * @throws ProviderError ADOPTION_SECRET_STORED, and when the organisation cannot be asked.
 */
export async function refuseKeepingStoredSecret(
  sessionFor: SessionFinder,
  recorded: Partial<OAuthClientInputs>,
  { name = "", organization, owner = "", identity, generation = 0, adopt }: Partial<OAuthClientInputs>,
): Promise<void> {
  if (adopt?.secret !== "keep" || recorded.adopt?.secret === "keep") {
    return;
  }
  const action = `Updating OAuth client "${recorded.name ?? name}"`;
  const session = sessionFor(organization);
  await act(session, action, organization?.id, async () => {
    if (!(await isFormerClient(session, { owner, generation, ...defined({ identity }) }))) {
      throw new ProviderError(
        "ADOPTION_SECRET_STORED",
        `${action}: adopt.secret: keep would take away the stored secret, which holds the secret of the present client; ` +
          "nothing was written. Write secret: regenerate, or remove adopt",
      );
    }
  });
}

/** That a client is the former one shows in the organisation: the client of a later generation lives. */
async function isFormerClient(
  session: Session,
  maker: Pick<OAuthClientInputs, "owner" | "identity" | "generation">,
): Promise<boolean> {
  return (await session.clientsAtStart()).some((client) => {
    const marker = parseMarker(client.description);
    return (
      marker !== undefined &&
      mayBeMadeBy(marker, maker) &&
      marker.generation > maker.generation &&
      !isEnded(client)
    );
  });
}

/** From the list that all adoptions of a run share; what is too young for it, or listed without its settings, is asked for by its id. */
async function findAtStart(
  session: Session,
  { adopt, name }: AdoptingInputs,
): Promise<OAuthClientEntity | undefined> {
  const wanted = adopt.clientId.toLowerCase();
  const listed = (await session.clientsAtStart()).find(({ id }) => id.toLowerCase() === wanted);
  if (listed !== undefined && isEnded(listed)) {
    return undefined;
  }
  // Lists of the former kind show neither grant types nor roles (docs/genesys-api.md 3.2).
  return listed?.authorizedGrantType === undefined
    ? findLive(session, clientKind, adopt.clientId, { name })
    : listed;
}

/** Says what the update changes, in a line for the client and one for each way in which its roles change. */
async function tellChanges(
  session: Session,
  action: string,
  live: OAuthClientEntity,
  inputs: AdoptingInputs,
): Promise<void> {
  const changes = fieldDifferences(known(inputs), {
    ...live,
    description: ownDescription(live.description ?? ""),
    registeredRedirectUri: live.registeredRedirectUri ?? [],
    scope: live.scope ?? [],
  }).map((change) => `${change.label} ${quoted(change.live)} -> ${quoted(change.declared)}`);
  const { changes: roles, present } = isClientCredentials(inputs.authorizedGrantType)
    ? await heldRoleChanges(session, action, inputs.roleDivisions, live.roleDivisions ?? [])
    : { changes: [], present: undefined };
  const changed = [...changes, ...(roles.length === 0 ? [] : ["roles, as told below"])];
  const what =
    changed.length === 0
      ? "nothing but its description, which is marked"
      : `${changed.join("; ")}; and marks its description`;
  // A preview of many adoptions says one line for each of them.
  const later =
    present === undefined
      ? ""
      : ` It holds ${present} now; the roles of this update are compared when it runs.`;
  session.notify(`Adopting OAuth client ${quoted(live.name ?? "")} (${live.id}) changes ${what}.${later}`);
  for (const role of roles) {
    session.notify(`Adopting OAuth client ${live.id}: ${role}.`);
  }
}

/** The description without a marker that an interrupted run left. */
function ownDescription(live: string): string {
  const marker = /\[pulumi:[^\]]*\]$/.exec(live)?.[0];
  return marker === undefined ? live : descriptionWithoutMarker(live, marker);
}

/** The inputs without those that a preview does not know yet. */
function known(inputs: AdoptingInputs): Partial<AdoptingInputs> {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== unknownValue));
}

function quoted(text: string): string {
  return `"${oneLine(text, longestShown)}"`;
}
