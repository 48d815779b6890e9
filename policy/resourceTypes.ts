// The types of the resources that the policies are about, and how their properties are read.

export const clientType = "pulumi-nodejs:dynamic/genesys:OAuthClient";
export const roleType = "pulumi-nodejs:dynamic/genesys:Role";
export const clientSecretType = "pulumi-nodejs:dynamic/genesys:ClientSecret";
export const integrationCredentialType = "pulumi-nodejs:dynamic/genesys:IntegrationCredential";
export const secretType = "aws:secretsmanager/secret:Secret";
export const secretVersionType = "aws:secretsmanager/secretVersion:SecretVersion";
export const credentialType = "genesys-credentials:index:Credential";

/** Properties as the engine hands them over; reading one that a preview does not know yet throws, and the engine reports that. */
export type Properties = Readonly<Record<string, unknown>>;

/** What reading an unknown value throws; `@pulumi/policy` exports it without its type. */
const unknownError = "UnknownValueError";

/** What is there; undefined for what a preview does not know yet. */
export function knownOf(value: Properties, key: string): unknown {
  try {
    return value[key];
  } catch (error) {
    if (error instanceof Error && error.constructor.name === unknownError) {
      return undefined;
    }
    throw error;
  }
}

/** A list of maps, whatever was declared; anything else is left to the provider's own check. */
export function mapsOf(value: unknown): readonly Properties[] {
  return Array.isArray(value)
    ? value.filter((entry): entry is Properties => typeof entry === "object" && entry !== null)
    : [];
}

/** A list of texts. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === "string") : [];
}

/** The keys of a map. */
export function keysOf(value: unknown): readonly string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}
