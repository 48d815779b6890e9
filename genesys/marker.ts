// The marker in a description: says which stack made an object, for which generation, in which attempt.
import { randomBytes } from "node:crypto";
import { type SlotName, slotOwning } from "../common/slot";

/** Bytes of randomness in a marker: enough to tell the attempts of one stack apart. */
const nonceBytes = 6;

/** The part of the marker that all attempts at one object share: `[pulumi:<project>/<stack>/<name>#<generation>:`. */
export function markerPrefix(owner: string, generation: number): string {
  return `[pulumi:${owner}#${generation}:`;
}

/** A marker that no other creation has: `[pulumi:<project>/<stack>/<name>#<generation>:<nonce>]`. */
export function newMarker(owner: string, generation: number): string {
  return `${markerPrefix(owner, generation)}${randomBytes(nonceBytes).toString("hex")}]`;
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
export interface Marker {
  /** `<project>/<stack>/<name>`. */
  readonly owner: string;
  /** Of its making. Of an OAuth client it tells the slot and no more: rotations may keep the client, and a revert leaves it where it is. */
  readonly generation: number;
  readonly nonce: string;
}

const markerPattern = /\[pulumi:([^\]#]{1,300})#(\d{1,15}):([0-9a-f]{1,64})\]/;

/** The marker in a live description; undefined when no stack made the object. */
export function parseMarker(description: string | undefined): Marker | undefined {
  const match = markerPattern.exec(description ?? "");
  const [, owner, generation, nonce] = match ?? [];
  return owner === undefined || generation === undefined || nonce === undefined
    ? undefined
    : { owner, generation: Number(generation), nonce };
}

/** Whether two markers belong to the making of the same thing, in whatever attempt. */
export function isSameMaking(left: Marker, right: Marker): boolean {
  return left.owner === right.owner && left.generation === right.generation;
}

/** The slot that an OAuth client is in, whichever of its generations it was made for. */
export function slotOf({ generation }: Pick<Marker, "generation">): SlotName {
  return slotOwning(generation);
}
