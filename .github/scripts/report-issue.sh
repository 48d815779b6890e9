#!/usr/bin/env bash
# Keeps one issue for what a scheduled job found: opens or updates it, and closes it once every stack is in order.
# usage: report-issue.sh <label> <title> <folder with a file <stack>.txt each: `clean`, `findings` or `failed`, and <stack>.md where there is more to say>
# Reads STACKS (JSON), STACKS_RESULT, JOBS_RESULT (of those that looked), RUN_URL, GH_TOKEN, GITHUB_REPOSITORY. A stack without a file could not be looked at.
set -euo pipefail

label="$1"
title="$2"
results="$3"

body_bytes=60000 # GitHub takes 65,536 characters
section_bytes=300 # what is around the lines of <stack>.md
rows=()
told=()
is_clean=true
is_known=true
while read -r stack; do
  result=failed
  if [[ -f "$results/$stack.txt" ]]; then
    result="$(<"$results/$stack.txt")"
  fi
  case "$result" in
    clean) rows+=("| \`$stack\` | in order |") ;;
    findings) rows+=("| \`$stack\` | **findings** |") is_clean=false ;;
    *) rows+=("| \`$stack\` | **could not be looked at** |") is_clean=false is_known=false ;;
  esac
  if [[ -f "$results/$stack.md" ]]; then
    told+=("$stack")
  fi
done < <(node -p 'JSON.parse(process.env.STACKS || "[]").join("\n")' | grep .)
if [[ "$STACKS_RESULT" != success || ${#rows[@]} -eq 0 ]]; then
  rows+=("| | **which stacks there are is not in order**: see the job stacks |")
  is_clean=false is_known=false
fi
# A job that is run again and fails early leaves the file of its earlier attempt.
if [[ "$is_clean" == true && "$JOBS_RESULT" != success ]]; then
  rows+=("| | **not every job came to its end** ($JOBS_RESULT): see there |")
  is_clean=false is_known=false
fi

body="$RUNNER_TEMP/issue.md"
{
  echo "| stack | result |"
  echo "| --- | --- |"
  printf '%s\n' "${rows[@]}"
  echo
  echo "Details: $RUN_URL. This text is of the last run that was not in order; a run in which every stack is closes the issue."
} >"$body"
# Every stack gets the same room, and whole lines only: half a line could leave a code span open.
if [[ ${#told[@]} -gt 0 ]]; then
  room=$(((body_bytes - $(wc --bytes <"$body")) / ${#told[@]} - section_bytes))
  for stack in "${told[@]}"; do
    printf '\n%s\n\n' "### \`$stack\`"
    LC_ALL=C awk -v room="$room" \
      '{ room -= length($0) + 1 } room < 0 { print "\n… and more: see the artefacts of the run."; exit } { print }' "$results/$stack.md"
  done >>"$body"
fi
cat "$body" >>"$GITHUB_STEP_SUMMARY"

number="$(gh issue list --label "$label" --state open --json number --jq '.[].number' | head --lines 1)"
if [[ "$is_clean" == true ]]; then
  if [[ -n "$number" ]]; then
    gh issue close "$number" --comment "Every stack is in order: $RUN_URL"
  fi
elif [[ -n "$number" ]]; then
  gh issue edit "$number" --body-file "$body"
else
  gh label create "$label" --description "Kept by a scheduled workflow" --force
  gh issue create --title "$title" --label "$label" --body-file "$body"
fi
[[ "$is_known" == true ]] || exit 1
