// Edits of stack files: what changes in the text is the setting and nothing else.
import { isConfigError } from "../../../../declarations/configError";
import { SettingEdit } from "../../../../cli/stackFile/settingEdit";
import { StackDocument } from "../../../../cli/stackFile/stackDocument";
import { someProject } from "../cliFolder";

function edited(text: string, change: (edit: SettingEdit) => void): string {
  const edit = new SettingEdit(StackDocument.parse("Pulumi.dev.yaml", text, { project: someProject }));
  change(edit);
  return edit.apply();
}

function problemsOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (isConfigError(error)) {
      return error.message;
    }
    throw error;
  }
  throw new Error("It was not refused.");
}

const rotation = ["config", "all", "one", "rotation"];
const raise = (edit: SettingEdit): void => {
  edit.set([...rotation, "generation"], 5);
  edit.set([...rotation, "rotatedAt"], "2026-11-01T09:00:00Z", ["generation"]);
};

describe("a block map", () => {
  it("keeps comments, blank lines and order", () => {
    const before = [
      "# head",
      "config:",
      "  all:",
      "    one: # the first",
      "      rotation: # turns",
      "        every: P90D   # a quarter",
      "",
      "        # raised by a pull request",
      "        generation: 4   # now",
      "        rotatedAt: '2026-08-01T09:00:00Z'",
      "      # about roles",
      "      roles:   [ a,b ]",
      "    two: 2",
      "# tail",
      "",
    ];
    const after = [...before];
    after[8] = "        generation: 5   # now";
    after[9] = "        rotatedAt: '2026-11-01T09:00:00Z'";
    expect(edited(before.join("\n"), raise)).toBe(after.join("\n"));
  });

  it("gets missing keys at its top, above the comment of its first key", () => {
    const before = "config:\n  all:\n    one:\n      rotation: # turns\n        # due\n        every: P90D\n";
    expect(edited(before, raise)).toBe(
      'config:\n  all:\n    one:\n      rotation: # turns\n        generation: 5\n        rotatedAt: "2026-11-01T09:00:00Z"\n' +
        "        # due\n        every: P90D\n",
    );
  });

  it("gets a missing rotation behind its roles, indented as its neighbours", () => {
    const before =
      "config:\n    all:\n        one:\n            roles:\n                - a # first\n                # second\n                - { b: c }\n\n            secret: {}\n";
    const change = (edit: SettingEdit): void => {
      edit.set(rotation, { generation: 1, rotatedAt: "2026-11-01T09:00:00Z" }, ["absent", "roles"]);
    };
    expect(edited(before, change)).toBe(
      before.replace(
        "                - { b: c }\n",
        '                - { b: c }\n            rotation:\n                generation: 1\n                rotatedAt: "2026-11-01T09:00:00Z"\n',
      ),
    );
  });

  it("keeps CRLF, a byte order mark and a missing last line end", () => {
    const before = "\uFEFFconfig:\r\n  all:\r\n    one:\r\n      rotation:\r\n        generation: 4";
    expect(edited(before, raise)).toBe(
      '\uFEFFconfig:\r\n  all:\r\n    one:\r\n      rotation:\r\n        generation: 5\r\n        rotatedAt: "2026-11-01T09:00:00Z"',
    );
  });

  it("is followed correctly after a block scalar", () => {
    const before = "config:\n  all:\n    one:\n      roles: |\n        text\n      z: 1\n";
    const change = (edit: SettingEdit): void => {
      edit.set(["config", "all", "one", "x"], true, ["roles"]);
    };
    expect(edited(before, change)).toBe(before.replace("      z: 1\n", "      x: true\n      z: 1\n"));
  });

  it("loses a removed key with its line", () => {
    const before = "config:\n  all:\n    one:\n      revoked: true # breach of Monday\n      roles: [a]\n";
    const change = (edit: SettingEdit): void => {
      edit.remove(["config", "all", "one", "revoked"]);
    };
    expect(edited(before, change)).toBe("config:\n  all:\n    one:\n      roles: [a]\n");
  });
});

describe("a flow map", () => {
  const cases: [string, string, string][] = [
    [
      "with both keys",
      "{ generation: 4, rotatedAt: 2026-08-01T09:00:00Z, every: P90D }",
      '{ generation: 5, rotatedAt: "2026-11-01T09:00:00Z", every: P90D }',
    ],
    [
      "without rotatedAt",
      "{generation: 4,every: P90D}",
      '{generation: 5, rotatedAt: "2026-11-01T09:00:00Z",every: P90D}',
    ],
    ["without both", "{ every: P90D }", '{ generation: 5, rotatedAt: "2026-11-01T09:00:00Z", every: P90D }'],
    [
      "tight and without both",
      "{every: P90D}",
      '{generation: 5, rotatedAt: "2026-11-01T09:00:00Z", every: P90D}',
    ],
    ["as JSON", '{"every":"P90D"}', '{"generation": 5, "rotatedAt": "2026-11-01T09:00:00Z", "every":"P90D"}'],
    [
      "over lines",
      "{\n        every: P90D, # c\n      }",
      '{ generation: 5, rotatedAt: "2026-11-01T09:00:00Z",\n        every: P90D, # c\n      }',
    ],
  ];
  it.each(cases)("%s", (_name, before, after) => {
    const file = (map: string): string =>
      `config:\n  all:\n    one:\n      rotation: ${map} # turns\n      x: 1\n`;
    expect(edited(file(before), raise)).toBe(file(after));
  });

  it("that is empty is filled", () => {
    const change = (edit: SettingEdit): void => {
      edit.set(rotation, { generation: 1, rotatedAt: "2026-11-01T09:00:00Z" });
    };
    expect(edited("config: {all: {one: {rotation: {}}}}\n", change)).toBe(
      'config: {all: {one: {rotation: { generation: 1, rotatedAt: "2026-11-01T09:00:00Z" }}}}\n',
    );
  });

  it.each([
    ["{ revoked: true, roles: [a] }", "{ roles: [a] }"],
    ["{roles: [a], revoked: true}", "{roles: [a]}"],
    ["{ roles: [a], revoked: true, }", "{ roles: [a], }"],
    ["{ a: 1, revoked: true, b: 2 }", "{ a: 1, b: 2 }"],
  ])("loses a removed key with its comma: %s", (before, after) => {
    const change = (edit: SettingEdit): void => {
      edit.remove(["config", "one", "revoked"]);
    };
    expect(edited(`config:\n  one: ${before}\n`, change)).toBe(`config:\n  one: ${after}\n`);
  });
});

describe("what is shared is refused, and says where", () => {
  const shared: [string, string, string][] = [
    [
      "an alias in place of the map",
      "config:\n  all:\n    zero: &z { generation: 1 }\n    one: { rotation: *z }\n",
      "*z",
    ],
    [
      "an alias above the map",
      "config:\n  all:\n    zero: &z { rotation: { generation: 1 } }\n    one: *z\n",
      "*z",
    ],
    [
      "an alias in place of the value",
      "x: &g 4\nconfig: { all: { one: { rotation: { generation: *g } } } }\n",
      "*g",
    ],
    [
      "an anchor that others use",
      "config:\n  all:\n    one: { rotation: &r { generation: 4 } }\n    two: { rotation: *r }\n",
      "&r",
    ],
    [
      "a map from a merge key",
      "config:\n  all:\n    zero: &z { rotation: { generation: 1 } }\n    one:\n      <<: *z\n      roles: [a]\n",
      "<<",
    ],
  ];
  it.each(shared)("%s", (_name, text, word) => {
    const message = problemsOf(() => edited(text, raise));
    expect(message).toContain("Pulumi.dev.yaml");
    expect(message).toContain("one");
    expect(message).toContain(word);
  });

  it("but not an anchor that nobody uses, nor a shared neighbour", () => {
    const before =
      "config:\n  all:\n    one: { roles: &r [a], rotation: &unused { generation: 4 } }\n    two: { roles: *r }\n";
    expect(edited(before, raise)).toBe(
      before.replace("generation: 4", 'generation: 5, rotatedAt: "2026-11-01T09:00:00Z"'),
    );
  });

  it("a value from a merge key may be overridden", () => {
    const before =
      "config:\n  base: &b { generation: 1 }\n  all:\n    one:\n      rotation:\n        <<: *b\n        every: P1D\n";
    expect(edited(before, raise)).toContain(
      '      rotation:\n        generation: 5\n        rotatedAt: "2026-11-01T09:00:00Z"\n        <<: *b\n',
    );
  });
});

it.each(["a: [", "a: 1\na: 2\n", "a: *nowhere\n", "a: 1\n---\nb: 2\n", "\tx: 1\n"])(
  "refuses what is not YAML: %j",
  (text) => {
    expect(
      problemsOf(() => StackDocument.parse("Pulumi.dev.yaml", text, { project: someProject })),
    ).toContain("not valid YAML");
  },
);
