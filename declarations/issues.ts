// Turns what zod found into problems in people's words: one for each mistake, with the field's own remedy.
import { z } from "zod";
import { defined } from "../common/defined";
import { nearestName } from "../common/nearestName";
import { type Problem } from "./configError";
import { describePath, describeValue, quote, type SecretDetector } from "./describeValue";
import { innerSchema, remedyOf } from "./field";
import { isPlainMap } from "./plainValue";
import { choosingKeys, knownKeys, meantBranch, placeAt, type Place, requiredKeys } from "./schemaPath";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** What the issues are about, and how its values are shown. */
interface Reading {
  readonly root: Place;
  readonly show: (value: unknown) => string;
}

/**
 * A mistake and where it is. A required key that is missing because it is misspelt is one mistake, the misspelt key;
 * so is a value that breaks several rules: the first is reported.
 */
interface Finding {
  readonly path: Path;
  readonly problem: string;
  readonly remedy: string;
  /** Whether the mistake is that nothing is written there. */
  readonly isMissing?: boolean;
  /** The known key that an unknown one was probably meant to be. */
  readonly meantKey?: string;
}

/** What zod expects, in people's words. */
const expectedWords: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map",
  record: "a map",
};

/** The problems behind zod's issues about `root`. */
export function problemsOf(
  issues: readonly Issue[],
  root: Place,
  isKnownSecret: SecretDetector,
): readonly Problem[] {
  const reading: Reading = { root, show: (value) => describeValue(value, isKnownSecret) };
  const findings = issues.flatMap((issue) => findingsOf(issue, [], reading));
  const misspelt = new Set(
    findings.flatMap(({ path, meantKey }) =>
      meantKey === undefined ? [] : [pathKey([...path.slice(0, -1), meantKey])],
    ),
  );
  const seen = new Set<string>();
  return findings
    .filter(({ path, isMissing }) => {
      const key = pathKey(path);
      const isRepeated = seen.has(key);
      seen.add(key);
      return !isRepeated && !(isMissing === true && misspelt.has(key));
    })
    .map(({ path, problem, remedy }) => ({
      path: describePath(path, isKnownSecret),
      problem,
      remedy,
    }));
}

/** A path as one text, to compare paths by. */
function pathKey(path: Path): string {
  return JSON.stringify(path.map(String));
}

function findingsOf(issue: Issue, prefix: Path, reading: Reading): readonly Finding[] {
  const path = [...prefix, ...issue.path];
  const place = placeAt(reading.root, path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKey([...path, key], knownKeys(place) ?? []));
  }
  if (issue.code === "invalid_union") {
    return unionFindings(issue, path, reading);
  }
  if (issue.code === "invalid_key") {
    return [keyFinding(issue, path, reading)];
  }
  const isMissing =
    (issue.code === "invalid_type" || issue.code === "invalid_value") && place.value === undefined;
  const problem = isMissing ? "is missing" : problemText(issue, place.value, reading.show(place.value));
  return [{ path, problem, remedy: ownRemedyOf(issue) ?? remedyAt(place), isMissing }];
}

/** The remedy that a rule gave to this very mistake. */
function ownRemedyOf(issue: Issue | undefined): string | undefined {
  const remedy: unknown = issue?.code === "custom" ? issue.params?.["remedy"] : undefined;
  return typeof remedy === "string" ? remedy : undefined;
}

function remedyAt({ schema }: Place): string {
  return remedyOf(schema) ?? "see docs/configuration.md";
}

function problemText(issue: Issue, value: unknown, shown: string): string {
  if (issue.code === "invalid_type") {
    return `${shown} is not ${expectedWords[issue.expected] ?? issue.expected}`;
  }
  if (issue.code === "invalid_value") {
    return `${shown} is not one of ${issue.values.map(String).join(", ")}`;
  }
  if (issue.code === "too_small") {
    return issue.origin === "array" ? "the list is empty" : `${shown} is below ${issue.minimum}`;
  }
  if (issue.code === "too_big") {
    return issue.origin === "int" ? `${shown} is too large` : `${shown} is above ${issue.maximum}`;
  }
  return `${Array.isArray(value) ? "the list" : isPlainMap(value) ? "the map" : shown} ${issue.message}`;
}

function unionFindings(
  issue: z.core.$ZodIssueInvalidUnion,
  path: Path,
  reading: Reading,
): readonly Finding[] {
  const place = placeAt(reading.root, path);
  const union = innerSchema(place.schema);
  const { value } = place;
  if (typeof value !== "object" || value === null || Array.isArray(value) || !(union instanceof z.ZodUnion)) {
    return [{ path, problem: `${reading.show(value)} is neither text nor a map`, remedy: remedyAt(place) }];
  }
  const choosing = choosingKeys(union, value);
  if (choosing.length > 1) {
    const problem = `the map has ${choosing.map(quote).join(" and ")}, of which only one can hold`;
    return [{ path, problem, remedy: "keep one of them" }];
  }
  if (choosing.length === 0 && namesNothingOf(place)) {
    const names = union.options.flatMap((option) =>
      option instanceof z.ZodObject ? requiredKeys(option).slice(0, 1) : [],
    );
    const problem = `the map has no setting ${names.map(quote).join(" or ")}`;
    return [{ path, problem, remedy: remedyAt(place) }];
  }
  const branch = issue.errors[meantBranch(union, value)] ?? [];
  return branch.flatMap((inner) => findingsOf(inner, path, reading));
}

/** Whether no key of a map is a known one or near to one: something else was meant, as by the YAML `- a:b: c`, which is a map. */
function namesNothingOf(place: Place): boolean {
  const known = knownKeys(place) ?? [];
  const keys = isPlainMap(place.value) ? Object.keys(place.value) : [];
  return (
    keys.length > 0 && keys.every((key) => !known.includes(key) && nearestName(key, known) === undefined)
  );
}

/** A key of a map whose keys people choose (roles, credentials, tags) that breaks the rule for them. */
function keyFinding(issue: z.core.$ZodIssueInvalidKey, path: Path, { root, show }: Reading): Finding {
  const [inner] = issue.issues;
  const map = placeAt(root, path.slice(0, -1));
  const schema = innerSchema(map.schema);
  const keyRemedy = schema instanceof z.ZodRecord ? remedyOf(schema.keyType as z.ZodType) : undefined;
  return {
    path,
    problem: `the key ${show(path.at(-1))} ${inner?.message ?? "is not a valid key"}`,
    remedy: ownRemedyOf(inner) ?? keyRemedy ?? remedyAt(map),
  };
}

function unknownKey(path: Path, known: readonly string[]): Finding {
  const nearest = nearestName(String(path.at(-1)), known);
  return {
    path,
    problem: "no setting has this name",
    remedy: nearest === undefined ? `write one of: ${known.join(", ")}` : `did you mean ${quote(nearest)}?`,
    ...defined({ meantKey: nearest }),
  };
}
