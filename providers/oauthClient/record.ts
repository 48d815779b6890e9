// What is known of one OAuth client: its inputs as declared, its outputs as stored, and the requests and drift that follow from them.
import type { OAuthClientEntity, OAuthClientRequest } from "../../genesys/wire";
import { describeWithMarker, descriptionWithoutMarker, renewedMarker } from "../../genesys/marker";
import { addressesInBody, type AllowedAddressesInputs } from "./allowedAddresses";
import {
  type ClientFields,
  clientFieldsOf,
  liveFields,
  sentFields,
} from "../../genesys/knowledge/oauthClientFields";
import { isClientCredentials } from "../../genesys/knowledge/grantTypes";
import { uniqueRoleDivisions, type RoleDivision } from "../../genesys/knowledge/roleDivisions";
import { declaredForm, type ResolvedEntry, type RoleDivisionInput } from "../run/roleDivisions";
import { isChanged } from "../engine/changes";
import type { OrganizationInput } from "../engine/organization";
import { sanitizeProperties } from "../engine/outputs";
import { inputsIn, withInputs, without } from "../engine/record";
import { generationChange } from "./generations";

/** A live client that is taken over, and what becomes of its secret. */
export interface ClientAdoptionInput {
  readonly clientId: string;
  /** `keep` or `regenerate`. */
  readonly secret: string;
}

/** The inputs of an OAuth client: its fields, in Genesys's words, and ours. */
export interface OAuthClientInputs extends ClientFields, AllowedAddressesInputs {
  readonly organization: OrganizationInput;
  /** Empty for grant types of people. */
  readonly roleDivisions: readonly RoleDivisionInput[];
  /** `restricted`, or absent: the boundary is enforced on the declarations, and kept here so that a review sees it change. */
  readonly type?: string;
  /** The boundary of a restricted credential. */
  readonly allow?: readonly string[];
  /** `scim` where nothing else uses the client, so that its tokens may live longer; kept here as `type` is. */
  readonly usedFor?: string;
  /** See generations.ts. */
  readonly generation: number;
  /** There where rotations keep the client. */
  readonly rotation?: { readonly clients: string; readonly generation: number };
  /** `<project>/<stack>/<credential>`: names in the marker, for people. */
  readonly owner: string;
  /** Of the stack: decides whose the client is. Absent in records of before stacks had one. */
  readonly identity?: string;
  /** The live client that a creation takes over; absent for a client that is made. */
  readonly adopt?: ClientAdoptionInput;
  readonly __provider?: string;
}

/** What state holds: the inputs and what came of them. Later methods see nothing else (docs/platform-facts.md 1.3). */
export interface OAuthClientOutputs extends OAuthClientInputs {
  readonly clientId: string;
  readonly marker: string;
  /** In the order of `roleDivisions`: what each entry stood for. */
  readonly resolvedRoleDivisions: readonly RoleDivision[];
  readonly organizationId: string;
  readonly dateCreated?: string;
  /** There while an adopted client, which cannot sign in for us, was not seen to hold its roles; the next `up` looks again. */
  readonly areRolesUnconfirmed?: true;
  /** There while clients that this one has replaced may live: an older state did not tell of them, and the update may have died. */
  readonly outlivedIds?: readonly string[];
  /** There as long as the client has the secret that it was adopted with: nobody here has ever seen it. */
  readonly isSecretKept?: true;
}

/** What records held before the secret left Pulumi; an update takes it out. */
export const formerOutputs = ["clientSecret", "verified", "verification"] as const;

/** Outputs that stay as they are when inputs change. */
const lastingOutputs = [
  "clientId",
  "marker",
  "resolvedRoleDivisions",
  "organizationId",
  "dateCreated",
] as const satisfies readonly (keyof OAuthClientOutputs)[];

/** The inputs within a record, in exactly the shape that `check` produces. */
export function inputsOf(record: OAuthClientInputs): OAuthClientInputs {
  return inputsIn(record, [
    ...lastingOutputs,
    ...formerOutputs,
    "areRolesUnconfirmed",
    "isSecretKept",
    "outlivedIds",
  ]);
}

/** The full request: PUT replaces, so every writable field is in it. */
export function oauthClientRequest(
  inputs: ClientFields & AllowedAddressesInputs,
  roleDivisions: readonly RoleDivision[],
  marker: string,
  state: string,
): OAuthClientRequest {
  return {
    ...sentFields(inputs),
    description: describeWithMarker(inputs.description, marker),
    roleDivisions: uniqueRoleDivisions(roleDivisions),
    ...addressesInBody(inputs),
    state,
  };
}

/** The record with other inputs: an input that is not declared any more is not in it, and the marker says the names of today. */
export function appliedClient(olds: OAuthClientOutputs, news: OAuthClientInputs): OAuthClientOutputs {
  const kept = isSecretKept(olds, news) ? { isSecretKept: true as const } : {};
  const marker = renewedMarker(olds.marker, news, olds.generation);
  return { ...withInputs(olds, news, lastingOutputs), marker, ...kept };
}

/** Whether an adopted client still has its own secret: neither its declaration nor a rotation asks for another. */
export function isSecretKept(olds: Partial<OAuthClientOutputs>, news: Partial<OAuthClientInputs>): boolean {
  // Records of before the secret left Pulumi say it by holding none.
  const isFormer = "verified" in olds && !("clientSecret" in olds);
  const wasKept = olds.isSecretKept === true || olds.adopt?.secret === "keep" || isFormer;
  return wasKept && news.adopt?.secret !== "regenerate" && generationChange(olds, news) !== "kept";
}

/** The outputs as the engine stores them. */
export function storedOutputs(outputs: OAuthClientOutputs): Record<string, unknown> {
  return sanitizeProperties(without(outputs, formerOutputs));
}

/** Whether a PUT would say anything else than the one before: some inputs are none of Genesys's. */
export function isSentAnew(recorded: OAuthClientInputs, declared: OAuthClientInputs): boolean {
  const own = ["organization", "type", "allow", "usedFor", "generation", "rotation", "adopt"] as const;
  return isChanged(without(inputsOf(recorded), own), without(inputsOf(declared), own));
}

/** The entries of a record with what they stood for. */
export function resolvedEntries(
  outputs: Pick<OAuthClientOutputs, "roleDivisions" | "resolvedRoleDivisions">,
): ResolvedEntry[] {
  return outputs.roleDivisions.flatMap((input, index) => {
    const resolved = outputs.resolvedRoleDivisions[index];
    return resolved === undefined ? [] : [{ input, resolved }];
  });
}

/** The fields of an answer that a refresh compares, beside the allowed addresses. */
export function refreshedFields({ authorizedGrantType }: OAuthClientOutputs): readonly string[] {
  const ofRoles = isClientCredentials(authorizedGrantType) ? ["roleDivisions"] : [];
  return [...Object.keys(clientFieldsOf(authorizedGrantType)), ...ofRoles];
}

/** The record after a refresh: what is live in the form of the inputs. Equal to the former record exactly when nothing drifted. */
export function refreshedRecord(recorded: OAuthClientOutputs, live: OAuthClientEntity): OAuthClientOutputs {
  const entries = resolvedEntries(recorded);
  const roleDivisions =
    live.roleDivisions === undefined || !isClientCredentials(recorded.authorizedGrantType)
      ? recorded.roleDivisions
      : declaredForm(entries, live.roleDivisions);
  return {
    ...recorded,
    ...(isSecretKept(recorded, recorded) ? { isSecretKept: true } : {}),
    ...liveFields(recorded, live),
    description: descriptionWithoutMarker(live.description ?? "", recorded.marker),
    roleDivisions,
    resolvedRoleDivisions: roleDivisions.map(
      (input) =>
        entries.find((entry) => entry.input === input)?.resolved ?? {
          roleId: input.roleId ?? "",
          divisionId: input.division,
        },
    ),
  };
}
