#!/usr/bin/env bash
# Turns what `rotate --due` wrote into the one pull request of the branch: opens, renews, leaves alone, or closes it.
# usage: propose-rotation.sh <report.md> <exit code of rotate>   (reads BRANCH, GH_TOKEN, GITHUB_REPOSITORY)
# Writes the output `pull-request` where the branch was pushed.
set -euo pipefail

# A proposal that nothing has changed is left alone so long, with its approvals. Then it is made anew: its rotatedAt is when it was
# proposed, and the overlap that consumers get counts from the deployment.
stands_for_days=7
seconds_a_day=86400
bot="41898282+github-actions[bot]@users.noreply.github.com"

report="$1"
status="$2"
remote="refs/remotes/origin/$BRANCH"
stack_files=":(glob)**/Pulumi.*"

open_pull_request() {
  gh api "repos/$GITHUB_REPOSITORY/pulls?state=open&head=${GITHUB_REPOSITORY%%/*}:$BRANCH" --jq '.[].number'
}

# Fetches the branch as it is on the remote; false where there is none.
fetch_standing() {
  local found=0
  git ls-remote --exit-code --heads origin "refs/heads/$BRANCH" >/dev/null || found=$?
  case "$found" in
    0) git fetch --quiet origin "+refs/heads/$BRANCH:$remote" || exit 1 ;;
    2) return 1 ;; # git's own number for "no such branch"
    *) exit "$found" ;;
  esac
}

# Whether the merge of the standing proposal would write what this run writes, but for the time of it.
says_the_same() {
  local merged name
  merged="$(git merge-tree --write-tree HEAD "$remote")" || return 1
  while read -r name; do
    if ! diff --brief <(git show "$merged:$name" | without_time) <(without_time <"$name") >/dev/null; then
      return 1
    fi
  done < <({ git diff --name-only HEAD -- "$stack_files"; git diff --name-only HEAD "$merged"; } | sort --unique)
}

without_time() {
  sed --regexp-extended 's/(rotatedAt"?: *).?[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z.?/\1/'
}

is_fresh() {
  (($(date +%s) - $(git log -1 --format=%ct "$remote") < stands_for_days * seconds_a_day))
}

# Whether somebody else has committed to the branch: their work is never pushed over.
has_work_of_people() {
  (($(git log --format=%ce "HEAD..$remote" | grep --count --invert-match --line-regexp --fixed-strings "$bot") > 0))
}

# Whether main has all that the branch would bring, as after a squash that left the branch.
is_merged() {
  [[ "$(git merge-tree --write-tree HEAD "$remote")" == "$(git rev-parse "HEAD^{tree}")" ]]
}

number="$(open_pull_request)"
is_standing=false
if fetch_standing; then
  is_standing=true
fi
if [[ "$is_standing" == true && -n "$number" ]] && has_work_of_people; then
  echo "::warning title=Left alone::Somebody has committed to $BRANCH (pull request $number). It is not renewed; merge or close it."
  exit 0
fi
if git diff --quiet HEAD -- "$stack_files"; then
  if [[ -n "$number" && "$status" == 0 ]]; then
    gh pr close "$number" --delete-branch --comment "Nothing of this is due any more."
  fi
  echo "Nothing to propose."
  exit 0
fi
if [[ "$is_standing" == true && -z "$number" ]] && has_work_of_people && ! is_merged; then
  echo "::error title=Nothing is proposed::The branch $BRANCH has commits of somebody else and no open pull request, so it is not pushed over, and what is due is not proposed. Open a pull request for it, or delete it."
  exit 1
fi
if [[ "$is_standing" == true && -n "$number" ]] && says_the_same && is_fresh; then
  echo "Pull request $number proposes the same already; it is left alone."
  exit 0
fi

git config user.name "github-actions[bot]"
git config user.email "$bot"
git checkout --quiet -B "$BRANCH"
git commit --quiet --message "Rotate the credentials that are due" -- "$stack_files"
lease="--force-with-lease=refs/heads/$BRANCH:"
if [[ "$is_standing" == true ]]; then
  lease+="$(git rev-parse "$remote")"
fi
git push "$lease" origin "HEAD:refs/heads/$BRANCH"
if [[ -n "$number" ]]; then
  gh pr edit "$number" --body-file "$report"
else
  url="$(gh pr create --head "$BRANCH" --title "Rotate the credentials that are due" --body-file "$report")"
  number="${url##*/}"
fi
echo "pull-request=$number" >>"$GITHUB_OUTPUT"
