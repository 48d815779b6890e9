// What was found as SARIF 2.1.0, the form in which code scanning takes it: one run of one command (pure).
import { createHash } from "node:crypto";
import { defined } from "../../common/defined";

/** How grave SARIF calls something. */
export type SarifLevel = "error" | "warning" | "note";

/** A kind of thing that may be found. */
export interface SarifRule {
  /** Stays. */
  readonly id: string;
  /** One sentence. */
  readonly means: string;
  /** Further sentences: how grave it is, what to do. */
  readonly help: string;
  readonly level: SarifLevel;
  readonly tags: readonly string[];
  /** From 0.1 to 10, as CVSS counts; absent where it is no matter of security. */
  readonly securitySeverity?: number;
  /** Absolute address of the page that tells of it; absent where none is known. */
  readonly helpUri?: string;
}

/** One thing that was found. */
export interface SarifFinding {
  readonly ruleId: string;
  readonly level: SarifLevel;
  /** Sentences without markup; the first one stands for all where there is little room. */
  readonly text: string;
  /** Where it is to be looked at. */
  readonly place: SarifPlace;
  /** What makes it this one, and stays when it is found again: keys, names and ids, but no figures, days or words of ours. */
  readonly identity: readonly unknown[];
  /** More for programs. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A line of a file of the repository. */
export interface SarifPlace {
  /** Relative to the top of the repository, percent-encoded. */
  readonly uri: string;
  readonly startLine: number;
}

/** One run of a command. */
export interface SarifRun {
  /** Name of the tool: code scanning keeps what each one found apart. */
  readonly tool: string;
  readonly rules: readonly SarifRule[];
  readonly findings: readonly SarifFinding[];
  /** What is to be known of the run itself: what could not be looked at. */
  readonly notices: readonly { readonly level: SarifLevel; readonly text: string }[];
  /** Whether it could look at all that it is about. */
  readonly isSuccessful: boolean;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Characters of a fingerprint: what GitHub's own has. */
const fingerprintLength = 16;

/** The whole log. */
export function sarifLog({ tool, rules, findings, notices, isSuccessful, properties }: SarifRun): object {
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]));
  const fingerprintOf = fingerprints();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: tool, rules: rules.map(ruleInSarif) } },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: isSuccessful,
            toolExecutionNotifications: notices.map(({ level, text }) => ({ level, message: message(text) })),
          },
        ],
        results: findings.map((one) => ({
          ruleId: one.ruleId,
          ruleIndex: indexOf.get(one.ruleId),
          level: one.level,
          message: message(one.text),
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: one.place.uri, uriBaseId: "%SRCROOT%" },
                region: { startLine: one.place.startLine },
              },
            },
          ],
          // By this name GitHub knows a finding again; without it, all findings of one rule on one line would be one.
          partialFingerprints: { primaryLocationLineHash: fingerprintOf(one) },
          properties: one.properties,
        })),
        properties,
      },
    ],
  };
}

function ruleInSarif({ id, means, help, level, tags, securitySeverity, helpUri }: SarifRule): object {
  return {
    id,
    shortDescription: { text: means },
    fullDescription: { text: means },
    help: { text: `${means} ${help}` },
    ...defined({ helpUri }),
    defaultConfiguration: { level },
    properties: {
      tags: securitySeverity === undefined ? tags : ["security", ...tags],
      ...defined({ "security-severity": securitySeverity?.toFixed(1) }),
    },
  };
}

/** The text of a message is plain but for links: a name with brackets in it must not become one (SARIF 2.1.0, 3.11.6). */
function message(text: string): object {
  return { text: text.replace(/[[\]\\]/g, "\\$&") };
}

/** The same for the same finding in every run; the second of two that cannot be told apart gets another one. */
function fingerprints(): (finding: SarifFinding) => string {
  const seen = new Map<string, number>();
  return ({ ruleId, place, identity }) => {
    const digest = createHash("sha256")
      .update(JSON.stringify([ruleId, place.uri, ...identity]))
      .digest("hex")
      .slice(0, fingerprintLength);
    const count = (seen.get(digest) ?? 0) + 1;
    seen.set(digest, count);
    return `${digest}:${count}`;
  };
}
