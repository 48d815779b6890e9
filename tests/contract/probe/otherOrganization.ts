// The second double's organisation: it takes the outcome that the simulator does not take, everywhere. Shares no code with either.
import { randomUUID } from "node:crypto";

import type { Clock } from "../../../common/clock";
import { Refusal } from "./otherRefusal";

export type Fields = Record<string, unknown>;

export interface Pair {
  readonly roleId: string;
  readonly divisionId: string;
}

/** A thing that is seen late. */
export interface Thing {
  readonly id: string;
  readonly madeAtMs: number;
  deletedAtMs?: number;
  fields: Fields;
  /** As late readers see it. */
  former?: { readonly untilMs: number; readonly fields: Fields };
}

export interface Client extends Thing {
  secret: string;
  formerSecret?: { readonly secret: string; readonly untilMs: number };
}

/** What cannot be otherwise in two ways at once. */
export interface Variant {
  readonly selfGrant: boolean;
  readonly grantsShowPolicies: boolean;
  readonly tokensOutliveInactivity: boolean;
}

export const ids = {
  organization: "aaaaaaaa-0000-4000-8000-000000000001",
  home: "aaaaaaaa-0000-4000-8000-000000000002",
  deployer: "aaaaaaaa-0000-4000-8000-000000000003",
  deployerRole: "aaaaaaaa-0000-4000-8000-000000000004",
} as const;

export const deployerSecret = "canary-other-deployer";
const lateMs = 1000;
const weekMs = 604_800_000;

export class OtherOrganization {
  readonly clients = new Map<string, Client>();
  readonly roles = new Map<string, Thing>();
  readonly credentials = new Map<string, Thing>();
  readonly tokens = new Map<string, string>();
  /** Subject grants: a store of their own. */
  grants: (Pair & { readonly subjectId: string; readonly madeAtMs: number })[] = [];

  constructor(
    readonly clock: Clock,
    readonly variant: Variant,
  ) {
    this.roles.set(
      ids.deployerRole,
      this.thing({ name: "Deployer", permissionPolicies: [] }, ids.deployerRole),
    );
    const roleDivisions = [{ roleId: ids.deployerRole, divisionId: ids.home }];
    const fields = {
      name: "deployer",
      state: "active",
      authorizedGrantType: "CLIENT-CREDENTIALS",
      roleDivisions,
    };
    this.clients.set(ids.deployer, { ...this.thing(fields, ids.deployer), secret: deployerSecret });
  }

  private thing(fields: Fields, id: string): Thing {
    return { id, madeAtMs: this.clock.now() - lateMs, fields };
  }

  make(fields: Fields): Thing {
    return { id: randomUUID(), madeAtMs: this.clock.now(), fields };
  }

  isLate(atMs: number): boolean {
    return this.clock.now() < atMs + lateMs;
  }

  isShown({ madeAtMs, deletedAtMs }: Thing): boolean {
    return !this.isLate(madeAtMs) && (deletedAtMs === undefined || this.isLate(deletedAtMs));
  }

  /** What is there, for a change. */
  living<T extends Thing>(things: ReadonlyMap<string, T>, id: string): T {
    const thing = things.get(id);
    if (thing === undefined || thing.deletedAtMs !== undefined) {
      throw new Refusal(404, "not.found");
    }
    return thing;
  }

  seen(thing: Thing): Fields {
    const { former } = thing;
    return {
      id: thing.id,
      ...(former !== undefined && this.clock.now() < former.untilMs ? former.fields : thing.fields),
    };
  }

  write(thing: Thing, fields: Fields): void {
    thing.former = { untilMs: this.clock.now() + lateMs, fields: thing.fields };
    thing.fields = fields;
  }

  pairsOf(subjectId: string): Pair[] {
    const own = (this.clients.get(subjectId)?.fields["roleDivisions"] ?? []) as Pair[];
    const granted = this.grants.filter(
      (grant) => grant.subjectId === subjectId && !this.isLate(grant.madeAtMs),
    );
    return [...own, ...granted.map(({ roleId, divisionId }) => ({ roleId, divisionId }))];
  }

  /** Role and division must both be held. */
  requireHeld(pairs: readonly Pair[]): void {
    const held = this.pairsOf(ids.deployer);
    for (const pair of pairs) {
      const isDivision = pair.divisionId === "*" || pair.divisionId === ids.home;
      if (!isDivision || this.roles.get(pair.roleId) === undefined) {
        throw new Refusal(404, "not.found");
      }
      if (!held.some(({ roleId, divisionId }) => roleId === pair.roleId && divisionId === pair.divisionId)) {
        throw new Refusal(400, "bad.request");
      }
    }
  }

  requireClientFields(fields: Fields, exceptId?: string): void {
    const name = String(fields["name"]);
    const seconds = Number(fields["accessTokenValiditySeconds"] ?? 300);
    const isTaken = [...this.clients.values()].some(
      (one) => one.id !== exceptId && one.deletedAtMs === undefined && one.fields["name"] === name,
    );
    if (isTaken) {
      throw new Refusal(409, "general.conflict");
    }
    if (name.length > 100 || seconds < 300 || seconds > 172_800) {
      throw new Refusal(400, "constraint.validation");
    }
    const pairs = (fields["roleDivisions"] ?? []) as Pair[];
    if (fields["authorizedGrantType"] === "CLIENT-CREDENTIALS" && pairs.length === 0) {
      throw new Refusal(400, "missing.client.roles");
    }
    this.requireHeld(pairs);
  }

  createClient(fields: Fields): Client {
    this.requireClientFields(fields);
    const client = { ...this.make({ state: "active", ...known(fields) }), secret: `canary-${randomUUID()}` };
    this.clients.set(client.id, client);
    return client;
  }

  /** Keeps what is left out, except the date. */
  replaceClient(id: string, sent: Fields): Client {
    const client = this.living(this.clients, id);
    if (sent["roleDivisions"] === undefined) {
      throw new Refusal(400, "missing.client.roles");
    }
    this.requireClientFields({ ...client.fields, ...sent }, id);
    this.requireHeld(client.fields["roleDivisions"] as Pair[]);
    const { dateToDelete: _former, ...kept } = client.fields;
    const before = JSON.stringify(kept["roleDivisions"]);
    const fields: Fields = { ...kept, ...known(sent) };
    if (
      fields["state"] === "inactive" &&
      (kept["state"] !== "inactive" || sent["dateToDelete"] !== undefined)
    ) {
      fields["dateToDelete"] = new Date(this.clock.now() + weekMs).toISOString();
    }
    if (fields["state"] === "active" && _former !== undefined) {
      fields["dateToDelete"] = _former;
    }
    const isEnded = fields["state"] === "inactive" && !this.variant.tokensOutliveInactivity;
    if (isEnded || JSON.stringify(fields["roleDivisions"]) !== before) {
      this.endTokens(id);
    }
    this.write(client, fields);
    return client;
  }

  resetSecret(id: string): Client {
    const client = this.living(this.clients, id);
    client.formerSecret = { secret: client.secret, untilMs: this.clock.now() + lateMs };
    client.secret = `canary-${randomUUID()}`;
    this.endTokens(id);
    return client;
  }

  private endTokens(clientId: string): void {
    for (const [token, holder] of this.tokens) {
      if (holder === clientId) {
        this.tokens.delete(token);
      }
    }
  }

  mint(id: string, secret: string): string {
    const client = this.clients.get(id);
    if (client === undefined || this.isLate(client.madeAtMs)) {
      throw new Refusal(400, "invalid_client");
    }
    const { formerSecret } = client;
    const isFormer = formerSecret?.secret === secret && this.clock.now() < formerSecret.untilMs;
    const isUsable =
      client.fields["state"] === "active" && client.fields["authorizedGrantType"] === "CLIENT-CREDENTIALS";
    if ((client.secret !== secret && !isFormer) || !isUsable) {
      throw new Refusal(401, "access_denied");
    }
    const token = `canary-token-${randomUUID()}`;
    this.tokens.set(token, id);
    return token;
  }

  deleteRole(id: string): void {
    const role = this.living(this.roles, id);
    const isHeld = [...this.clients.values()].some(
      (one) => one.deletedAtMs === undefined && this.pairsOf(one.id).some(({ roleId }) => roleId === id),
    );
    if (isHeld) {
      throw new Refusal(409, "general.conflict");
    }
    role.deletedAtMs = this.clock.now();
  }

  /** Ids of what is there, and who holds what. */
  holdings(): string[] {
    const living = [this.clients, this.roles, this.credentials].flatMap((things) =>
      [...things.values()].filter(({ deletedAtMs }) => deletedAtMs === undefined).map(({ id }) => id),
    );
    return [
      ...living,
      ...this.grants.filter(({ subjectId }) => subjectId === ids.deployer).map(({ roleId }) => roleId),
    ];
  }
}

/** Fields of the API's version alone: others are dropped. */
function known(fields: Fields): Fields {
  const names =
    "name description authorizedGrantType accessTokenValiditySeconds roleDivisions registeredRedirectUri scope state";
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.split(" ").includes(name)));
}
