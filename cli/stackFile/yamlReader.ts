// Reads YAML as Pulumi does, and says where it is broken.
import { type Document, parseDocument } from "yaml";
import { ConfigError } from "../../declarations/configError";

/** @throws ConfigError when the text is not YAML, or its aliases cannot be resolved. */
export function parseYaml(fileName: string, text: string): Document {
  // Pulumi's reader resolves merge keys; so must this one.
  const document = parseDocument(text, { merge: true, prettyErrors: false, logLevel: "error" });
  const [error] = document.errors;
  if (error !== undefined) {
    throw notYaml(fileName, text, error.message, error.pos[0]);
  }
  try {
    document.toJS();
  } catch (error_) {
    throw notYaml(fileName, text, error_ instanceof Error ? error_.message : "it cannot be read", 0);
  }
  return document;
}

function notYaml(fileName: string, text: string, message: string, position: number): ConfigError {
  const line = text.slice(0, position).split("\n").length;
  return new ConfigError(fileName, [
    {
      path: `line ${line}`,
      problem: `it is not valid YAML (${message.split("\n")[0] ?? ""})`,
      remedy: "correct the file; `pulumi config` reads it too",
    },
  ]);
}
