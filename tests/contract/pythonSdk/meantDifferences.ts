// Where this project differs from the SDK's declarations, and means it; everything else that differs fails a test.

/** `Model.field` that our client reads and the SDK does not declare. */
export const readBesides: Readonly<Record<string, string>> = {
  "ErrorBody.error": "the token endpoint answers in OAuth's form (docs/genesys-api.md 2)",
  "ErrorBody.description": "the same",
  "ErrorBody.error_description": "the same",
  "CredentialInfoCursorListing.pageSize": "one envelope is read for lists by numbers and by cursor",
  "CredentialInfoCursorListing.pageCount": "the same",
  "CredentialInfoCursorListing.total": "the same",
  "Credential.createdDate": "one form is read of both models of a credential",
  "CredentialInfo.credentialFields": "the same",
  "DomainPermission.baseLicense":
    "roles have it; read where the catalogue tells it too, and nothing depends on it (docs/genesys-api.md 4.5)",
  "DomainPermission.addonLicenses": "the same",
  "AuthzGrantRole.permissions":
    "general permissions: `includeFullRoles` promises full role data, and what that adds is not declared (docs/genesys-api.md 4.6)",
};

/** `Model.field=value` that the SDK declares and this project does not offer or know. */
export const valuesLeftOut: Readonly<Record<string, string>> = {
  "OAuthClientRequest.authorizedGrantType=TOKEN":
    "the implicit grant is closed to new clients (docs/genesys-api.md 3.3)",
};

/** `Model.field=value` that this project knows and the SDK does not declare. */
export const valuesBesides: Readonly<Record<string, string>> = {
  "OrganizationPublicApiUsageResultsResponse.queryStatus=Complete":
    "the former requests' word for success; it costs nothing to understand it",
  "ClientPublicApiUsageResultsResponse.queryStatus=Complete": "the same",
};

/** Fields that are never sent although the SDK's request has them. */
export const neverSent: Readonly<Record<string, string>> = {
  "OAuthClientRequest.roleIds": "the former spelling of roleDivisions, deprecated (docs/genesys-api.md 3.3)",
  "DomainOrganizationRoleUpdate.id": "the update sends the role's own id, not what an answer says",
  "DomainOrganizationRoleUpdate.selfUri": "set by Genesys",
  "Credential.id": "set by Genesys",
  "Credential.selfUri": "set by Genesys",
};

/** Fields that are taken for set by Genesys and that the SDK's answer does not have. */
export const readOnlyBesides: Readonly<Record<string, string>> = {
  "Credential.createdBy": "beside createdDate in other models of Genesys; nobody but Genesys can know it",
  "Credential.modifiedBy": "the same",
};
