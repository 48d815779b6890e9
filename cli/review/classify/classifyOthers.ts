// What becomes of inputs that no rule of the review knows: told with both values, and taken for what allows more (pure).
import { clientFields } from "../../../genesys/knowledge/oauthClientFields";
import { type Finding, linesOn } from "./finding";
import { unknownValue } from "../plan/preview";

/** A client or a role. */
interface WithOthers {
  /** By name: canonical JSON. Absent where the preview does not show them. */
  readonly others?: Readonly<Record<string, string>>;
}

/** @param subject As in {@link linesOn}. */
export function* otherFindings(
  subject: string,
  before: readonly WithOthers[],
  after: readonly WithOthers[],
): Generator<Finding> {
  const names = [...before, ...after].flatMap(({ others = {} }) => Object.keys(others));
  for (const name of new Set(names)) {
    const valuesIn = (objects: readonly WithOthers[]): string =>
      knownOf(
        objects.map(({ others }) => others && (Object.hasOwn(others, name) ? others[name] : "not set")),
      ) ?? unknownValue;
    const [former, next] = [valuesIn(before), valuesIn(after)];
    if (former !== next && ![former, next].includes(unknownValue)) {
      yield linesOn(subject)("UNKNOWN_SETTING")`${[labelOf(name)]} ${former} -> ${next}`;
    }
  }
}

function labelOf(name: string): string {
  const fields: Readonly<Record<string, { readonly label: string }>> = clientFields;
  return (Object.hasOwn(fields, name) ? fields[name]?.label : undefined) ?? name;
}

/** What is known of values, in words; undefined where nothing is. */
export function knownOf(values: readonly (string | undefined)[]): string | undefined {
  const some = [...new Set(values.filter((value) => value !== undefined && value !== unknownValue))].sort();
  return some.length === 0 ? undefined : some.join(", ");
}
