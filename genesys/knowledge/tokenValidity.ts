// How long an access token of an OAuth client may be valid (docs/genesys-api.md 3.3).

/** 5 minutes to 2 days, and what Genesys gives a client that asks for nothing. Seconds. */
export const tokenValiditySeconds = { minimum: 300, maximum: 172_800, standard: 86_400 } as const;
