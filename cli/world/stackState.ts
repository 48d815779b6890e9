// What Pulumi's state says, as `pulumi stack export` prints it: ids, generations, names on record and pending work, no other property.
import { z } from "zod";
import { jsonOf } from "../../common/jsonOf";
import { defined } from "../../common/defined";
import { type Known, mapKnown } from "../../common/known";
import {
  clientNamesIn,
  mergedNames,
  recordedNamesIn,
  type RecordedNames,
} from "../../genesys/knowledge/recordedNames";
import { type AskPulumi } from "../terminal/pulumiProcess";

/** One resource of the state. */
export interface RecordedResource {
  readonly urn: string;
  readonly type: string;
  /** The provider's id; absent for components. */
  readonly id?: string;
  /** URN of the component that it is part of. */
  readonly parent?: string;
  /** Of an OAuth client or its stored secret. */
  readonly generation?: number;
  /** Of an OAuth client: when Genesys made it, ISO instant. */
  readonly dateCreated?: string;
  /** Since when the state has it, ISO instant. */
  readonly recordedAt?: string;
  /** It was replaced, and its deletion has not succeeded yet. */
  readonly isPendingDeletion: boolean;
}

/** An operation that was begun and of whose end nothing is known. */
export interface PendingOperation {
  /** Pulumi's word: `creating`, `updating`, `deleting`. */
  readonly type: string;
  readonly urn: string;
}

/** The state of one stack. */
export interface StackState {
  /** `passphrase`, `service`, or the scheme of a key service such as `awskms`; absent before the first update of some backends. */
  readonly secretsProvider?: string;
  readonly resources: readonly RecordedResource[];
  readonly pendingOperations: readonly PendingOperation[];
  /** What the written names of divisions and existing roles stand for; absent without any. */
  readonly names?: RecordedNames;
}

const withGeneration = z.looseObject({ generation: z.number().optional() }).optional().catch(undefined);
const withDate = z.looseObject({ dateCreated: z.string().optional() }).optional().catch(undefined);

const exportSchema = z.looseObject({
  deployment: z
    .looseObject({
      secrets_providers: z
        .looseObject({
          type: z.string().nullish(),
          state: z.looseObject({ url: z.string().nullish() }).nullish(),
        })
        .nullish(),
      resources: z
        .array(
          z.looseObject({
            urn: z.string(),
            type: z.string().nullish(),
            id: z.string().nullish(),
            parent: z.string().nullish(),
            delete: z.boolean().nullish(),
            created: z.string().optional().catch(undefined),
            inputs: z.unknown().optional(),
            outputs: z.unknown().optional(),
          }),
        )
        .nullish(),
      pending_operations: z
        .array(z.looseObject({ type: z.string(), resource: z.looseObject({ urn: z.string() }) }))
        .nullish(),
    })
    .nullish(),
});

type Exported = NonNullable<z.infer<typeof exportSchema>["deployment"]>;

/** A resource as Pulumi prints it, with all of its properties. */
export type ExportedResource = NonNullable<Exported["resources"]>[number];

/** What `pulumi stack export` printed; a stack that was never deployed has nothing. */
export function readExport(text: string): Known<Partial<Exported>> {
  const parsed = exportSchema.safeParse(jsonOf(text));
  return parsed.success
    ? { value: parsed.data.deployment ?? {} }
    : { reason: "`pulumi stack export` printed something else than a state" };
}

/**
 * Asks Pulumi for the state of a stack; never for secrets. Never rejects.
 * @param stackName As Pulumi takes it: `dev`, or `organisation/project/dev`.
 * @param parse Reads what `pulumi stack export` printed.
 */
export async function askForState<T>(
  pulumi: AskPulumi,
  stackName: string,
  parse: (printed: string) => Known<T>,
): Promise<Known<T>> {
  const printed = await pulumi(["stack", "export", "--non-interactive", "--stack", stackName]);
  return "value" in printed ? parse(printed.value) : printed;
}

/** What most commands need of the answer. */
export function stateOf(pulumi: AskPulumi, stackName: string): Promise<Known<StackState>> {
  return askForState(pulumi, stackName, parseStackState);
}

/** Reads what `pulumi stack export` printed. */
export function parseStackState(text: string): Known<StackState> {
  return mapKnown(readExport(text), stateIn);
}

/** The same of what was read already. */
export function stateIn({
  secrets_providers: provider,
  resources,
  pending_operations: pending,
}: Partial<Exported>): StackState {
  const secretsProvider =
    provider == null ? undefined : (schemeOf(provider.state?.url) ?? provider.type ?? undefined);
  return {
    ...defined({ secretsProvider }),
    resources: (resources ?? []).map((one) => {
      const generation = generationIn(one.outputs) ?? generationIn(one.inputs);
      return {
        urn: one.urn,
        type: one.type ?? "",
        ...defined({
          id: filled(one.id),
          parent: filled(one.parent),
          generation,
          dateCreated: withDate.parse(one.outputs)?.dateCreated,
          recordedAt: one.created,
        }),
        isPendingDeletion: one.delete === true,
      };
    }),
    pendingOperations: (pending ?? []).map(({ type, resource }) => ({ type, urn: resource.urn })),
    ...defined({ names: namesIn(resources ?? []) }),
  };
}

/** The identity's word counts; a state of before it kept names has them in the records of the clients. */
function namesIn(resources: readonly ExportedResource[]): RecordedNames | undefined {
  const outputsOf = (type: string): readonly unknown[] =>
    resources.filter((one) => one.type === type && one.delete !== true).map(({ outputs }) => outputs);
  const names = mergedNames([
    ...outputsOf(recordedTypes.identity).map(recordedNamesIn),
    ...outputsOf(recordedTypes.client).map(clientNamesIn),
  ]);
  return names.divisions.size + names.existingRoles.size === 0 ? undefined : names;
}

function generationIn(properties: unknown): number | undefined {
  return withGeneration.parse(properties)?.generation;
}

function filled(text: string | null | undefined): string | undefined {
  return text == null || text === "" ? undefined : text;
}

/** The ids of the resources of one type, those to be deleted included. */
export function idsOfType({ resources }: StackState, type: string): ReadonlySet<string> {
  return new Set(resources.flatMap((resource) => (resource.type === type ? (resource.id ?? []) : [])));
}

/** Whose the objects of this stack are; undefined in a state of before stacks had identities. */
export function identityIn({ resources }: StackState): string | undefined {
  return resources.find(
    ({ type, isPendingDeletion }) => type === recordedTypes.identity && !isPendingDeletion,
  )?.id;
}

/** The command that settles pending operations: a refresh looks up what was being changed, and forgets what was being made where it may. */
export function settlePending(
  { pendingOperations }: Pick<StackState, "pendingOperations">,
  stack: string,
): string {
  const isMaking = pendingOperations.some(({ type }) => type === "creating");
  return `\`pulumi refresh ${isMaking ? "--clear-pending-creates " : ""}--stack ${stack}\``;
}

/** The types of the resources that commands look for. */
export const recordedTypes = {
  identity: "pulumi-nodejs:dynamic/genesys:StackIdentity",
  credential: "genesys-credentials:index:Credential",
  client: "pulumi-nodejs:dynamic/genesys:OAuthClient",
  role: "pulumi-nodejs:dynamic/genesys:Role",
  pair: "pulumi-nodejs:dynamic/genesys:ClientSecret",
  integration: "pulumi-nodejs:dynamic/genesys:IntegrationCredential",
  secret: "aws:secretsmanager/secret:Secret",
} as const;

/** `awskms` of `awskms://alias/pulumi?region=eu-west-1`: the rest may say more than a log should. */
export function schemeOf(url: string | null | undefined): string | undefined {
  return /^([a-z][a-z0-9+.-]*):\/\//i.exec(url ?? "")?.[1]?.toLowerCase();
}
