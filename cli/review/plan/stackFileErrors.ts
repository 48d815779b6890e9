// The mistakes in a stack file that the program tells in one error, taken apart: whom each concerns, what is wrong, and what to write (pure).
import { defined } from "../../../common/defined";
import type { PreviewError } from "./previewError";

/** How the program names the environment or the file and counts the mistakes; each is a line below (declarations/configError.ts). */
const headPattern = /^(?:The environment|Pulumi\.[^\n]+\.yaml): \d+ problems?$/;
/** No file is to blame for one. */
const variablePattern = /^[A-Z][A-Z0-9_]+$/;
/** A path and what is wrong there. In a path only keys in brackets are quoted, and hold whatever people wrote. */
const linePattern = /^((?:\["(?:[^"\\]|\\.)*"\]|[^"\s])+): (.*)$/;
/** What is wrong, and after it what to write; the value that is quoted may hold anything. */
const halvesPattern = /^((?:"(?:[^"\\]|\\.)*"|[^";]|;(?! ))*); (.*)$/;
/** An entry of ours, by its kind and key, and what is below it. */
const entryPattern =
  /^genesys-credentials:(roles|credentials)(?:\.([A-Za-z0-9_-]+)|\["((?:[^"\\]|\\.)*)"\])(?:\.?(.+))?$/;

/** Undefined where the error is another one. @param text The whole message. */
export function stackFileErrors(text: string): PreviewError[] | undefined {
  const [first = "", ...others] = text.split("\n");
  return headPattern.test(first) && others.length > 0
    ? others
        .map((line) => line.trim())
        .filter((line) => !headPattern.test(line))
        .map(stackFileError)
    : undefined;
}

function stackFileError(line: string): PreviewError {
  const [, path = "", words = line] = linePattern.exec(line) ?? [];
  const [, what = words, remedy] = halvesPattern.exec(words) ?? [];
  const entry = entryPattern.exec(path);
  const [, kind, plain, quoted] = entry ?? [];
  const key = plain ?? quoted ?? "";
  const place = entry === null ? path : (entry[4] ?? "");
  return defined({
    subject: entry === null ? undefined : kind === "roles" ? `role ${key}` : key,
    code: variablePattern.test(path) ? "DEPLOYER_ENVIRONMENT" : "CONFIG_INVALID",
    what: place === "" ? what : `${place}: ${what}`,
    remedy,
  });
}
