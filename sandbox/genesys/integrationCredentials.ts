// Credentials of integrations inside Genesys: where data actions keep a client's id and secret.
import { randomUUID } from "node:crypto";
import { bodyObject, requiredText } from "./bodyFields";
import { badRequest, conflict, found, invalidValue } from "./simulatorError";
import { type IntegrationCredential, type IntegrationCredentialVersion } from "./state";
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

  /** What the lists show, in the order of creation. */
  list(): readonly IntegrationCredential[] {
    return this.store.state.integrationCredentials
      .filter((credential) => this.isShown(credential))
      .map((credential) => this.seen(credential));
  }

  /** What GET answers. @throws SimulatorError 404 */
  get(id: string): IntegrationCredential {
    const credential = this.store.state.integrationCredentials.find(
      (one) => one.id === id && this.isShown(one),
    );
    return this.seen(found(credential, `credential ${id}`));
  }

  /** The fields as they can be read back, which the switch `shownCredentialFields` decides. */
  readableFields(credential: IntegrationCredential): Readonly<Record<string, string | null>> | undefined {
    const { shownCredentialFields: shown } = this.store.switches;
    if (shown === "absent") {
      return undefined;
    }
    const secret = credentialTypes.find((type) => type.name === credential.typeName)?.secret ?? [];
    const blankOr = (name: string, value: string): string =>
      shown === "allBlank" || secret.includes(name) ? "" : value;
    const fields = Object.entries(shown === "empty" ? {} : credential.fields);
    return Object.fromEntries(
      fields.map(([name, value]) => [name, shown === "nulls" ? null : blankOr(name, value)]),
    );
  }

  /** @throws SimulatorError 400, 409 */
  create(body: unknown): IntegrationCredential {
    const now = this.store.now();
    const credential = { id: randomUUID(), createdAt: now, modifiedAt: now, ...this.read(body) };
    this.store.state.integrationCredentials.push(credential);
    this.store.changed();
    return credential;
  }

  /** @throws SimulatorError 400, 404, 409 */
  replace(id: string, body: unknown): IntegrationCredential {
    const credential = this.require(id);
    const next = this.read(body, id);
    const { name, typeName, fields } = credential;
    credential.former = this.store.remembered({ name, typeName, fields }, credential.former);
    Object.assign(credential, next, { modifiedAt: this.store.now() });
    this.store.changed();
    return credential;
  }

  /** @throws SimulatorError 404 */
  delete(id: string): void {
    this.require(id).deletedAt = this.store.now();
    this.store.state.integrationCredentials = this.store.state.integrationCredentials.filter(
      (one) => one.deletedAt === undefined || this.isShown(one),
    );
    this.store.changed();
  }

  private require(id: string): IntegrationCredential {
    return found(
      this.store.state.integrationCredentials.find((one) => one.id === id && one.deletedAt === undefined),
      `credential ${id}`,
    );
  }

  private isShown(credential: IntegrationCredential): boolean {
    return this.store.isShown(credential, this.store.consistency.clientVisibleAfterMs);
  }

  private seen(credential: IntegrationCredential): IntegrationCredential {
    const { name, typeName, fields, former } = credential;
    return { ...credential, ...this.store.seen({ name, typeName, fields }, former) };
  }

  private read(body: unknown, ownId?: string): IntegrationCredentialVersion {
    const given = bodyObject(body);
    const typeName = requiredText(bodyObject(given["type"]), "name");
    const type = credentialTypes.find((known) => known.name === typeName);
    if (type === undefined) {
      throw badRequest("bad.request", `The credential type ${typeName} does not exist.`);
    }
    const fields = readFields(given["credentialFields"] ?? {});
    const isBlankRefused = this.store.switches.blankCredentialField === "refused";
    const missing = type.required.filter(
      (field) => fields[field] === undefined || (isBlankRefused && fields[field].trim() === ""),
    );
    if (missing.length > 0) {
      throw badRequest("bad.request", `The credential lacks the field(s): ${missing.join(", ")}.`);
    }
    const name = requiredText(given, "name");
    const isTaken = this.store.state.integrationCredentials.some(
      (one) => one.name === name && one.id !== ownId && one.deletedAt === undefined,
    );
    if (isTaken && this.store.switches.duplicateCredentialName === "conflict") {
      throw conflict(`A credential of the name ${name} exists already.`);
    }
    return { name, typeName, fields };
  }
}
