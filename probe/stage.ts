// What the questions share: the areas of the API, the objects that they are asked of, and words for answers.
import { randomUUID } from "node:crypto";

import { GenesysApiError } from "../genesys/errors";
import { apiPath } from "../genesys/apiPath";
import { Grants } from "../genesys/grants";
import { httpStatus } from "../genesys/httpStatus";
import { Identity, type TokenIdentity } from "../genesys/identity";
import { IntegrationCredentials } from "../genesys/integrationCredentials";
import { clientCredentialsGrant } from "../genesys/knowledge/grantTypes";
import type { RoleDivision } from "../genesys/knowledge/roleDivisions";
import { tokenValiditySeconds } from "../genesys/knowledge/tokenValidity";
import { OAuthClients } from "../genesys/oauthClients";
import { Roles } from "../genesys/roles";
import type { RoleEntity } from "../genesys/wire";
import { type Answer, found, isSuccess, refusalWords } from "./answer";
import { descriptionOf, nameOf } from "./mark";
import { type Known, type Patience } from "./patience";
import { ProbedClient } from "./probedClient";
import type { ProbeClient } from "./probeClient";
import { NotSettled } from "./settling";

/** A harmless permission that every organisation has. */
export const harmlessPolicy = { domain: "routing", entityName: "queue", actionSet: ["view"] };

export class Stage {
  readonly clients: OAuthClients;
  readonly roles: Roles;
  readonly grants: Grants;
  readonly credentials: IntegrationCredentials;
  readonly identity: Identity;
  private readonly made = new Map<string, unknown>();

  constructor(
    readonly client: ProbeClient,
    readonly patience: Patience,
    readonly runId: string,
    /** The deployer as its token told it at the beginning. */
    readonly deployer: TokenIdentity & { readonly clientId: string },
    readonly homeDivisionId: string,
  ) {
    this.clients = new OAuthClients(client);
    this.roles = new Roles(client);
    this.grants = new Grants(client);
    this.credentials = new IntegrationCredentials(client);
    this.identity = new Identity(client);
  }

  /** The same thing for every question that needs it; what failed is tried anew. */
  async once<T>(key: string, make: () => Promise<T>): Promise<T> {
    if (!this.made.has(key)) {
      this.made.set(key, await make());
    }
    return this.made.get(key) as T;
  }

  /** A pair that the deployer holds, which every client of the probe can have. */
  heldPair(): RoleDivision {
    const [pair] = this.deployer.roleDivisions ?? [];
    if (pair === undefined) {
      throw new NotSettled("the deployer's token tells no role that it holds, and a client needs one");
    }
    return pair;
  }

  /** The body of a creation. */
  clientBody(what: string, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
    return {
      name: nameOf(this.runId, what),
      description: descriptionOf(this.runId),
      authorizedGrantType: clientCredentialsGrant,
      accessTokenValiditySeconds: tokenValiditySeconds.minimum,
      roleDivisions: [this.heldPair()],
      ...changes,
    };
  }

  createClient(body: Readonly<Record<string, unknown>>): Promise<Answer> {
    return this.client.answer({ method: "POST", path: "/api/v2/oauth/clients", body, kind: "create" });
  }

  /** A client for questions about clients, with a role that the deployer holds. */
  probedClient(what: string, changes: Readonly<Record<string, unknown>> = {}): Promise<ProbedClient> {
    return this.once(`client ${what}`, async () => {
      const answer = await this.createClient(this.clientBody(what, changes));
      if (!isSuccess(answer)) {
        throw new NotSettled(`no client could be made: ${refusalWords(answer)}`);
      }
      return this.probed(answer.body);
    });
  }

  /** The client of a creation's answer. */
  probed(created: unknown): ProbedClient {
    return new ProbedClient(this.client, this.patience, created);
  }

  /** A role that nobody holds, once it is known; how soon that was is asked by a question of its own. */
  freshRole(): Promise<RoleEntity> {
    return this.once("fresh role", async () => {
      const role = await this.createRole("fresh");
      await this.once("fresh role is known", () => this.known(this.rolePath(role.id)));
      return role;
    });
  }

  createRole(what: string, changes: Readonly<Record<string, unknown>> = {}): Promise<RoleEntity> {
    const request = {
      name: nameOf(this.runId, what),
      description: descriptionOf(this.runId),
      permissionPolicies: [harmlessPolicy],
      ...changes,
    };
    return this.roles.create(request).catch((error: unknown) => {
      throw error instanceof GenesysApiError && error.details.status < httpStatus.serverError
        ? new NotSettled(`no role could be made: ${error.message}`)
        : error;
    });
  }

  async freshPair(): Promise<RoleDivision> {
    return { roleId: (await this.freshRole()).id, divisionId: this.homeDivisionId };
  }

  rolePath(id: string): string {
    return apiPath("/api/v2/authorization/roles/{id}", { id });
  }

  /** Waits until a GET finds something. */
  known(path: string): Promise<Known<Answer> | undefined> {
    return this.patience.until(async () => found(await this.client.answer({ method: "GET", path })));
  }

  /** An id of the usual form that nothing has. */
  unknownId(): string {
    return randomUUID();
  }
}
