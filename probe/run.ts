// One run against one organisation: who is there, what is asked, and that nothing is left behind.
import { messageOf } from "../common/known";
import { uuidPattern } from "../common/uuid";
import { OutsideError, UsageError } from "../cli/terminal/cliError";
import { counted } from "../cli/terminal/counted";
import { type ExitCode, exitCodes } from "../cli/terminal/exitCode";
import type { Surroundings } from "../cli/terminal/surroundings";
import { Divisions } from "../genesys/divisions";
import { Grants } from "../genesys/grants";
import { Identity, type TokenIdentity } from "../genesys/identity";
import { readSettings } from "../genesys/settings";
import { askAll } from "./asking";
import { writeFixtures } from "./fixtures";
import { Ledger, type MadeObject } from "./ledger";
import { newRunId } from "./mark";
import { findMarked, type Found } from "./marked";
import { Patience } from "./patience";
import { ProbeClient } from "./probeClient";
import { type QuestionGroup, questionGroups } from "./questions/all";
import { Recorder } from "./recorder";
import { removeAll } from "./removal";
import { requireRemovable } from "./removability";
import { isFine, type ProbeReport, remainingText, reportJson, reportText } from "./report";
import { Stage } from "./stage";

export interface ProbeOptions {
  readonly organization?: string;
  /** Ids of questions; absent: all of them. */
  readonly only?: readonly string[];
  /** Only removes what former runs left behind. */
  readonly clean?: true;
  readonly json?: true;
  readonly fixtures: string;
}

type Deployer = TokenIdentity & { readonly clientId: string };

/** @param interruption Aborted: nothing more is asked, and what was made is removed. */
export async function probe(
  options: ProbeOptions,
  surroundings: Surroundings,
  interruption: AbortSignal,
): Promise<ExitCode> {
  groupsOf(options.only); // before anything is sent
  const client = clientFor(surroundings, interruption);
  const deployer = await requireOrganization(client, options, surroundings);
  const ledger = new Ledger(newRunId(), deployer.clientId);
  client.recorder.ledger = ledger;
  const leftovers = await findMarked(client);
  return options.clean === true
    ? clean(client, ledger, deployer, leftovers, surroundings, options)
    : ask(client, ledger, deployer, leftovers, surroundings, options, interruption);
}

/** The questions of these ids, in the usual order. @throws UsageError */
function groupsOf(only: readonly string[] | undefined): readonly QuestionGroup[] {
  const known = questionGroups.flatMap(({ questions }) => questions.map(({ id }) => id));
  const unknown = only?.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new UsageError(
      `Probing: there is no question "${unknown}". They are: ${known.join(", ")}. Nothing was sent.`,
    );
  }
  return questionGroups.map(({ title, questions }) => ({
    title,
    questions: questions.filter(({ id }) => only === undefined || only.includes(id)),
  }));
}

function clientFor(
  { environment, clock, redactor, output }: Surroundings,
  interruption: AbortSignal,
): ProbeClient {
  const { origins, credentials, requestsPerMinute, timeoutMs } = readSettings(environment, undefined);
  return new ProbeClient(
    {
      origins,
      credentials,
      clock,
      redactor,
      ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      notify: (line) => {
        output.note(line);
      },
    },
    new Recorder(redactor),
    interruption,
  );
}

/** The organisation is the one that was typed: without that nothing is sent but the question whose token it is. @throws UsageError */
async function requireOrganization(
  client: ProbeClient,
  { organization }: ProbeOptions,
  { ask: askPerson }: Surroundings,
): Promise<Deployer> {
  const typed = (organization ?? (await askPerson?.("Id of the throw-away organisation: ")) ?? "").trim();
  if (!uuidPattern.test(typed)) {
    throw new UsageError(
      "Probing: the id of the organisation is missing, or is no id; type it as --organization <id>. Nothing was sent.",
    );
  }
  const { clientId, ...identity } = await new Identity(client).read();
  if (identity.organizationId.toLowerCase() !== typed.toLowerCase()) {
    throw new UsageError(
      `Probing: the deployer's token belongs to the organisation ${identity.organizationName ?? "(without a name)"}, which has another id than the one typed; nothing was done.`,
    );
  }
  if (clientId === undefined) {
    throw new OutsideError(
      "Probing: Genesys does not tell whose token the deployer has, and the probe must know it; nothing was done.",
    );
  }
  return { ...identity, clientId };
}

async function clean(
  client: ProbeClient,
  ledger: Ledger,
  deployer: Deployer,
  { objects, unseen }: Found,
  { output }: Surroundings,
  { json }: ProbeOptions,
): Promise<ExitCode> {
  objects.forEach((object) => {
    ledger.add(object);
  });
  const granted = await new Grants(client).of(deployer.clientId).catch(() => []);
  ledger.given(
    [...(deployer.roleDivisions ?? []), ...granted].filter(({ roleId }) => ledger.has("role", roleId)),
  );
  const remaining = [
    ...(await removeAll(client, ledger, ownPairs(deployer, objects))),
    ...[...unseen.values()].map((reason) => ({ what: "what former runs left behind", reason })),
  ];
  if (json === true) {
    output.printJson({ leftovers: objects, remaining });
  } else {
    const text = `${counted(objects.length, "object")} of former runs found, ${counted(remaining.length, "problem")} removing them`;
    output.print([...objects.map(lineOf), text, ...remainingText(remaining)].join("\n"));
  }
  return remaining.length === 0 ? exitCodes.fine : exitCodes.findings;
}

async function ask(
  client: ProbeClient,
  ledger: Ledger,
  deployer: Deployer,
  leftovers: Found,
  { output, clock, redactor }: Surroundings,
  { json, fixtures, only }: ProbeOptions,
  interruption: AbortSignal,
): Promise<ExitCode> {
  if (leftovers.objects.length > 0) {
    output.note(
      ["Left behind by former runs; --clean removes it:", ...leftovers.objects.map(lineOf)].join("\n"),
    );
  }
  leftovers.unseen.forEach((reason) => {
    output.note(`Of former runs, ${reason}`);
  });
  const home = await new Divisions(client).home();
  await requireRemovable(client, ledger, leftovers.unseen, home.id);
  const patience = new Patience(clock, interruption);
  const roleDivisions = ownPairs(deployer, leftovers.objects);
  const stage = new Stage(client, patience, ledger.runId, { ...deployer, roleDivisions }, home.id);
  const results = await askAll(stage, groupsOf(only), (number, count, { question }) => {
    output.progress(`${number} of ${count}: ${question}`);
  });
  output.progress("Removing what was made");
  const remaining = await removeAll(client, ledger, roleDivisions);
  output.endProgress();
  const written = tryToWrite(fixtures, client, output.note.bind(output), redactor);
  const report: ProbeReport = {
    runId: ledger.runId,
    organizationName: deployer.organizationName ?? "(without a name)",
    results,
    leftovers: leftovers.objects,
    remaining,
    fixtures: written ? fixtures : undefined,
  };
  if (json === true) {
    output.printJson(reportJson(report));
  } else {
    output.print(reportText(report));
  }
  return isFine(report) ? (written ? exitCodes.fine : exitCodes.outside) : exitCodes.findings;
}

/** What the deployer holds apart from what former runs left to it. */
function ownPairs({ roleDivisions = [] }: Deployer, leftovers: readonly MadeObject[]) {
  return roleDivisions.filter(({ roleId }) => !leftovers.some(({ id }) => id === roleId));
}

function tryToWrite(
  path: string,
  client: ProbeClient,
  note: (line: string) => void,
  redactor: Surroundings["redactor"],
): boolean {
  try {
    writeFixtures(path, client.recorder.exchanges, redactor);
    return true;
  } catch (error) {
    note(`Writing the fixtures to ${path}: ${messageOf(error)}`);
    return false;
  }
}

function lineOf({ kind, id, name }: MadeObject): string {
  return `  ${kind} ${name} (${id})`;
}
