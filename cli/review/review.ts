// `review`: what a change does to access, from previews: read, judged, shown, and posted where that is asked for.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { defined } from "../../common/defined";
import { documentUrl } from "../terminal/documentUrl";
import { OutsideError, UsageError } from "../terminal/cliError";
import { type ExitCode, exitCodes } from "../terminal/exitCode";
import { StackFile } from "../stackFile/stackFile";
import { WrittenPlaces } from "../stackFile/writtenPlaces";
import { systemReason } from "../terminal/systemReason";
import { type Surroundings } from "../terminal/surroundings";
import { classify, isIrreversible, type StackReview } from "./classify/classify";
import { defaultSettings, parseReviewSettings, type ReviewSettings } from "./classify/exclusions";
import { reviewedCommit } from "./github/githubEvent";
import { githubTarget } from "./github/githubTarget";
import { postReview } from "./github/post";
import { digestIn, parsePreview, type Preview } from "./plan/preview";
import { missingPreviews } from "./plan/missingPreview";
import { type RunPreview, runPulumiPreview } from "./plan/previewRun";
import { savedPreview } from "./plan/savedPreview";
import { type Origin, reviewingPage } from "./render/footer";
import { jsonOf } from "./render/renderJson";
import { renderMarkdown } from "./render/renderMarkdown";
import { sarifOf } from "./render/renderSarif";
import { renderText } from "./render/renderText";
import { planOf } from "./plan/stackPlan";
import { verdictOf } from "./render/headline";
import { type Gate, type ReviewOptions } from "./reviewOptions";
import { type Direction } from "./classify/directions";

/** What the command has of the outside world besides its surroundings. */
export interface ReviewTools {
  readonly runPreview: RunPreview;
  /** All of standard input, however slowly it comes. */
  readonly readStandardInput: () => Promise<string>;
}

const standardInput = "-";

export const toolsOfProcess: ReviewTools = {
  runPreview: runPulumiPreview,
  // Read as a stream: in one call, a pipe whose writer is slow fails with EAGAIN.
  readStandardInput: () => text(process.stdin),
};

/** @throws UsageError, OutsideError. */
export async function review(
  options: ReviewOptions,
  surroundings: Surroundings,
  tools: ReviewTools = toolsOfProcess,
): Promise<ExitCode> {
  checkOptions(options);
  const { output, redactor, environment, clock } = surroundings;
  redactor.add(environment["GITHUB_TOKEN"]);
  // What would make the post fail is told before minutes go into a preview.
  const target = options.post === true ? githubTarget(environment, options.pullRequest) : undefined;
  const settings = settingsOf(options, surroundings);
  const found = await previewsOf(options, surroundings, tools);
  requireOneOfEach(found);
  const previews = [...found, ...missingPreviews(options.expect ?? [], found)];
  const nowMs = clock.now();
  const reviews = previews.map((preview) => classify(planOf(preview), settings, nowMs));
  const origin = originOf(environment);
  print(reviews, options.json === true ? "json" : (options.format ?? "text"), origin, surroundings);
  if (target !== undefined) {
    const { kind, url } = await postReview(target, redactor.redact(renderMarkdown(reviews, origin)));
    output.note(
      `The comment of pull request ${target.pullRequest} is ${kind}${url === "" ? "" : `: ${url}`}.`,
    );
  }
  return exitCode(reviews, options.failOn ?? []);
}

function print(
  reviews: readonly StackReview[],
  format: NonNullable<ReviewOptions["format"]>,
  origin: Origin,
  { output, folder, environment }: Surroundings,
): void {
  if (format === "json") {
    output.printJson(jsonOf(reviews));
  } else if (format === "sarif") {
    output.printJson(sarifOf(reviews, new WrittenPlaces(folder), environment));
  } else {
    output.print({ text: renderText, markdown: renderMarkdown }[format](reviews, origin).trimEnd());
  }
}

function originOf(environment: Surroundings["environment"]): Origin {
  const commit = reviewedCommit(environment);
  return defined({ commit, pageUrl: documentUrl(environment, reviewingPage, commit) });
}

function exitCode(reviews: readonly StackReview[], failOn: readonly Gate[]): ExitCode {
  const says = (direction: Direction): boolean =>
    reviews.some(({ findings }) => findings.some((one) => one.direction === direction));
  const isBlocked = verdictOf(reviews) === "BLOCKED";
  const fails = {
    blocked: isBlocked,
    widened: isBlocked || says("wider"),
    breaks: isBlocked || says("breaks"),
    irreversible: isBlocked || reviews.some(isIrreversible),
  };
  return failOn.some((gate) => fails[gate]) ? exitCodes.findings : exitCodes.fine;
}

function checkOptions({ stack = [], file = [], ...options }: ReviewOptions): void {
  const problems = Object.entries({
    "--stack runs a preview and --file reads one: give one of them": stack.length > 0 && file.length > 0,
    "--stack names a stack twice": new Set(stack).size < stack.length,
    "standard input can be read once only": file.filter((path) => path === standardInput).length > 1,
    "--json and --format say different things":
      options.json === true && options.format !== undefined && options.format !== "json",
    "--pull-request needs --post": options.pullRequest !== undefined && options.post !== true,
    "--policy-pack needs a preview that is run here, not one from --file":
      file.length > 0 && (options.policyPack ?? []).length > 0,
    "--expect says which stacks the previews of --file are of":
      options.expect !== undefined && stack.length > 0,
    "--save keeps the preview of one --stack":
      options.save !== undefined && (file.length > 0 || stack.length > 1),
  }).flatMap(([problem, isSo]) => (isSo ? [problem] : []));
  if (problems.length > 0) {
    throw new UsageError(`Reading the options of review: ${problems.join("; ")}; nothing was done.`);
  }
}

async function previewsOf(
  { stack: asked = [], file = [], ...options }: ReviewOptions,
  { folder, environment, redactor, clock }: Surroundings,
  tools: ReviewTools,
): Promise<Preview[]> {
  if (file.length > 0 || options.expect !== undefined) {
    return Promise.all(
      file.map(async (path) => {
        const isStandardInput = path === standardInput;
        const source = isStandardInput ? "standard input" : path;
        const said = isStandardInput
          ? await tools.readStandardInput()
          : readText(resolve(folder, path), path);
        return named(parsePreview(said, source), source);
      }),
    );
  }
  const stacks = asked.length === 0 ? [StackFile.find(folder, undefined).stack] : asked;
  const previews: Preview[] = [];
  for (const stack of stacks) {
    const { text: printed, violations } = await tools.runPreview({
      stack,
      folder,
      environment,
      policyPacks: options.policyPack ?? [],
      policyPackConfigs: options.policyPackConfig ?? [],
    });
    const source = `the preview of stack "${stack}"`;
    const previewedAt = new Date(clock.now()).toISOString();
    const json = savedPreview(
      digestIn(printed, source),
      { previewedAt, stack, policyViolations: violations },
      redactor,
    );
    previews.push(named(parsePreview(json, source), stack));
    if (options.save !== undefined) {
      save(resolve(folder, options.save), options.save, json);
    }
  }
  return previews;
}

/**
 * Two previews of one stack would be told one below the other, and nobody could say which of them is what will happen.
 * @throws UsageError
 */
function requireOneOfEach(previews: readonly Preview[]): void {
  const twice = previews.find(({ stack, project }, index) =>
    previews.slice(0, index).some((one) => one.stack === stack && one.project === project),
  );
  if (twice !== undefined) {
    throw new UsageError(
      `Reading the previews: two of them are of stack "${twice.stack}"; give the newest preview of each stack.`,
    );
  }
}

/** A preview that failed early names no stack. */
function named(preview: Preview, name: string): Preview {
  return preview.stack === "" ? { ...preview, stack: name } : preview;
}

function settingsOf({ exclusions }: ReviewOptions, { folder }: Surroundings): ReviewSettings {
  return exclusions === undefined
    ? defaultSettings
    : parseReviewSettings(readText(resolve(folder, exclusions), exclusions), exclusions);
}

function readText(path: string, shown: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`Reading ${shown}: ${systemReason(error)}; give the path of a file that exists.`);
  }
}

function save(path: string, shown: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw new OutsideError(`Saving the preview as ${shown}: ${systemReason(error)}.`);
  }
}
