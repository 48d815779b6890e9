// Properties of added entries: whatever the file looks like, its bytes stay, and its values gain exactly the entries.
import fc from "fast-check";
import { parseDocument, stringify } from "yaml";
import { SettingEdit } from "../../../../cli/stackFile/settingEdit";
import { StackDocument } from "../../../../cli/stackFile/stackDocument";
import { someProject } from "../cliFolder";

const numRuns = 400;

const roles = "genesys-credentials:roles";
const credentials = "genesys-credentials:credentials";
const comment = fc.constantFrom("# why", "# key: value", "#", "# 'quoted' {", "# - [");

/** Text that tempts a writer of YAML: what reads as another type, what needs quotes, what needs none. */
const temptingText = fc.oneof(
  fc.constantFrom(
    "on",
    "No",
    "~",
    "1e3",
    "0777",
    "12:30",
    "2026-01-01",
    "a: b",
    "a #b",
    "- a",
    "*a",
    "&a",
    "!a",
    "%a",
  ),
  fc.constantFrom(
    "it's",
    '"x"',
    "{a}",
    "[a]",
    "a, b",
    "é ü",
    "報告",
    "🙂",
    "'",
    "null",
    "=",
    "<<",
    "@a",
    "`a`",
    "?",
    "|",
  ),
  fc.string({ minLength: 1, maxLength: 30 }),
);

const key = fc.stringMatching(/^[a-z0-9][a-z0-9_.-]{0,12}$/);
const entry = fc.record(
  {
    description: temptingText,
    permissions: fc.array(
      fc.oneof(
        fc.constantFrom("a:b:c", "routing:*:*"),
        fc.record(
          {
            permission: fc.constant("a:b:c"),
            when: fc.record({ operands: fc.array(temptingText) }, { noNullPrototype: true }),
          },
          { noNullPrototype: true },
        ),
      ),
      { minLength: 1, maxLength: 3 },
    ),
    adopt: fc.record(
      { clientId: key, secret: fc.constantFrom("keep", "regenerate"), name: temptingText },
      { noNullPrototype: true },
    ),
  },
  { requiredKeys: ["permissions"], noNullPrototype: true },
);
const entries = fc.dictionary(key, entry, { minKeys: 1, maxKeys: 3, noNullPrototype: true });

const former = fc.constantFrom("missing", "nothing", "tilde", "empty", "block", "flow");
const file = fc
  .record({
    config: fc.constantFrom("missing", "nothing", "empty", "block", "block", "block"),
    sections: fc.tuple(fc.tuple(fc.constant(roles), former), fc.tuple(fc.constant(credentials), former)),
    values: fc.dictionary(fc.stringMatching(/^old-[a-z0-9]{1,6}$/), entry, {
      minKeys: 1,
      maxKeys: 3,
      noNullPrototype: true,
    }),
    isOrderTurned: fc.boolean(),
    indent: fc.constantFrom(2, 4),
    comments: fc.array(fc.tuple(fc.nat(), comment), { maxLength: 6 }),
    isCommentDeep: fc.boolean(),
    lineEnd: fc.constantFrom("\n", "\r\n"),
    hasLastLineEnd: fc.boolean(),
    head: fc.constantFrom("", "# yaml-language-server: $schema=x\n", "encryptionsalt: v1:abc\n"),
    tail: fc.constantFrom("", "encryptionsaltAfter: v1:abc\n", "# the end\n"),
  })
  .map((shape) => {
    const pad = " ".repeat(shape.indent);
    const ordered = shape.isOrderTurned ? [...shape.sections].reverse() : shape.sections;
    const sections = ordered.map(([name, form]) => {
      const block = stringify(shape.values, { lineWidth: 0, indent: shape.indent, compat: "yaml-1.1" });
      const flow = JSON.stringify(shape.values);
      const nested = block.trimEnd().replace(/^/gm, `${pad}${pad}`);
      const byForm = {
        missing: "",
        nothing: `${pad}${name}:\n`,
        tilde: `${pad}${name}: ~\n`,
        empty: `${pad}${name}: {}\n`,
        block: `${pad}${name}:\n${nested}\n`,
        flow: `${pad}${name}: ${flow}\n`,
      };
      return byForm[form];
    });
    const body = {
      missing: "",
      nothing: "config:\n",
      empty: "config: {}\n",
      block: `config:\n${pad}aws:region: eu-west-1\n${sections.join("")}`,
    }[shape.config];
    const lines = `${shape.head}${body}${shape.tail}`.trimEnd().split("\n");
    for (const [position, text] of shape.comments) {
      const at = position % (lines.length + 1);
      const neighbour = lines[shape.isCommentDeep ? Math.max(0, at - 1) : at] ?? "";
      lines.splice(at, 0, `${/^ */.exec(neighbour)![0]}${text}`);
    }
    return lines.join(shape.lineEnd) + (shape.hasLastLineEnd ? shape.lineEnd : "");
  })
  .filter((text) => parseDocument(text).errors.length === 0);

function valuesOf(text: string, version: "1.1" | "1.2"): Record<string, unknown> {
  const document = parseDocument(text, { version });
  expect(document.errors).toEqual([]);
  return (document.toJS() ?? {}) as Record<string, unknown>;
}

/** The lines of a file, without what stands for "nothing" in it, which gives way to a map. */
function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/).map((line) => line.replace(/ (\{\}|~)$/, ""));
}

it("the former lines stay in order, the values gain exactly the entries, and a reader of YAML 1.1 sees the same", () => {
  fc.assert(
    fc.property(file, entries, entries, (before, newRoles, newCredentials) => {
      const edit = new SettingEdit(StackDocument.parse("Pulumi.dev.yaml", before, { project: someProject }));
      edit.add({ config: { [roles]: newRoles, [credentials]: newCredentials } });
      const after = edit.apply();
      for (const version of ["1.1", "1.2"] as const) {
        const expected = valuesOf(before, version);
        const config = (expected["config"] ?? {}) as Record<string, object | null>;
        config[roles] = { ...config[roles], ...newRoles };
        config[credentials] = { ...config[credentials], ...newCredentials };
        expect(valuesOf(after, version)).toEqual({ ...expected, config });
      }
      const added = linesOf(after);
      let position = 0;
      for (const line of linesOf(before).filter((one) => one !== "")) {
        // A flow map grows within its line.
        const isGrown = line.endsWith("}") && line.includes(": {");
        const found = added.findIndex(
          (one, index) =>
            index >= position && (one === line || (isGrown && one.startsWith(line.slice(0, -1)))),
        );
        expect({ line, found: found >= 0 }).toEqual({ line, found: true });
        position = found + 1;
      }
      expect(/[\r\n]$/.test(after)).toBe(before === "" || /[\r\n]$/.test(before));
      expect(after.includes("\r\n") && /[^\r]\n/.test(after)).toBe(false);
    }),
    { numRuns },
  );
});
