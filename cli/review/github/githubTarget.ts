// Which pull request a comment goes to, and with what right: from the options and the environment of a workflow.
import { type Environment } from "../../../common/environmentVariables";
import { isSafeTransport } from "../../../common/safeTransport";
import { UsageError } from "../../terminal/cliError";
import { numberInEvent } from "./githubEvent";

/** One pull request of one repository. */
export interface GithubTarget {
  /** Without a trailing slash, as `https://api.github.com` or `https://github.example.com/api/v3`. */
  readonly apiUrl: string;
  readonly token: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly pullRequest: number;
}

const defaultApiUrl = "https://api.github.com";
const repositoryPattern = /^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/;
/** The ref of a workflow that runs for a pull request. */
const pullRefPattern = /^refs\/pull\/(\d+)\//;
const decimal = 10;

/**
 * @param pullRequest As given on the command line.
 * @throws UsageError naming everything that is missing or wrong.
 */
export function githubTarget(environment: Environment, pullRequest: string | undefined): GithubTarget {
  const problems: string[] = [];
  const token = (environment["GITHUB_TOKEN"] ?? "").trim();
  if (token === "") {
    problems.push("GITHUB_TOKEN is not set; give the workflow's own token, with `pull-requests: write`");
  }
  const repository = (environment["GITHUB_REPOSITORY"] ?? "").trim();
  if (!repositoryPattern.test(repository)) {
    problems.push("GITHUB_REPOSITORY is not owner/name");
  }
  const apiUrl = (environment["GITHUB_API_URL"] ?? "").trim().replace(/\/+$/, "") || defaultApiUrl;
  if (!isSafeUrl(apiUrl)) {
    problems.push("GITHUB_API_URL must begin with https:// (plain http is allowed to loopback only)");
  }
  const number = pullRequest === undefined ? numberInEnvironment(environment) : wholeNumber(pullRequest);
  if (number === undefined) {
    problems.push(
      pullRequest === undefined
        ? "this workflow does not run for a pull request; give its number with --pull-request"
        : "--pull-request is not a whole number above 0",
    );
  }
  if (problems.length > 0 || number === undefined) {
    throw new UsageError(`Posting the review: ${problems.join("; ")}.`);
  }
  return { apiUrl, token, repository, pullRequest: number };
}

function isSafeUrl(text: string): boolean {
  try {
    const url = new URL(text);
    return url.username === "" && isSafeTransport(url);
  } catch {
    return false;
  }
}

function numberInEnvironment(environment: Environment): number | undefined {
  const fromRef = pullRefPattern.exec(environment["GITHUB_REF"] ?? "")?.[1];
  return fromRef === undefined ? numberInEvent(environment) : wholeNumber(fromRef);
}

function wholeNumber(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number.parseInt(text, decimal) : undefined;
}
