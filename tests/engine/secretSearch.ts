// The search for secrets in what a run leaves behind: every secret that there is or was, in whatever form, and cut short.
import { parseSecretPayload } from "../../secrets/payload";
import { type GenesysSimulator } from "../../sandbox/genesys/server";
import { deployerSecret, type EngineWorld } from "./world";

/** So much of a client's secret is enough to know it again: `canary-` and five random characters. */
const tellingLength = 12;
/** The deployer's begins as its name does. */
const deployerLength = 19;

/** What is searched for secrets: the two services, of which a restarted Genesys is another object than the world's. */
interface Services {
  readonly world: Pick<EngineWorld, "secretsManager">;
  readonly simulator: GenesysSimulator;
}

/** Every client secret that there is or was, in Secrets Manager and in Genesys; the deployer's too. */
export function knownSecrets({ world, simulator }: Services): string[] {
  const stored = world.secretsManager.vault
    .all()
    .flatMap(({ versions }) => versions)
    .flatMap(({ secretString = "" }) => parseSecretPayload(secretString)?.clientSecret ?? []);
  const { clients, integrationCredentials } = simulator.organization.store.state;
  const live = clients.flatMap(({ secret, formerSecrets }) => [
    secret,
    ...formerSecrets.map((former) => former.secret),
  ]);
  const held = integrationCredentials.flatMap(({ fields }) => fields["clientSecret"] ?? []);
  return [...new Set([...stored, ...live, ...held, deployerSecret])].sort();
}

/** Those of the secrets that the text holds in any form. */
export function secretsIn(text: string, secrets: readonly string[]): string[] {
  return secrets.filter((secret) => formsOf(secret).some((form) => text.includes(form)));
}

/** What is looked for: the beginning of the secret as it is, URL-encoded and JSON-escaped, and all of it in base64 wherever in a longer text. */
function formsOf(secret: string): string[] {
  const inBase64 = [0, 1, 2].map((offset) => {
    const bytes = Buffer.from("\0".repeat(offset) + secret);
    const isCutWithin = bytes.length % 3 !== 0; // the last character then depends on what follows
    const text = bytes.toString("base64").replace(/=+$/, "");
    return text.slice(offset === 0 ? 0 : offset + 1, isCutWithin ? -1 : undefined);
  });
  const beginning = secret.slice(0, secret === deployerSecret ? deployerLength : tellingLength);
  return [
    beginning,
    encodeURIComponent(beginning),
    JSON.stringify(beginning).slice(1, -1),
    ...inBase64,
    ...inBase64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")),
  ];
}
