// Whatever names say, the page has the same elements: no text of others becomes markup.
import fc from "fast-check";
import { escapeText, markup, sentence, wholeSentence } from "../../../../cli/audit/page/markup";
import { renderReportPage } from "../../../../cli/audit/page/reportPage";
import { hostileTexts, retold } from "../../../browser/retold";
import { sampleReport } from "../../../browser/sampleReport";

/** Elements and attribute names of the page, without the values. Throws where a `<` or `>` is not part of a tag. */
function skeletonOf(page: string): string[] {
  const withoutOwnCode = page.replace(/<(style|script)>.*?<\/\1>/gs, "<$1></$1>");
  const tag = /<\/?!?[a-z][a-z0-9]*(?: [a-zA-Z][a-zA-Z0-9-]*(?:="[^"<>]*")?)*\/?>/g;
  expect(withoutOwnCode.replace(tag, "")).not.toMatch(/[<>]/);
  return (withoutOwnCode.match(tag) ?? []).map((one) => one.replace(/="[^"]*"/g, ""));
}

const text = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc
    .array(fc.constantFrom("<", ">", '"', "'", "&", "/", "!--", "script", "noscript", "=", " ", "\n"), {
      maxLength: 12,
    })
    .map((parts) => parts.join("")),
);

/** Backticks become code elements; that is for sentences, and tested below. */
const withoutCode = text.map((one) => one.replaceAll("`", ""));

it("the page keeps its elements", () => {
  const expected = skeletonOf(renderReportPage(retold(sampleReport(), (_, index) => `name ${index}`)));
  expect(expected.length).toBeGreaterThan(1000);
  fc.assert(
    fc.property(fc.array(withoutCode, { minLength: 1, maxLength: 12 }), (texts) => {
      const report = retold(
        sampleReport(),
        (_, index) => `${texts[index % texts.length] ?? ""} name ${index}`,
      );
      expect(skeletonOf(renderReportPage(report))).toEqual(expected);
    }),
    { numRuns: 25 },
  );
});

it("escaped text has no character that HTML understands, in text or in an attribute, and loses none of its own", () => {
  fc.assert(
    fc.property(text, (one) => {
      const escaped = escapeText(one);
      expect(escaped).not.toMatch(/[<>"'\u0000-\u001f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
      expect(escaped.replace(/&(?:amp|lt|gt|quot|#39);/g, "")).not.toContain("&");
      expect(Buffer.from(escaped).toString()).toBe(escaped);
    }),
  );
});

it.each([
  ["a < b & c", "a &lt; b &amp; c"],
  [" kept blanks ", " kept blanks "],
  ["two\nlines\u2028three", "two lines three"],
  ["\u202egnp.exe", "gnp.exe"],
  ["\ud800", "\ufffd"],
  ["\ud83d\ude00", "\ud83d\ude00"],
  ["", ""],
])("escapes %j", (one, expected) => {
  expect(escapeText(one)).toBe(expected);
});

it("templates escape texts and numbers, keep markup, and join lists", () => {
  const items = ["<a>", "b"].map((one) => markup`<li title="${one}">${one}</li>`);
  expect(
    markup`
    <ul class="${'"x"'}">
      ${items}
    </ul>
    ${0} of
    ${null}${1}
  `.text,
  ).toBe('<ul class="&quot;x&quot;"><li title="&lt;a&gt;">&lt;a&gt;</li><li title="b">b</li></ul>0 of 1');
});

it("a line break of a template is a blank next to a word and nothing elsewhere", () => {
  expect(
    markup`
    <p>
      two
      words <b>and</b>
      more
    </p>
  `.text,
  ).toBe("<p> two words <b>and</b> more </p>");
});

it.each([
  ["run `pulumi up` now", "run <code>pulumi up</code> now"],
  ["`<b>`", "<code>&lt;b&gt;</code>"],
  ["a lone ` stays", "a lone ` stays"],
  ["`one` and `two`", "<code>one</code> and <code>two</code>"],
])("a sentence with backticks: %s", (one, expected) => {
  expect(sentence(one).text).toBe(expected);
});

it.each([
  ["had no request in 30 days", "Had no request in 30 days."],
  ["Was made by hand.", "Was made by hand."],
  ["`pulumi up` is to be run", "<code>pulumi up</code> is to be run."],
  ["analytics:report:view is unused", "analytics:report:view is unused."],
  ["<b> is a name", "&lt;b&gt; is a name."],
])("a finding stands alone as a sentence: %s", (one, expected) => {
  expect(wholeSentence(one).text).toBe(expected);
});
