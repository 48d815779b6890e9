// A simulator on a fake clock, and plain HTTP to talk to it: the tests see exactly what is on the wire.
import {
  deployerClientId,
  deployerClientSecret,
  employeeRoleId,
  homeDivisionId,
} from "../../../sandbox/genesys/seed";
import {
  type GenesysSimulator,
  type GenesysSimulatorOptions,
  startGenesysSimulator,
} from "../../../sandbox/genesys/server";
import { FakeClock } from "../../fakeClock";
import { answerDepartures } from "../pythonSdk/exchange";

/** Milliseconds of a day. */
export const dayMs = 86_400_000;

/** The fields of the API's JSON that these tests look at; which of them are there depends on the call. */
export interface Wire {
  readonly access_token: string;
  readonly accessTokenValiditySeconds: number;
  readonly action: string;
  readonly armed: readonly { readonly matched: number; readonly struck: number }[];
  readonly clientId: string | null;
  readonly clients: readonly Wire[];
  readonly code?: string;
  readonly contextId: string;
  readonly createdBy?: Wire;
  readonly dateCreated: string;
  readonly dateModified: string;
  readonly dateToDelete?: string;
  readonly defaultCountryCode: string;
  readonly description?: string;
  readonly divisions: readonly Wire[];
  readonly domain: string;
  readonly entities: readonly Wire[];
  readonly entries: readonly Wire[];
  readonly error?: string;
  readonly errorBody?: Wire;
  readonly expires_in: number;
  readonly grants: readonly unknown[];
  readonly id: string;
  readonly ids: readonly number[];
  readonly message?: string;
  readonly method: string;
  readonly name: string;
  readonly nextUri?: string;
  readonly now: string;
  readonly number: number;
  readonly OAuthClient: Wire;
  readonly organization: Wire;
  readonly pageCount: number;
  readonly pageSize: number;
  readonly path: string;
  readonly permissionMap: Readonly<Record<string, readonly Wire[]>>;
  readonly permissionPolicies?: readonly {
    readonly domain: string;
    readonly entityName: string;
    readonly actionSet: readonly string[];
    readonly resourceConditionNode?: unknown;
  }[];
  readonly queryStatus: string;
  readonly resultsUri: string;
  readonly roleDivisions: readonly { readonly roleId: string; readonly divisionId: string }[];
  readonly roles: readonly Wire[];
  readonly secret: string;
  readonly state: string;
  readonly status: number;
  readonly token: string;
  readonly total: number;
  readonly userCount: number;
}

/** An answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; in fact undefined when it is empty or not JSON. */
  readonly body: Wire;
}

/** What a call may vary. */
export interface CallOptions {
  /** Access token; null sends none. */
  readonly token?: string | null;
  readonly contentType?: string;
  /** Sent as it is instead of the JSON body. */
  readonly raw?: string;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  let body: Wire | undefined;
  try {
    body = JSON.parse(text) as Wire;
  } catch {
    body = undefined;
  }
  // Most tests expect a body and fail on the spot where there is none.
  return { status: response.status, headers: response.headers, text, body: body as Wire };
}

/** A running simulator with a caller that holds the deployer's token. */
export class SimulatorWorld {
  private readonly departed: string[] = [];

  private constructor(
    readonly simulator: GenesysSimulator,
    readonly clock: FakeClock,
    readonly deployerToken: string,
  ) {}

  static async start(options: GenesysSimulatorOptions = {}): Promise<SimulatorWorld> {
    const clock = new FakeClock();
    const simulator = await startGenesysSimulator({ clock, ...options });
    const token = await mint(simulator.url, deployerClientId, deployerClientSecret);
    return new SimulatorWorld(simulator, clock, token.body.access_token);
  }

  /** Mints a token. */
  mint(id: string, secret: string, form?: string, contentType?: string): Promise<Answer> {
    return mint(this.simulator.url, id, secret, form, contentType);
  }

  /** Calls the API below `/api/v2`, or another path that begins with `/__sim`. */
  async call(method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<Answer> {
    const { token = this.deployerToken, contentType = "application/json", raw } = options;
    const url = `${this.simulator.url}${path.startsWith("/__sim") ? path : `/api/v2${path}`}`;
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const answer = await answerOf(
      await fetch(url, {
        method,
        headers: {
          "Content-Type": contentType,
          ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        },
        ...(sent === undefined ? {} : { body: sent }),
      }),
    );
    if (!path.startsWith("/__sim")) {
      const { status, text: answered } = answer;
      this.departed.push(...answerDepartures({ method, url: `/api/v2${path}`, sent: "", status, answered }));
    }
    return answer;
  }

  /** What of the answers the official SDKs do not declare so. */
  departures(): readonly string[] {
    return this.departed;
  }

  /** Creates a client that holds `employee`; returns its entity with the secret. */
  async createClient(changes: Readonly<Record<string, unknown>> = {}): Promise<Wire> {
    return (await this.call("POST", "/oauth/clients", clientBody(changes))).body;
  }

  /** Creates a client and mints a token with it. */
  async createClientWithToken(changes: Readonly<Record<string, unknown>> = {}): Promise<Wire> {
    const client = await this.createClient(changes);
    const token = await this.mint(client.id, client.secret);
    return { ...client, token: token.body.access_token };
  }

  /** Whether a token still works: the status of `/tokens/me`. */
  async tokenStatus(token: string): Promise<number> {
    return (await this.call("GET", "/tokens/me", undefined, { token })).status;
  }

  /** Inactive, then deleted; returns the answer of DELETE. */
  async deleteClient(client: Pick<Wire, "id" | "name">): Promise<Answer> {
    await this.call(
      "PUT",
      `/oauth/clients/${client.id}`,
      clientBody({ name: client.name, state: "inactive" }),
    );
    return this.call("DELETE", `/oauth/clients/${client.id}`);
  }

  stop(): Promise<void> {
    return this.simulator.stop();
  }
}

async function mint(
  url: string,
  id: string,
  secret: string,
  form = "grant_type=client_credentials",
  contentType = "application/x-www-form-urlencoded",
): Promise<Answer> {
  return answerOf(
    await fetch(`${url}/oauth/token`, {
      method: "POST",
      headers: {
        Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
        "Content-Type": contentType,
      },
      body: form,
    }),
  );
}

/** A request body for a client that holds `employee` in the home division. */
export function clientBody(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    name: "nightly-report",
    authorizedGrantType: "CLIENT-CREDENTIALS",
    roleDivisions: [{ roleId: employeeRoleId, divisionId: homeDivisionId }],
    ...changes,
  };
}

/** A request body for a role with one policy. */
export function roleBody(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    name: "reporting-reader",
    description: "Reads conversation details",
    permissionPolicies: [{ domain: "analytics", entityName: "conversationDetail", actionSet: ["view"] }],
    ...changes,
  };
}
