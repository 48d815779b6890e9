// The text stored in Secrets Manager: JSON with a fixed key order in one of three spellings.
import { z } from "zod";

import { jsonOf } from "../common/jsonOf";
import type { PayloadSpelling } from "../common/payloadSpelling";

const filledText = z.string().min(1);

const payloadSchema = z.object({
  clientId: filledText,
  clientSecret: filledText,
  /** Where tokens are minted, `https://login.mypurecloud.ie/oauth/token`. */
  tokenUrl: filledText,
  /** Origin of the API, `https://api.mypurecloud.ie`. */
  apiUrl: filledText,
});

/** What a consumer needs to mint a token and to call the API. */
export type SecretPayload = Readonly<z.output<typeof payloadSchema>>;

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
  const names = Object.entries(keysBySpelling[keys]) as [keyof SecretPayload, string][];
  return JSON.stringify(Object.fromEntries(names.map(([field, name]) => [name, value[field]])));
}

/** The payload in a stored text, whichever spelling it has; undefined when it is none. Further keys are ignored. */
export function parseSecretPayload(text: string): SecretPayload | undefined {
  const stored = jsonOf(text) as Readonly<Record<string, unknown>> | null | undefined;
  for (const names of Object.values(keysBySpelling)) {
    const fields = Object.entries(names).map(([field, name]) => [field, stored?.[name]]);
    const payload = payloadSchema.safeParse(Object.fromEntries(fields));
    if (payload.success) {
      return payload.data;
    }
  }
  return undefined;
}
