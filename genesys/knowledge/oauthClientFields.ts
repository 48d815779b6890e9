// The fields of an OAuth client that are declared, sent and compared: their forms, which clients have them, and when a live value says the same.
import { z } from "zod";

import { defined } from "../../common/defined";
import {
  canonicalGrantType,
  clientCredentialsGrant,
  grantTypes,
  isClientCredentials,
  isSameGrantType,
} from "./grantTypes";
import { tokenValidityInput, tokenValiditySeconds } from "./tokenValidity";

interface ClientField<T> {
  /** In what Genesys or a state tells: any value of the type, unknown ones too. */
  readonly told: z.ZodType<T>;
  /** As an input, normalised, with its default; described by what it must be. */
  readonly input: z.ZodType<T>;
  /** What a live client has of which Genesys does not tell it. */
  readonly untold?: T;
  /** What people call it. */
  readonly label: string;
  /** A change of it changes who can sign in. */
  readonly isOfSignIn?: true;
  /** A live value as a declaration says it: the declared one where both mean the same. */
  asDeclared?(live: T, declared: T | undefined): T;
  inWords?(value: T): string;
}

function field<T>(rules: ClientField<T>): ClientField<T> {
  return rules;
}

/** Neither list has an order. */
function listField(label: string, mustBe: string): ClientField<readonly string[]> {
  const sorted = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();
  return {
    told: z.array(z.string()),
    input: z.array(z.string().min(1)).transform(sorted).default([]).describe(mustBe),
    label,
    asDeclared: sorted,
    inWords: (texts) => sorted(texts).join(", "),
  };
}

const ofEveryClient = {
  name: field({
    told: z.string(),
    input: z.string().regex(/\S/).describe("must be a text that is not empty"),
    untold: "",
    label: "name",
  }),
  /** Without the marker, which every request adds. */
  description: field({
    told: z.string(),
    input: z.string().trim().default("").describe("must be a text"),
    untold: "",
    label: "description",
  }),
  authorizedGrantType: field({
    told: z.string(),
    input: z
      .enum(grantTypes)
      .default(clientCredentialsGrant)
      .describe(`must be one of ${grantTypes.join(", ")}`),
    // Lists did not always tell the grant type; this project makes no other by default (docs/genesys-api.md 3.2).
    untold: clientCredentialsGrant,
    label: "grant type",
    isOfSignIn: true,
    asDeclared: (live, declared) =>
      declared !== undefined && isSameGrantType(live, declared) ? declared : live,
  }),
  accessTokenValiditySeconds: field({
    told: z.number(),
    input: tokenValidityInput(),
    untold: tokenValiditySeconds.standard,
    label: "access token validity",
    inWords: (seconds) => `${seconds} s`,
  }),
  state: field({
    told: z.string(),
    input: z.enum(["active", "inactive"]).default("active").describe("must be active or inactive"),
    untold: "active",
    label: "state",
    isOfSignIn: true,
    // A disabled client can do even less than an inactive one: declared as inactive, it is no drift (docs/genesys-api.md 3.3).
    asDeclared: (live) => (live === "disabled" ? "inactive" : live),
  }),
} as const;

/** Of the grant types with which a person signs in. */
const ofPeople = {
  registeredRedirectUri: { ...listField("redirect URIs", "must be a list of URLs"), isOfSignIn: true },
  scope: listField("scope", "must be a list of scopes"),
} as const;

/** All of them. */
export const clientFields = { ...ofEveryClient, ...ofPeople };

export type ClientFieldName = keyof typeof clientFields;

type Values<T> = { readonly [K in keyof T]: T[K] extends ClientField<infer V> ? V : never };

/** What is declared of a client, and sent. The lists are there for grant types of people only. */
export interface ClientFields extends Values<typeof ofEveryClient>, Partial<Values<typeof ofPeople>> {}

/** What is known of the fields; in an answer, those that Genesys tells. */
type Told = { readonly [K in ClientFieldName]?: ClientFields[K] | undefined };

/** Fields of a client that only Genesys sets: requests do not have them (docs/genesys-api.md 3.4). */
export const readOnlyClientFields: ReadonlySet<string> = new Set([
  "id",
  "secret",
  "selfUri",
  "roleIds",
  "dateCreated",
  "dateModified",
  "createdBy",
  "modifiedBy",
]);

/** The fields that clients of a grant type have; where it is not known, all of them. */
export function clientFieldsOf(grantType: string | undefined): Partial<typeof clientFields> {
  return grantType !== undefined && isClientCredentials(grantType) ? ofEveryClient : clientFields;
}

function rulesOf(
  grantType: string | undefined,
): readonly (readonly [ClientFieldName, ClientField<unknown>])[] {
  return Object.entries(clientFieldsOf(grantType)) as [ClientFieldName, ClientField<unknown>][];
}

/** Of everything that is known of a client, the fields that go into a request. */
export function sentFields(declared: ClientFields): ClientFields {
  const names = rulesOf(declared.authorizedGrantType).map(([name]) => [name, declared[name]] as const);
  return defined(Object.fromEntries(names)) as unknown as ClientFields;
}

/** What is live, as a declaration says it; equal to what is declared exactly where nothing drifted. What is not told is as declared. */
export function liveFields(declared: ClientFields, live: Told): ClientFields {
  const values = rulesOf(declared.authorizedGrantType).map(([name, rules]) => {
    const told = live[name];
    return [name, told === undefined ? declared[name] : (rules.asDeclared?.(told, declared[name]) ?? told)];
  });
  return defined(Object.fromEntries(values)) as ClientFields;
}

/** A live client's fields as a request has them: those that Genesys does not tell are what they are then. */
export function requestedFields(live: Told): ClientFields {
  const values = rulesOf(undefined).map(([name, { untold }]) => [name, live[name] ?? untold]);
  const fields = defined(Object.fromEntries(values)) as unknown as ClientFields;
  return { ...fields, authorizedGrantType: canonicalGrantType(fields.authorizedGrantType) };
}

/** A field whose live value says something else than the declared one, both in words. */
export interface FieldDifference extends Pick<ClientField<unknown>, "label" | "isOfSignIn"> {
  readonly name: ClientFieldName;
  readonly live: string;
  readonly declared: string;
}

/** None of a field that is not known on either side. */
export function fieldDifferences(declared: Told, live: Told): FieldDifference[] {
  return rulesOf(declared.authorizedGrantType).flatMap(([name, rules]) => {
    const [is, was] = [declared[name], live[name]];
    if (is === undefined || was === undefined) {
      return [];
    }
    const inWords = (value: unknown): string => rules.inWords?.(value) ?? String(value);
    const isSame = inWords(rules.asDeclared?.(was, is) ?? was) === inWords(is);
    return isSame ? [] : [{ ...rules, name, live: inWords(was), declared: inWords(is) }];
  });
}
