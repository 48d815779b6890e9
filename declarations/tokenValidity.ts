// The setting `accessTokenValiditySeconds`: how long tokens live, and how long those of a restricted credential may.
import { z } from "zod";
import { tokenValiditySeconds } from "../genesys/knowledge/tokenValidity";
import { field } from "./field";
import { type Notes } from "./notes";
import { type PlainMap } from "./plainValue";

/** The longest validity of a restricted credential unless it says `allowLongTokens`, and its default: 1 hour. Seconds. */
export const restrictedValiditySeconds = 3600;

const { minimum, maximum, standard } = tokenValiditySeconds;

export const tokenValiditySchema = field(
  z.int().min(minimum).max(maximum),
  "How long a token minted with the credential is valid, in seconds. " +
    `Default: ${standard}, and ${restrictedValiditySeconds} for \`type: restricted\`.`,
  `write a whole number of seconds from ${minimum} to ${maximum}, or leave it out for ${standard}`,
);

/** What is written, or the default of the credential's type. Seconds. */
export function tokenValidityOf(credential: {
  readonly type: "general" | "restricted";
  readonly accessTokenValiditySeconds?: number;
}): number {
  const byDefault = credential.type === "restricted" ? restrictedValiditySeconds : standard;
  return credential.accessTokenValiditySeconds ?? byDefault;
}

/** Notes a raw restricted credential whose tokens live too long. */
export function checkRestrictedValidity(
  path: readonly PropertyKey[],
  credential: PlainMap,
  note: Notes["note"],
): void {
  const seconds = credential["accessTokenValiditySeconds"];
  if (
    typeof seconds === "number" &&
    seconds > restrictedValiditySeconds &&
    (credential["allowLongTokens"] ?? false) === false
  ) {
    note(
      [...path, "accessTokenValiditySeconds"],
      `${seconds} is above ${restrictedValiditySeconds}, the longest of a restricted credential`,
      `write at most ${restrictedValiditySeconds}, or set allowLongTokens: true beside it`,
    );
  }
}
