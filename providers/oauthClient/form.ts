// The form of an OAuth client's inputs: normalised, with defaults, and every wrong value named.
import { unknownValue } from "@pulumi/pulumi/runtime";

import type { CheckFailure } from "../engine/checked";
import { formOf } from "../engine/form";
import { checkedAddresses } from "./allowedAddressesCheck";
import { grantTypes, isClientCredentials } from "../../genesys/knowledge/grantTypes";
import { sortedTexts } from "./record";
import type { RoleDivisionInput } from "../run/roleDivisions";

/** 5 minutes to 2 days (genesys-api 3.3). */
const validityRange = { minimum: 300, maximum: 172_800, standard: 86_400 } as const;
const states = ["active", "inactive"];

/** Normalises and validates. Values that a preview does not know yet are left alone. */
export function checkOAuthClientInputs(news: Readonly<Record<string, unknown>>): {
  inputs: Record<string, unknown>;
  failures: CheckFailure[];
} {
  const inputs: Record<string, unknown> = {
    ...news,
    organization: news["organization"] ?? {},
    description:
      typeof news["description"] === "string" ? news["description"].trim() : (news["description"] ?? ""),
    authorizedGrantType: news["authorizedGrantType"] ?? "CLIENT-CREDENTIALS",
    accessTokenValiditySeconds: news["accessTokenValiditySeconds"] ?? validityRange.standard,
    state: news["state"] ?? "active",
    generation: news["generation"] ?? 0,
  };
  const grantType: unknown = inputs["authorizedGrantType"];
  const isOfPeople = grantTypes.some((known) => known === grantType && !isClientCredentials(known));
  if (isOfPeople) {
    inputs["roleDivisions"] ??= [];
    for (const name of ["registeredRedirectUri", "scope"]) {
      const value = inputs[name] ?? [];
      inputs[name] = isTexts(value) ? sortedTexts(value) : value;
    }
  }
  const { require, failures } = formOf(inputs);
  require("name", (value) =>
    typeof value === "string" && value.trim() !== "", "must be a text that is not empty");
  require("description", (value) => typeof value === "string", "must be a text");
  require("owner", (value) =>
    typeof value === "string" && value !== "", "must name the project, stack and credential");
  require("authorizedGrantType", (value) =>
    grantTypes.includes(value as string), `must be one of ${grantTypes.join(", ")}`);
  require("accessTokenValiditySeconds", isValidity, `must be a whole number of seconds from ${validityRange.minimum} to ${validityRange.maximum}`);
  require("state", (value) => states.includes(value as string), `must be ${states.join(" or ")}`);
  if (inputs["adopt"] === undefined) {
    delete inputs["adopt"];
  } else {
    require("adopt", isAdoption, "must hold clientId, and secret: keep or regenerate");
  }
  require("generation", (value) =>
    Number.isInteger(value) && (value as number) >= 0, "must be a whole number, 0 or above");
  if (isOfPeople) {
    require("roleDivisions", (value) =>
      Array.isArray(value) &&
      value.length === 0, "must be empty: only clients of the grant type CLIENT-CREDENTIALS have roles");
    require("registeredRedirectUri", isTexts, "must be a list of URLs");
    require("scope", isTexts, "must be a list of scopes");
  } else if (grantType === unknownValue || grantTypes.includes(grantType as string)) {
    require("roleDivisions", isRoleDivisions, "must name at least one role, each with a division: Genesys refuses a client without roles");
  }
  const addresses = checkedAddresses(inputs, isOfPeople);
  return { inputs: addresses.inputs, failures: [...failures, ...addresses.failures] };
}

function isAdoption(value: unknown): boolean {
  const { clientId, secret } = (value ?? {}) as Partial<Record<string, unknown>>;
  return typeof clientId === "string" && clientId !== "" && (secret === "keep" || secret === "regenerate");
}

function isValidity(value: unknown): boolean {
  return (
    Number.isInteger(value) &&
    (value as number) >= validityRange.minimum &&
    (value as number) <= validityRange.maximum
  );
}

function isRoleDivisions(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((entry) => entry === unknownValue || isRoleDivision(entry))
  );
}

function isRoleDivision(entry: unknown): boolean {
  const { roleId, roleName, division } = entry as Partial<RoleDivisionInput>;
  const roles = [roleId, roleName].filter((role) => typeof role === "string" && role !== "");
  return roles.length === 1 && typeof division === "string" && division !== "";
}

/** What a preview does not know yet is a text as well. */
function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((text) => typeof text === "string" && text !== "");
}
