// Every field that our client writes is one that Genesys declares as writable, and each writable one has been decided on.
import { readOnlyFields as readOnlyCredentialFields } from "../../../genesys/integrationCredentials";
import { readOnlyClientFields } from "../../../genesys/knowledge/oauthClientFields";
import { readOnlyFields as readOnlyRoleFields } from "../../../genesys/roles";
import { committed, declared } from "./comparedShapes";
import { neverSent, readOnlyBesides } from "./meantDifferences";
import { requestModels } from "./requestFields";

const cases = [
  { answers: ["OAuthClient"], request: "OAuthClientRequest", readOnly: readOnlyClientFields },
  {
    answers: ["DomainOrganizationRole"],
    request: "DomainOrganizationRoleUpdate",
    readOnly: readOnlyRoleFields,
  },
  { answers: ["Credential", "CredentialInfo"], request: "Credential", readOnly: readOnlyCredentialFields },
];

/** What a newer SDK adds does not matter yet; what it has no more does. */
function fieldsOf(model: string): string[] {
  return Object.keys(committed.models[model]!).filter((field) => field in declared.models[model]!);
}

test.each(cases)("a PUT of $request sends back what is writable, and nothing else", (one) => {
  const { answers, request, readOnly } = one;
  const writable = fieldsOf(request);
  const answered = answers.flatMap(fieldsOf);
  const sentBack = (field: string): boolean =>
    writable.includes(field) && !(`${request}.${field}` in neverSent);
  const expected = [...new Set(answered)].filter((field) => !sentBack(field));
  const isMeant = (field: string): boolean => `${request}.${field}` in readOnlyBesides;
  expect([...readOnly].filter((field) => !isMeant(field)).sort()).toEqual(expected.sort());
});

test.each(Object.entries(requestModels))(
  "each writable field of %s has been decided on",
  (model, { fields }) => {
    expect(Object.keys(fields).sort()).toEqual(Object.keys(committed.models[model]!).sort());
  },
);

test.each(Object.entries(requestModels))("no field of %s that is sent has gone", (model, { fields }) => {
  const sent = Object.keys(fields).filter((field) => fields[field] !== "not sent");
  expect(sent.filter((field) => declared.models[model]?.[field] === undefined)).toEqual([]);
});
