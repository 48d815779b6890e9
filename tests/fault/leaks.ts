// The search for secrets: every value that the simulated organisation gave out and that AWS stores, in every form in which it travels.
import { inspect } from "node:util";

import { deployerClientId, deployerClientSecret } from "../../sandbox/genesys/seed";
import { parseSecretPayload } from "../../secrets/payload";
import { awsKeys, type ProviderWorld } from "../providerWorld";

/** Collects secrets as they come up: those of deleted clients are forgotten by the organisation. */
export class SecretCollection {
  private readonly forms = new Set<string>();

  constructor(private readonly world: Pick<ProviderWorld, "simulator" | "secretsManager">) {
    this.add(deployerClientSecret, deployerClientId);
    this.add(awsKeys.secretAccessKey, awsKeys.accessKeyId);
  }

  /** Takes in what the organisation and AWS hold now. */
  collect(): void {
    const { simulator, secretsManager } = this.world;
    const { clients, tokens, integrationCredentials } = simulator.organization.store.state;
    for (const { secretString = "" } of secretsManager.vault.all().flatMap(({ versions }) => versions)) {
      const payload = parseSecretPayload(secretString);
      if (payload !== undefined) {
        this.add(payload.clientSecret, payload.clientId);
      }
    }
    for (const client of clients) {
      this.add(client.secret, client.id);
      for (const former of client.formerSecrets) {
        this.add(former.secret, client.id);
      }
    }
    for (const { fields } of integrationCredentials) {
      this.add(fields["clientSecret"] ?? "", fields["clientId"] ?? "");
    }
    for (const token of tokens) {
      this.add(token.value, token.clientId);
    }
  }

  /** The secrets that the text holds. */
  foundIn(text: string): string[] {
    return [...this.forms].filter((form) => text.includes(form));
  }

  private add(secret: string, clientId: string): void {
    this.forms.add(secret);
    this.forms.add(encodeURIComponent(secret));
    this.forms.add(Buffer.from(secret).toString("base64"));
    this.forms.add(Buffer.from(`${clientId}:${secret}`).toString("base64"));
  }
}

/** Everything that could be shown of a thrown value. */
export function textsOf(thrown: unknown): string[] {
  const { message, stack, reasons } = thrown as { message?: string; stack?: string; reasons?: string[] };
  const bare = everyProperty(thrown);
  return [
    String(thrown),
    message ?? "",
    stack ?? "",
    ...(reasons ?? []),
    asJson(bare),
    inspect(bare, { showHidden: true, depth: Infinity, maxStringLength: Infinity, maxArrayLength: Infinity }),
  ];
}

/** The JSON of errors; a value that points at itself has none. */
function asJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "";
  }
}

/** A copy of every own property, hidden ones included. */
export function everyProperty(
  value: unknown,
  seen: Map<object, unknown> = new Map<object, unknown>(),
): unknown {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const known = seen.get(value);
  if (known !== undefined) {
    return known;
  }
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
  seen.set(value, copy);
  for (const key of Object.getOwnPropertyNames(value)) {
    if (key !== "length") {
      Reflect.set(copy, key, everyProperty((value as Record<string, unknown>)[key], seen));
    }
  }
  return copy;
}
