// The body of POST and PUT /oauth/clients, read with the limits and codes of the real API.
import { defined } from "../../common/defined";
import { readAllowedAddresses } from "./allowedAddresses";
import {
  type Body,
  optionalDate,
  optionalInteger,
  optionalRoleDivisions,
  optionalText,
  optionalTexts,
  otherFields,
  requiredText,
  uniquePairs,
  withOther,
} from "./bodyFields";
import { badRequest, invalidValue } from "./simulatorError";
import { type ClientVersion, type OtherFields, type RoleDivision } from "./state";
import { type Switches } from "./switches";

/** The grant type of a credential that belongs to no person. */
export const clientCredentialsGrant = "CLIENT-CREDENTIALS";

/** The five grant types there are, in the spelling in force since November 2021. */
const grantTypes = ["CODE", "TOKEN", "SAML2-BEARER", "PASSWORD", clientCredentialsGrant];

/** Seconds; limits and default from the API description. */
const minimumValiditySeconds = 300;
const defaultValiditySeconds = 86_400;

/** Fields of a client that have a meaning here, or that only the server sets. */
const knownFields = [
  "id",
  "name",
  "authorizedGrantType",
  "description",
  "accessTokenValiditySeconds",
  "registeredRedirectUri",
  "scope",
  "state",
  "dateToDelete",
  "roleIds",
  "roleDivisions",
  "secret",
  "dateCreated",
  "dateModified",
  "createdBy",
  "modifiedBy",
  "selfUri",
];

const states = ["active", "inactive", "disabled"] as const;

/** What a request asks for; fields it leaves out are undefined. */
export type ClientRequest = Pick<ClientVersion, "name" | "authorizedGrantType"> & {
  readonly [Field in Exclude<keyof ClientVersion, "name" | "other" | "modifiedAt" | "modifiedBy">]?:
    ClientVersion[Field] | undefined;
} & { readonly roleDivisions?: readonly RoleDivision[] | undefined; readonly other: OtherFields };

function readGrantType(body: Body): string {
  const grantType = optionalText(body, "authorizedGrantType");
  if (grantType === undefined || grantType === "") {
    throw badRequest("grant.type.required", "An authorized grant type is required.");
  }
  if (!grantTypes.includes(grantType)) {
    throw badRequest("bad.grant.type", `The grant type ${grantType} is not one of ${grantTypes.join(", ")}.`);
  }
  return grantType;
}

function readState(body: Body): ClientVersion["state"] | undefined {
  const text = optionalText(body, "state");
  const state = states.find((known) => known === text);
  if (text !== undefined && state === undefined) {
    throw invalidValue(text, "State");
  }
  return state;
}

function readValidity(body: Body, switches: Switches): number | undefined {
  const seconds = optionalInteger(body, "accessTokenValiditySeconds");
  const maximum = switches.maximumValiditySeconds;
  if (seconds !== undefined && (seconds < minimumValiditySeconds || seconds > maximum)) {
    throw badRequest(
      switches.validityErrorCode,
      `Value [${seconds}] is not valid for accessTokenValiditySeconds: it must be between ${minimumValiditySeconds} and ${maximum}.`,
    );
  }
  return seconds;
}

/** `roleDivisions`, or else the deprecated `roleIds`, which mean the home division. */
function readRoles(body: Body, homeDivisionId: string): RoleDivision[] | undefined {
  const roleIds = optionalTexts(body, "roleIds");
  return (
    optionalRoleDivisions(body, "roleDivisions") ??
    (roleIds && uniquePairs(roleIds.map((roleId) => ({ roleId, divisionId: homeDivisionId }))))
  );
}

function readOther(body: Body, { allowedAddresses, unknownFields }: Switches): OtherFields {
  const known = new Set([...knownFields, ...(allowedAddresses === null ? [] : [allowedAddresses.field])]);
  return unknownFields === "stored" ? otherFields(body, known) : {};
}

/** Reads a body. @throws SimulatorError 400 */
export function readClientRequest(body: Body, switches: Switches, homeDivisionId: string): ClientRequest {
  const authorizedGrantType = readGrantType(body);
  const name = requiredText(body, "name");
  const maximum = switches.maximumClientNameLength;
  if (maximum !== null && name.length > maximum) {
    throw badRequest(
      "constraint.validation",
      `The field "name" holds ${name.length} characters; ${maximum} are allowed.`,
    );
  }
  return {
    name,
    authorizedGrantType,
    description: optionalText(body, "description"),
    accessTokenValiditySeconds: readValidity(body, switches),
    registeredRedirectUri: optionalTexts(body, "registeredRedirectUri"),
    scope: optionalTexts(body, "scope"),
    allowedAddresses: readAllowedAddresses(body, switches),
    state: readState(body),
    dateToDelete: optionalDate(body, "dateToDelete"),
    roleDivisions: readRoles(body, homeDivisionId),
    other: readOther(body, switches),
  };
}

/** The version a request makes; `kept` supplies what the request leaves out, else the defaults do. */
export function versionOf(
  request: ClientRequest,
  kept: Partial<ClientVersion> | undefined,
  stamp: { readonly modifiedAt: number; readonly modifiedBy?: string },
): ClientVersion {
  return {
    name: request.name,
    authorizedGrantType: request.authorizedGrantType,
    ...defined({
      description: request.description ?? kept?.description,
      allowedAddresses: request.allowedAddresses ?? kept?.allowedAddresses,
      dateToDelete: request.dateToDelete ?? kept?.dateToDelete,
    }),
    accessTokenValiditySeconds:
      request.accessTokenValiditySeconds ?? kept?.accessTokenValiditySeconds ?? defaultValiditySeconds,
    registeredRedirectUri: request.registeredRedirectUri ?? kept?.registeredRedirectUri ?? [],
    scope: request.scope ?? kept?.scope ?? [],
    state: request.state ?? kept?.state ?? "active",
    ...withOther({ ...kept?.other, ...request.other }),
    ...stamp,
  };
}
