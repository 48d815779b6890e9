// The one comment of a pull request: found by its hidden marker, left alone when it says the same, else updated, else created.
import { type Comment, GithubApi } from "./githubApi";
import { withoutTimes } from "../render/footer";
import { type GithubTarget } from "./githubTarget";

/** The last line of our comment; GitHub does not show it. */
export const marker = "<!-- genesys-credentials: review -->";

/** What became of the comment. */
export interface PostOutcome {
  readonly kind: "created" | "updated" | "unchanged";
  /** Address of the comment; empty where it is unchanged. */
  readonly url: string;
}

/**
 * Posts the review.
 * @param markdown Without secrets.
 * @throws OutsideError when GitHub refuses or cannot be reached.
 */
export async function postReview(target: GithubTarget, markdown: string): Promise<PostOutcome> {
  const api = new GithubApi(target);
  const body = `${markdown.trimEnd()}\n\n${marker}`;
  const present = await ownComment(api);
  if (present === undefined) {
    return { kind: "created", url: await api.create(body) };
  }
  // GitHub may store other line ends than it was given.
  const former = present.body.replaceAll("\r\n", "\n").trimEnd();
  if (withoutMarker(former) === withoutMarker(body)) {
    return { kind: "unchanged", url: "" };
  }
  const url = await api.update(present.id, body);
  return url === undefined ? { kind: "created", url: await api.create(body) } : { kind: "updated", url };
}

/** What people read, but for when. */
function withoutMarker(body: string): string {
  return withoutTimes(body.slice(0, -marker.length));
}

/** Somebody who quotes our comment must not have theirs overwritten: the author counts as well as the marker. */
async function ownComment(api: GithubApi): Promise<Comment | undefined> {
  const marked = (await api.comments()).filter(({ body }) => body.trimEnd().endsWith(marker));
  const byBot = marked.find(({ isByBot }) => isByBot);
  if (byBot !== undefined || marked.length === 0) {
    return byBot;
  }
  const login = await api.login();
  return marked.find(({ author }) => login !== undefined && author === login);
}
