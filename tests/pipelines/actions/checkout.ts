// `actions/checkout`: one commit of the bare repository, and a remote that can be pushed to only where the job may write and kept its token.
import { gitIn } from "../../git";
import { type Action } from "./action";

/** Where a push goes that has no credentials: nowhere. */
const noCredentials = "file:///dev/null/no-credentials-for-a-push";

export const checkout: Action = ({ given, platform, trigger, permissions, workspace, say }) => {
  if (permissions["contents"] === undefined) {
    throw new Error("the job may not read the repository: permissions.contents is missing");
  }
  const git = gitIn(workspace);
  const branch = given["ref"] ?? (trigger.ref.startsWith("refs/heads/") ? trigger.branch : undefined);
  const depth = given["fetch-depth"] ?? "1";
  git("init", "--quiet");
  git("remote", "add", "origin", platform.originUrl);
  const wanted = branch === undefined ? trigger.sha : `+refs/heads/${branch}:refs/remotes/origin/${branch}`;
  git("fetch", "--quiet", ...(depth === "0" ? [] : ["--depth", depth]), "origin", wanted);
  if (branch === undefined) {
    git("checkout", "--quiet", "--detach", "FETCH_HEAD");
  } else {
    git("checkout", "--quiet", "-B", branch, `refs/remotes/origin/${branch}`);
  }
  const mayPush = permissions["contents"] === "write" || (given["ssh-key"] ?? "") !== "";
  if (given["persist-credentials"] === "false" || !mayPush) {
    git("config", "remote.origin.pushurl", noCredentials);
  }
  say(git("log", "-1", "--format=%H %s"));
  return {};
};
