// The generated files are fresh, and the examples satisfy both the editor schema and the program.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { parse as parseYaml } from "yaml";
import { generatedFiles, renderEditorSchema } from "../../../schemas/generate";
import { rawDeclarationsOf } from "../../../declarations/rawDeclarations";
import { fullStack, parse } from "./declaring";

const root = join(__dirname, "..", "..", "..");
const examples = readdirSync(join(root, "examples")).filter((name) => name.endsWith(".yaml"));
const isRightForEditor = new Ajv({ strict: false }).compile(JSON.parse(renderEditorSchema()) as object);

test.each(Object.keys(generatedFiles))("%s is fresh (else run schemas/generate.ts)", (path) => {
  expect(readFileSync(join(root, path), "utf8")).toBe(generatedFiles[path]!());
});

test("there are examples", () => {
  expect(examples).toEqual(
    expect.arrayContaining([
      "minimal.yaml",
      "other-grant-types.yaml",
      "restricted.yaml",
      "roles-and-divisions.yaml",
      "roles-with-conditions.yaml",
      "rotation.yaml",
    ]),
  );
});

describe.each(examples)("examples/%s", (name) => {
  const text = readFileSync(join(root, "examples", name), "utf8");
  const file = parseYaml(text) as { config: Record<string, unknown> };

  test("begins with the schema line and three lines of why", () => {
    expect(text).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/schemas\/declarations\.schema\.json\n(# .+\n){3}config:\n/,
    );
  });

  test("satisfies the editor schema", () => {
    expect({ right: isRightForEditor(file), errors: isRightForEditor.errors }).toEqual({
      right: true,
      errors: null,
    });
  });

  test("is right for the program", () => {
    const config = Object.fromEntries(
      Object.entries(file.config).map(([key, value]) => [
        key,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    );
    expect(parse(rawDeclarationsOf(config)).credentials.length).toBeGreaterThan(0);
  });
});

describe("the editor sees what the program refuses", () => {
  const stackFile = (change: (config: Record<string, unknown>) => void): object => {
    const config = Object.fromEntries(
      Object.entries(fullStack()).map(([key, value]) => [`genesys-credentials:${key}`, value]),
    );
    change(config);
    return { config, encryptionsalt: "v1:canary" };
  };

  test("a right stack", () => {
    expect(isRightForEditor(stackFile((config) => (config["aws:region"] = "eu-west-1")))).toBe(true);
  });

  test.each([
    ["an unknown key of the namespace", { "genesys-credentials:credntials": {} }],
    ["an unknown setting", { "genesys-credentials:organization": { regoin: "eu-west-1" } }],
    ["a wildcard", { "genesys-credentials:roles": { reader: { permissions: ["a:b:*"] } } }],
    [
      "a wildcard under a condition",
      {
        "genesys-credentials:roles": {
          reader: { allowWildcards: true, permissions: [{ permission: "a:b:*" }] },
        },
      },
    ],
    ["a role that allows nothing", { "genesys-credentials:roles": { reader: { description: "Reads" } } }],
    [
      "a general permission with a domain",
      { "genesys-credentials:roles": { reader: { generalPermissions: ["routing:queue:view"] } } },
    ],
    [
      "tokens of more than two days without the word for it",
      { "genesys-credentials:credentials": { x: { roles: ["r"], accessTokenValiditySeconds: 172_801 } } },
    ],
    ["client credentials without roles", { "genesys-credentials:credentials": { x: {} } }],
    [
      "roles of people",
      { "genesys-credentials:credentials": { x: { grantType: "PASSWORD", roles: ["r"] } } },
    ],
    ["CODE without redirect URIs", { "genesys-credentials:credentials": { x: { grantType: "CODE" } } }],
    ["the implicit grant", { "genesys-credentials:credentials": { x: { grantType: "TOKEN" } } }],
    [
      "a restricted credential without a boundary",
      { "genesys-credentials:credentials": { x: { type: "restricted", roles: ["r"] } } },
    ],
    ["a wrong key", { "genesys-credentials:roles": { "a b": { permissions: ["a:b:c"] } } }],
    [
      "a recovery window of 5 days",
      { "genesys-credentials:credentials": { x: { roles: ["r"], secret: { recoveryWindowInDays: 5 } } } },
    ],
  ])("%s", (_name, change) => {
    expect(isRightForEditor(stackFile((config) => Object.assign(config, change)))).toBe(false);
  });
});
