#!/usr/bin/env bash
# Puts the pinned Pulumi CLI on PATH and the AWS plugin beside it. Archives are kept for the cache, and compared with their digest each time.
set -euo pipefail

pins=.github/pulumi-archives.sha256
archives="$HOME/.cache/genesys-credentials/archives"
bin="$RUNNER_TEMP/pulumi"

case "$(uname -m)" in
  x86_64) cli_machine=x64 plugin_machine=amd64 ;;
  aarch64 | arm64) cli_machine=arm64 plugin_machine=arm64 ;;
  *)
    echo "::error::Installing Pulumi: no archive for $(uname -m) is pinned in $pins; run the job on x64 or arm64."
    exit 1
    ;;
esac

digest() {
  sha256sum "$1" | cut -d ' ' -f 1
}

# Downloads what the cache does not have as it is pinned, and compares what came. $1: address, $2: file name
archive() {
  local url="$1" name="$2" expected actual
  expected="$(awk -v name="$name" '$2 == name { print $1 }' "$pins")"
  if [[ -f "$archives/$name" ]]; then
    actual="$(digest "$archives/$name")"
    if [[ "$actual" == "$expected" ]]; then
      return 0
    fi
    # Downloaded anew, since a cache is not written again under its key. One without a pin is never used: nothing vouches for a cache.
    rm -f "$archives/$name"
    if [[ -n "$expected" ]]; then
      echo "::warning title=Wrong archive in the cache::$name has the digest $actual, and $pins says $expected; nothing of it was run, and it is downloaded anew. Delete the cache (Actions, Caches), and find out who wrote it."
    fi
  fi
  mkdir -p "$archives"
  curl --fail --silent --show-error --location --retry 3 --output "$archives/$name.part" "$url/$name"
  mv "$archives/$name.part" "$archives/$name"
  actual="$(digest "$archives/$name")"
  if [[ -z "$expected" ]]; then
    echo "::warning title=Not pinned::$name is not in $pins. After a look at its release, add the line: $actual  $name"
  elif [[ "$actual" != "$expected" ]]; then
    rm -f "$archives/$name"
    echo "::error title=Wrong archive::$name has the digest $actual, and $pins says $expected; nothing of it was run. Compare both with the release."
    return 1
  fi
}

cli="$(awk -v ending="-linux-$cli_machine.tar.gz" '$2 ~ /^pulumi-v/ && index($2, ending) { print $2 }' "$pins")"
version="${cli#pulumi-v}"
version="${version%%-*}"
if [[ ! "$version" =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]]; then
  echo "::error::Installing Pulumi: $pins has no one line for the CLI on linux-$cli_machine; add it."
  exit 1
fi
archive "https://github.com/pulumi/pulumi/releases/download/v$version" "$cli"
mkdir -p "$bin"
tar --extract --gzip --file "$archives/$cli" --directory "$bin" --strip-components 1
echo "$bin" >>"$GITHUB_PATH"

plugin_version="$(node -p 'require("./package.json").dependencies["@pulumi/aws"]')"
plugin="pulumi-resource-aws-v$plugin_version-linux-$plugin_machine.tar.gz"
archive "https://github.com/pulumi/pulumi-aws/releases/download/v$plugin_version" "$plugin"
"$bin/pulumi" plugin install resource aws "$plugin_version" --file "$archives/$plugin"
"$bin/pulumi" version
