// The HTTP side of the emulator: AWS JSON 1.1 on one loopback port, with STS and the control API beside it.
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { systemClock } from "../../common/clock";
import { closeServer, listenOnLoopback, originOf } from "../server/loopback";
import { type Service, type ServiceOptions } from "../server/service";
import { answerControl } from "./control";
import { type Answer, Emulator, errorAnswer, type RequestRecord } from "./emulator";
import { type VaultFaults } from "./faults";
import { refusedBySts } from "./securityTokenService";
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
const awsJsonType = "application/x-amz-json-1.1";
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

/** What goes over the wire. */
interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

const jsonAnswer = (contentType: string, { status, body }: Answer): HttpAnswer => ({
  status,
  contentType,
  text: JSON.stringify(body),
});

/** The answer to a request of an SDK; undefined where a fault leaves it without one. */
function answerAws(emulator: Emulator, request: IncomingMessage, text: string): HttpAnswer | undefined {
  const refused = (code: string, message: string): HttpAnswer =>
    jsonAnswer(awsJsonType, errorAnswer(new ServiceError(code, message)));
  const target = header(request, "x-amz-target");
  const scope = credentialScopePattern.exec(request.headers.authorization ?? "");
  if (scope === null) {
    return refused("MissingAuthenticationTokenException", "Missing Authentication Token");
  }
  const [, accessKeyId = "", region = defaultRegion] = scope;
  const caller = emulator.callers.identify(accessKeyId, header(request, "x-amz-security-token"));
  if (target === undefined) {
    const { status, xml } =
      caller === undefined
        ? refusedBySts(new ServiceError("InvalidClientTokenId", invalidToken), randomUUID())
        : emulator.runSts(region, text, caller, randomUUID());
    return { status, contentType: "text/xml", text: xml };
  }
  if (caller === undefined) {
    return refused("UnrecognizedClientException", invalidToken);
  }
  const operation = target.startsWith(targetPrefix) ? target.slice(targetPrefix.length) : target;
  const { answer, fault } = emulator.run(operation, region, text, caller);
  if (fault?.kind === "reset") {
    request.socket.destroy();
  }
  return answer && jsonAnswer(awsJsonType, answer);
}

async function handle(emulator: Emulator, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const text = await readText(request);
  if (text === undefined) {
    request.socket.destroy();
    return;
  }
  const path = (request.url ?? "/").split("?")[0] ?? "/";
  const answer = path.startsWith("/__sim/")
    ? jsonAnswer("application/json", answerControl(emulator, request.method ?? "GET", path, text))
    : answerAws(emulator, request, text);
  if (answer !== undefined) {
    const { status, contentType } = answer;
    response.writeHead(status, { "content-type": contentType, "x-amzn-requestid": randomUUID() });
    response.end(answer.text);
  }
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
    stop: () => closeServer(server),
  };
}
