// The spellings of the stored secret's keys, as people choose them and as the payload is written.

/** What `secret.keys` chooses from: `clientId`, `client_id` or `GENESYSCLOUD_OAUTHCLIENT_ID`. */
export const payloadSpellings = ["camel", "snake", "environment"] as const;

/** One of {@link payloadSpellings}. */
export type PayloadSpelling = (typeof payloadSpellings)[number];
