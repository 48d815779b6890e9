// What a review says, in one shape: what `review --json` prints. No secret has a place in it.
import { z } from "zod";
import { riskClasses } from "../../genesys/knowledge/riskClasses";
import { type Direction, directions } from "./classify/directions";
import { type FindingCode, findingCodes } from "./classify/findingCodes";
import { verdicts } from "./classify/verdict";

/** Of the shape below; raised when a reader of it would go wrong. */
export const reviewFormatVersion = 1;

const codes = Object.keys(findingCodes) as FindingCode[];
const kinds = Object.keys(directions) as Direction[];
const day = z.string().describe("`YYYY-MM-DD`, UTC: the last day on which it counts.");

/** One permission in one division, or one role whose permissions are not known here. */
const grantSchema = z.object({
  domain: z
    .string()
    .describe("`*` for all; `?` for a role that is not managed here, and for a general permission."),
  entity: z.string(),
  action: z.string(),
  division: z.string().describe("`home`, `*`, or a division's name or id."),
  condition: z.string().nullable().describe("JSON of the condition; null where there is none."),
  existingRole: z
    .string()
    .nullable()
    .describe("Name or id of a role that the stack does not manage; null for a single permission."),
  generalPermission: z
    .string()
    .nullable()
    .describe("Name of a general permission, which has no domain; else null."),
  role: z.string().nullable().describe("Key of the declared role that allows it; null where there is none."),
});

/** One line. */
const findingSchema = z.object({
  code: z.enum(codes).describe("Stays; docs/review-findings.md says what each one means."),
  subject: z
    .string()
    .nullable()
    .describe("Key of the credential; `role <key>` for a role; null for the stack itself."),
  direction: z.enum(kinds),
  text: z.string().describe("The line in words, without markup."),
  details: z
    .array(z.string())
    .describe("What stands below the line; of a rotation, what becomes of each client."),
  breakage: z
    .object({
      who: z.string().describe("Which consumers."),
      when: z.string().describe("From when on, and until when."),
      wayBack: z.string(),
    })
    .nullable()
    .describe("Which consumers stop, or lose something; null where none does."),
  remedy: z
    .string()
    .nullable()
    .describe("What to do before the change can be deployed; null where nothing is."),
  risks: z.array(z.enum(riskClasses)).describe("Without those that an exclusion accepts."),
  grant: grantSchema.nullable().describe("What the line is about, where that is one grant; else null."),
  formerDivisions: z
    .array(z.string())
    .describe(
      "Where the same permission was held before; empty where it was not, or the line is about none.",
    ),
  accepted: z
    .object({ reason: z.string(), expiresOn: day })
    .nullable()
    .describe("The exclusion that takes a risk off the line; null where there is none."),
});

/** An exclusion of the review file. */
const exclusionSchema = z.object({
  credential: z.string().describe("A key, or `*` for all."),
  risk: z.enum(riskClasses).nullable().describe("Null for any."),
  permission: z.string().nullable().describe("`domain:entity:action`; null for any."),
  reason: z.string(),
  expiresOn: day,
});

/** One stack. */
const stackSchema = z.object({
  stack: z.string(),
  previewedAt: z
    .string()
    .nullable()
    .describe("ISO instant of the preview; null for one that Pulumi printed by itself, which does not tell."),
  verdict: z.enum(verdicts),
  summary: z.string().describe("The counts in words, as `2 wider (data export), 1 rotated`."),
  findings: z.array(findingSchema).describe("Gravest first. Empty where the verdict is `NO CHANGE`."),
  notes: z.array(z.string()).describe("What to know of the review itself, as what it could not see."),
  expiredExclusions: z
    .array(exclusionSchema)
    .describe("Exclusions whose last day is over: they count no more."),
});

/** Everything that a review says; schemas/review.schema.json is made from it. */
export const reviewReportSchema = z
  .object({
    formatVersion: z.literal(reviewFormatVersion),
    verdict: z.enum(verdicts).describe("The gravest one of all stacks."),
    stacks: z.array(stackSchema).describe("In the order in which they were asked for."),
  })
  .meta({
    title: "A review",
    description: "What `npm run credentials -- review --json` prints. It holds no secret.",
  });

/** Everything that a review says. */
export type ReviewReport = z.output<typeof reviewReportSchema>;
