// The parts of the documents that say what the deployer needs: made from the table that the program goes by.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  deployerRequests,
  ofClientsAndRoles,
  permissionsFor,
  previewPermissions,
} from "../genesys/knowledge/deployerPermissions";
import { everyPermission } from "../genesys/knowledge/requiredPermissions";
import { markdownTable } from "./markdownTable";

/** The sections of each document by the name in its markers: `<!-- generated: permissions -->` to `<!-- end -->`. */
const sections: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  "README.md": {
    permissions: () => {
      const needed = permissionsFor([...ofClientsAndRoles, "audit"]);
      return wrapped(`${needed.map(({ permission }) => `\`${permission}\``).join(", ")}.`.split(" "));
    },
  },
  "docs/permissions.md": {
    "the role to give": () =>
      `\`\`\`\n${wrapped(`permissions: [${everyPermission([]).join(", ")}]`.split(" "), "  ")}\n\`\`\``,
    "the role of a preview": () => `\`\`\`\npermissions: [${previewPermissions().join(", ")}]\n\`\`\``,
  },
  "docs/security.md": { requests: requestTable },
};

const lineWidth = 110;

/** Each of these documents with its sections made anew, by path below the project's root. */
export const documentsWithSections: Readonly<Record<string, () => string>> = Object.fromEntries(
  Object.entries(sections).map(([path, made]) => [
    path,
    () =>
      Object.entries(made).reduce(
        (text, [name, render]) => withSection(path, text, name, render()),
        readFileSync(join(__dirname, "..", path), "utf8"),
      ),
  ]),
);

/** @throws Error where the document has no such section */
function withSection(path: string, text: string, name: string, content: string): string {
  const [above, below] = [`<!-- generated: ${name} -->\n`, "<!-- end -->"];
  const start = text.indexOf(above);
  const end = text.indexOf(below, start);
  if (start < 0 || end < 0) {
    throw new Error(`${path} has no section "${name}": write ${above}${below} where it belongs`);
  }
  const indent = /[ ]*$/.exec(text.slice(0, start))?.[0] ?? "";
  const gap = indent === "" ? "\n" : ""; // within a list a paragraph of its own would pull the list apart
  const lines = content.split("\n").map((line) => `${indent}${line}\n`);
  return `${text.slice(0, start + above.length)}${gap}${lines.join("")}${gap}${indent}${text.slice(end)}`;
}

/** Words with spaces between them, on lines of that width; each line but the first begins with `indent`. */
function wrapped(words: readonly string[], indent = ""): string {
  const lines = [""];
  for (const word of words) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + 1 + word.length > lineWidth) {
      lines.push(`${indent}${word}`);
    } else {
      lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
    }
  }
  return lines.join("\n");
}

function requestTable(): string {
  const rows = Object.entries(deployerRequests).map(([request, [permission, use]]) => [
    `\`${request}\``,
    permission === undefined ? "none" : `\`${permission}\``,
    use,
  ]);
  return markdownTable(["request", "permission", "used for"], rows);
}
