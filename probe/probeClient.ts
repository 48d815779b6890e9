// The probe's way to Genesys: the product's own client behind the fence, which also tells statuses, and stops when the run is interrupted.
import { z } from "zod";

import { type ApiRequest, GenesysClient, type GenesysClientOptions } from "../genesys/client";
import { GenesysApiError, GenesysAuthenticationError, isUnauthorized } from "../genesys/errors";
import { httpStatus } from "../genesys/httpStatus";
import type { RoleDivision } from "../genesys/knowledge/roleDivisions";
import { defaultRetryPolicy } from "../genesys/retry";
import type { AccessToken, ClientCredentials } from "../genesys/token";
import type { Answer } from "./answer";
import { creationPaths, fieldsOf, requireAllowed } from "./fence";
import type { Ledger, Removable } from "./ledger";
import type { Recorder } from "./recorder";
import { Interrupted, NotSettled } from "./settling";

/** A person waits for each answer, and nothing is lost with one: fewer attempts than a deployment makes. */
const retryPolicy = {
  ...defaultRetryPolicy,
  maximumAttempts: 3,
  maximumConnectAttempts: 2,
  maximumRetryAfterMs: 60_000,
  maximumRateLimitAttempts: 3,
};

const grantToSubject = /^\/api\/v2\/authorization\/subjects\/([^/]+)\/bulkadd$/;

export class ProbeClient extends GenesysClient {
  /** Removal goes on after an interruption. */
  isRemoving = false;

  constructor(
    options: GenesysClientOptions,
    readonly recorder: Recorder,
    private readonly signal: AbortSignal,
  ) {
    super({
      ...options,
      retryPolicy,
      observe: (exchange) => {
        recorder.take(exchange);
      },
    });
  }

  override request<T extends z.ZodType>(request: ApiRequest, schema: T): Promise<z.infer<T>> {
    this.prepare(request);
    return super.request(request, schema);
  }

  override command(request: ApiRequest): Promise<void> {
    this.prepare(request);
    return super.command(request);
  }

  override mint(credentials: ClientCredentials): Promise<AccessToken> {
    this.stopWhenInterrupted();
    return super.mint(credentials);
  }

  /** What Genesys answers. A failure of Genesys, or of the deployer's own token, is no answer. @throws the errors of genesys/ */
  async answer(request: ApiRequest): Promise<Answer> {
    try {
      const body = await this.request({ kind: "dispensable", ...request }, z.unknown());
      return { status: this.recorder.last?.status ?? 0, code: "", message: "", body };
    } catch (error) {
      if (!(error instanceof GenesysApiError) || !isAnswer(error, request.accessToken !== undefined)) {
        throw error;
      }
      const { status, apiCode, apiMessage } = error.details;
      return { status, code: apiCode, message: apiMessage, body: this.recorder.last?.body };
    }
  }

  /** What the token endpoint answers to a pair, and the token where it minted one. */
  async mintAnswer(credentials: ClientCredentials): Promise<Answer & { readonly accessToken?: string }> {
    try {
      const { accessToken } = await this.mint(credentials);
      return { status: this.recorder.last?.status ?? 0, code: "", message: "", body: undefined, accessToken };
    } catch (error) {
      if (!(error instanceof GenesysAuthenticationError)) {
        throw error;
      }
      const { status, oauthError, description } = error;
      return { status, code: oauthError, message: description, body: undefined };
    }
  }

  private prepare(request: ApiRequest): void {
    this.stopWhenInterrupted();
    const { ledger } = this.recorder;
    if (ledger === undefined) {
      if (request.method !== "GET") {
        throw new Error(`Sending ${request.method} ${request.path} before the deployer is known.`);
      }
      return;
    }
    requireAllowed(request, ledger);
    const kind = request.method === "POST" ? creationPaths[request.path] : undefined;
    if (kind !== undefined) {
      this.requireRemovable(ledger, kind, `no ${kind} is made, since it could not be removed`);
      ledger.attempted.add(kind);
    }
    if (request.method === "DELETE") {
      ledger.deletionSent.add(request.path.split("/").at(-1) ?? "");
    }
    if (grantToSubject.exec(request.path)?.[1] === ledger.deployerId) {
      this.requireRemovable(ledger, "grant", "the deployer gets no role, since it could not be taken back");
      ledger.given(fieldsOf(request.body)["grants"] as readonly RoleDivision[]);
    }
  }

  private requireRemovable({ notToBeMade }: Ledger, what: Removable, otherwise: string): void {
    const reason = notToBeMade.get(what);
    if (reason !== undefined) {
      throw new NotSettled(`${otherwise}: ${reason}`);
    }
  }

  private stopWhenInterrupted(): void {
    if (this.signal.aborted && !this.isRemoving) {
      throw new Interrupted();
    }
  }
}

/** A refusal says something about the question; a failure, a full budget and a refused deployer do not. */
function isAnswer(error: GenesysApiError, hasOwnToken: boolean): boolean {
  const { status } = error.details;
  const isFailure = status >= httpStatus.serverError || status === httpStatus.requestTimeout;
  return !isFailure && status !== httpStatus.tooManyRequests && (hasOwnToken || !isUnauthorized(error));
}
