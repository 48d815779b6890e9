// What the engine would change and the plan has no words for: told as it is, so that NO CHANGE means that there is nothing (pure).
import { groupBy } from "../../../common/groupBy";
import { defined } from "../../../common/defined";
import { recordedTypes } from "../../world/stackState";
import { nameOfUrn, type Preview, type PreviewStep, type ResourceState } from "./preview";
import { canonicalJson, text } from "./resourceStates";

/** One property of one resource, in canonical JSON. */
export interface OtherProperty {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** One resource that the engine would change. */
export interface ChangedResource {
  readonly urn: string;
  readonly type: string;
  /** The logical name. */
  readonly key: string;
  /** The name among its inputs. */
  readonly name?: string;
  /** Whom a line about it concerns, as findings name it; absent for the stack itself. */
  readonly subject?: string;
  /** Pulumi's words for what it does. */
  readonly ops: readonly string[];
  /** Whether nothing but the mark in its description changes. */
  readonly isMarkOnly: boolean;
  /** Names of the inputs that differ. */
  readonly inputs: readonly string[];
  /** Of the changed inputs, those for which no rule of the review has words. */
  readonly properties: readonly OtherProperty[];
}

const idleOps = new Set(["same", "read", "refresh"]);

/** Inputs that say whose the object is; one line tells of all of them. */
const markInputs = new Set(["identity", "owner"]);

/** Never told: Pulumi's own, and by which way the provider is found. */
const internal = /^__/;

/**
 * Inputs of each type for which the review has words. Those of clients and roles are sorted out where they are read (resourceStates): what is
 * unknown of them may allow more.
 */
const told: ReadonlyMap<string, ReadonlySet<string> | "all"> = new Map<string, ReadonlySet<string> | "all">([
  [recordedTypes.client, "all"],
  [recordedTypes.role, "all"],
  [
    recordedTypes.secret,
    new Set(["name", "description", "recoveryWindowInDays", "kmsKeyId", "tags", "tagsAll", "region"]),
  ],
  [
    recordedTypes.pair,
    new Set([
      ...["clientId", "generation", "state", "keys", "apiUrl", "tokenUrl", "versionStage", "kmsKeyId"],
      ...["secretArn", "secretName", "authorizedGrantType"],
    ]),
  ],
  [
    recordedTypes.integration,
    new Set(["name", "existingId", "clientId", "clientSecret", "secretArn", "versionId"]),
  ],
  [
    recordedTypes.identity,
    new Set(["roles", "credentials", "generations", "divisions", "existingRoles", "formerly"]),
  ],
]);

/** All resources that the engine would change. */
export function changedResources({ steps }: Pick<Preview, "steps">): ChangedResource[] {
  const changing = steps.filter(({ op }) => !idleOps.has(op));
  return [...groupBy(changing, ({ urn }) => urn)]
    .map(([urn, some]) => changedResource(urn, some))
    .sort((one, other) => (one.urn < other.urn ? -1 : 1));
}

function changedResource(urn: string, steps: readonly PreviewStep[]): ChangedResource {
  const states = steps.flatMap(({ before, after }) => [after ?? [], before ?? []].flat());
  const type = states[0]?.type ?? "";
  const changes = steps.flatMap(changesIn);
  const known = told.get(type) ?? new Set();
  return {
    urn,
    type,
    key: nameOfUrn(urn),
    ...defined({
      subject: subjectOf(urn, type, states),
      name: text.parse(states[0]?.inputs["name"]),
    }),
    ops: [...new Set(steps.map(({ op }) => op))],
    inputs: [...new Set(changes.map(({ name }) => name))].filter((name) => !internal.test(name)),
    isMarkOnly: changes.length > 0 && changes.every(({ name }) => markInputs.has(name)),
    properties: changes.filter(
      ({ name }) => !internal.test(name) && !markInputs.has(name) && known !== "all" && !known.has(name),
    ),
  };
}

function changesIn({ before, after }: PreviewStep): OtherProperty[] {
  if (before === undefined || after === undefined) {
    return [];
  }
  const names = new Set([...Object.keys(before.inputs), ...Object.keys(after.inputs)]);
  return [...names].sort().flatMap((name) => {
    const [was, is] = [valueIn(before, name), valueIn(after, name)];
    return was === is ? [] : [{ name, before: was, after: is }];
  });
}

function valueIn({ inputs }: ResourceState, name: string): string {
  return Object.hasOwn(inputs, name) ? canonicalJson(inputs[name]) : "not set";
}

/** A role and a credential by key; a part of a credential is the credential's. */
function subjectOf(urn: string, type: string, states: readonly ResourceState[]): string | undefined {
  if (type === recordedTypes.role) {
    return `role ${nameOfUrn(urn)}`;
  }
  if (type === recordedTypes.identity || type.startsWith("pulumi:")) {
    return undefined;
  }
  const parent = states.map((state) => state.parent).find((one) => one?.includes(recordedTypes.credential));
  return parent === undefined ? nameOfUrn(urn).replace(/-[ab]$/, "") : nameOfUrn(parent);
}
