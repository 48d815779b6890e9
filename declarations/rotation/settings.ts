// The setting `rotation` of a credential: its shape, and the mistake that shows only between its fields.
import { z } from "zod";
import { choice, field, text } from "../field";
import { normalizeInstant, parseDuration } from "../instants";
import { type Notes } from "../notes";
import { settingIn } from "../plainValue";
import { durationField, durationRule } from "../textFields";
import { type Mistake } from "../textRules";
import { clientTurns } from "./slots";

const durationRemedy = "write an ISO 8601 duration, as P90D, P3M or PT36H";

/** Far above what any schedule reaches, and short enough for the marker in a description. */
const highestGeneration = 999_999_999;

export const rotationSchema = field(
  z.strictObject({
    generation: field(
      z.int().min(0).max(highestGeneration),
      "Raising it by one rotates: the idle slot gets a new client, or with `clients: keep` a new secret; the stored secret then names it, " +
        "the former client stays valid. Raising it by two replaces both at once (emergency).",
      `write a whole number from 0 to ${highestGeneration}, or leave it out for 0`,
    ).default(0),
    rotatedAt: field(
      text(instantRule).overwrite((value) => normalizeInstant(value) ?? value),
      "When the generation was last raised, an ISO 8601 instant with an offset. Read only by the `rotate` and `list` commands.",
      "write an instant with its offset, as 2026-11-01T09:00:00Z",
    ).exactOptional(),
    every: durationField(
      "How often it is due for rotation, an ISO 8601 duration such as `P90D` or `P3M`. Read only by the `rotate` and `list` commands.",
      `${durationRemedy}, longer than nothing`,
      positiveDurationRule,
    ).exactOptional(),
    clients: choice(
      clientTurns,
      "What a rotation does with the idle client: `replace` puts a new one in its place, `keep` gives it a new secret, so that client ids, " +
        "and whatever is tied to them, stay. An emergency replaces both in either case.",
      "replace",
    ),
    overlap: choice(
      ["previous", "none"],
      "`previous` keeps the former client valid until the next rotation; `none` keeps a single client, the old one dies in the same update.",
      "previous",
    ),
    previous: choice(
      ["keep", "revoked"],
      "`revoked` closes the overlap early: the former client is deactivated once every consumer has moved.",
      "keep",
    ),
    minimumOverlap: durationField(
      "How old a rotation must be before the `rotate` command makes the next one. " +
        "Default: 48 hours, or one hour more than the life of a token where that is longer.",
      durationRemedy,
    ).exactOptional(),
  }),
  "When and how the credential's OAuth clients take turns.",
  "write a map, as { generation: 0, every: P90D }, or leave it out",
);

/** A client that is kept has nobody to take turns with where there is one alone. */
export function checkRotation(
  path: readonly string[],
  rotation: unknown,
  { note }: Pick<Notes, "note">,
): void {
  if (settingIn(rotation, "clients") === "keep" && settingIn(rotation, "overlap") === "none") {
    note(
      [...path, "clients"],
      "keep is impossible with overlap: none: the new secret of the only client would end the present one before anybody could read it",
      "write clients: replace, or overlap: previous",
    );
  }
}

function instantRule(value: string): Mistake | undefined {
  return normalizeInstant(value) === undefined ? { problem: "is not an instant with an offset" } : undefined;
}

function positiveDurationRule(value: string): Mistake | undefined {
  const isNothing = parseDuration(value)?.toMillis() === 0;
  return durationRule(value) ?? (isNothing ? { problem: "is a duration of nothing" } : undefined);
}
