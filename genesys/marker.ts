// The marker in a description: says whose an object is, for which generation it was made, and in which attempt.
import { randomBytes } from "node:crypto";
import { type SlotName, slotOwning } from "../common/slot";

/** Bytes of randomness in a marker: enough to tell the attempts of one stack apart. */
const nonceBytes = 6;

/** Whose an object is. */
export interface Maker {
  /** Of the stack: what ownership is decided by. Absent in markers of before stacks had one. */
  readonly identity?: string;
  /** `<project>/<stack>/<key>`: names for people, which follow renames. */
  readonly owner: string;
}

/** The part of the marker that all attempts at one object share: `[pulumi:<identity>/<project>/<stack>/<key>#<generation>:`. */
export function markerPrefix({ identity, owner }: Maker, generation: number): string {
  return `[pulumi:${identity === undefined ? "" : `${identity}/`}${owner}#${generation}:`;
}

/** A marker that no other creation has: `[pulumi:<identity>/<project>/<stack>/<key>#<generation>:<nonce>]`. */
export function newMarker(maker: Maker, generation: number): string {
  return `${markerPrefix(maker, generation)}${randomBytes(nonceBytes).toString("hex")}]`;
}

/** The marker of the same making under the names of today. One that cannot be read is replaced by a new one of `generation`. */
export function renewedMarker(marker: string, maker: Maker, generation: number): string {
  const made = parseMarker(marker);
  return made === undefined
    ? newMarker(maker, generation)
    : markerText({ ...maker, generation: made.generation, nonce: made.nonce });
}

/** The description as Genesys stores it. */
export function describeWithMarker(description: string, marker: string): string {
  return description === "" ? marker : `${description} ${marker}`;
}

/**
 * The declared part of a live description. Where a person changed the marker as well, the whole text is returned, so that the
 * change shows as drift and is repaired.
 */
export function descriptionWithoutMarker(live: string, marker: string): string {
  if (live === marker) {
    return "";
  }
  return live.endsWith(` ${marker}`) ? live.slice(0, -marker.length - 1) : live;
}

/** What a marker says. */
export interface Marker extends Maker {
  /** Of its making. Of an OAuth client it tells the slot and no more: rotations may keep the client, and a revert leaves it where it is. */
  readonly generation: number;
  readonly nonce: string;
}

const markerPattern = /\[pulumi:([^\]#]{1,300})#(\d{1,15}):([0-9a-f]{1,64})\]/;

/** Before the names stands the identity, where there is one. */
const identifiedPattern = /^([0-9a-f]{8,64})\/([^/]+\/[^/]+\/[^/]+)$/;

/** The marker in a live description; undefined when no stack made the object. */
export function parseMarker(description: string | undefined): Marker | undefined {
  const [, names, generation, nonce] = markerPattern.exec(description ?? "") ?? [];
  if (names === undefined || generation === undefined || nonce === undefined) {
    return undefined;
  }
  const made = { generation: Number(generation), nonce };
  const [, identity, owner] = identifiedPattern.exec(names) ?? [];
  return identity === undefined || owner === undefined
    ? { owner: names, ...made }
    : { identity, owner, ...made };
}

/** The key of the role or credential in `<project>/<stack>/<key>`. */
export function keyOf({ owner }: Pick<Maker, "owner">): string {
  return owner.split("/").at(-1) ?? owner;
}

/** The stack in `<project>/<stack>/<key>`. */
export function stackOf({ owner }: Pick<Maker, "owner">): string {
  return owner.split("/").at(-2) ?? "";
}

/** `<project>/<stack>` in `<project>/<stack>/<key>`. */
export function stackPathOf({ owner }: Pick<Maker, "owner">): string {
  return owner.split("/").slice(0, -1).join("/");
}

/** The marker as it stands in a description. */
export function markerText(marker: Marker): string {
  return `${markerPrefix(marker, marker.generation)}${marker.nonce}]`;
}

/** Whether the marker says that this maker made the object, for whichever generation: the identity decides, names follow renames. */
export function isMadeBy(marker: Maker | undefined, maker: Maker): boolean {
  return (
    marker?.identity !== undefined && marker.identity === maker.identity && keyOf(marker) === keyOf(maker)
  );
}

/** The same where a marker of before stacks had identities tells by its names: for who has other grounds to believe it. */
export function mayBeMadeBy(marker: Maker | undefined, maker: Maker): boolean {
  return marker?.identity === undefined ? marker?.owner === maker.owner : isMadeBy(marker, maker);
}

/** Whether a marker is of the maker's stack, whichever its key; one of before stacks had identities tells it by its names. */
export function isOfStack(marker: Maker, maker: Maker): boolean {
  return marker.identity === undefined
    ? stackPathOf(marker) === stackPathOf(maker)
    : marker.identity === maker.identity;
}

/** The slot that an OAuth client is in, whichever of its generations it was made for. */
export function slotOf({ generation }: Pick<Marker, "generation">): SlotName {
  return slotOwning(generation);
}
