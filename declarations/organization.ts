// The setting `organization`: which organisation of Genesys a stack may touch, and where it is.
import { z } from "zod";
import { nearestName } from "../common/nearestName";
import { normalizeRegion, regionNames } from "../common/regions";
import { canonicalId } from "./canonicalId";
import { field, text } from "./field";
import { matching, type Mistake } from "./textRules";

/** Genesys's ids are UUIDs; anything of letters, digits and `._-` is taken, the provider compares it with the real one. */
const organizationIdPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export const organizationSchema = field(
  z.strictObject({
    id: field(
      text(matching(organizationIdPattern, "is not an organisation's id")).overwrite(canonicalId),
      "The id of the Genesys organisation; nothing is written to any other one.",
      "write the organisation's id as Genesys shows it (Admin, Organization Details), in quotes if it is all digits",
      { pattern: organizationIdPattern.source },
    ).exactOptional(),
    region: field(
      text(regionRule),
      "The region, as `eu-west-1` or `mypurecloud.ie`. Default: `GENESYSCLOUD_REGION`; not needed when both URLs are overridden.",
      "write a region such as eu-west-1, or a domain such as mypurecloud.ie",
    ).exactOptional(),
  }),
  "The Genesys organisation that this stack may touch.",
  "write a map, as { id: …, region: eu-west-1 }, or leave it out",
);

/** The rule of a region, wherever it is written. */
export function regionRule(region: string): Mistake | undefined {
  if (normalizeRegion(region) !== undefined) {
    return undefined;
  }
  const nearest = nearestName(region.trim().replaceAll("_", "-"), regionNames);
  return {
    problem: "is neither a known region nor a domain",
    ...(nearest === undefined ? {} : { remedy: `did you mean ${nearest}?` }),
  };
}
