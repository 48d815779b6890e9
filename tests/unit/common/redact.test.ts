// The redactor: known secrets in every form in which they travel, and text that looks like one.
import { Writable } from "node:stream";

import * as fc from "fast-check";

import { redactedText, Redactor } from "../../../common/redact";

const secret = 'canary-s3cr+t/with?odd=characters"and\\more';
const clientId = "c1000000-0000-4000-8000-000000000001";

function redactorOf(...secrets: string[]): Redactor {
  const redactor = new Redactor();
  secrets.forEach((one) => {
    redactor.add(one);
  });
  return redactor;
}

describe("a registered secret", () => {
  it.each<[string, string]>([
    ["as it is", secret],
    ["percent-encoded", encodeURIComponent(secret)],
    ["JSON-escaped", JSON.stringify({ note: secret })],
    ["base64", Buffer.from(secret).toString("base64")],
    ["base64 without padding", Buffer.from(secret).toString("base64").replace(/=+$/, "")],
    ["base64url", Buffer.from(secret).toString("base64url")],
  ])("is removed %s", (_name, form) => {
    const clean = redactorOf(secret).redact(`before ${form} after`);
    expect(clean).toContain(redactedText);
    expect(clean).not.toContain(form);
    expect(clean).toMatch(/^before .* after$/);
  });

  it("is removed as the value of a Basic header that was built from it", () => {
    const redactor = new Redactor();
    redactor.addClientCredentials(clientId, secret);
    const pair = Buffer.from(`${clientId}:${secret}`).toString("base64");
    expect(redactor.redact(`x-forwarded: ${pair}`)).toBe(`x-forwarded: ${redactedText}`);
  });

  it("is removed whole where another one is a part of it", () => {
    const longer = "canary-token-and-more";
    expect(redactorOf("canary-token", longer).redact(`<${longer}>`)).toBe(`<${redactedText}>`);
  });

  it("is found among any text, and no other word is touched", () => {
    const texts = fc.string({ unit: "grapheme", maxLength: 30 });
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const clean = redactorOf("canary-value-of-a-secret").redact(
          `${before}canary-value-of-a-secret${after}`,
        );
        expect(clean).not.toContain("canary-value-of-a-secret");
      }),
    );
  });

  it("shorter than six characters is not registered: it would garble ordinary words", () => {
    expect(redactorOf("plan").redact("the plan")).toBe("the plan");
    expect(new Redactor().redact("undefined")).toBe("undefined");
  });
});

describe("a secret that nobody registered", () => {
  it.each([
    ["Authorization: Bearer abcdefgh12345678", `Authorization: Bearer ${redactedText}`],
    ["authorization: basic YWJjOmRlZg==", `authorization: basic ${redactedText}`],
    ['{"clientSecret":"abc123"}', `{"clientSecret":"${redactedText}"}`],
    ["client_secret=abc&x=1", `client_secret=${redactedText}&x=1`],
    ["access_token: abc", `access_token: ${redactedText}`],
    ["GENESYSCLOUD_OAUTHCLIENT_SECRET=abc", `GENESYSCLOUD_OAUTHCLIENT_SECRET=${redactedText}`],
  ])("%s", (text, clean) => {
    expect(new Redactor().redact(text)).toBe(clean);
    expect(new Redactor().redact(clean)).toBe(clean);
  });
});

test.each(["is not set", "not set", "is missing", "is required", "undefined"])(
  "a message that says of a secret that it %s stays readable",
  (words) => {
    const message = `GENESYSCLOUD_OAUTHCLIENT_SECRET: ${words}; set it in the environment`;
    expect(new Redactor().redact(message)).toBe(message);
  },
);

test("the URN of a ClientSecret holds none: tools must be able to read it again", () => {
  const urn =
    "urn:pulumi:dev::genesys-credentials::pulumi-nodejs:dynamic/genesys:ClientSecret::nightly-report";
  expect(new Redactor().redact(urn)).toBe(urn);
});

describe("the stream", () => {
  /** What comes out at the other end when the bytes arrive in these pieces. */
  async function passed(pieces: readonly Uint8Array[]): Promise<string> {
    const out: Buffer[] = [];
    const target = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        out.push(chunk);
        done();
      },
    });
    const stream = redactorOf(secret).stream(target);
    for (const piece of pieces) {
      stream.write(piece);
    }
    await new Promise<void>((resolve) => stream.end(resolve));
    return Buffer.concat(out).toString("utf8");
  }

  it("passes everything on, whatever the pieces, and never the secret", async () => {
    const text = `första raden ✓\n${secret} – “quoted”\nlast line ${secret}`;
    const bytes = Buffer.from(text);
    const clean = text.split(secret).join(redactedText);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 12 }), async (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const pieces = edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
        expect(await passed(pieces)).toBe(clean);
      }),
    );
  });
});

describe("thousands of secrets", () => {
  const many = Array.from(
    { length: 3000 },
    (_nothing, index) => `canary-${(index * 7919).toString(36)}-${index}`,
  );

  it("are found wherever they stand, those that were added last too", () => {
    const redactor = redactorOf(...many);
    expect(redactor.redact("nothing to hide")).toBe("nothing to hide");
    redactor.add("canary-the-last-one");
    for (const one of [many[0]!, many[1234]!, many.at(-1)!, "canary-the-last-one"]) {
      expect(redactor.redact(one)).toBe(redactedText);
      expect(redactor.redact(`<${one}|${Buffer.from(one).toString("base64")}>`)).toBe(
        `<${redactedText}|${redactedText}>`,
      );
    }
  });

  it("are replaced as one by one, the longest first", () => {
    const unit = fc.string({ unit: fc.constantFrom("a", "b", "ä", "🗝"), minLength: 6, maxLength: 9 });
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 8 }), fc.array(unit), (secrets, parts) => {
        const text = [...parts, ...secrets].join("a");
        const naive = [...new Set(secrets)]
          .sort((left, right) => right.length - left.length)
          .reduce((rest, one) => rest.split(one).join(redactedText), text);
        const clean = redactorOf(...secrets).redact(text);
        expect(secrets.filter((one) => clean.includes(one))).toEqual([]);
        expect(clean.replaceAll(redactedText, "").length).toBeLessThanOrEqual(
          naive.replaceAll(redactedText, "").length,
        );
      }),
    );
  });
});

it("redacts a line before it is cut: half a secret is not left at its end", () => {
  const redactor = new Redactor();
  redactor.add("canary-secret-at-the-cut");
  expect(redactor.line("it said\ncanary-secret-at-the-cut", "it said canary".length)).not.toContain("canary");
});
