// An OAuth client that questions are asked of: its pair, and what Genesys answered last about it.
import { msPerSecond } from "../common/clock";
import { apiPath } from "../genesys/apiPath";
import { httpStatus } from "../genesys/httpStatus";
import type { RoleDivision } from "../genesys/knowledge/roleDivisions";
import { OAuthClients, requestFrom } from "../genesys/oauthClients";
import { oauthClientSchema, type OAuthClientEntity } from "../genesys/wire";
import { type Answer, found, inWords, isSuccess, refusalWords } from "./answer";
import { howSoon, type Patience } from "./patience";
import type { ProbeClient } from "./probeClient";
import { NotSettled } from "./settling";

/** What became of a token; `detail` as in {@link Seen}. */
export interface Fate {
  readonly seen: "lives on" | "is dead";
  readonly detail: string;
}

/** So long a token is watched that may be dying. */
const tokenDeathMs = 10_000;

export class ProbedClient {
  /** As the last write answered it: a GET may be older. */
  private live: OAuthClientEntity;
  private secret: string;

  constructor(
    private readonly client: ProbeClient,
    private readonly patience: Patience,
    created: unknown,
  ) {
    this.live = entityOf(created);
    this.secret = this.live.secret ?? "";
  }

  get id(): string {
    return this.live.id;
  }

  get path(): string {
    return apiPath("/api/v2/oauth/clients/{id}", { id: this.id });
  }

  get name(): string {
    return this.live.name ?? "";
  }

  get pairs(): readonly RoleDivision[] {
    return this.live.roleDivisions ?? [];
  }

  get pair() {
    return { clientId: this.id, clientSecret: this.secret };
  }

  /** Undefined where Genesys does not know it. @throws NotSettled */
  async get(): Promise<Answer | undefined> {
    return found(await this.client.answer({ method: "GET", path: this.path }));
  }

  delete(): Promise<Answer> {
    return this.client.answer({ method: "DELETE", path: this.path });
  }

  /** PUT of everything that is known of the client, changed in these fields, without those left out. */
  async put(changes: Readonly<Record<string, unknown>>, leftOut: readonly string[] = []): Promise<Answer> {
    const whole: Record<string, unknown> = { ...requestFrom(this.live, {}), ...changes };
    const body = Object.fromEntries(Object.entries(whole).filter(([field]) => !leftOut.includes(field)));
    const answer = await this.client.answer({ method: "PUT", path: this.path, body });
    if (isSuccess(answer)) {
      this.live = entityOf(answer.body);
    }
    return answer;
  }

  /** The same where a question needs it to succeed. @throws NotSettled */
  async mustPut(
    changes: Readonly<Record<string, unknown>>,
    leftOut: readonly string[] = [],
  ): Promise<OAuthClientEntity> {
    const answer = await this.put(changes, leftOut);
    if (!isSuccess(answer)) {
      throw new NotSettled(`the client could not be changed: ${refusalWords(answer)}`);
    }
    return this.live;
  }

  async mustBe(state: "active" | "inactive"): Promise<void> {
    if (this.live.state !== state) {
      await this.mustPut({ state }, ["dateToDelete"]);
    }
  }

  /** A new secret; the former pair. */
  async resetSecret() {
    const former = this.pair;
    this.secret = (await new OAuthClients(this.client).regenerateSecret(this.id)).secret;
    return former;
  }

  /** A token of the client that is accepted: only then says a refusal that it has died. @throws NotSettled */
  async token(): Promise<string> {
    const minted = await this.patience.until(async () => {
      const answer = await this.client.mintAnswer(this.pair);
      return answer.accessToken;
    });
    if (minted === undefined) {
      throw new NotSettled("the client could not mint a token while the probe waited");
    }
    const accepted = await this.patience.until(async () =>
      (await this.isAccepted(minted.value)) ? true : undefined,
    );
    if (accepted === undefined) {
      throw new NotSettled("a new token of the client was not accepted while the probe waited");
    }
    return minted.value;
  }

  /** Whether a token outlives what was done: what has ended it may be known some seconds later. */
  async fateOf(accessToken: string): Promise<Fate> {
    const died = await this.patience.until(
      async () => ((await this.isAccepted(accessToken)) ? undefined : true),
      tokenDeathMs,
    );
    return died === undefined
      ? { seen: "lives on", detail: `for the ${tokenDeathMs / msPerSecond} s that the probe waited` }
      : { seen: "is dead", detail: howSoon(died) };
  }

  private async isAccepted(accessToken: string): Promise<boolean> {
    const answer = await this.client.answer({ method: "GET", path: "/api/v2/tokens/me", accessToken });
    if (!isSuccess(answer) && answer.status !== httpStatus.unauthorized) {
      throw new NotSettled(`the token was answered ${inWords(answer)}`);
    }
    return isSuccess(answer);
  }
}

function entityOf(body: unknown): OAuthClientEntity {
  const entity = oauthClientSchema.safeParse(body);
  if (!entity.success) {
    throw new NotSettled("the answer about the client could not be read");
  }
  return entity.data;
}
