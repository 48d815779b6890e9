// The few calls to GitHub that a comment needs, and what to do about each refusal.
import { msPerSecond } from "../../../common/clock";
import axios, { type AxiosResponse } from "axios";
import { z } from "zod";
import { oneLine } from "../../../common/oneLine";
import { OutsideError } from "../../terminal/cliError";
import { type GithubTarget } from "./githubTarget";

/** Milliseconds. */
const requestTimeoutMs = 30_000;
/** GitHub's largest page. */
const pageSize = 100;
/** A pull request with more comments than that many pages hold is not searched to its end. */
const pageLimit = 100;
const apiVersion = "2022-11-28";

const status = {
  ok: 200,
  created: 201,
  unauthorized: 401,
  forbidden: 403,
  notFound: 404,
  tooMany: 429,
} as const;

const commentSchema = z
  .looseObject({
    id: z.int(),
    body: z.string().nullish(),
    user: z.looseObject({ login: z.string(), type: z.string().nullish() }).nullish(),
  })
  .transform(({ id, body, user }) => ({
    id,
    body: body ?? "",
    /** Login; empty where the account is gone. */
    author: user?.login ?? "",
    isByBot: user?.type === "Bot",
  }));

/** A comment of a pull request. */
export type Comment = Readonly<z.output<typeof commentSchema>>;

const failureSchema = z.looseObject({ message: z.string().optional() });

/** GitHub, for one pull request. */
export class GithubApi {
  constructor(private readonly target: GithubTarget) {}

  /** Every comment, oldest first. @throws OutsideError */
  async comments(): Promise<Comment[]> {
    const found: Comment[] = [];
    for (let page = 1; page <= pageLimit; page++) {
      const response = await this.send(
        "Reading the comments of",
        "GET",
        `${this.issuePath()}/comments?per_page=${pageSize}&page=${page}`,
      );
      const comments = z.array(commentSchema).safeParse(response.data);
      if (!comments.success) {
        throw this.failure("Reading the comments of", "the answer is not a list of comments");
      }
      found.push(...comments.data);
      const link: unknown = response.headers["link"];
      const hasNext =
        typeof link === "string" ? link.includes('rel="next"') : comments.data.length === pageSize;
      if (!hasNext) {
        break;
      }
    }
    return found;
  }

  /** Login of the token's owner; undefined for a workflow's own token, which has none. @throws OutsideError */
  async login(): Promise<string | undefined> {
    const response = await this.send("Asking who comments on", "GET", "/user", undefined, [
      status.forbidden,
      status.notFound,
    ]);
    const user = z.looseObject({ login: z.string() }).safeParse(response.data);
    return user.data?.login;
  }

  /** @returns The address of the comment. @throws OutsideError */
  async create(body: string): Promise<string> {
    const response = await this.send("Commenting on", "POST", `${this.issuePath()}/comments`, { body });
    return addressOf(response.data);
  }

  /** @returns The address; undefined when the comment is gone. @throws OutsideError */
  async update(id: number, body: string): Promise<string | undefined> {
    const path = `/repos/${this.target.repository}/issues/comments/${id}`;
    const response = await this.send("Updating the comment of", "PATCH", path, { body }, [status.notFound]);
    return response.status === status.notFound ? undefined : addressOf(response.data);
  }

  private issuePath(): string {
    return `/repos/${this.target.repository}/issues/${this.target.pullRequest}`;
  }

  private async send(
    action: string,
    method: "GET" | "POST" | "PATCH",
    path: string,
    data?: object,
    tolerated: readonly number[] = [],
  ): Promise<AxiosResponse<unknown>> {
    let response: AxiosResponse<unknown>;
    try {
      response = await axios.request<unknown>({
        method,
        url: `${this.target.apiUrl}${path}`,
        data,
        headers: {
          Accept: "application/vnd.github+json",
          Authorization: `Bearer ${this.target.token}`,
          "User-Agent": "genesys-credentials",
          "X-GitHub-Api-Version": apiVersion,
        },
        timeout: requestTimeoutMs,
        maxRedirects: 0, // a redirect would take the comment, and perhaps the token, elsewhere
        validateStatus: () => true,
      });
    } catch (error) {
      // The error of axios holds the token and the body: only its code goes on.
      const code = axios.isAxiosError(error) ? error.code : undefined;
      throw this.failure(
        action,
        `${new URL(this.target.apiUrl).host} could not be reached (${code ?? "no answer"})`,
      );
    }
    if (
      response.status === status.ok ||
      response.status === status.created ||
      tolerated.includes(response.status)
    ) {
      return response;
    }
    throw this.failure(action, refusal(response));
  }

  private failure(action: string, reason: string): OutsideError {
    const { repository, pullRequest } = this.target;
    return new OutsideError(`${action} pull request ${pullRequest} of ${repository}: ${reason}.`);
  }
}

function addressOf(data: unknown): string {
  const parsed = z.looseObject({ html_url: z.string() }).safeParse(data);
  return oneLine(parsed.data?.html_url ?? "");
}

/** The refusal in words, with the remedy. */
function refusal(response: AxiosResponse<unknown>): string {
  const said = oneLine(failureSchema.safeParse(response.data).data?.message ?? "");
  const words = `${response.status}${said === "" ? "" : ` ${said}`}`;
  const { headers } = response;
  const retryAfter: unknown = headers["retry-after"];
  const isLimited =
    response.status === status.tooMany ||
    (response.status === status.forbidden &&
      (headers["x-ratelimit-remaining"] === "0" ||
        retryAfter !== undefined ||
        /rate limit|abuse/i.test(said)));
  if (isLimited) {
    return `${words}; GitHub's rate limit is used up, ${whenAgain(retryAfter, headers["x-ratelimit-reset"])}`;
  }
  switch (response.status) {
    case status.unauthorized:
      return `${words}; GITHUB_TOKEN is not valid, or no longer`;
    case status.forbidden:
      return `${words}; the token may not comment: give the job \`permissions: pull-requests: write\`; for pull requests from forks GitHub never gives it`;
    case status.notFound:
      return `${words}; there is no such pull request, or the token may not see the repository`;
    default:
      return words;
  }
}

function whenAgain(retryAfter: unknown, resetAt: unknown): string {
  if (typeof retryAfter === "string" && /^\d{1,6}$/.test(retryAfter)) {
    return `try again in ${retryAfter} s`;
  }
  return typeof resetAt === "string" && /^\d{1,11}$/.test(resetAt)
    ? `try again after ${new Date(Number(resetAt) * msPerSecond).toISOString()}`
    : "try again later";
}
