#!/usr/bin/env bash
# Adds evidence of rotations to its branch. Another job may push at the same time: then it is done again on what that one pushed.
# usage: record-evidence.sh <folder of the new files>   (reads BRANCH, GITHUB_RUN_ID)
set -euo pipefail

attempts=5

# A function, read whole: the checkout of the branch takes this file away while it runs.
main() {
  local files attempt
  shopt -s nullglob
  files=("$1"/*.json)
  if ((${#files[@]} == 0)); then
    echo "Nothing was rotated."
    return 0
  fi
  git config user.name "github-actions[bot]"
  git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
  for ((attempt = 1; attempt <= attempts; attempt++)); do
    stand_on_branch "$attempt"
    add_files "${files[@]}"
    if git diff --cached --quiet; then
      echo "All of it is recorded already."
      return 0
    fi
    git commit --quiet --message "Evidence of rotations"
    if git push origin "HEAD:refs/heads/$BRANCH"; then
      echo "Recorded: ${#files[@]} rotations."
      return 0
    fi
    echo "The push was refused (attempt $attempt of $attempts)."
    sleep "$((attempt < attempts ? attempt : 0))"
  done
  echo "::error title=Evidence is not recorded::GitHub refused the push to $BRANCH $attempts times. If a rule protects the branch, see docs/pipelines.md (the evidence branch); then run this job again: the evidence is kept as an artefact of this run for 30 days."
  return 1
}

# At what is on the remote now; an empty beginning where there is no such branch. $1: number of the attempt
stand_on_branch() {
  local found=0
  git ls-remote --exit-code --heads origin "refs/heads/$BRANCH" >/dev/null || found=$?
  case "$found" in
    0)
      git fetch --quiet origin "+refs/heads/$BRANCH:refs/remotes/origin/$BRANCH"
      git checkout --quiet --force --detach "refs/remotes/origin/$BRANCH"
      ;;
    2) # Git's own number for "no such branch"; any other is a remote that does not answer.
      git checkout --quiet --orphan "new-evidence-$1"
      git rm -r --force --quiet --ignore-unmatch .
      ;;
    *) return "$found" ;;
  esac
}

add_files() {
  local file target
  for file in "$@"; do
    target="$(basename "$file")"
    if [[ -e "$target" ]] && ! cmp --silent "$file" "$target"; then
      target="${target%.json}-run$GITHUB_RUN_ID.json" # a generation that was left and came back
    fi
    cp "$file" "$target"
  done
  git add -- ./*.json
}

main "$@"; exit
