// Entries added to stack files: where they end up, how they are written, and what is refused.
import { isConfigError } from "../../../../declarations/configError";
import { type Additions } from "../../../../cli/stackFile/blockInsertion";
import { SettingEdit } from "../../../../cli/stackFile/settingEdit";
import { StackDocument } from "../../../../cli/stackFile/stackDocument";
import { someProject } from "../cliFolder";

const role = { permissions: ["a:b:c", "d:*:*"], adopt: { roleId: "r-1" } };
const credential = {
  description: "Reads: all # of it",
  roles: ["reader", { existing: "employee", divisions: ["Sales", "on"] }],
  adopt: { clientId: "c-1", secret: "keep", name: "Nightly Report" },
};

function added(text: string, additions: Additions): string {
  const edit = new SettingEdit(StackDocument.parse("Pulumi.dev.yaml", text, { project: someProject }));
  edit.add(additions);
  return edit.apply();
}

const one = (entries: Additions): Additions => ({ config: { "genesys-credentials:roles": entries } });

it("quote what Pulumi's reader of YAML reads otherwise: question marks and colons within braces, odd numbers", () => {
  const odd = ["Who?", "?", ":start", "+_0", "-_7", "0O17", "0_xE"];
  const text = added("config:\n", one({ reader: { roles: [{ existing: odd[0], divisions: odd }, ...odd] } }));
  for (const name of odd) {
    expect(text.split(`"${name}"`)).toHaveLength(name === odd[0] ? 4 : 3);
  }
});

it("go behind the last entry, its comments included, in the file's own indentation", () => {
  const before = [
    "# head",
    "config:",
    "    aws:region: eu-west-1 # where",
    "    genesys-credentials:roles:",
    "        first:",
    "            permissions: [ x:y:z ]   # odd spacing",
    "            # about the first",
    "        # second: to come",
    "",
    "    # what follows",
    "    genesys-credentials:credentials:",
    "        report:",
    "            roles: [first]",
    "# tail",
    "encryptionsalt: v1:abc",
    "",
  ];
  const after = [...before];
  after.splice(
    13,
    0,
    "        nightly:",
    '            description: "Reads: all # of it"',
    "            roles:",
    "                - reader",
    '                - { existing: employee, divisions: [ Sales, "on" ] }',
    "            adopt: { clientId: c-1, secret: keep, name: Nightly Report }",
  );
  after.splice(
    8,
    0,
    "        reader:",
    "            permissions:",
    "                - a:b:c",
    "                - d:*:*",
    "            adopt: { roleId: r-1 }",
  );
  const additions = {
    config: {
      "genesys-credentials:roles": { reader: role },
      "genesys-credentials:credentials": { nightly: credential },
    },
  };
  expect(added(before.join("\n"), additions)).toBe(after.join("\n"));
});

const roleLines = (indent: string, level = "  "): string =>
  [
    `${indent}reader:`,
    `${indent}${level}permissions:`,
    `${indent}${level}${level}- a:b:c`,
    `${indent}${level}${level}- d:*:*`,
    `${indent}${level}adopt: { roleId: r-1 }`,
  ].join("\n");

const section = `  genesys-credentials:roles:\n${roleLines("    ")}`;

const makes: [string, string, string][] = [
  ["an empty file", "", `config:\n${section}\n`],
  ["a file of comments", "# nothing yet\n", `# nothing yet\nconfig:\n${section}\n`],
  ["a file without config", "encryptionsalt: v1:x", `encryptionsalt: v1:x\nconfig:\n${section}`],
  [
    "config without a value",
    "config:\nencryptionsalt: v1:x\n",
    `config:\n${section}\nencryptionsalt: v1:x\n`,
  ],
  ["config: {}", "config: {} # empty\n", `config: # empty\n${section}\n`],
  ["config: ~", "config: ~\n", `config:\n${section}\n`],
  ["config without the section", "config:\n  a:b: c\nz: 1\n", `config:\n  a:b: c\n${section}\nz: 1\n`],
  [
    "an empty section",
    "config:\n  genesys-credentials:roles: {}\n  a:b: c\n",
    `config:\n${section}\n  a:b: c\n`,
  ],
  [
    "a section without a value, at the end of a text without a last line end",
    "config:\n  genesys-credentials:roles:",
    `config:\n${section}`,
  ],
];

it.each(makes)("make what is missing: %s", (_name, before, after) => {
  expect(added(before, one({ reader: role }))).toBe(after);
});

const flows: [string, string, string][] = [
  [
    "a flow map",
    "config:\n  genesys-credentials:roles: { a: { permissions: [x:y:z] } } # c\n",
    "config:\n  genesys-credentials:roles: { a: { permissions: [x:y:z] }, reader: { permissions: [ a:b:c, d:*:* ], adopt: { roleId: r-1 } } } # c\n",
  ],
  [
    "a flow map over lines, with a last comma and a comment",
    "config:\n  genesys-credentials:roles: {\n    a: {}, # c\n  }\n",
    "config:\n  genesys-credentials:roles: {\n    a: {}, reader: { permissions: [ a:b:c, d:*:* ], adopt: { roleId: r-1 } }, # c\n  }\n",
  ],
  [
    "JSON",
    '{"config": {"genesys-credentials:roles": {"a": {}}}}\n',
    '{"config": {"genesys-credentials:roles": {"a": {}, "reader":{"permissions":["a:b:c","d:*:*"],"adopt":{"roleId":"r-1"}}}}}\n',
  ],
  [
    "an empty map in braces",
    "config: { genesys-credentials:roles: {}, a: 1 }\n",
    "config: { genesys-credentials:roles: { reader: { permissions: [ a:b:c, d:*:* ], adopt: { roleId: r-1 } } }, a: 1 }\n",
  ],
];

it.each(flows)("stay in braces where the map is written so: %s", (_name, before, after) => {
  expect(added(before, one({ reader: role }))).toBe(after);
});

it("keep CRLF and a byte order mark", () => {
  expect(added("\uFEFFconfig:\r\n  a:b: c\r\n", one({ reader: { adopt: { roleId: "r" } } }))).toBe(
    "\uFEFFconfig:\r\n  a:b: c\r\n  genesys-credentials:roles:\r\n    reader:\r\n      adopt: { roleId: r }\r\n",
  );
});

it("do not swallow a block scalar's last lines", () => {
  const before = "config:\n  genesys-credentials:roles:\n    a:\n      text: |+\n        one\n\n\nz: 1\n";
  expect(added(before, one({ b: { c: [1] } }))).toBe(
    before.replace("z: 1", "    b:\n      c:\n        - 1\nz: 1"),
  );
});

const refused: [string, string, string][] = [
  ["an alias", "x: &m { a: 1 }\nconfig:\n  genesys-credentials:roles: *m\n", "*m"],
  ["an anchor that others use", "config:\n  genesys-credentials:roles: &m { a: 1 }\n  other: *m\n", "&m"],
  [
    "a section from a merge key",
    "base: &b\n  genesys-credentials:roles: { a: 1 }\nconfig:\n  <<: *b\n  x: 1\n",
    "<<",
  ],
  ["a list in place of the section", "config:\n  genesys-credentials:roles: [a]\n", "is not a map"],
  ["a list in place of config", "config: [a]\n", "is not a map"],
  ["a file that is a list", "- a\n", "is not a map"],
  ["an entry of that key", "config:\n  genesys-credentials:roles:\n    reader: 1\n", "roles.reader"],
];

it.each(refused)("refuse what is shared or no map: %s", (_name, text, words) => {
  try {
    added(text, one({ reader: role }));
  } catch (error) {
    expect(isConfigError(error)).toBe(true);
    expect((error as Error).message).toContain(words);
    return;
  }
  throw new Error("It was not refused.");
});
