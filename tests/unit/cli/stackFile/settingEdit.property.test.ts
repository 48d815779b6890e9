// Properties of edits: whatever the file looks like, only the changed settings differ.
import fc from "fast-check";
import { parseDocument, stringify } from "yaml";
import { rotate } from "../rotate/rotating";
import { restore } from "../../../../cli/restore/restore";
import { credentialPath } from "../../../../cli/stackFile/stackDeclarations";
import { StackFile } from "../../../../cli/stackFile/stackFile";
import { createCliFolder } from "../cliFolder";

/** Each run writes real files. */
const numRuns = 60;

const comment = fc.constantFrom("# why", "# generation: 9", "#", "# 'quoted' {");
const rotationArbitrary = fc.record(
  {
    generation: fc.nat({ max: 50 }),
    rotatedAt: fc.constantFrom("2026-01-05T10:00:00Z", "2025-12-31 23:00:00 +0000 UTC"),
    every: fc.constantFrom("P30D", "P3M"),
    overlap: fc.constantFrom("previous", "none"),
    minimumOverlap: fc.constant("PT2H"),
  },
  { requiredKeys: [] },
);
const credential = fc.record(
  {
    description: fc.constantFrom("Reads: # reports", "it's", ""),
    roles: fc.constant([{ existing: "employee" }, { existing: "Sales lead", divisions: ["*"] }]),
    accessTokenValiditySeconds: fc.constantFrom(300, 3600),
    rotation: rotationArbitrary,
    secret: fc.record({ recoveryWindowInDays: fc.constantFrom(0, 7) }, { requiredKeys: [] }),
  },
  { requiredKeys: ["roles"] },
);
const layout = fc.record({
  indent: fc.constantFrom(2, 4),
  collectionStyle: fc.constantFrom("any", "flow", "block"),
  defaultStringType: fc.constantFrom("PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE"),
  lineEnd: fc.constantFrom("\n", "\r\n"),
  comments: fc.array(fc.tuple(fc.nat(), comment), { maxLength: 6 }),
  hasLastLineEnd: fc.boolean(),
});

/** A stack file of some look with comments between its lines. */
const stackFile = fc
  .tuple(fc.dictionary(fc.constantFrom("one", "two", "a.b", "123"), credential, { minKeys: 1 }), layout)
  .map(([credentials, look]) => {
    const { indent, collectionStyle, defaultStringType, lineEnd, comments, hasLastLineEnd } = look;
    const config = { "aws:region": "eu-west-1", "genesys-credentials:credentials": credentials };
    const options = { indent, collectionStyle, defaultStringType, lineWidth: 0 } as const;
    const lines = stringify({ config, note: ["kept"] }, options as object)
      .trimEnd()
      .split("\n");
    for (const [position, text] of comments) {
      const at = position % lines.length;
      lines.splice(at, 0, `${/^ */.exec(lines[at]!)![0]}${text}`);
    }
    const isFlow = collectionStyle === "flow";
    return {
      isFlow,
      names: Object.keys(credentials),
      text: lines.join(lineEnd) + (hasLastLineEnd ? lineEnd : ""),
    };
  });

/** The lines that show no setting that may change; an empty rotation may be a line of its own. */
function otherLines(text: string): readonly string[] {
  return text.split("\n").filter((line) => !/generation|rotatedAt|rotation|revoked|^\s*\{\}\s*$/.test(line));
}

/** Whether `after` is `before` with text put in, apart from the values of the settings that may change. */
function isGrownFrom(before: string, after: string): boolean {
  const kept = before.replace(/((?:generation|rotatedAt)["']?: *)(?:"[^"]*"|'[^']*'|\d[^,}\r\n#]*)/g, "$1");
  let position = 0;
  for (const character of kept) {
    position = after.indexOf(character, position) + 1;
    if (position === 0) {
      return false;
    }
  }
  return true;
}

interface FileValues {
  readonly config: {
    readonly "genesys-credentials:credentials": Record<
      string,
      { rotation?: { generation?: number; rotatedAt?: string }; revoked?: boolean }
    >;
  };
}

function valuesOf(text: string): FileValues {
  const document = parseDocument(text);
  expect(document.errors).toEqual([]);
  return document.toJS() as FileValues;
}

it("a rotation changes generation and rotatedAt of that credential, and nothing else in the file", async () => {
  await fc.assert(
    fc.asyncProperty(stackFile, fc.nat(), async ({ names, text, isFlow }, pick) => {
      const name = names[pick % names.length]!;
      const world = createCliFolder(text);
      try {
        expect(await rotate([name], { force: true }, world.surroundings)).toBe(0);
        const after = world.read();
        const expected = valuesOf(text);
        const one = expected.config["genesys-credentials:credentials"][name]!;
        one.rotation = {
          ...one.rotation,
          generation: (one.rotation?.generation ?? 0) + 1,
          rotatedAt: "2026-11-01T09:00:00Z",
        };
        expect(valuesOf(after)).toEqual(expected);
        expect(isGrownFrom(text, after)).toBe(true);
        if (!isFlow) {
          expect(otherLines(after)).toEqual(otherLines(text));
        }
      } finally {
        world.remove();
      }
    }),
    { numRuns },
  );
});

it("a revocation that is restored leaves the file as it was, byte for byte", () => {
  fc.assert(
    fc.property(stackFile, fc.nat(), ({ names, text }, pick) => {
      const name = names[pick % names.length]!;
      const world = createCliFolder(text);
      try {
        const file = StackFile.find(world.folder, "dev");
        expect(
          file.edit((edit) => {
            edit.set([...credentialPath(name), "revoked"], true);
          }),
        ).toBe(true);
        const expected = valuesOf(text);
        expected.config["genesys-credentials:credentials"][name]!.revoked = true;
        expect(valuesOf(world.read())).toEqual(expected);
        expect(restore(name, {}, world.surroundings)).toBe(0);
        expect(world.read()).toBe(text);
      } finally {
        world.remove();
      }
    }),
    { numRuns },
  );
});
