// What becomes of every writable field that Genesys declares: a field that is not here is new, and somebody has to decide.

/** `declared`: people declare it, or it is what a request is about. `carried over`: a PUT sends it back as it was. `not sent`: never, for the reason beside it. */
type Fate = "declared" | "carried over" | "not sent";

interface RequestModel {
  /** Where a new field belongs. */
  readonly file: string;
  readonly fields: Readonly<Record<string, Fate>>;
}

/** Fields of a role that only Genesys sets, and that the model of a creation has nevertheless (docs/genesys-api.md 4.2). */
const setByGenesys = {
  id: "not sent",
  selfUri: "not sent",
  defaultRoleId: "not sent",
  unusedPermissions: "not sent",
  userCount: "not sent",
  roleNeedsUpdate: "not sent",
  base: "not sent",
  default: "not sent",
  baseLicense: "not sent",
  addonLicenses: "not sent",
  dateLicenseLastUpdated: "not sent",
} as const;

/** By the SDK's model. */
export const requestModels: Readonly<Record<string, RequestModel>> = {
  OAuthClientRequest: {
    file: "genesys/knowledge/oauthClientFields.ts (a list of allowed addresses: genesys/knowledge/allowedAddressesField.ts)",
    fields: {
      name: "declared",
      description: "declared",
      authorizedGrantType: "declared",
      accessTokenValiditySeconds: "declared",
      registeredRedirectUri: "declared",
      scope: "declared",
      state: "declared",
      roleDivisions: "declared",
      dateToDelete: "carried over",
      roleIds: "not sent", // the former spelling of roleDivisions, deprecated
    },
  },
  DomainOrganizationRoleCreate: {
    file: "genesys/roles.ts",
    fields: {
      ...setByGenesys,
      name: "declared",
      description: "declared",
      permissionPolicies: "declared",
      permissions: "not sent",
    },
  },
  DomainOrganizationRoleUpdate: {
    file: "genesys/roles.ts",
    fields: {
      id: "declared", // the role's own, as the sample of Genesys sends it
      name: "declared",
      description: "declared",
      permissionPolicies: "declared",
      permissions: "carried over",
      selfUri: "not sent",
    },
  },
  DomainPermissionPolicy: {
    file: "genesys/knowledge/permissionPolicies.ts",
    fields: {
      domain: "declared",
      entityName: "declared",
      actionSet: "declared",
      resourceConditionNode: "declared",
      allowConditions: "carried over",
      namedResources: "carried over",
      policyName: "carried over",
      policyDescription: "carried over",
    },
  },
  RoleDivision: {
    file: "genesys/knowledge/roleDivisions.ts",
    fields: { roleId: "declared", divisionId: "declared" },
  },
  RoleDivisionPair: {
    file: "genesys/grants.ts",
    fields: { roleId: "declared", divisionId: "declared" },
  },
  OrganizationPublicApiUsageQueryRequest: {
    file: "genesys/usageJobs.ts",
    fields: {
      interval: "declared",
      granularity: "declared",
      groupBy: "declared",
      sortBy: "not sent",
      metrics: "not sent",
      templateUris: "not sent",
      httpMethods: "not sent",
      platforms: "not sent",
      userIds: "not sent",
      oauthClientIds: "not sent",
    },
  },
  Credential: {
    file: "genesys/integrationCredentials.ts",
    fields: {
      name: "declared",
      type: "declared",
      credentialFields: "declared",
      id: "not sent",
      selfUri: "not sent",
    },
  },
};
