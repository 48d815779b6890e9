// Whether one entry can be declared, checked as the whole file will be, and the reason in a few words where it cannot.
import { isConfigError } from "../../declarations/configError";
import { type RawDeclarations } from "../../declarations/parse";
import { configNamespace } from "../../declarations/naming";
import { declarationsIn } from "../stackFile/stackDeclarations";

/** Stands in for the project, which entries do not depend on. */
const anyProject = "project";

/**
 * @param path The entry's place, as `roles.reader`: reasons name places within it.
 * @returns undefined when it can be declared.
 */
export function entryProblem(raw: RawDeclarations, path: string, stack: string): string | undefined {
  try {
    declarationsIn(raw, anyProject, stack);
    return undefined;
  } catch (error) {
    if (!isConfigError(error)) {
      throw error;
    }
    const [first] = error.problems;
    const place = (first?.path ?? "").replace(`${configNamespace}:${path}`, "").replace(/^\./, "");
    return `${place === "" ? "" : `${place}: `}${first?.problem ?? "it cannot be declared"}`;
  }
}
