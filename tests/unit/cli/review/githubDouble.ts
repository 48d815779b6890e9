// A GitHub of one pull request over HTTP: comments in pages, and answers that a test prepares.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";

export interface StoredComment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string; readonly type: string };
}

export interface GithubDouble {
  readonly url: string;
  readonly comments: StoredComment[];
  /** `METHOD path`, in order. */
  readonly requests: string[];
  /** Answers the next request whose `METHOD path` matches. */
  answerNext(pattern: RegExp, status: number, body: object, headers?: Readonly<Record<string, string>>): void;
  stop(): Promise<void>;
}

const token = "canary-github-token";
export const githubToken = token;
/** Fewer than GitHub's, so that a test needs few comments. */
const pageSize = 2;

/** @param takes whether a token may do all of this; the one and only token may when absent */
export async function startGithub(
  takes: (given: string) => boolean = (given) => given === token,
): Promise<GithubDouble> {
  const comments: StoredComment[] = [];
  const requests: string[] = [];
  const prepared: {
    pattern: RegExp;
    status: number;
    body: object;
    headers: Readonly<Record<string, string>>;
  }[] = [];
  const reply = (response: ServerResponse, status: number, body: unknown, headers: object = {}): void => {
    response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(body));
  };
  const server = createServer((request, response) => {
    void (async () => {
      const sent = await bodyOf(request);
      const what = `${request.method ?? ""} ${request.url ?? ""}`;
      requests.push(what);
      const url = new URL(request.url ?? "", "http://127.0.0.1");
      const index = prepared.findIndex(({ pattern }) => pattern.test(what));
      const [answer] = index < 0 ? [] : prepared.splice(index, 1);
      if (answer !== undefined) {
        reply(response, answer.status, answer.body, answer.headers);
      } else if (!takes((request.headers.authorization ?? "").replace(/^Bearer /, ""))) {
        reply(response, 401, { message: "Bad credentials" });
      } else if (url.pathname === "/user") {
        reply(response, 200, { login: "platform-bot" });
      } else if (what.startsWith("POST ")) {
        const comment = {
          id: comments.length + 1,
          body: sent,
          user: { login: "github-actions[bot]", type: "Bot" },
        };
        comments.push(comment);
        reply(response, 201, { ...comment, html_url: `https://github.example/c/${comment.id}` });
      } else if (request.method === "PATCH") {
        const comment = comments.find(({ id }) => url.pathname.endsWith(`/comments/${id}`));
        if (comment === undefined) {
          reply(response, 404, { message: "Not Found" });
          return;
        }
        comment.body = sent;
        reply(response, 200, { ...comment, html_url: `https://github.example/c/${comment.id}` });
      } else {
        const page = Number(url.searchParams.get("page"));
        const hasNext = comments.length > page * pageSize;
        const link = hasNext ? { Link: `<${url.pathname}?page=${page + 1}>; rel="next"` } : { Link: "" };
        reply(response, 200, comments.slice((page - 1) * pageSize, page * pageSize), link);
      }
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    comments,
    requests,
    answerNext: (pattern, status, body, headers = {}) => {
      prepared.push({ pattern, status, body, headers });
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  return text === "" ? "" : (JSON.parse(text) as { body: string }).body;
}
