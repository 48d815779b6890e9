// The fixtures: every exchange of a run in a form that may be committed and is replayed by contract tests.
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";

import { writeAtomically } from "../common/atomicFile";
import type { Redactor } from "../common/redact";
import { httpStatus } from "../genesys/httpStatus";
import { fieldsOf } from "./fence";
import { runOf } from "./mark";
import { Placeholders } from "./placeholders";
import type { RecordedExchange } from "./recorder";

/** One answer as it was, without anything that identifies. */
export interface FixtureExchange {
  readonly during: string;
  readonly method: string;
  /** With `{id}` for each id. */
  readonly path: string;
  readonly query?: unknown;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent where the answer had none. */
  readonly body?: unknown;
  /** Entities of a list that are not the probe's, beyond the few that show their form. */
  readonly omittedEntities?: number;
}

export interface Fixtures {
  readonly format: 1;
  /** What a reader should know. */
  readonly about: string;
  readonly exchanges: readonly FixtureExchange[];
}

/** Readable by whoever runs the probe: names are gone, and still it is about their organisation. */
const fileMode = 0o600;
const shownStrangers = 2;
/** `api`, `v2`, and the words of the path; anything else in it is an id. */
const pathWord = /^(?:[a-z][A-Za-z.]*|v2)$/;
/** Headers that say something about the platform. */
const keptHeader =
  /^(?:content-type|cache-control|retry-after|inin-.*|genesys-.*|.*rate-?limit.*|.*correlation.*)$/;
/** Of these, what is written as it is. */
const plainHeader = /^(?:content-type|cache-control|retry-after|.*rate-?limit.*)$/;

/** Answers that hold the platform's own names and nobody else's. */
const platformPaths: ReadonlySet<string> = new Set(["/api/v2/audits/query/servicemapping"]);

const about =
  "Answers of one run of npm run probe. Ids, names, secrets and texts of the organisation are replaced: id-1, name-1, text-1, [secret].";

/** @throws Error where a secret would be written: nothing is written then. */
export function fixturesOf(exchanges: readonly RecordedExchange[], redactor: Redactor): Fixtures {
  const placeholders = new Placeholders();
  // Once to meet every name, so that the texts that quote it come out without it, then for good.
  exchanges.forEach(({ body }) => placeholders.cleaned(body));
  const fixtures: Fixtures = {
    format: 1,
    about,
    exchanges: exchanges.map((exchange) => fixtureOf(exchange, placeholders)),
  };
  if (textsIn(fixtures).some((text) => redactor.redact(text) !== text)) {
    throw new Error("Writing the fixtures: a secret was found in them; nothing was written.");
  }
  return fixtures;
}

/** @throws Error of the file system, and that of {@link fixturesOf} */
export function writeFixtures(
  path: string,
  exchanges: readonly RecordedExchange[],
  redactor: Redactor,
): void {
  const text = textOf(fixturesOf(exchanges, redactor));
  mkdirSync(dirname(path), { recursive: true });
  writeAtomically(path, text, fileMode);
}

/** One exchange a line: what changes from run to run is seen at a glance. */
function textOf({ exchanges, ...rest }: Fixtures): string {
  const opening = JSON.stringify({ ...rest, exchanges: [] }).replace(/\]\}$/, "");
  const lines = exchanges.map((exchange) => JSON.stringify(exchange));
  return `${opening}\n${lines.join(",\n")}\n]}\n`;
}

/** Every text of a value, names of fields apart. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") {
    return [value];
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function fixtureOf(
  { during, method, path, query, status, headers, body }: RecordedExchange,
  placeholders: Placeholders,
): FixtureExchange {
  const { shown, omittedEntities } = withoutStrangers(body);
  return {
    during,
    method,
    path: templateOf(path),
    ...(query === undefined ? {} : { query: cleanedQuery(query, placeholders) }),
    status,
    headers: keptHeaders(headers, placeholders),
    ...(body === undefined
      ? {}
      : {
          body:
            platformPaths.has(path) && status < httpStatus.badRequest ? shown : placeholders.cleaned(shown),
        }),
    ...(omittedEntities === 0 ? {} : { omittedEntities }),
  };
}

function templateOf(path: string): string {
  return path
    .split("/")
    .map((part) => (part === "" || pathWord.test(part) ? part : "{id}"))
    .join("/");
}

/** The words of a query are the probe's own, apart from ids and names. */
function cleanedQuery(
  query: NonNullable<RecordedExchange["query"]>,
  placeholders: Placeholders,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      name === "after"
        ? placeholders.cleaned(value, "id")
        : name === "name"
          ? placeholders.cleaned(value, name)
          : value,
    ]),
  );
}

function keptHeaders(
  headers: Readonly<Record<string, unknown>>,
  placeholders: Placeholders,
): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => keptHeader.test(name));
  return Object.fromEntries(
    kept.map(([name, value]) => [
      name,
      plainHeader.test(name) ? String(value) : placeholders.standIn("id", String(value)),
    ]),
  );
}

/** A list with the probe's own entities and a few others. */
function withoutStrangers(body: unknown): { readonly shown: unknown; readonly omittedEntities: number } {
  const { entities } = fieldsOf(body);
  if (!Array.isArray(entities)) {
    return { shown: body, omittedEntities: 0 };
  }
  const strangers = entities.filter((entity) => runOf(fieldsOf(entity)["name"]) === undefined);
  const shown = entities.filter(
    (entity) => !strangers.includes(entity) || strangers.indexOf(entity) < shownStrangers,
  );
  return { shown: { ...fieldsOf(body), entities: shown }, omittedEntities: entities.length - shown.length };
}
