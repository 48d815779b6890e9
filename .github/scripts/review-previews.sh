#!/usr/bin/env bash
# Posts the one comment on all stacks. A stack without a preview is BLOCKED in it, and the job is red: nothing passes for reviewed that was not.
# Reads STACKS (JSON, as the job `stacks` found them), STACKS_RESULT, PREVIEW_RESULT, PULL_REQUEST, REVIEWED_COMMIT, GH_TOKEN; the previews are in `previews`.
set -euo pipefail

if [[ -z "$STACKS" ]]; then
  echo "::error title=Not reviewed::Which stacks there are could not be decided, so nothing was reviewed; see the job stacks."
  exit 1
fi
arguments=()
while read -r stack; do
  arguments+=(--expect "$stack")
  if [[ -f "previews/$stack.json" ]]; then
    arguments+=(--file "previews/$stack.json")
  fi
done < <(node -p 'JSON.parse(process.env.STACKS).join("\n")')
if [[ -f review.yaml ]]; then
  arguments+=(--exclusions review.yaml)
fi
# A run that was overtaken, or is run again, would put its review over that of a newer commit. Where GitHub does not answer it is posted.
head="$(gh api "repos/$GITHUB_REPOSITORY/pulls/$PULL_REQUEST" --jq .head.sha)" || head="$REVIEWED_COMMIT"
posting=(--post --pull-request "$PULL_REQUEST")
if [[ "$head" != "$REVIEWED_COMMIT" ]]; then
  echo "::notice title=Not posted::Pull request $PULL_REQUEST is at $head, and this run is of $REVIEWED_COMMIT: its review is printed here alone. The run of $head posts its own."
  posting=()
fi
npm run --silent credentials -- review "${arguments[@]}" ${posting[@]+"${posting[@]}"} --fail-on blocked
if [[ "$STACKS_RESULT" != success || "$PREVIEW_RESULT" != success ]]; then
  echo "::error title=Not all of it is certain::The review is above, and a job before it did not succeed (stacks: $STACKS_RESULT, preview: $PREVIEW_RESULT); see there."
  exit 1
fi
