// Grants: which roles a subject holds in which divisions (docs/genesys-api.md 4.6).
import { apiPath } from "./apiPath";
import type { GenesysClient } from "./client";
import { type AuthzSubject, authzSubjectSchema } from "./wire";
import type { RoleDivision } from "./knowledge/roleDivisions";

const subjectPath = "/api/v2/authorization/subjects/{id}";
const ownPath = "/api/v2/authorization/subjects/me";

/** Since SDK 269; what is answered without it is not documented, and a server that does not know it is taken to ignore it. */
const withPolicies = { includeFullRoles: true };

export class Grants {
  constructor(private readonly client: GenesysClient) {}

  /** The grants of whoever asks, with what the roles allow. No permission is needed. */
  mine(): Promise<AuthzSubject> {
    return this.client.request({ method: "GET", path: ownPath, query: withPolicies }, authzSubjectSchema);
  }

  /** The roles that a subject holds, in whichever way they were given. Needs authorization:grant:view. */
  async of(subjectId: string): Promise<RoleDivision[]> {
    const { grants = [] } = await this.client.request(
      { method: "GET", path: apiPath(subjectPath, { id: subjectId }), query: withPolicies },
      authzSubjectSchema,
    );
    const read = grants.flatMap(({ role, division }) =>
      role === undefined || division === undefined ? [] : [{ roleId: role.id, divisionId: division.id }],
    );
    const lost = grants.length - read.length;
    if (lost > 0) {
      const are = lost === 1 ? "is" : "are";
      this.client.unread.tell(
        `of subject ${subjectId}, ${lost} of ${grants.length} grants could not be read and ${are} left out`,
      );
    }
    return read;
  }

  /** Gives an OAuth client roles. The subject type must be said: the default is a user. Needs authorization:grant:add. */
  addToOAuthClient(clientId: string, grants: readonly RoleDivision[]): Promise<void> {
    return this.client.command({
      method: "POST",
      path: apiPath(`${subjectPath}/bulkadd`, { id: clientId }),
      query: { subjectType: "PC_OAUTH_CLIENT" },
      body: { grants },
    });
  }

  /** Takes roles away. Needs authorization:grant:delete. */
  remove(subjectId: string, grants: readonly RoleDivision[]): Promise<void> {
    return this.client.command({
      method: "POST",
      path: apiPath(`${subjectPath}/bulkremove`, { id: subjectId }),
      body: { grants },
    });
  }
}
