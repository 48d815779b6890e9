// The kinds of objects that resources manage: how the algorithms of live/ ask for one, and how they speak of it.
import { isEnded } from "../../genesys/knowledge/clientLife";
import type { IntegrationCredentialEntity } from "../../genesys/integrationCredentials";
import type { OAuthClientEntity, RoleEntity } from "../../genesys/wire";
import type { ListedObjects } from "../run/listedObjects";
import type { Session } from "../run/session";

/** What every object has. */
export interface LiveObject {
  readonly id: string;
  readonly name?: string | undefined;
}

export interface ObjectKind<T extends LiveObject> {
  /** As in `OAuth client "nightly-report-dev-a"`. */
  readonly name: string;
  /** Of the error that says that one is gone. */
  readonly goneCode: string;
  /** How that error calls it. */
  readonly goneWords: (id: string) => string;
  readonly area: (session: Session) => {
    get(id: string): Promise<T>;
    list(): Promise<T[]>;
    delete(id: string): Promise<void>;
  };
  /** The list of the run, for a refresh; absent where a list does not tell what a question for one of them does. */
  readonly listed?: (session: Session) => ListedObjects<T>;
  /** Whether one that is still shown only waits for its end. */
  readonly isEnded?: (live: T) => boolean;
}

export const clientKind: ObjectKind<OAuthClientEntity> = {
  name: "OAuth client",
  goneCode: "CLIENT_GONE",
  goneWords: (id) => `the client ${id}`,
  area: (session) => session.oauthClients,
  listed: (session) => session.listedClients,
  isEnded,
};

export const roleKind: ObjectKind<RoleEntity> = {
  name: "role",
  goneCode: "ROLE_GONE",
  goneWords: (id) => `the role ${id}`,
  area: (session) => session.roles,
  listed: (session) => session.listedRoles,
};

export const integrationCredentialKind: ObjectKind<IntegrationCredentialEntity> = {
  name: "integration credential",
  goneCode: "INTEGRATION_CREDENTIAL_GONE",
  goneWords: (id) => id,
  area: (session) => session.integrationCredentials,
};

/** What a record tells of an object. */
export interface KnownObject {
  readonly name: string;
  /**
   * ISO 8601, by this computer's clock, or else by Genesys's: a young object is waited for, since Genesys may need minutes to know it
   * (docs/genesys-api.md 3.10).
   */
  readonly createdAt?: string | undefined;
  readonly dateCreated?: string | undefined;
}

/** As `role 5d0c… ("reporting-reader")`. */
export function objectInWords<T extends LiveObject>(kind: ObjectKind<T>, { id, name = "" }: T): string {
  return `${kind.name} ${id} ("${name}")`;
}
