// Sees every exchange: keeps it for the fixtures, knows its secrets, and notes what was made, also where nobody could read the answer.
import type { Redactor } from "../common/redact";
import type { HttpExchange, HttpRequest } from "../genesys/http";
import { httpStatus } from "../genesys/httpStatus";
import { creationPaths, fieldsOf } from "./fence";
import type { Ledger } from "./ledger";

/** An exchange as it was, secrets included: it is written only through `fixtures.ts`. */
export interface RecordedExchange extends Pick<HttpRequest, "method" | "path" | "query"> {
  /** The id of the question, or `sign-in`, `removal`. */
  readonly during: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** Fields whose values are secrets. */
export const secretFields: ReadonlySet<string> = new Set([
  "secret",
  "clientSecret",
  "access_token",
  "refresh_token",
]);

export class Recorder {
  readonly exchanges: RecordedExchange[] = [];
  /** What the exchanges that follow belong to. */
  during = "sign-in";
  /** Known once the deployer is. */
  ledger: Ledger | undefined;

  constructor(private readonly redactor: Redactor) {}

  get last(): RecordedExchange | undefined {
    return this.exchanges.at(-1);
  }

  take({ request: { method, path, query }, status, headers, body }: HttpExchange): void {
    this.learnSecrets(body);
    this.exchanges.push({
      during: this.during,
      method,
      path,
      ...(query === undefined ? {} : { query }),
      status,
      headers,
      body,
    });
    if (status < httpStatus.badRequest) {
      this.noteObject(method, path, fieldsOf(body));
    }
  }

  private noteObject(
    method: HttpRequest["method"],
    path: string,
    { id, name }: Readonly<Record<string, unknown>>,
  ): void {
    const kind = creationPaths[path];
    if (method === "POST" && kind !== undefined && typeof id === "string") {
      this.ledger?.add({ kind, id, name: typeof name === "string" ? name : id });
    }
    if (method === "DELETE") {
      this.ledger?.markDeleted(path.split("/").at(-1) ?? "");
    }
  }

  private learnSecrets(value: unknown): void {
    if (typeof value !== "object" || value === null) {
      return;
    }
    for (const [name, inner] of Object.entries(value)) {
      if (typeof inner === "string" && secretFields.has(name)) {
        this.redactor.add(inner);
      }
      this.learnSecrets(inner);
    }
  }
}
