// Stable stand-ins for what must not leave the organisation: ids, names, secrets and every text whose meaning is not known.
import { redactedText } from "../common/redact";
import { isOfRun, withoutRunId } from "./mark";
import { secretFields } from "./recorder";

const uuidInText = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const cursorInUri = /([?&](?:after|before)=)([^&#]+)/g;
/** What can identify somebody in a message of the platform without having been met before: addresses, hosts, numbers of telephones. */
const strangersInText: readonly (readonly [RegExp, string])[] = [
  [/[^\s<>"'(),;]+@[^\s<>"'(),;]+/g, "[e-mail]"],
  [/(https?:\/\/)[^\s/"'<>)]+/gi, "$1[host]"],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, "[address]"],
  [/\d{9,}/g, "[number]"],
];
/** A field's name is the platform's own; any other text in its place is somebody's. */
const fieldName = /^[A-Za-z_][\w.:-]*$/;
/** The platform's words are words. */
const platformWord = /^[\w.:*/-]+$/;
const dateText = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const idField = /^ids?$|(?:Id|Ids)$/;
/** Fields whose texts are the platform's own words. */
const platformFields: ReadonlySet<string> = new Set([
  "action",
  "actions",
  "actionSet",
  "authorizedGrantType",
  "code",
  "entityName",
  "error",
  "errorCode",
  "fieldName",
  "granularity",
  "groupBy",
  "key",
  "namespace",
  "queryStatus",
  "state",
  "status",
  "token_type",
  "type",
]);
/** Texts of the platform that may quote what somebody wrote. */
const messageFields: ReadonlySet<string> = new Set(["error_description", "message", "messageWithParams"]);
/** `domain` is a word of the platform beside these, and the organisation's own name anywhere else. */
const permissionFields: readonly string[] = ["entityName", "entityType", "actionSet", "actions"];
/** Only errors have these. */
const errorFields: readonly string[] = ["error", "messageWithParams", "contextId"];
/** Words of the platform where ids are usual: every division, a type of credentials. */
const knownIds: ReadonlySet<string> = new Set(["*", "pureCloudOAuthClient"]);
/** Shorter names could be any word of a message. */
const shortestQuoted = 4;

export class Placeholders {
  private readonly known = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  /** The same stand-in for the same value: `id-3`, `name-1`. */
  standIn(kind: "id" | "name" | "text" | "cursor", value: string): string {
    const known = this.known.get(value);
    if (known !== undefined) {
      return known;
    }
    const number = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, number);
    this.known.set(value, `${kind}-${number}`);
    return `${kind}-${number}`;
  }

  /** A value without what identifies anything; its form stays. @param field The name that it stands under. */
  cleaned(value: unknown, field = "", siblings: readonly string[] = []): unknown {
    if (typeof value === "string") {
      return this.cleanedText(value, field, siblings);
    }
    if (Array.isArray(value)) {
      return value.map((entry) => this.cleaned(entry, field, siblings));
    }
    if (typeof value !== "object" || value === null) {
      return value;
    }
    const names = Object.keys(value);
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        this.cleanedName(name),
        this.cleaned(inner, name, names),
      ]),
    );
  }

  /** A text of the platform: ids in it, and names that were met before, are replaced. */
  cleanedMessage(text: string): string {
    let clean = text
      .replace(
        cursorInUri,
        (_all, before: string, cursor: string) => `${before}${this.standInOfCursor(cursor)}`,
      )
      .replace(uuidInText, (id) => this.standIn("id", id));
    for (const [value, standIn] of this.known) {
      if (value.length >= shortestQuoted && standIn !== value) {
        clean = clean.split(value).join(standIn);
      }
    }
    for (const [pattern, instead] of strangersInText) {
      clean = clean.replace(pattern, instead);
    }
    return withoutRunId(clean);
  }

  private cleanedName(name: string): string {
    return fieldName.test(name) && name.match(uuidInText) === null ? name : this.standIn("text", name);
  }

  private cleanedText(text: string, field: string, siblings: readonly string[]): string {
    const isBeside = (names: readonly string[]): boolean => names.some((name) => siblings.includes(name));
    const isPlatforms =
      (platformFields.has(field) || (field === "domain" && isBeside(permissionFields))) &&
      platformWord.test(text);
    if (text === "" || isPlatforms || dateText.test(text)) {
      return text;
    }
    if (secretFields.has(field)) {
      return redactedText;
    }
    if (isOfRun(text)) {
      return withoutRunId(text);
    }
    if (idField.test(field)) {
      return knownIds.has(text) ? text : this.standIn("id", text);
    }
    if (field === "name") {
      return knownIds.has(text) ? text : this.standIn("name", text);
    }
    if (
      field.endsWith("Uri") ||
      messageFields.has(field) ||
      (field === "description" && isBeside(errorFields))
    ) {
      return this.cleanedMessage(text);
    }
    return this.standIn("text", text);
  }

  private standInOfCursor(cursor: string): string {
    return cursor.match(uuidInText) === null ? this.standIn("cursor", cursor) : cursor;
  }
}
