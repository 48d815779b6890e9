// What keeps a plan from being deployed: errors of the preview and violated policies, each with whom it concerns and what helps (pure).
import { oneLine } from "../../../common/oneLine";
import { subjectOfUrn } from "../plan/subjectOfUrn";
import { type StackPlan } from "../plan/stackPlan";
import { type Finding, linesOn } from "./finding";
import { phrase, type Phrase } from "./phrase";

/** Characters of an error that are shown: a list in it is cut, and not what helps. */
const whatLength = 400;
const remedyLength = 600;

/** One line for each error and each violation. */
export function* errorFindings({
  errors,
  violations,
}: Pick<StackPlan, "errors" | "violations">): Generator<Finding> {
  // Pulumi may print one error several times.
  const unique = new Map(errors.map((error) => [JSON.stringify(error), error]));
  for (const { subject, code, what, remedy } of unique.values()) {
    yield linesOn(subject)("PREVIEW_ERROR", {
      remedy: remedy === undefined ? remedyOf(code) : phrase`${oneLine(remedy, remedyLength)}`,
    })`${oneLine(what, whatLength)}`;
  }
  const remedy = phrase`change what the rule names, or the rule itself (docs/reviewing.md)`;
  for (const { urn, policy, isMandatory, message } of violations) {
    const code = isMandatory ? "POLICY_VIOLATED" : "POLICY_ADVICE";
    yield linesOn(urn === undefined ? undefined : subjectOfUrn(urn))(code, {
      remedy,
    })`policy ${policy}: ${oneLine(message, whatLength)}`;
  }
}

function remedyOf(code: string | undefined): Phrase {
  return code === undefined
    ? phrase`correct what the error names, and preview again`
    : phrase`look up ${code} in docs/errors.md, and preview again`;
}
