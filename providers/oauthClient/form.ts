// The form of an OAuth client's inputs: normalised, with defaults, and every wrong value named.
import { unknownValue } from "@pulumi/pulumi/runtime";
import { z } from "zod";

import { canonicalAddresses, parseAddressRange } from "../../common/addressRange";
import { clientFieldsOf } from "../../genesys/knowledge/oauthClientFields";
import { clientCredentialsGrant, grantTypes, isClientCredentials } from "../../genesys/knowledge/grantTypes";
import { clientUses, tokenValidityInput } from "../../genesys/knowledge/tokenValidity";
import type { Checked, Inputs } from "../engine/checked";
import { checkForm, type Form, optionalSettings } from "../engine/form";

const text = z.string().min(1);

/** One role, by its id or by its name. */
const roleDivision = z
  .looseObject({ division: text })
  .refine(
    (entry) =>
      [entry["roleId"], entry["roleName"]].filter((role) => text.safeParse(role).success).length === 1,
  );

const addresses = z
  .array(z.string().refine((address) => parseAddressRange(address) !== undefined))
  .min(1)
  .transform(canonicalAddresses);

/** What Genesys does not know. */
const ours: Form = {
  organization: optionalSettings,
  owner: text.describe("must name the project, stack and credential"),
  adopt: z
    .object({ clientId: text, secret: z.enum(["keep", "regenerate"]) })
    .optional()
    .describe("must hold clientId, and secret: keep or regenerate"),
  usedFor: z
    .enum(clientUses)
    .optional()
    .describe(`must be ${clientUses.join(" or ")}, or left out`),
  generation: z.int().min(0).default(0).describe("must be a whole number, 0 or above"),
};

const ofClientCredentials: Form = {
  roleDivisions: z
    .array(z.union([z.literal(unknownValue), roleDivision]))
    .min(1)
    .describe("must name at least one role, each with a division: Genesys refuses a client without roles"),
  allowedAddresses: addresses.optional().describe("must be a list of IP addresses and networks, or left out"),
};

const ofPeople: Form = {
  roleDivisions: z
    .array(z.unknown())
    .max(0)
    .default([])
    .describe("must be empty: only clients of the grant type CLIENT-CREDENTIALS have roles"),
  allowedAddresses: z
    .undefined()
    .describe("must be left out: only clients of the grant type CLIENT-CREDENTIALS have allowed addresses"),
};

/** Normalises and validates. Values that a preview does not know yet are left alone. */
export function checkOAuthClientInputs(news: Inputs): Checked {
  const { authorizedGrantType: given = clientCredentialsGrant } = news;
  // Of one that is not known, nothing is said about what depends on it.
  const known = given === unknownValue ? clientCredentialsGrant : grantTypes.find((one) => one === given);
  const fields = Object.entries(clientFieldsOf(known ?? clientCredentialsGrant));
  const dependent = known === undefined ? {} : isClientCredentials(known) ? ofClientCredentials : ofPeople;
  const inputs = Object.fromEntries(fields.map(([name, { input }]) => [name, input]));
  const accessTokenValiditySeconds = tokenValidityInput(news["usedFor"]);
  return checkForm({ ...inputs, accessTokenValiditySeconds, ...ours, ...dependent }, news);
}
