// The redactor: removes known secret values, and text that looks like one, before anything is shown.
import { Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { oneLine } from "./oneLine";

/** What a secret is replaced with; the word Pulumi uses on every surface. */
export const redactedText = "[secret]";

/** Shorter values are not registered: replacing them would garble ordinary words without hiding anything. */
const minimumSecretLength = 6;

/** `Authorization: Bearer …`, `Basic …`: credentials in transit, whoever they belong to. */
const authorizationPattern = /\b(Bearer|Basic)\s+[A-Za-z0-9+/=_.~-]{8,}/gi;

/**
 * `"clientSecret":"…"`, `client_secret=…`, `access_token: …`: a secret next to its name. Two colons are a URN's: `…ClientSecret::<name>`.
 * What says that there is none (`…: is not set`) stays readable.
 */
const namedSecretPattern =
  /((?:client_?secret|oauthclient_secret|access_?token|refresh_?token)["']?\s*(?:=|:(?!:))\s*["']?)(?!\[secret\]|(?:is )?(?:not set|missing|empty|required|undefined|null)\b)[^\s"',;&}]+/gi;

/** Slots of the table that says which beginnings a secret has, for each secret: few other texts meet one that is taken. */
const slotsPerSecret = 64;
/** The multiplier of the usual hash of texts. */
const hashFactor = 31;

/** Finds the secrets that a text may hold, in one pass however many there are: an audit knows thousands, and prints megabytes. */
class SecretIndex {
  private readonly longestFirst: readonly string[];
  private readonly byBeginning = new Map<string, string[]>();
  /** A power of two long. */
  private readonly isBeginning: Uint8Array;

  constructor(secrets: Iterable<string>) {
    this.longestFirst = [...secrets].sort((a, b) => b.length - a.length);
    this.isBeginning = new Uint8Array(
      2 ** Math.ceil(Math.log2(Math.max(1, this.longestFirst.length) * slotsPerSecret)),
    );
    for (const secret of this.longestFirst) {
      const beginning = secret.slice(0, minimumSecretLength);
      this.byBeginning.set(beginning, [...(this.byBeginning.get(beginning) ?? []), secret]);
      this.isBeginning[this.slotOf(secret, 0)] = 1;
    }
  }

  /** Longest first; every secret that the text holds is among them. */
  candidatesIn(text: string): readonly string[] {
    const found = new Set<string>();
    for (let at = 0; at + minimumSecretLength <= text.length; at++) {
      if (this.isBeginning[this.slotOf(text, at)] === 1) {
        for (const secret of this.byBeginning.get(text.slice(at, at + minimumSecretLength)) ?? []) {
          found.add(secret);
        }
      }
    }
    return this.longestFirst.filter((secret) => found.has(secret));
  }

  /** By the first three characters. */
  private slotOf(text: string, at: number): number {
    const firstTwo = text.charCodeAt(at) * hashFactor + text.charCodeAt(at + 1);
    return (firstTwo * hashFactor + text.charCodeAt(at + 2)) & (this.isBeginning.length - 1);
  }
}

/** Holds the secrets of one process and removes them from text. */
export class Redactor {
  private readonly secrets = new Set<string>();
  /** Made when it is needed, anew after each change. */
  private index: SecretIndex | undefined;

  /** Registers a secret, with the forms in which it travels (base64 and base64url, percent-encoded, JSON-escaped). */
  add(secret: string | undefined): void {
    if (secret === undefined || secret.length < minimumSecretLength) {
      return;
    }
    this.index = undefined;
    this.secrets.add(secret);
    this.secrets.add(encodeURIComponent(secret));
    this.secrets.add(JSON.stringify(secret).slice(1, -1));
    const base64 = Buffer.from(secret).toString("base64");
    this.secrets.add(base64);
    this.secrets.add(base64.replace(/=+$/, ""));
    this.secrets.add(Buffer.from(secret).toString("base64url"));
  }

  /** Registers the pair, and the header value it makes: `base64(clientId:clientSecret)`. */
  addClientCredentials(clientId: string, clientSecret: string): void {
    this.add(clientSecret);
    this.add(Buffer.from(`${clientId}:${clientSecret}`).toString("base64"));
  }

  /** The text without any known secret. */
  redact(text: string): string {
    let clean = text;
    this.index ??= new SecretIndex(this.secrets);
    for (const secret of this.index.candidatesIn(text)) {
      clean = clean.split(secret).join(redactedText);
    }
    return clean
      .replace(authorizationPattern, (_match, scheme: string) => `${scheme} ${redactedText}`)
      .replace(namedSecretPattern, (_match, name: string) => `${name}${redactedText}`);
  }

  /** The text on one line without any known secret: redacted before it is cut, since the half of a secret is not known any more. */
  line(text: string, maximumLength?: number): string {
    return oneLine(this.redact(text), maximumLength);
  }

  /**
   * A stream that redacts whole lines and passes them on. The unfinished last line is held back until its end
   * is known (a secret may arrive in two pieces), and is passed on at the end of the stream.
   */
  stream(target: NodeJS.WritableStream): Writable {
    let held = "";
    const decoder = new StringDecoder("utf8"); // a character may arrive in two pieces as well
    return new Writable({
      decodeStrings: true,
      write: (chunk: Buffer, _encoding, done) => {
        held += decoder.write(chunk);
        const end = held.lastIndexOf("\n") + 1;
        if (end > 0) {
          target.write(this.redact(held.slice(0, end)));
          held = held.slice(end);
        }
        done();
      },
      final: (done) => {
        held += decoder.end();
        if (held !== "") {
          target.write(this.redact(held));
        }
        done();
      },
    });
  }
}
