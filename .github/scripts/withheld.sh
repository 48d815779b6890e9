#!/usr/bin/env bash
# Says whether GitHub withholds the secrets from this run, and why: a preview without them would be a red cross that means nothing.
# Reads EVENT, ACTOR and HEAD_REPOSITORY; writes the output `reason`, empty where nothing is withheld.
set -euo pipefail

reason=""
if [[ "$EVENT" == pull_request ]]; then
  if [[ "$HEAD_REPOSITORY" != "$GITHUB_REPOSITORY" ]]; then
    reason="it comes from another repository, and GitHub gives those no secrets"
  elif [[ "$ACTOR" == "dependabot[bot]" ]]; then
    reason="Dependabot started it, and GitHub gives its runs no secrets"
  fi
fi
echo "reason=$reason" >>"$GITHUB_OUTPUT"
if [[ -n "$reason" ]]; then
  words="No stack was previewed for this pull request: $reason. The checks that need none have run (check)."
  echo "::notice title=Not reviewed::$words"
  {
    echo "**Not reviewed.** $words"
    echo
    echo "Once somebody has read the code of the pull request, who may write to the repository can push its last commit to a branch of the repository and have it previewed there:"
    echo
    echo "    gh workflow run preview.yml --ref <branch> --field pull-request=<number>"
  } >>"$GITHUB_STEP_SUMMARY"
fi
