#!/usr/bin/env bash
# Names every setting of a job that is missing, all at once, and where to set them.
# usage: check-settings.sh <environment> vars.NAME… secrets.NAME…   (their values are in the environment, by name)
set -euo pipefail

environment="$1"
shift
missing=()
for setting in "$@"; do
  name="${setting#*.}"
  value="${!name:-}"
  if [[ -z "${value//[[:space:]]/}" ]]; then
    case "$setting" in
      secrets.*) missing+=("secret $name") ;;
      *) missing+=("variable $name") ;;
    esac
  fi
done
if ((${#missing[@]} == 0)); then
  exit 0
fi
list="$(printf '%s, ' "${missing[@]}")"
words="missing: ${list%, }; set them in Settings > Environments > $environment (a variable may be set for the whole repository too, a secret may not: docs/pipelines.md); nothing was done"
echo "::error title=Settings of $environment::$words"
echo "**Settings of \`$environment\`** $words" >>"$GITHUB_STEP_SUMMARY"
exit 1
