// What is known of one OAuth client: its inputs as declared, its outputs as stored, and the requests and drift that follow from them.
import { unknownValue } from "@pulumi/pulumi/runtime";

import type { OAuthClientEntity, OAuthClientRequest, RoleDivision } from "../genesys/wire";
import { describeWithMarker, descriptionWithoutMarker } from "../genesys/marker";
import { secretOutput } from "./outputs";
import {
  declaredForm,
  type ResolvedEntry,
  type RoleDivisionInput,
  uniqueRoleDivisions,
} from "./roleDivisions";
import type { OrganizationInput } from "./sessions";
import type { Verification } from "./verification";

/** The inputs of an OAuth client, in Genesys's words; `generation` and `owner` are ours. */
export interface OAuthClientInputs {
  readonly organization: OrganizationInput;
  readonly name: string;
  readonly description: string;
  readonly authorizedGrantType: string;
  readonly accessTokenValiditySeconds: number;
  readonly roleDivisions: readonly RoleDivisionInput[];
  readonly state: string;
  /** Replaces the client when it changes: rotation. */
  readonly generation: number;
  /** `<project>/<stack>/<credential>`: who made the client, for its marker. */
  readonly owner: string;
  readonly __provider?: string;
}

/** What state holds: the inputs and what came of them. Later methods see nothing else (pulumi.md 4.1). */
export interface OAuthClientOutputs extends OAuthClientInputs {
  readonly clientId: string;
  /** Absent for a client whose secret was never seen. */
  readonly clientSecret?: string;
  readonly marker: string;
  /** In the order of `roleDivisions`: what each entry stood for. */
  readonly resolvedRoleDivisions: readonly RoleDivision[];
  readonly organizationId: string;
  readonly dateCreated?: string;
  /** False until the pair has proven itself; the next `up` tries again. */
  readonly verified: boolean;
  /** What was proven when the pair last had to prove itself; absent for a client whose secret was never seen. */
  readonly verification?: Verification & { readonly deployerClientId?: string };
}

/** The full request: PUT replaces, so every writable field is in it. */
export function oauthClientRequest(
  inputs: Pick<
    OAuthClientInputs,
    "name" | "description" | "authorizedGrantType" | "accessTokenValiditySeconds"
  >,
  roleDivisions: readonly RoleDivision[],
  marker: string,
  state: string,
): OAuthClientRequest {
  return {
    name: inputs.name,
    description: describeWithMarker(inputs.description, marker),
    authorizedGrantType: inputs.authorizedGrantType,
    accessTokenValiditySeconds: inputs.accessTokenValiditySeconds,
    roleDivisions: uniqueRoleDivisions(roleDivisions),
    state,
  };
}

/** The outputs as the engine stores them: the secret in its envelope. */
export function storedOutputs(outputs: OAuthClientOutputs): Record<string, unknown> {
  const { clientSecret, ...others } = outputs;
  return { ...others, ...(clientSecret === undefined ? {} : { clientSecret: secretOutput(clientSecret) }) };
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

/** The record after a refresh: what is live in the form of the inputs. Equal to the former record exactly when nothing drifted. */
export function refreshedRecord(recorded: OAuthClientOutputs, live: OAuthClientEntity): OAuthClientOutputs {
  const entries = resolvedEntries(recorded);
  const roleDivisions =
    live.roleDivisions === undefined ? recorded.roleDivisions : declaredForm(entries, live.roleDivisions);
  return {
    ...recorded,
    name: live.name ?? recorded.name,
    description: descriptionWithoutMarker(live.description ?? "", recorded.marker),
    authorizedGrantType: grantType(live.authorizedGrantType, recorded.authorizedGrantType),
    accessTokenValiditySeconds: live.accessTokenValiditySeconds ?? recorded.accessTokenValiditySeconds,
    // A disabled client can do even less than an inactive one: declared as inactive, it is no drift (genesys-api 3.3).
    state: live.state === "disabled" ? "inactive" : (live.state ?? recorded.state),
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

/** Keeps the recorded spelling where the live one means the same (`CLIENT_CREDENTIALS`; genesys-api 3.3). */
function grantType(live: string | undefined, recorded: string): string {
  const isSame = live === undefined || live.replaceAll("_", "-").toUpperCase() === recorded;
  return isSame ? recorded : live;
}

const inputNames = [
  "organization",
  "name",
  "description",
  "authorizedGrantType",
  "accessTokenValiditySeconds",
  "roleDivisions",
  "state",
  "generation",
  "owner",
] as const satisfies readonly (keyof OAuthClientInputs)[];

/** The inputs within a record, in exactly the shape that `check` produces. */
export function inputsOf(record: OAuthClientInputs): OAuthClientInputs {
  return Object.fromEntries(inputNames.map((name) => [name, record[name]])) as unknown as OAuthClientInputs;
}

/** A problem with an input: the engine prints the property and the reason. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

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
  const failures: CheckFailure[] = [];
  const require = (property: string, isValid: (value: unknown) => boolean, reason: string): void => {
    if (inputs[property] !== unknownValue && !isValid(inputs[property])) {
      failures.push({ property, reason });
    }
  };
  require("name", (value) =>
    typeof value === "string" && value.trim() !== "", "must be a text that is not empty");
  require("description", (value) => typeof value === "string", "must be a text");
  require("owner", (value) =>
    typeof value === "string" && value !== "", "must name the project, stack and credential");
  require("authorizedGrantType", (value) => value === "CLIENT-CREDENTIALS", "must be CLIENT-CREDENTIALS");
  require("accessTokenValiditySeconds", isValidity, `must be a whole number of seconds from ${validityRange.minimum} to ${validityRange.maximum}`);
  require("state", (value) => states.includes(value as string), `must be ${states.join(" or ")}`);
  require("generation", (value) =>
    Number.isInteger(value) && (value as number) >= 0, "must be a whole number, 0 or above");
  require("roleDivisions", isRoleDivisions, "must name at least one role, each with a division: Genesys refuses a client without roles");
  return { inputs, failures };
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
