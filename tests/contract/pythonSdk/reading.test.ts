// Every field that our client reads is one that Genesys declares, and is understood in the form that Genesys declares.
import { z } from "zod";

import { integrationCredentialSchema } from "../../../genesys/integrationCredentials";
import { isDefaultRole } from "../../../genesys/knowledge/defaultRoles";
import { limitSchema, limitsSchema } from "../../../genesys/limits";
import { collectionSchema, itemSchema } from "../../../genesys/permissions";
import { holderSchema } from "../../../genesys/roleHolders";
import { unusedSchema } from "../../../genesys/roles";
import { resultSchema } from "../../../genesys/usage";
import { readUsageEntity } from "../../../genesys/usageEntity";
import { pageSchema } from "../../../genesys/usageJobs";
import {
  authzSubjectSchema,
  clientWithSecretSchema,
  divisionSchema,
  errorBodySchema,
  listingSchema,
  oauthClientSchema,
  organizationSchema,
  permissionPolicySchema,
  roleDivisionSchema,
  roleSchema,
  tokenInfoSchema,
} from "../../../genesys/wire";
import { readBesides } from "./meantDifferences";
import { sampleOf, watchedSampleOf } from "./sample";

const listing = listingSchema(z.unknown());

/** Models and what reads them; all of these keep what they read. */
const readers: readonly (readonly [model: string, schema: z.ZodType])[] = [
  ["OAuthClient", oauthClientSchema],
  ["OAuthClient", clientWithSecretSchema],
  ["RoleDivision", roleDivisionSchema],
  ["DomainOrganizationRole", roleSchema],
  ["DomainPermissionPolicy", permissionPolicySchema],
  ["AuthzSubject", authzSubjectSchema],
  ["SubjectDivisionGrants", holderSchema],
  ["AuthzDivision", divisionSchema],
  ["Organization", organizationSchema],
  ["NamedEntity", organizationSchema],
  ["TokenInfo", tokenInfoSchema],
  ["ErrorBody", errorBodySchema],
  ["Credential", integrationCredentialSchema],
  ["CredentialInfo", integrationCredentialSchema],
  ["DomainPermissionCollection", collectionSchema],
  ["DomainPermission", itemSchema],
  ["LimitsEntityListing", limitsSchema],
  ["Limit", limitSchema],
  ["OrganizationPublicApiUsageResultsResponse", pageSchema],
  ["ClientPublicApiUsageResultsResponse", pageSchema],
  ["OAuthClientEntityListing", listing],
  ["OrganizationRoleEntityListing", listing],
  ["AuthzDivisionEntityListing", listing],
  ["PermissionCollectionEntityListing", listing],
  ["SubjectDivisionGrantsEntityListing", listing],
  ["CredentialInfoCursorListing", listing],
];

test.each(readers)("%s", (model, schema) => {
  const { sample, undeclared } = watchedSampleOf(model);
  expect(schema.parse(sample)).toMatchObject(sampleOf(model) as object);
  expect([...undeclared].filter((field) => !(field in readBesides))).toEqual([]);
});

test("where a default role comes from, and what of it is unused", () => {
  const { sample, undeclared } = watchedSampleOf("DomainOrganizationRole");
  expect(isDefaultRole(sample as Record<string, unknown>)).toBe(true);
  expect(unusedSchema.parse(sample).unusedPermissions).toEqual([["text"]]);
  expect([...undeclared]).toEqual([]);
});

test("usage by the former way", () => {
  const { sample, undeclared } = watchedSampleOf("ApiUsageQueryResult");
  expect(resultSchema.parse(sample)).toMatchObject({
    queryStatus: expect.stringMatching(/^[A-Z][a-z]+$/),
    results: [{ date: "2026-11-01T09:00:00Z", requests: 7 }],
    cursors: { after: "text" },
  });
  expect([...undeclared]).toEqual([]);
});

test("rows of a usage job", () => {
  const { sample, undeclared } = watchedSampleOf("OrganizationPublicApiUsage");
  const figures = { date: "2026-11-01", requests: 7 };
  expect(readUsageEntity(sample)).toEqual({ ...figures, owner: { clientId: "text" } });
  expect([...undeclared]).toEqual([]);
  const ofClient = watchedSampleOf("ClientPublicApiUsage");
  expect(readUsageEntity(ofClient.sample)).toEqual({ ...figures, owner: "no client" });
  expect([...ofClient.undeclared]).toEqual(["ClientPublicApiUsage.oauthClient"]);
});

test("what is read besides is still not declared, so that the table of meant differences says the truth", () => {
  const read = readers.flatMap(([model, schema]) => {
    const { sample, undeclared } = watchedSampleOf(model);
    schema.parse(sample);
    return [...undeclared];
  });
  expect([...new Set(read)].sort()).toEqual(Object.keys(readBesides).sort());
});
