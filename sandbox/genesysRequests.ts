// The few requests that the demonstration sends to Genesys Cloud: a token, and reading with it. A consumer's view, not the program's client.
import { z } from "zod";
import { SandboxError } from "./sandboxError";

/** Milliseconds for one request. */
const requestTimeoutMs = 10_000;

const tokenSchema = z.object({ access_token: z.string().min(1) });

/** A client id and secret, and where they become a token. */
export interface TokenRequest {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * Mints an access token by the client-credentials grant.
 * @throws SandboxError without the secret in it.
 */
export async function mintToken(request: TokenRequest): Promise<string> {
  const basic = Buffer.from(`${request.clientId}:${request.clientSecret}`).toString("base64");
  const answer = await send(`Minting a token for client ${request.clientId}`, request.tokenUrl, {
    method: "POST",
    headers: { authorization: `Basic ${basic}`, "content-type": "application/x-www-form-urlencoded" },
    body: "grant_type=client_credentials",
  });
  return tokenSchema.parse(answer).access_token;
}

/** Reads one resource of the API, as the holder of `token`. */
export function readGenesys(apiUrl: string, path: string, token: string): Promise<unknown> {
  return send(`Reading ${path}`, `${apiUrl}${path}`, { headers: { authorization: `Bearer ${token}` } });
}

async function send(what: string, url: string, init: RequestInit): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, signal: AbortSignal.timeout(requestTimeoutMs) });
  } catch (error) {
    // fetch hides the reason in `cause`; neither of the two holds a header or a body.
    const cause =
      error instanceof Error ? ((error.cause as Error | undefined)?.message ?? error.message) : "";
    throw new SandboxError(`${what}: ${new URL(url).origin} did not answer (${cause}).`);
  }
  if (!response.ok) {
    throw new SandboxError(`${what}: ${new URL(url).origin} answered ${response.status}.`);
  }
  return response.json();
}
