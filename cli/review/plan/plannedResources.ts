// What a preview plans for OAuth clients, roles, secrets and stored pairs: each before and after, sorted by kind.
import { defined } from "../../../common/defined";
import { groupBy } from "../../../common/groupBy";
import { recordedNamesIn, type RecordedNames } from "../../../genesys/knowledge/recordedNames";
import { recordedTypes } from "../../world/stackState";
import { nameOfUrn, type Preview, type PreviewStep, type ResourceState } from "./preview";
import { clientState, type ClientState, roleState, type RoleState } from "./resourceStates";
import {
  integrationState,
  type IntegrationState,
  pairState,
  type PairState,
  secretState,
  type SecretState,
} from "./secretStates";

/** One resource of one kind. */
export interface Planned<State> {
  readonly urn: string;
  /** The logical name. */
  readonly key: string;
  /** Key of the credential to which it belongs. */
  readonly credential?: string;
  readonly before?: State;
  readonly after?: State;
  readonly isReplaced: boolean;
  /** Changed in place. */
  readonly isUpdated: boolean;
  /** Pulumi lets go of it, and does not delete it. */
  readonly isRetained: boolean;
  /** A refresh found that it is gone: another one is made in its place. */
  readonly isGone: boolean;
  /** The last update of it failed half-way, and this one goes over it again. */
  readonly isRepaired: boolean;
  /** The properties that differ, in the provider's words. */
  readonly differences: readonly string[];
}

/** All of a preview that concerns credentials. */
export interface PlannedResources {
  readonly clients: readonly Planned<ClientState>[];
  readonly roles: readonly Planned<RoleState>[];
  readonly secrets: readonly Planned<SecretState>[];
  readonly pairs: readonly Planned<PairState>[];
  /** AWS secret versions of before the secret left Pulumi, which nobody declares any more. */
  readonly formerVersions: readonly Planned<undefined>[];
  readonly integrations: readonly Planned<IntegrationState>[];
  /** Whether the stack's identity is replaced by another one. */
  readonly isIdentityReplaced: boolean;
  /** What the written names of divisions and existing roles stand for, on both sides; absent where the identity is not shown. */
  readonly names: Pick<Planned<RecordedNames>, "before" | "after">;
  /** Changed resources of other kinds: type and name. */
  readonly others: readonly { readonly op: string; readonly type: string; readonly key: string }[];
}

const formerVersionType = "aws:secretsmanager/secretVersion:SecretVersion";
/** Resources that say nothing about access by themselves. */
const silentTypes = /^(pulumi:|genesys-credentials:index:)/;

/** What a refresh looked at, as it was recorded. What it found shows in the next step; some providers' drift as an update or a deletion. */
const refreshOp = "refresh";
const makingOps = new Set(["create", "create-replacement", "import", "import-replacement", "read"]);
const endingOps = new Set([
  "delete",
  "delete-replaced",
  "discard",
  "discard-replaced",
  "remove-pending-replace",
]);
const replacingOps = new Set(["replace", "create-replacement", "delete-replaced", "import-replacement"]);

/** Sorts the steps of a preview by kind. */
export function plannedResources(preview: Preview): PlannedResources {
  // The engine works in parallel: the same change is to read the same, whatever came first.
  const all = [...groupBy(preview.steps, ({ urn }) => urn)]
    .map(([urn, steps]) => ({ urn, steps, type: typeOf(steps) }))
    .sort((one, other) => (one.urn < other.urn ? -1 : 1));
  // What the identity says of keys that came or went is told by the entries themselves.
  const known: readonly string[] = [
    recordedTypes.client,
    recordedTypes.role,
    recordedTypes.secret,
    recordedTypes.pair,
    recordedTypes.integration,
    recordedTypes.identity,
  ];
  const isFormer = ({ type, steps }: (typeof all)[number]): boolean =>
    type === formerVersionType && steps.every(({ after }) => after === undefined);
  const ofType = <State>(type: string, read: (state: ResourceState) => State): Planned<State>[] =>
    all.filter((one) => one.type === type).map(({ urn, steps }) => planned(urn, steps, read));
  return {
    clients: ofType(recordedTypes.client, clientState),
    roles: ofType(recordedTypes.role, roleState),
    secrets: ofType(recordedTypes.secret, secretState),
    pairs: ofType(recordedTypes.pair, pairState),
    formerVersions: all
      .filter(isFormer)
      .map(({ urn, steps }): Planned<undefined> => planned(urn, steps, () => undefined)),
    integrations: ofType(recordedTypes.integration, integrationState),
    isIdentityReplaced: all.some(
      ({ type, steps }) => type === recordedTypes.identity && steps.some(({ op }) => replacingOps.has(op)),
    ),
    names: ofType(recordedTypes.identity, ({ inputs }) => recordedNamesIn(inputs))[0] ?? {},
    others: all
      .filter((one) => !known.includes(one.type) && !silentTypes.test(one.type) && !isFormer(one))
      .flatMap(({ urn, steps, type }) =>
        steps
          .filter(({ op }) => op !== "same" && op !== "read" && op !== refreshOp)
          .map(({ op }) => ({ op, type, key: nameOfUrn(urn) })),
      ),
  };
}

function typeOf(steps: readonly PreviewStep[]): string {
  return steps.map(({ before, after }) => (after ?? before)?.type).find((type) => type !== undefined) ?? "";
}

function planned<State>(
  urn: string,
  everyStep: readonly PreviewStep[],
  read: (state: ResourceState) => State,
): Planned<State> {
  const changes = everyStep.filter(({ op }) => op !== refreshOp);
  const steps = changes.length === 0 ? everyStep.map(asSame) : changes;
  const [first] = everyStep;
  const isGone =
    (first?.op === refreshOp || first?.op === "delete") && steps.some(({ op }) => op === "create");
  // What a refresh found comes first, and says in its second state what is live.
  const isDrift = steps[0]?.op === "update" && steps[1]?.before !== undefined && !endingOps.has(steps[1].op);
  const before = (isGone ? everyStep : steps)
    .slice(isDrift ? 1 : 0)
    .find((step) => step.before !== undefined && !makingOps.has(step.op))?.before;
  const after = steps.filter((step) => step.after !== undefined && !endingOps.has(step.op)).at(-1)?.after;
  const parent = (after ?? before)?.parent;
  return {
    urn,
    key: nameOfUrn(urn),
    ...defined({
      credential: parent?.includes(recordedTypes.credential) === true ? nameOfUrn(parent) : undefined,
      before: before && read(before),
      after: after && read(after),
    }),
    isReplaced: isGone || steps.some(({ op }) => replacingOps.has(op)),
    isUpdated: steps.some(({ op }) => op === "update"),
    isRetained: before?.retainOnDelete ?? false,
    isGone,
    isRepaired: (before?.hasInitErrors ?? false) && steps.some(({ op }) => op === "update"),
    differences: steps.flatMap(({ differences }) => differences),
  };
}

/** What a refresh looked at and found as it was. */
function asSame(step: PreviewStep): PreviewStep {
  const { after = step.before } = step;
  return after === undefined ? step : { ...step, op: "same", before: after, after };
}
