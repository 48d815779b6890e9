// The search for secrets: every value that the simulated organisation ever gave out, in every form in which it travels.
import { inspect } from "node:util";

import { specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime";

import { deployerClientId, deployerClientSecret } from "../../sandbox/genesys/seed";
import type { GenesysSimulator } from "../../sandbox/genesys/server";

/** Collects secrets as they come up: those of deleted clients are forgotten by the organisation. */
export class SecretCollection {
  private readonly forms = new Set<string>();

  constructor(private readonly simulator: GenesysSimulator) {
    this.add(deployerClientSecret, deployerClientId);
  }

  /** Takes in what the organisation holds now. */
  collect(): void {
    const { clients, tokens, integrationCredentials } = this.simulator.organization.store.state;
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

/** Everything that could be shown of a thrown value, apart from what lies in a secret envelope. */
export function textsOf(thrown: unknown): string[] {
  const { message, stack, reasons } = thrown as { message?: string; stack?: string; reasons?: string[] };
  const bare = withoutEnvelopes(thrown, new Map());
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

/** A copy of every own property, hidden ones included, in which secret envelopes are empty. */
export function withoutEnvelopes(
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
  if ((value as Record<string, unknown>)[specialSigKey] === specialSecretSig) {
    return "(secret envelope)";
  }
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
  seen.set(value, copy);
  for (const key of Object.getOwnPropertyNames(value)) {
    if (key !== "length") {
      Reflect.set(copy, key, withoutEnvelopes((value as Record<string, unknown>)[key], seen));
    }
  }
  return copy;
}
