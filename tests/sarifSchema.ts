// Whether a text is a SARIF log: by the standard's own schema, and by what GitHub's code scanning asks for besides.
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";

interface Message {
  readonly text: string;
}

/** What the tests read of a result. */
export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: Message;
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string };
        readonly region: { readonly startLine: number };
      };
    },
  ];
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What the tests read of a log. */
export interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: {
          readonly name: string;
          readonly rules: readonly {
            readonly id: string;
            readonly shortDescription: Message;
            readonly fullDescription: Message;
            readonly help: Message;
            readonly helpUri?: string;
            readonly properties: {
              readonly tags: readonly string[];
              readonly "security-severity"?: string;
            };
          }[];
        };
      };
      readonly invocations: readonly [
        {
          readonly executionSuccessful: boolean;
          readonly toolExecutionNotifications: readonly {
            readonly level: string;
            readonly message: Message;
          }[];
        },
      ];
      readonly results: readonly SarifResult[];
    },
  ];
}

const path = require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
const {
  $schema: _draft,
  id: _id,
  ...schema
} = JSON.parse(readFileSync(path, "utf8")) as object & {
  $schema: string;
  id: string;
};
// It is of draft 4, of which it uses nothing that is otherwise now but the two names above and the looser patterns.
const isSarif = addFormats(new Ajv({ strict: false, unicodeRegExp: false })).compile(schema);

/** GitHub's limits: docs.github.com, "SARIF support for code scanning". */
const [mostTags, longestDescription, mostResults] = [20, 1024, 25_000];

/** What is wrong with a log; nothing where it is fine. */
export function sarifProblems(log: object): string[] {
  if (!isSarif(log)) {
    return (isSarif.errors ?? []).map(({ instancePath, message = "" }) => `${instancePath} ${message}`);
  }
  const [{ tool, results }] = (log as Sarif).runs;
  const { rules } = tool.driver;
  const marks = results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
  return Object.entries({
    "a rule without its texts": rules.some(({ shortDescription, fullDescription, help }) =>
      [shortDescription, fullDescription, help].some(
        ({ text }) => text === "" || text.length > longestDescription,
      ),
    ),
    "a severity of a rule that is not tagged as one of security, or out of its range": rules.some(
      ({ properties: { tags, "security-severity": severity } }) =>
        severity !== undefined &&
        !(tags.includes("security") && Number(severity) > 0 && Number(severity) <= 10),
    ),
    "too many tags": rules.some(({ properties }) => properties.tags.length > mostTags),
    "a rule that is there twice": new Set(rules.map(({ id }) => id)).size < rules.length,
    "a result of no rule": results.some(({ ruleId, ruleIndex }) => rules[ruleIndex]?.id !== ruleId),
    "a result without a message": results.some(({ message }) => message.text.trim() === ""),
    "a place that is not relative to the repository": results.some(({ locations: [place] }) =>
      /^\/|^\.\.|:|\\/.test(place.physicalLocation.artifactLocation.uri),
    ),
    "two results with one fingerprint": new Set(marks).size < marks.length,
    "too many results": results.length > mostResults,
  }).flatMap(([problem, isSo]) => (isSo ? [problem] : []));
}
