// The settings `accessTokenValiditySeconds` and `usedFor`: how long tokens live, and how long those of a restricted or a SCIM credential may.
import { z } from "zod";
import { clientUses, tokenValiditySeconds } from "../genesys/knowledge/tokenValidity";
import { field } from "./field";
import { type Notes } from "./notes";
import { type PlainMap } from "./plainValue";

/** The longest validity of a restricted credential unless it says `allowLongTokens`, and its default: 1 hour. Seconds. */
export const restrictedValiditySeconds = 3600;

const { minimum, maximum, scimMaximum, standard } = tokenValiditySeconds;

export const tokenValiditySchema = field(
  z.int().min(minimum).max(scimMaximum),
  "How long a token minted with the credential is valid, in seconds. " +
    `Default: ${standard}, and ${restrictedValiditySeconds} for \`type: restricted\`. Above ${maximum} (2 days) only with \`usedFor: scim\`.`,
  `write a whole number of seconds from ${minimum} to ${maximum}, with usedFor: scim at most ${scimMaximum}, or leave it out for ${standard}`,
);

export const usedForSchema = field(
  z.enum(clientUses),
  `\`scim\` says that nothing but SCIM (provisioning of users) uses the credential, and so accepts tokens of up to ${scimMaximum} seconds ` +
    "(450 days). Nobody can call such a token back: whoever holds it may use it to its end; and `rotate` waits as long for the next rotation " +
    "unless `rotation.minimumOverlap` says less.",
  "write scim, or leave it out for any other use",
);

/** What the editor can check between them; the program does in {@link checkTokenValidity}. */
export const tokenValidityHints = [
  {
    if: { properties: { usedFor: { enum: clientUses } }, required: ["usedFor"] },
    else: { properties: { accessTokenValiditySeconds: { maximum } } },
  },
];

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

/** Notes a raw credential whose tokens would live as long as those of SCIM, without the word for it: 450 days are no slip of the pen. */
export function checkTokenValidity(
  path: readonly PropertyKey[],
  credential: PlainMap,
  { note }: Pick<Notes, "note">,
): void {
  const seconds = credential["accessTokenValiditySeconds"];
  const isUse = usedForSchema.safeParse(credential["usedFor"]).success;
  if (tokenValiditySchema.safeParse(seconds).data === undefined || isUse) {
    return; // the schema reports what is no validity at all
  }
  if (Number(seconds) > maximum) {
    note(
      [...path, "accessTokenValiditySeconds"],
      `${Number(seconds)} is above ${maximum}, the longest of any client that is not used for SCIM alone`,
      `write at most ${maximum}; or, for a client that nothing but SCIM uses, set usedFor: scim beside it`,
    );
  }
}
