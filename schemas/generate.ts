// Makes the published schemas and the reference page from the shapes that the program itself uses, so that none can fall behind them.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { auditReportSchema } from "../cli/audit/auditReport";
import { reviewReportSchema } from "../cli/review/reviewReport";
import { type EnvironmentVariable, environmentVariables } from "../common/environmentVariables";
import { configNamespace } from "../declarations/naming";
import { declarationsSchema } from "../declarations/schema";
import { rotationEvidenceSchema } from "../evidence/record";
import { renderFindingsPage } from "./findingsPage";
import { markdownTable } from "./markdownTable";
import { documentsWithSections } from "./permissionSections";

/** The words of JSON Schema that the reference page reads. */
interface SchemaNode {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
}

/** What is generated, by path below the project's root. */
export const generatedFiles: Readonly<Record<string, () => string>> = {
  "schemas/audit.schema.json": () => renderFileSchema(auditReportSchema),
  "schemas/declarations.schema.json": renderEditorSchema,
  "schemas/evidence.schema.json": () => renderFileSchema(rotationEvidenceSchema),
  "schemas/review.schema.json": () => renderFileSchema(reviewReportSchema),
  "docs/configuration.md": renderReference,
  "docs/review-findings.md": renderFindingsPage,
  ...documentsWithSections,
};

/** The editor schema of a whole `Pulumi.<stack>.yaml`: our part is closed, everything else is open. Draft 7, as YAML editors read it. */
export function renderEditorSchema(): string {
  const { properties = {} } = declarationsNode();
  const keys = Object.keys(properties);
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: `The ${configNamespace} part of a Pulumi stack file`,
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: Object.fromEntries(
          Object.entries(properties).map(([key, node]) => [`${configNamespace}:${key}`, node]),
        ),
        patternProperties: { [`^${configNamespace}:(?!(${keys.join("|")})$)`]: false },
      },
    },
  };
  return jsonText(schema);
}

/** The schema of a file that this program writes: closed, so that whoever checks one sees every difference. */
function renderFileSchema(shape: z.ZodType): string {
  const schema = z.toJSONSchema(shape, {
    target: "draft-7",
    override: ({ jsonSchema }) => {
      if (jsonSchema.format === "date-time") {
        delete jsonSchema.pattern; // the format says it in fewer characters
      }
    },
  });
  return jsonText(schema);
}

function jsonText(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** The reference page. */
export function renderReference(): string {
  const { properties = {} } = declarationsNode();
  const sections = Object.entries(properties).flatMap(([key, node]) => {
    const entry = typeof node.additionalProperties === "object" ? node.additionalProperties : undefined;
    const title = `${configNamespace}:${key}`;
    if (node.anyOf !== undefined) {
      return choices(title, node);
    }
    return entry === undefined
      ? section(title, node)
      : section(title, entry, `${node.description ?? ""} ${keyText}`);
  });
  return `${[introduction, ...sections, environmentSection()].join("\n\n")}\n`;
}

const keyText =
  "A key has at most 64 characters: a letter or digit first, then letters, digits, `_`, `-` and `.`.";

const introduction = `# Configuration

Everything is written in \`Pulumi.<stack>.yaml\` under \`config:\`. Every mistake is reported at once, with its path and what to
write instead, before anything is sent anywhere. This page is generated from the schema by \`schemas/generate.ts\`.

Where that file is, and what counts besides it, is as Pulumi has it, and the commands follow: \`stackConfigDir\` of \`Pulumi.yaml\` names
the folder; a key in the \`config:\` of \`Pulumi.yaml\` (the map below \`value:\`) holds for every stack whose own file does not have the
key; environments of Pulumi ESC (\`environment:\`) are asked of \`pulumi config\`, and a command that gets no answer ends with an error.
No command changes what stands in \`Pulumi.yaml\` or in an environment: it says where to change it.

For completion and hover text in an editor, begin the file with
\`# yaml-language-server: $schema=schemas/declarations.schema.json\`. Whole files to start from are in \`examples/\`.`;

function declarationsNode(): SchemaNode {
  return z.toJSONSchema(declarationsSchema, { target: "draft-7", io: "input" }) as SchemaNode;
}

/** A heading, a table of the settings of one map, then a section for each map inside it. */
function section(title: string, node: SchemaNode, above = ""): string[] {
  const rows = Object.entries(node.properties ?? {}).map(([key, setting]) => [
    `\`${key}\``,
    valueText(setting),
    defaultText(key, setting, node),
    setting.description ?? "",
  ]);
  const nested = Object.entries(node.properties ?? {}).flatMap(([key, setting]) => [
    ...(setting.properties === undefined ? [] : section(`${title} … ${key}`, setting)),
    ...(setting.items?.anyOf === undefined ? [] : choices(`${title} … ${key}[]`, setting.items)),
  ]);
  const text = [above, node.description ?? ""].filter((part) => part !== "").join("\n\n");
  return [
    `## \`${title}\`\n\n${text}\n\n${markdownTable(["setting", "value", "default", "meaning"], rows)}`,
    ...nested,
  ];
}

/** The forms that one element of a list, or one setting, can have; then the forms of the settings inside, once. */
function choices(title: string, node: SchemaNode, isInner = false): string[] {
  const forms = node.anyOf ?? [];
  const rows = forms.flatMap((form) =>
    form.properties === undefined
      ? [[kindText(form), "", form.description ?? ""]]
      : Object.entries(form.properties).map(([key, setting], index) => [
          `${index === 0 ? "map with" : "and"} \`${key}\``,
          form.required?.includes(key) === true ? "required" : codeText(setting.default),
          setting.description ?? "",
        ]),
  );
  const inner = forms
    .flatMap((form) => Object.entries(form.properties ?? {}))
    .flatMap(([key, setting]): (readonly [string, SchemaNode])[] => {
      const listed = setting.items?.anyOf === undefined ? [] : [[`${key}[]`, setting.items] as const];
      return setting.anyOf === undefined ? listed : [[key, setting] as const];
    })
    .filter(([key]) => !isInner || key === "operands[]");
  return [
    `## \`${title}\`\n\n${node.description ?? ""}\n\n${markdownTable(["form", "default", "meaning"], rows)}`,
    ...inner.flatMap(([key, setting]) => choices(`${title}.${key}`, setting, true)),
  ];
}

function kindText({ type }: SchemaNode): string {
  return type === "string" ? "text" : type === "boolean" ? "`true` or `false`" : (type ?? "");
}

function environmentSection(): string {
  const rows = Object.entries<EnvironmentVariable>(environmentVariables).map(
    ([name, { meaning, standard, unit = "" }]) => [
      `\`${name}\``,
      standard === undefined ? "" : `\`${standard}\` ${unit}`.trimEnd(),
      meaning,
    ],
  );
  return `## Environment variables\n\nRead from the environment of \`pulumi\` and of the commands, never from the stack file.\n\n${markdownTable(["variable", "default", "meaning"], rows)}`;
}

function valueText(node: SchemaNode): string {
  if (node.enum !== undefined) {
    return node.enum.map(codeText).join(" or ");
  }
  if (node.anyOf !== undefined) {
    return node.anyOf.map(rangeText).join(" or ");
  }
  if (node.type === "integer") {
    return node.maximum === undefined || node.maximum === Number.MAX_SAFE_INTEGER
      ? `whole number, ${node.minimum ?? 0} or more`
      : `whole number, ${rangeText(node)}`;
  }
  if (node.type === "boolean") {
    return "`true` or `false`";
  }
  if (node.type === "array" || node.type === "object") {
    return node.type === "array" ? "list" : "map";
  }
  return node.maxLength === undefined ? "text" : `text, at most ${node.maxLength} characters`;
}

function rangeText(node: SchemaNode & { readonly const?: unknown }): string {
  return node.const === undefined ? `${node.minimum ?? ""} to ${node.maximum ?? ""}` : codeText(node.const);
}

function defaultText(key: string, node: SchemaNode, parent: SchemaNode): string {
  return parent.required?.includes(key) === true ? "required" : codeText(node.default);
}

function codeText(value: unknown): string {
  if (value === undefined) {
    return "";
  }
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text === "" || text === "{}" ? "" : `\`${text}\``;
}

if (require.main === module) {
  for (const [path, render] of Object.entries(generatedFiles)) {
    writeFileSync(join(__dirname, "..", path), render());
  }
}
