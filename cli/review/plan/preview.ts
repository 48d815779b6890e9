// A preview as `pulumi preview --json` prints it: its shape, checked, and cut down to what a review needs.
import { z } from "zod";
import { defined } from "../../../common/defined";
import { type PlanNotice, planNoticesIn } from "../../../common/planNotice";
import { UsageError } from "../../terminal/cliError";
import { type PreviewError } from "./previewError";
import { previewErrors } from "./previewErrors";
import { policyViolation, type PolicyViolation } from "./policyViolation";
import { requireReadable } from "./savedPreview";

/** What Pulumi prints in place of a value that only the update will know. Source: `pulumi.runtime.unknownValue`. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** One preview of one stack. */
export interface Preview {
  readonly project: string;
  readonly stack: string;
  /** Config as text; structured values are JSON. */
  readonly config: Readonly<Record<string, string>>;
  readonly steps: readonly PreviewStep[];
  readonly errors: readonly PreviewError[];
  readonly violations: readonly PolicyViolation[];
  /** What the provider has asked Genesys while it planned; each once. */
  readonly notices: readonly PlanNotice[];
  /** Whether the program got to its end, so that what is not shown stays the same. */
  readonly isComplete: boolean;
  /** ISO instant; absent where Pulumi's own JSON was given. */
  readonly previewedAt?: string;
}

const map = z.record(z.string(), z.unknown()).nullish();
const state = z
  .object({
    urn: z.string(),
    type: z.string(),
    id: z.string().nullish(),
    parent: z.string().nullish(),
    inputs: map,
    outputs: map,
    propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).nullish(),
    retainOnDelete: z.boolean().nullish(),
    initErrors: z.array(z.unknown()).nullish().catch(undefined),
  })
  .transform(({ urn, type, id, parent, ...one }) => ({
    urn,
    type,
    ...defined({
      /** The provider's id; absent before the resource is made, and in all states after an update. */
      id: id === unknownValue ? undefined : id || undefined,
      parent: parent ?? undefined,
    }),
    inputs: one.inputs ?? {},
    outputs: one.outputs ?? {},
    /** Input -> URNs of the resources from which it comes. */
    propertyDependencies: Object.fromEntries(
      Object.entries(one.propertyDependencies ?? {}).map(([key, urns]) => [key, urns ?? []]),
    ),
    retainOnDelete: one.retainOnDelete ?? false,
    /** Whether the last update made it and then failed: the next one goes over it again. */
    hasInitErrors: (one.initErrors ?? []).length > 0,
  }));

/** One resource before or after the update. Secrets in it are `[secret]` already. */
export type ResourceState = Readonly<z.output<typeof state>>;

const step = z
  .object({
    /** Pulumi's word: `same`, `create`, `update`, `replace`, `delete` … */
    op: z.string(),
    urn: z.string(),
    oldState: state.nullish(),
    newState: state.nullish(),
    diffReasons: z.array(z.string()).nullish().catch(undefined),
  })
  .transform(({ op, urn, oldState, newState, diffReasons }) => ({
    op,
    urn,
    /** The properties that differ, in the provider's words. */
    differences: diffReasons ?? [],
    ...defined({ before: oldState ?? undefined, after: newState ?? undefined }),
  }));

/** What the update would do to one resource. */
export type PreviewStep = Readonly<z.output<typeof step>>;

const digest = z.looseObject({
  config: z.record(z.string(), z.unknown()).nullish(),
  steps: z.array(step).nullish(),
  diagnostics: z
    .array(z.looseObject({ urn: z.string().nullish(), message: z.string(), severity: z.string().nullish() }))
    .nullish(),
  // Pulumi leaves them out of its JSON; `review --save` adds them from the event log.
  policyViolations: z.array(policyViolation).nullish(),
  savedForm: z.number().nullish(),
  previewedAt: z.string().nullish(),
  stack: z.string().nullish(),
});

/** Pulumi's last word after an error, and all that a violated policy leaves in the JSON. */
const summaryError = /^(preview|update) failed$/;

/** `urn:pulumi:<stack>::<project>::<types>::<name>`. */
const urnPattern = /^urn:pulumi:([^:]+)::([^:]+)::/;

/**
 * Reads one preview. Lines before the JSON are skipped: `npm run pulumi -- preview --json` prints its own.
 * @param source Where the text comes from, for the message.
 * @throws UsageError when it is no such preview.
 */
export function parsePreview(text: string, source: string): Preview {
  const parsed = digest.safeParse(digestIn(text, source));
  if (!parsed.success) {
    const where = parsed.error.issues.map(({ path }) => path.join(".")).slice(0, listedIssues);
    throw notAPreview(source, `it has another form at ${where.join(", ")}`);
  }
  const { config, steps, diagnostics, policyViolations, savedForm, previewedAt, stack: saved } = parsed.data;
  requireReadable(savedForm ?? undefined, source);
  if (steps === undefined && diagnostics === undefined && config === undefined) {
    throw notAPreview(source, "it holds neither steps nor diagnostics");
  }
  const [, stack = saved ?? "", project = ""] = urnPattern.exec(steps?.[0]?.urn ?? "") ?? [];
  const errors = (diagnostics ?? [])
    .filter(({ severity }) => severity === "error")
    .map(({ message, urn }) => ({
      message: message.replace(/^error:\s*/, "").trim(),
      urn: urn ?? undefined,
    }));
  const own = errors.filter(({ message }) => !summaryError.test(message));
  const violations = policyViolations ?? [];
  // Pulumi tells of the stack's own resource even where nothing changes: what tells of none has looked at nothing, and is no "nothing changes".
  if ((steps ?? []).length === 0 && errors.length === 0 && violations.length === 0) {
    throw notAPreview(source, "it tells of no resource, not even of the stack");
  }
  const isUnexplained =
    errors.length > 0 && own.length === 0 && !violations.some(({ isMandatory }) => isMandatory);
  return {
    project,
    stack,
    config: Object.fromEntries(
      Object.entries(config ?? {}).map(([key, value]) => [
        key,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    ),
    steps: steps ?? [],
    errors: isUnexplained ? [unexplained] : own.flatMap(({ message, urn }) => previewErrors(message, urn)),
    violations,
    notices: noticesIn((diagnostics ?? []).filter(({ severity }) => severity !== "error")),
    isComplete: own.length === 0,
    ...defined({ previewedAt: previewedAt ?? undefined }),
  };
}

/** Each once: the engine asks a provider more than once for one plan. */
function noticesIn(diagnostics: readonly { readonly message: string }[]): readonly PlanNotice[] {
  const all = diagnostics.flatMap(({ message }) => planNoticesIn(message));
  return [...new Map(all.map((notice) => [JSON.stringify(notice), notice])).values()];
}

/** Stands in for the rule that Pulumi's JSON does not name. */
const unexplained: PreviewError = {
  what: "the preview failed without naming an error, as it does for a violated policy",
  remedy: "run `pulumi preview --policy-pack policy` to see which",
};

/** How many places of a mistake are named. */
const listedIssues = 3;

/**
 * The JSON in what Pulumi, or npm before it, has printed.
 * @throws UsageError where there is none, or it is cut off.
 */
export function digestIn(text: string, source: string): unknown {
  const start = text.search(/^\s*\{/m);
  if (start < 0) {
    throw notAPreview(source, text.trim() === "" ? "it is empty" : "it is no JSON object");
  }
  const json = text.slice(start).trim();
  try {
    return JSON.parse(json);
  } catch {
    const isStream = /^\{.*\}\n\{/.test(json);
    throw notAPreview(
      source,
      isStream
        ? "it is a stream of events; unset PULUMI_ENABLE_STREAMING_JSON_PREVIEW"
        : "its JSON is broken or cut off",
    );
  }
}

function notAPreview(source: string, reason: string): UsageError {
  return new UsageError(
    `Reading the preview from ${source}: ${reason}; give what \`pulumi preview --json --show-sames\` prints.`,
  );
}

/** The logical name at the end of a URN. */
export function nameOfUrn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
