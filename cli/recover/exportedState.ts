// A state as `pulumi stack export` prints it, whole: what is in it goes back as it was, with records behind it (pure).
import { z } from "zod";
import { jsonOf } from "../../common/jsonOf";
import { type Known } from "../../common/known";
import { parseStackState, type PendingOperation, type StackState } from "../world/stackState";

/** A resource as it is written into a state. */
export interface WrittenResource {
  readonly urn: string;
  readonly custom: boolean;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly parent?: string;
  readonly dependencies?: readonly string[];
  /** URN and id of the provider. */
  readonly provider?: string;
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

export interface ExportedState {
  /** As it was printed: another text means that somebody has changed the state. */
  readonly text: string;
  readonly state: StackState;
}

/** A stack without any resource may have no deployment at all. */
const wholeSchema = z.looseObject({
  version: z.number().optional(),
  deployment: z.looseObject({ resources: z.array(z.unknown()).nullish() }).nullish(),
});

/** The version of the form of a state that Pulumi has had since 2018; for a stack that has none yet. */
const deploymentVersion = 3;

export function parseExport(text: string): Known<ExportedState> {
  const parsed = parseStackState(text);
  return "value" in parsed ? { value: { text, state: parsed.value } } : parsed;
}

/**
 * The same state with further resources, those that others need first. What was begun and has no record is not in it: Pulumi takes no
 * such operations in an import.
 */
export function withResources({ text }: ExportedState, added: readonly WrittenResource[]): string {
  const { deployment, ...whole } = wholeSchema.parse(jsonOf(text));
  const { pending_operations: _dropped, ...kept } = deployment ?? {};
  return JSON.stringify({
    version: deploymentVersion,
    ...whole,
    deployment: { ...kept, resources: [...(kept.resources ?? []), ...added] },
  });
}

/** Operations that an import must not forget: only what was being made is found again, by its mark or its name. */
export function unsafeOperations({ pendingOperations }: StackState): readonly PendingOperation[] {
  return pendingOperations.filter(({ type }) => type !== "creating");
}
