// The life of an integration credential: check, diff, create, read, update, delete. The secret is read from AWS, never told by Pulumi.
import type { TokenIdentity } from "../../genesys/identity";
import { mayHaveTakenEffect } from "../../genesys/errors";
import { credentialRequestFrom } from "../../genesys/integrationCredentials";
import { inputsIn, withInputs } from "../engine/record";
import { replacingAdoption, replacingInputs } from "../engine/replacement";
import { act } from "../run/action";
import { requirePermissions } from "../run/missingPermissions";
import { withoutPreviewHint } from "../run/previewHint";
import { checkIntegrationCredential } from "./check";
import { makeIntegrationCredential, nameTaken } from "./creation";
import { isHeldByAnother, liveCredential } from "./ownership";
import {
  differenceFrom,
  type IntegrationCredentialInputs,
  integrationCredentialOutputNames,
  type IntegrationCredentialOutputs,
  integrationCredentialRequest,
  refreshedIntegrationCredential,
  storedProperties,
} from "./record";
import { changeLive } from "../live/change";
import { integrationCredentialKind } from "../live/objectKind";
import { findLive } from "../live/presence";
import { remove } from "../live/removal";
import { type Answer, eventually } from "../run/patience";
import { explain, InitializationError, ProviderError } from "../engine/providerError";
import type { Checked, Inputs } from "../engine/checked";
import { readPair } from "./pair";
import type { StoreFinder } from "../run/secretStores";
import type { Session } from "../run/session";
import type { SessionFinder } from "../run/sessions";

export class IntegrationCredentialProvider {
  /** Ids of what state holds: one of them that has the declared name is neither a leftover nor somebody else's. */
  private readonly knownIds = new Set<string>();

  constructor(
    private readonly sessionFor: SessionFinder,
    private readonly storeFor: StoreFinder,
  ) {}

  /** Everything that can be found out is found out here, so that a preview tells about it; an unchanged one asks nobody. */
  check(olds: Inputs, news: Inputs): Promise<Checked> {
    return checkIntegrationCredential(
      this.sessionFor,
      olds,
      withoutPreviewHint(this.sessionFor, news),
      this.knownIds,
    );
  }

  diff(id: string, olds: Partial<IntegrationCredentialOutputs>, news: Partial<IntegrationCredentialInputs>) {
    this.knownIds.add(id);
    const { existingId, credentialType } = news;
    const replaces = [
      ...replacingInputs(olds, news),
      ...replacingAdoption(id, existingId, "existingId"),
      ...(credentialType === olds.credentialType ? [] : ["credentialType"]),
    ];
    return Promise.resolve({ replaces });
  }

  /** @throws ProviderError INTEGRATION_CREDENTIAL_SECRET, _NAME_TAKEN, _UNUSABLE */
  create(inputs: IntegrationCredentialInputs) {
    const action = `Creating integration credential "${inputs.name}"`;
    const session = this.sessionFor(inputs.organization);
    const work = async ({ organizationId }: TokenIdentity) => {
      const outputsOf = (credentialId: string): IntegrationCredentialOutputs => ({
        ...inputs,
        credentialId,
        organizationId,
        isTakenOver: inputs.existingId !== undefined,
        createdAt: new Date(session.clock.now()).toISOString(),
      });
      const pair = await readPair(session, this.storeFor(inputs.aws), action, inputs);
      const request = integrationCredentialRequest(inputs, pair);
      const id = await makeIntegrationCredential(session, action, inputs, request, this.knownIds, outputsOf);
      return { id, outs: await confirm(session, action, outputsOf(id)) };
    };
    return act(session, action, inputs.organization.id, work, (error) => nameTaken(action, error));
  }

  read(id: string, recorded: IntegrationCredentialOutputs) {
    const action = `Reading integration credential "${recorded.name}"`;
    const session = this.sessionFor(recorded.organization);
    return act(session, action, recorded.organizationId, async () => {
      const live = await findLive(session, integrationCredentialKind, id, recorded);
      if (live === undefined) {
        return {};
      }
      const props = storedProperties(refreshedIntegrationCredential(recorded, live));
      return { id, props, inputs: inputsIn(props, integrationCredentialOutputNames) };
    });
  }

  /** @throws ProviderError INTEGRATION_CREDENTIAL_SECRET, _NAME_TAKEN, _GONE */
  async update(id: string, olds: IntegrationCredentialOutputs, news: IntegrationCredentialInputs) {
    const action = `Updating integration credential "${news.name}"`;
    const session = this.sessionFor(news.organization);
    const outputs = withInputs(olds, news, integrationCredentialOutputNames);
    if (news.versionId === undefined) {
      return { outs: storedProperties(outputs) }; // the client is inactive: there is no other pair
    }
    await session.enter(action, news.organization.id ?? olds.organizationId);
    try {
      const pair = await readPair(session, this.storeFor(news.aws), action, news);
      const request = integrationCredentialRequest(news, pair);
      const changed = { action, kind: integrationCredentialKind, id, known: olds };
      await changeLive(session, changed, (live) =>
        session.integrationCredentials.update(id, credentialRequestFrom(live, request)),
      );
    } catch (error) {
      const failure = explain(action, nameTaken(action, error), session.redactor);
      // It may hold the new pair now. On record, the next update sends again whatever is declared then, the former pair too.
      throw mayHaveTakenEffect(error)
        ? new InitializationError(id, storedProperties(outputs), failure)
        : failure;
    }
    return { outs: await confirm(session, action, outputs) };
  }

  /** What this stack made is deleted; what it took over stays with its last value, and a line says so. */
  async delete(id: string, recorded: IntegrationCredentialOutputs) {
    const action = `Deleting integration credential "${recorded.name}"`;
    const session = this.sessionFor(recorded.organization);
    if (session.adoptedIds.has(id)) {
      return; // the record is an old one of what this run took over; the object lives on
    }
    if (recorded.isTakenOver) {
      session.notify(
        `The integration credential "${recorded.name}" (${id}) was taken over and not made by this stack: it stays in Genesys ` +
          `and holds the client ${recorded.clientId} until somebody changes it.`,
      );
      return;
    }
    await act(session, action, recorded.organizationId, async () => {
      await requirePermissions(session, action, [{ object: "integration credential", kind: "delete" }]);
      const live = await liveCredential(session, id);
      if (live !== undefined && (await isHeldByAnother(session, live, recorded))) {
        session.notify(
          `The integration credential "${recorded.name}" (${id}) holds another client than this stack gave it: it stays in Genesys.`,
        );
        return;
      }
      await remove(session, integrationCredentialKind, id, recorded);
    });
  }
}

/** Compares what can be read with what was sent. From here on a failure keeps the object in state. */
async function confirm(
  session: Session,
  action: string,
  outputs: IntegrationCredentialOutputs,
): Promise<Record<string, unknown>> {
  const { credentialId, name } = outputs;
  try {
    await eventually(session, `integration credential "${name}" to show its values`, async () => {
      const live = await liveCredential(session, credentialId);
      const difference = live === undefined ? "nothing" : differenceFrom(outputs, live);
      return difference === undefined ? { done: true } : unconfirmed(action, credentialId, difference);
    });
    return storedProperties(outputs);
  } catch (error) {
    const failure = explain(action, error, session.redactor);
    throw new InitializationError(credentialId, storedProperties(outputs), failure);
  }
}

function unconfirmed(action: string, id: string, difference: string): Answer<boolean> {
  const text =
    `${action}: Genesys accepted the change and still shows ${difference} for ${id}; nothing was deleted. ` +
    "Run `pulumi up` again, and see whether somebody else writes to it";
  return { notYet: new ProviderError("INTEGRATION_CREDENTIAL_UNCONFIRMED", text) };
}
