// A run of the probe in this process, against whichever server: its report, its words and what it sent.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Output } from "../../../cli/terminal/output";
import { redactorFor, type Surroundings } from "../../../cli/terminal/surroundings";
import { type Clock } from "../../../common/clock";
import { runProbe } from "../../../probe/main";

export interface ReportedQuestion {
  readonly id: string;
  readonly expected: string;
  readonly outcome: string;
  readonly seen: string;
  readonly set?: readonly string[];
}

export interface ProbeRun {
  readonly exitCode: number;
  readonly standardOutput: string;
  readonly standardError: string;
  /** What `--fixtures` wrote; empty where nothing was. */
  readonly fixtures: string;
}

export interface ProbedServer {
  readonly url: string;
  readonly clock: Clock;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The environment of a deployer of the server. */
export function environmentOf({ url, clientId, clientSecret }: Omit<ProbedServer, "clock">) {
  return {
    GENESYSCLOUD_OAUTHCLIENT_ID: clientId,
    GENESYSCLOUD_OAUTHCLIENT_SECRET: clientSecret,
    GENESYSCLOUD_API_URL: url,
    GENESYSCLOUD_LOGIN_URL: url,
    GENESYSCLOUD_REQUESTS_PER_MINUTE: "100000",
  };
}

export async function runAgainst(
  server: ProbedServer,
  commandLine: readonly string[],
  more: Partial<Surroundings> = {},
  interruption: AbortSignal = new AbortController().signal,
  fixturesPath?: string,
): Promise<ProbeRun> {
  const environment = environmentOf(server);
  const redactor = redactorFor(environment);
  const folder = mkdtempSync(join(tmpdir(), "probe "));
  const fixtures = fixturesPath ?? join(folder, "new", "fixtures.json");
  let standardOutput = "";
  let standardError = "";
  try {
    const exitCode = await runProbe(
      [...commandLine, "--fixtures", fixtures],
      {
        folder,
        environment,
        clock: server.clock,
        redactor,
        output: new Output(
          redactor,
          (text) => (standardOutput += text),
          (text) => (standardError += text),
        ),
        ...more,
      },
      interruption,
    );
    return { exitCode, standardOutput, standardError, fixtures: textOf(fixtures) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** The questions of a run with `--json`, by their ids. */
export function questionsOf({ standardOutput }: ProbeRun): ReadonlyMap<string, ReportedQuestion> {
  const { questions } = JSON.parse(standardOutput) as { questions: ReportedQuestion[] };
  return new Map(questions.map((question) => [question.id, question]));
}
