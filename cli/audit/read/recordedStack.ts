// What Pulumi's state records of clients, roles and secrets, as `pulumi stack export` prints it; never a secret.
import { z } from "zod";
import { defined } from "../../../common/defined";
import { type Known, mapKnown } from "../../../common/known";
import { type ClientFieldName, clientFields } from "../../../genesys/knowledge/oauthClientFields";
import { type RecordedNames } from "../../../genesys/knowledge/recordedNames";
import {
  keyOfClientRecord,
  logicalNameOf,
  type PlaceRecord,
  type RecordedPlace,
  slotOfRecord,
} from "../../world/recordOf";
import {
  type ExportedResource,
  identityIn,
  readExport,
  recordedTypes,
  stateIn,
} from "../../world/stackState";

/** A text, number or list of the state; what is encrypted there, or of another form, is not known. */
function optional<T extends z.ZodType>(schema: T) {
  return schema.optional().catch(undefined);
}

const text = optional(z.string());
const texts = optional(z.array(z.string()));

const fields = Object.fromEntries(
  Object.entries(clientFields).map(([name, { told }]) => [name, optional<z.ZodType>(told)]),
) as { [K in ClientFieldName]: ReturnType<typeof optional<(typeof clientFields)[K]["told"]>> };

const clientSchema = z.object({
  ...fields,
  generation: optional(z.number()),
  owner: text,
  marker: text,
  organizationId: text,
  dateCreated: text,
  /** As declared; in the order of these, what each stood for is in `resolvedRoleDivisions`. */
  roleDivisions: optional(z.array(z.object({ roleId: text, roleName: text, division: text }))),
  resolvedRoleDivisions: optional(z.array(z.object({ roleId: z.string(), divisionId: z.string() }))),
});

const roleSchema = z.object({
  name: text,
  description: text,
  owner: text,
  marker: text,
  createdAt: text,
  generalPermissions: texts,
  permissionPolicies: optional(
    z.array(
      z.object({
        domain: z.string(),
        entityName: optional(z.string()),
        actionSet: texts,
        resourceConditionNode: z.unknown().optional(),
      }),
    ),
  ),
  wildcards: optional(z.record(z.string(), z.array(z.string()))),
});

/** An OAuth client in state; `key` is the credential's, as the state has it. */
export interface RecordedClient
  extends z.infer<typeof clientSchema>, RecordedPlace, Omit<PlaceRecord, "generation"> {
  /** Since when the state has it, ISO instant; of an adopted client that is its adoption. */
  readonly recordedAt?: string;
}

/** A role in state. */
export type RecordedRole = z.infer<typeof roleSchema> & Pick<PlaceRecord, "id" | "key" | "isPendingDeletion">;

/** A secret in state. */
export interface RecordedSecret {
  readonly arn: string;
  /** The last part of the URN: the credential's key. */
  readonly key: string;
}

/** What is looked at of a state. */
export interface RecordedStack {
  /** Whose the stack's objects are; absent in a state of before stacks had identities. */
  readonly identity?: string;
  /** What the written names of divisions and existing roles stand for; absent without any. */
  readonly names?: RecordedNames;
  readonly clients: readonly RecordedClient[];
  readonly roles: readonly RecordedRole[];
  readonly secrets: readonly RecordedSecret[];
}

/** Reads what `pulumi stack export` printed. A stack that was never deployed records nothing. */
export function parseRecordedStack(printed: string): Known<RecordedStack> {
  return mapKnown(readExport(printed), ({ resources }) => recordedStackOf(resources ?? []));
}

function recordedStackOf(resources: ExportedResource[]): RecordedStack {
  const ofType = (wanted: string): readonly (ExportedResource & { readonly id: string })[] =>
    resources.flatMap((resource) =>
      resource.type === wanted && resource.id != null && resource.id !== ""
        ? [{ ...resource, id: resource.id }]
        : [],
    );
  const state = stateIn({ resources });
  return {
    ...defined({ identity: identityIn(state), names: state.names }),
    clients: ofType(recordedTypes.client).map((one) => ({
      ...propertiesOf(clientSchema, one),
      id: one.id,
      ...placeOf(one),
      key: keyOfClientRecord(placeOf(one)),
      ...defined({ slot: slotOfRecord(placeOf(one)), recordedAt: one.created }),
      isPendingDeletion: one.delete === true,
    })),
    roles: ofType(recordedTypes.role).map((one) => ({
      ...propertiesOf(roleSchema, one),
      id: one.id,
      key: logicalNameOf(one.urn),
      isPendingDeletion: one.delete === true,
    })),
    secrets: ofType(recordedTypes.secret)
      .filter((one) => one.delete !== true)
      .map(({ id, urn }) => ({ arn: id, key: logicalNameOf(urn) })),
  };
}

function placeOf({ urn, parent }: ExportedResource): RecordedPlace {
  return { urn, ...(parent == null ? {} : { parent }) };
}

/** Outputs hold the inputs and what came of them; a resource whose creation did not end has inputs alone. */
function propertiesOf<T extends z.ZodType>(schema: T, { inputs, outputs }: ExportedResource): z.infer<T> {
  return schema.parse({ ...objectOf(inputs), ...objectOf(outputs) });
}

function objectOf(value: unknown): object {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
