// The life of a stack's identity: a random id, made once and never changed, beside what the stack declares.
import { randomBytes } from "node:crypto";

import type { Checked, Inputs } from "../engine/checked";
import { sanitizeProperties } from "../engine/outputs";
import { inputsIn } from "../engine/record";
import { withoutPreviewHint } from "../run/previewHint";
import type { SessionFinder } from "../run/sessions";
import { tellLostRoles } from "./lostRoles";
import { settleNames } from "./names";
import { makingIn, requireForWholeRun } from "./wholeRun";
import {
  checkStackIdentityInputs,
  raisedIn,
  renamesIn,
  type StackIdentityInputs,
  stackIdentityOutputNames,
  type StackIdentityOutputs,
} from "./record";

/** Bytes of randomness: no two stacks have the same. */
const identityBytes = 8;

export class StackIdentityProvider {
  /** The former keys of renamed roles, which the check was told. */
  private renamed: readonly string[] = [];

  constructor(private readonly sessionFor: SessionFinder) {}

  /** Compares what was declared with what is: new entries that are old ones are told to their own checks, which know whether they are new in state. */
  async check(olds: Inputs, told: Inputs): Promise<Checked> {
    const news = withoutPreviewHint(this.sessionFor, told);
    const { inputs, formerly, making, written, failures } = checkStackIdentityInputs(news);
    this.renamed = Object.values(formerly.roles);
    if (failures.length > 0) {
      return { inputs, failures };
    }
    const { organization } = inputs as unknown as StackIdentityInputs;
    const session = this.sessionFor(organization);
    session.renames = renamesIn(olds, inputs, formerly);
    session.raised = raisedIn(olds, inputs);
    const names = await settleNames(session, organization.id, { olds, inputs, written });
    await requireForWholeRun(session, organization.id, { olds, inputs, formerly, making: makingIn(making) });
    return { inputs: { ...inputs, ...names }, failures };
  }

  /** The identity never changes, so nothing replaces it. Of roles that are no longer declared it is told who loses them. */
  async diff(id: string, olds: Partial<StackIdentityOutputs>, news: StackIdentityInputs) {
    const session = this.sessionFor(news.organization);
    session.stackIdentity = id;
    await tellLostRoles(session, id, olds, news, this.renamed);
    return { replaces: [] };
  }

  create(inputs: StackIdentityInputs) {
    const id = randomBytes(identityBytes).toString("hex");
    this.sessionFor(inputs.organization).stackIdentity = id;
    return Promise.resolve({ id, outs: this.recordOf(inputs) });
  }

  /** Nothing of it is outside of state. */
  read(id: string, recorded: StackIdentityOutputs) {
    const props = sanitizeProperties(recorded);
    return Promise.resolve({ id, props, inputs: inputsIn(props, stackIdentityOutputNames) });
  }

  update(_id: string, _olds: StackIdentityInputs, news: StackIdentityInputs) {
    return Promise.resolve({ outs: this.recordOf(news) });
  }

  delete(): Promise<void> {
    return Promise.resolve();
  }

  private recordOf(inputs: StackIdentityInputs): Record<string, unknown> {
    const { deployerClientId } = this.sessionFor(inputs.organization);
    return sanitizeProperties({ ...inputs, deployerClientId });
  }
}
