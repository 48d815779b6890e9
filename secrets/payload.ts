// The text stored in Secrets Manager: JSON with a fixed key order in one of three spellings.
import { type PayloadSpelling, payloadSpellings } from "../common/payloadSpelling";

/** What a consumer needs to mint a token and to call the API. */
export interface SecretPayload {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where tokens are minted, `https://login.mypurecloud.ie/oauth/token`. */
  readonly tokenUrl: string;
  /** Origin of the API, `https://api.mypurecloud.ie`. */
  readonly apiUrl: string;
}

/** The keys in the order in which they are written: a changed order would be a changed secret. */
const keysBySpelling: Readonly<Record<PayloadSpelling, Readonly<Record<keyof SecretPayload, string>>>> = {
  camel: { clientId: "clientId", clientSecret: "clientSecret", tokenUrl: "tokenUrl", apiUrl: "apiUrl" },
  snake: { clientId: "client_id", clientSecret: "client_secret", tokenUrl: "token_url", apiUrl: "api_url" },
  environment: {
    clientId: "GENESYSCLOUD_OAUTHCLIENT_ID",
    clientSecret: "GENESYSCLOUD_OAUTHCLIENT_SECRET",
    tokenUrl: "GENESYSCLOUD_TOKEN_URL",
    apiUrl: "GENESYSCLOUD_API_URL",
  },
};

/**
 * The payload as text. The same values always give the same text.
 * @throws Error when the client id or the client secret is empty: an empty secret must never replace a working one.
 */
export function renderSecretPayload(keys: PayloadSpelling, value: SecretPayload): string {
  for (const field of ["clientId", "clientSecret"] as const) {
    if (typeof value[field] !== "string" || value[field].trim() === "") {
      throw new Error(
        `Rendering the secret's payload: the ${field} is empty; nothing was written, run the update again after a refresh.`,
      );
    }
  }
  const names = keysBySpelling[keys];
  return JSON.stringify({
    [names.clientId]: value.clientId,
    [names.clientSecret]: value.clientSecret,
    [names.tokenUrl]: value.tokenUrl,
    [names.apiUrl]: value.apiUrl,
  });
}

/** The payload in a stored text, whichever spelling it has; undefined when it is none. Further keys are ignored. */
export function parseSecretPayload(text: string): SecretPayload | undefined {
  const stored = parseObject(text);
  if (stored === undefined) {
    return undefined;
  }
  for (const spelling of payloadSpellings) {
    const names = keysBySpelling[spelling];
    const clientId = filledText(stored, names.clientId);
    const clientSecret = filledText(stored, names.clientSecret);
    const tokenUrl = filledText(stored, names.tokenUrl);
    const apiUrl = filledText(stored, names.apiUrl);
    if (
      clientId !== undefined &&
      clientSecret !== undefined &&
      tokenUrl !== undefined &&
      apiUrl !== undefined
    ) {
      return { clientId, clientSecret, tokenUrl, apiUrl };
    }
  }
  return undefined;
}

function parseObject(text: string): ReadonlyMap<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? new Map(Object.entries(value))
      : undefined;
  } catch {
    return undefined;
  }
}

function filledText(stored: ReadonlyMap<string, unknown>, key: string): string | undefined {
  const value = stored.get(key);
  return typeof value === "string" && value !== "" ? value : undefined;
}
