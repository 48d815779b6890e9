// The HTTP side of the emulator: AWS JSON 1.1 on one loopback port, with STS and the control API beside it.
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { systemClock } from "../../common/clock";
import { httpStatus } from "../server/httpStatus";
import { listenOnLoopback, originOf } from "../server/loopback";
import { type Service, type ServiceOptions } from "../server/service";
import { answerControl } from "./control";
import { Emulator, errorAnswer, type Answer } from "./emulator";
import { type VaultFaults } from "./faults";
import { type RequestRecord } from "./requestRecord";
import { refusedBySts, type StsAnswer } from "./securityTokenService";
import { ServiceError } from "./serviceError";
import { type Vault } from "./vault";

/** A running emulator; its `url` is given to SDKs as the endpoint. */
export interface SecretsManagerEmulator extends Service {
  readonly vault: Vault;
  readonly faults: VaultFaults;
  readonly requestLog: readonly RequestRecord[];
  clearRequestLog(): void;
}

const targetPrefix = "secretsmanager.";
const jsonType = "application/x-amz-json-1.1";
const defaultRegion = "us-east-1";
/** Bytes of the largest request that makes sense: a value of 64 KiB in base64, and room for the rest. */
const maximumRequestBytes = 1024 * 1024;

/** `Credential=<key>/<date>/<region>/<service>/aws4_request` in a signed request. Signatures are not checked. */
const credentialScopePattern = /Credential=([^/\s]+)\/\d{8}\/([a-z0-9-]+)\/[a-z]+\/aws4_request/;

/** What AWS says to keys that it does not know. */
const invalidToken = "The security token included in the request is invalid.";

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}

async function readText(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maximumRequestBytes) {
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { "content-type": contentType, "x-amzn-requestid": randomUUID() });
  response.end(body);
}

function sendAws(response: ServerResponse, { status, body }: Answer): void {
  send(response, status, jsonType, JSON.stringify(body));
}

function sendXml(response: ServerResponse, { status, xml }: StsAnswer): void {
  send(response, status, "text/xml", xml);
}

function answerAws(
  emulator: Emulator,
  request: IncomingMessage,
  response: ServerResponse,
  text: string,
): void {
  const target = request.headers["x-amz-target"];
  const scope = credentialScopePattern.exec(request.headers.authorization ?? "");
  if (scope === null) {
    sendAws(
      response,
      errorAnswer(new ServiceError("MissingAuthenticationTokenException", "Missing Authentication Token")),
    );
    return;
  }
  const [, accessKeyId = "", region = defaultRegion] = scope;
  const caller = emulator.callers.identify(accessKeyId, header(request, "x-amz-security-token"));
  if (typeof target !== "string") {
    sendXml(
      response,
      caller === undefined
        ? refusedBySts(new ServiceError("InvalidClientTokenId", invalidToken), randomUUID())
        : emulator.runSts(region, text, caller, randomUUID()),
    );
    return;
  }
  if (caller === undefined) {
    sendAws(response, errorAnswer(new ServiceError("UnrecognizedClientException", invalidToken)));
    return;
  }
  const operation = target.startsWith(targetPrefix) ? target.slice(targetPrefix.length) : target;
  const { answer, fault } = emulator.run(operation, region, text, caller);
  if (answer !== undefined) {
    sendAws(response, answer);
  } else if (fault?.kind === "reset") {
    request.socket.destroy();
  }
}

async function handle(emulator: Emulator, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const text = await readText(request);
  if (text === undefined) {
    request.socket.destroy();
    return;
  }
  const path = (request.url ?? "/").split("?")[0] ?? "/";
  if (!path.startsWith("/__sim/")) {
    answerAws(emulator, request, response, text);
    return;
  }
  let body: unknown = {};
  try {
    body = text === "" ? {} : JSON.parse(text);
  } catch {
    send(
      response,
      httpStatus.badRequest,
      "application/json",
      JSON.stringify({ error: "the body is not JSON" }),
    );
    return;
  }
  const members = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  const answer = answerControl(emulator, request.method ?? "GET", path, members);
  send(response, answer.status, "application/json", JSON.stringify(answer.body));
}

/**
 * Starts the emulator on 127.0.0.1.
 * @throws Error when the port is taken or the snapshot cannot be read.
 */
export async function startSecretsManager(options: ServiceOptions = {}): Promise<SecretsManagerEmulator> {
  const emulator = new Emulator(options.clock ?? systemClock, options.snapshotPath);
  const server = createServer((request, response) => {
    handle(emulator, request, response).catch(() => request.socket.destroy());
  });
  const port = await listenOnLoopback(server, options.port ?? 0);
  return {
    url: originOf(port),
    port,
    vault: emulator.vault,
    faults: emulator.faults,
    requestLog: emulator.requestLog,
    clearRequestLog: () => {
      emulator.clearRequestLog();
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
