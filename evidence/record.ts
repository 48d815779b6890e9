// Evidence of a publication: which client the secret names now and which one before, what was verified, how the staging labels moved. No secret.
import { z } from "zod";

/** Of the shape of the files that are written. */
export const formatVersion = 2;
/** Files of the shape before, which knew rotations alone. */
const formerVersion = 1;

/** One request for a token, and one for the identity behind it. */
const leastRequests = 2;

/** Where the published pair came from. */
const publishedPairs = ["new-client", "new-secret", "stored"] as const;

/** What happened: another client took the place of one, or the secret named one for the first time. */
const publishedEvents = ["rotation", "first-publication"] as const;

/** One of {@link publishedPairs}. */
export type PublishedPair = (typeof publishedPairs)[number];

const name = z.string().min(1);
const instant = z.iso.datetime({ offset: true });

const verificationSchema = z.object({
  verifiedAt: instant,
  clientId: z.string().describe("The client that the minted token belongs to."),
  authorizedGrantType: z.string().exactOptional().describe("As Genesys told it; absent when it did not."),
  roleDivisions: z
    .array(z.object({ roleId: z.string(), divisionId: z.string() }))
    .describe("The roles that the token carries, each in one division."),
  requests: z.int().min(leastRequests).describe("How often Genesys was asked for a token or an identity."),
});

const versionsSchema = z.array(z.object({ versionId: name, labels: z.array(z.string()).min(1) }));

/** One file; schemas/evidence.schema.json is made from it. A reader passes over fields that it does not know. */
export const rotationEvidenceSchema = z
  .object({
    formatVersion: z.literal(formatVersion).describe("Version of this shape."),
    event: z
      .enum(publishedEvents)
      .describe(
        "What happened: the client took the place of another one, or the secret named one for the first time.",
      ),
    recordedAt: instant.describe("When the file was written."),
    publishedAt: instant.describe(
      "Since when the pair is in use. Of a first publication that an earlier update had made: when Genesys made the client.",
    ),
    project: name.describe("Pulumi project."),
    stack: name.describe("Pulumi stack."),
    credential: name.describe("Key in the stack file."),
    generation: z.int().min(0).describe("rotation.generation after the update."),
    oldClientId: z
      .string()
      .nullable()
      .describe(
        "The OAuth client that the secret named before; null when there was none, or somebody else had written the value.",
      ),
    newClientId: name.describe("The OAuth client that the secret names now."),
    pair: z
      .enum(publishedPairs)
      .describe(
        "Where the pair came from: a client made for it, a new secret of a client that rotations keep, or a version that was stored already (a rotation taken back).",
      ),
    verification: verificationSchema
      .nullable()
      .describe(
        "What the pair proved before AWSCURRENT moved to it. Null where a grant type needs a person to sign in.",
      ),
    deployerClientId: z.string().nullable().describe("The OAuth client that the update signed in with."),
    secret: z
      .object({ name: z.string(), arn: z.string().regex(/^arn:/) })
      .describe("The secret in AWS Secrets Manager."),
    stagingLabels: z
      .object({ before: versionsSchema, after: versionsSchema })
      .describe(
        "The versions of the secret that carried staging labels, before and after the update; `before` is empty where an interrupted one had moved them.",
      ),
  })
  .meta({
    title: "Evidence of a rotation or a first publication",
    description:
      "One file for each rotation of a credential, and one for its first publication, written by `pulumi up` into the folder that GENESYS_CREDENTIALS_EVIDENCE names. It holds no secret.",
  });

/** One file. */
export type RotationEvidence = DeepReadonly<z.output<typeof rotationEvidenceSchema>>;

/** What the reader of a folder needs to know of a file, of the shape before too. */
export const recordedPublicationSchema = rotationEvidenceSchema
  .pick({
    event: true,
    recordedAt: true,
    publishedAt: true,
    project: true,
    stack: true,
    credential: true,
    generation: true,
    newClientId: true,
  })
  .partial({ event: true, publishedAt: true, newClientId: true })
  .extend({
    formatVersion: z.literal([formerVersion, formatVersion]),
    verification: verificationSchema.pick({ verifiedAt: true }).nullable(),
  });

type DeepReadonly<T> = { readonly [K in keyof T]: DeepReadonly<T[K]> };
