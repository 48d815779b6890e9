// Which credential a resource of the state is part of, by its URN (pure).
import { type SlotName } from "../../common/slot";
import { resourceNames } from "../../declarations/naming";
import { type ResolvedCredential } from "../../declarations/resolve";
import { recordedTypes, type StackState } from "./stackState";

/** What tells it. */
export interface RecordedPlace {
  readonly urn: string;
  /** URN of the component that it is part of. */
  readonly parent?: string | undefined;
}

/** Keys under which a state may hold a credential or role: its own, and the one that it had before it was renamed. */
export function keysOf({ key, formerly }: Pick<ResolvedCredential, "key" | "formerly">): readonly string[] {
  return formerly === undefined ? [key] : [key, formerly];
}

/**
 * Whether the state holds this as a client of the credential: its component says so, else its own name, unless its component is that of
 * another declared credential.
 */
export function isClientRecordOf(
  { urn, parent }: RecordedPlace,
  credential: Pick<ResolvedCredential, "key" | "formerly">,
  declared: readonly Pick<ResolvedCredential, "key">[],
): boolean {
  const keys = keysOf(credential);
  const component = componentKeyIn(parent);
  if (component !== undefined && keys.includes(component)) {
    return true;
  }
  const isNamed = keys.some((key) => clientNamesOf(key).includes(logicalNameOf(urn)));
  return isNamed && !declared.some(({ key }) => key === component);
}

/** The credential's key as the state has it, by the component of the client, else by its name. */
export function keyOfClientRecord({ urn, parent }: RecordedPlace): string {
  return componentKeyIn(parent) ?? logicalNameOf(urn).replace(/-[ab]$/, "");
}

/** The slot of a client's record; undefined where its name was changed to one that tells none. */
export function slotOfRecord({ urn }: RecordedPlace): SlotName | undefined {
  const suffix = logicalNameOf(urn).split("-").at(-1);
  return suffix === "a" || suffix === "b" ? suffix : undefined;
}

/** What a state records of a client or role. */
export interface PlaceRecord {
  readonly id: string;
  readonly key: string;
  /** Of an OAuth client. */
  readonly generation?: number | undefined;
  /** Of an OAuth client, where its name tells it. */
  readonly slot?: SlotName | undefined;
  /** It was replaced or removed, and its deletion has not succeeded yet. */
  readonly isPendingDeletion: boolean;
}

/** What the state records of the clients or roles, those to be deleted included. */
export function recordsOf({ resources }: StackState, type: string): readonly PlaceRecord[] {
  return resources.flatMap((one) => {
    const { id, generation, isPendingDeletion } = one;
    if (one.type !== type || id === undefined) {
      return [];
    }
    const place =
      type === recordedTypes.client
        ? { key: keyOfClientRecord(one), slot: slotOfRecord(one) }
        : { key: logicalNameOf(one.urn) };
    return [{ id, generation, isPendingDeletion, ...place }];
  });
}

/** The last part of a URN. */
export function logicalNameOf(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}

function componentKeyIn(parent: string | undefined): string | undefined {
  const [, , types = ""] = parent?.split("::") ?? [];
  return types.split("$").at(-1) === recordedTypes.credential ? logicalNameOf(parent ?? "") : undefined;
}

function clientNamesOf(key: string): readonly string[] {
  const names = resourceNames(key);
  return [names.client("a"), names.client("b")];
}
