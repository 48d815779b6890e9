// Credentials of integrations inside Genesys: where data actions keep a client's id and secret.
import { randomUUID } from "node:crypto";
import { bodyObject, requiredText } from "./bodyFields";
import { badRequest, invalidValue, notFound } from "./simulatorError";
import { type IntegrationCredential } from "./state";
import { type Store } from "./store";

/** The kinds there are, with the fields each needs; the last fields listed in `secret` are never read back. */
export const credentialTypes: readonly {
  readonly name: string;
  readonly required: readonly string[];
  readonly secret: readonly string[];
}[] = [
  { name: "pureCloudOAuthClient", required: ["clientId", "clientSecret"], secret: ["clientSecret"] },
  { name: "basicAuth", required: ["userName", "password"], secret: ["password"] },
  { name: "userDefinedOAuth", required: [], secret: ["clientSecret"] },
  { name: "userDefined", required: [], secret: ["password"] },
];

function readFields(value: unknown): Record<string, string> {
  const fields = bodyObject(value);
  for (const field of Object.values(fields)) {
    if (typeof field !== "string") {
      throw invalidValue(typeof field, "Map<String, String>");
    }
  }
  return fields as Record<string, string>;
}

/** The integration credentials of the organisation. */
export class IntegrationCredentials {
  constructor(private readonly store: Store) {}

  list(): readonly IntegrationCredential[] {
    return this.store.state.integrationCredentials;
  }

  /** @throws SimulatorError 404 */
  get(id: string): IntegrationCredential {
    const credential = this.store.state.integrationCredentials.find((one) => one.id === id);
    if (credential === undefined) {
      throw notFound(`credential ${id}`);
    }
    return credential;
  }

  /** The fields as they can be read back: the secret ones are blank. */
  static readableFields(credential: IntegrationCredential): Record<string, string> {
    const secret = credentialTypes.find((type) => type.name === credential.typeName)?.secret ?? [];
    return Object.fromEntries(
      Object.entries(credential.fields).map(([name, value]) => [name, secret.includes(name) ? "" : value]),
    );
  }

  /** @throws SimulatorError 400 */
  create(body: unknown): IntegrationCredential {
    const now = this.store.now();
    const credential = { id: randomUUID(), createdAt: now, modifiedAt: now, ...this.read(body) };
    this.store.state.integrationCredentials.push(credential);
    this.store.changed();
    return credential;
  }

  /** @throws SimulatorError 400, 404 */
  replace(id: string, body: unknown): IntegrationCredential {
    const credential = Object.assign(this.get(id), this.read(body), { modifiedAt: this.store.now() });
    this.store.changed();
    return credential;
  }

  /** @throws SimulatorError 404 */
  delete(id: string): void {
    const credential = this.get(id);
    this.store.state.integrationCredentials = this.store.state.integrationCredentials.filter(
      (one) => one !== credential,
    );
    this.store.changed();
  }

  private read(body: unknown): Pick<IntegrationCredential, "name" | "typeName" | "fields"> {
    const given = bodyObject(body);
    const typeName = requiredText(bodyObject(given["type"]), "name");
    const type = credentialTypes.find((known) => known.name === typeName);
    if (type === undefined) {
      throw badRequest("bad.request", `The credential type ${typeName} does not exist.`);
    }
    const fields = readFields(given["credentialFields"] ?? {});
    const missing = type.required.filter((field) => fields[field] === undefined);
    if (missing.length > 0) {
      throw badRequest("bad.request", `The credential lacks the field(s): ${missing.join(", ")}.`);
    }
    return { name: requiredText(given, "name"), typeName, fields };
  }
}
